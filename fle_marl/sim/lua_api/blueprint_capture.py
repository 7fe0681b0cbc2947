"""From worlds to blueprints.

Chosen, as it is not documented: a blueprint's places count from the tile in the middle
of all that is in it; its entities come in the order in which they were built.

Source: runtime API, LuaItemStack.create_blueprint; wiki, Blueprint.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.actions.entity_settings import Settings, settings_of
from fle_marl.sim.actions.find import EntityQuery, find_entities, find_tiles
from fle_marl.sim.actions.ghosts import (
    ghost_boxes,
    inner_prototype,
)
from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api.blueprint_format import (
    BlueprintEntity,
    BlueprintTile,
    Position,
)
from fle_marl.sim.systems.electric_pole import pole_neighbours
from fle_marl.sim.systems.ghost import NO_BAR
from fle_marl.sim.world import World
from fle_marl.units import tiles_to_units, units_to_tiles

__all__ = ["Capture", "capture", "placed_size"]

_GHOST: Final = KINDS.index("ghost")
_POLE: Final = KINDS.index("pole")
_ENDS: Final = ("input", "output")
_SIDES: Final = (None, "left", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What is made a blueprint of.

    Attributes:
        area: left, top, right, bottom, tiles.
        force: whose entities.
        entities: whether entities are taken.
        tiles: whether tiles are taken even when there are entities.
        modules: whether the modules in entities are taken.
    """

    area: tuple[float, float, float, float]
    force: int
    entities: bool = True
    tiles: bool = False
    modules: bool = True


def _is_taken(prototype: EntityPrototype) -> bool:
    return (
        bool(prototype.items_to_place_this)
        and "player-creation" in prototype.flags
        and "not-blueprintable" not in prototype.flags
    )


def capture(
    world: World, wanted: Capture
) -> tuple[list[BlueprintEntity], list[BlueprintTile], dict[int, int]]:
    """Make blueprint parts of an area.

    Returns:
        Entities, tiles, and the row of each entity by its number.
    """
    rows = list(_rows(world, wanted)) if wanted.entities else []
    tiles = [] if rows and not wanted.tiles else _tiles_of(world, wanted)
    boxes = [_tile_box(world, row) for row in rows]
    boxes += [(x, y, x + 1, y + 1) for x, y, _ in tiles]
    if not boxes:
        return [], [], {}
    middle_x = (min(box[0] for box in boxes) + max(box[2] for box in boxes)) // 2
    middle_y = (min(box[1] for box in boxes) + max(box[3] for box in boxes)) // 2
    numbers = {row: number for number, row in enumerate(rows, start=1)}
    entities = [
        _entity(world, row, numbers, (middle_x, middle_y), wanted.modules)
        for row in rows
    ]
    laid = [
        BlueprintTile(name=name, position=Position(x=x - middle_x, y=y - middle_y))
        for x, y, name in tiles
    ]
    return entities, laid, {number: row for row, number in numbers.items()}


def _rows(world: World, wanted: Capture) -> Iterator[int]:
    left, top, right, bottom = map(tiles_to_units, wanted.area)
    mask = np.zeros(len(load().entities) + 1, np.bool_)
    for prototype in load().entities.values():
        mask[prototype.id] = _is_taken(prototype)
    query = EntityQuery(
        prototypes=mask, forces=1 << wanted.force, box=(left, top, right, bottom)
    )
    found = [int(row) for row in find_entities(world, query)]
    for row, box in ghost_boxes(world).items():
        is_near = box[0] <= right and box[2] >= left
        is_near &= box[1] <= bottom and box[3] >= top
        is_ours = world.entity["force"][row] == wanted.force
        if (
            is_near
            and is_ours
            and isinstance(inner_prototype(world, row), EntityPrototype)
        ):
            found.append(row)
    # entities that come later have higher serials, whatever rows they use
    yield from sorted(found, key=lambda row: int(world.entity["serial"][row]))


def _tiles_of(world: World, wanted: Capture) -> list[tuple[int, int, str]]:
    mask = np.zeros(len(load().tiles) + 1, np.bool_)
    for tile in load().tiles.values():
        mask[tile.id] = bool(tile.items_to_place_this)
    left, top = math.floor(wanted.area[0]), math.floor(wanted.area[1])
    right, bottom = math.ceil(wanted.area[2]), math.ceil(wanted.area[3])
    found = find_tiles(world, mask, (left, top, right, bottom))
    return [(x, y, load().tiles.by_id(tile).name) for x, y, tile in found.tolist()]


def _shown(world: World, row: int) -> EntityPrototype:
    """Prototype of an entity, or of what a ghost stands for."""
    if world.entity["kind"][row] == _GHOST:
        inner = inner_prototype(world, row)
        assert isinstance(inner, EntityPrototype)
        return inner
    return load().entities.by_id(int(world.entity["prototype"][row]))


def placed_size(prototype: EntityPrototype, direction: int) -> tuple[int, int]:
    """Tiles from west to east, and from north to south, of an entity as it faces."""
    width, height = prototype.tile_width, prototype.tile_height
    return (height, width) if direction % 4 == 2 else (width, height)


def _tile_box(world: World, row: int) -> tuple[int, int, int, int]:
    record = world.entity[row]
    width, height = placed_size(_shown(world, row), int(record["direction"]))
    left = math.floor(units_to_tiles(int(record["x"])) - width / 2 + 0.5)
    top = math.floor(units_to_tiles(int(record["y"])) - height / 2 + 0.5)
    return left, top, left + width, top + height


def _entity(
    world: World,
    row: int,
    numbers: dict[int, int],
    middle: tuple[int, int],
    with_modules: bool,
) -> BlueprintEntity:
    record = world.entity[row]
    given: dict[str, Any] = {
        "entity_number": numbers[row],
        "name": _shown(world, row).name,
        "position": Position(
            x=units_to_tiles(int(record["x"])) - middle[0],
            y=units_to_tiles(int(record["y"])) - middle[1],
        ),
        "direction": int(record["direction"]) or None,
        **_told(_shown(world, row), settings_of(world, row), with_modules),
    }
    if record["kind"] == _POLE:
        others = pole_neighbours(world, row)
        joined = [numbers[other] for other in others if other in numbers]
        given["neighbours"] = sorted(joined) or None
    return BlueprintEntity(**given)


def _told(
    prototype: EntityPrototype, settings: Settings, with_modules: bool
) -> dict[str, Any]:
    """Settings in the words of blueprints."""
    items, recipes = load().items, load().recipes
    told: dict[str, Any] = {}
    if settings.recipe:
        told["recipe"] = recipes.by_id(settings.recipe).name
    if settings.bar != NO_BAR:
        told["bar"] = settings.bar
    filters = [
        {"index": index, "name": items.by_id(item).name}
        for index, item in enumerate(settings.filters, start=1)
        if item
    ]
    told["filters"] = filters or None
    told["override_stack_size"] = settings.hand_override or None
    if prototype.type == "underground-belt":
        told["type"] = _ENDS[settings.belt_end]
    told["input_priority"] = _SIDES[settings.input_priority]
    told["output_priority"] = _SIDES[settings.output_priority]
    if settings.splitter_filter:
        told["filter"] = items.by_id(settings.splitter_filter).name
    told["auto_launch"] = settings.auto_launch or None
    if with_modules:
        requests = settings.requests.items()
        told["items"] = {items.by_id(i).name: count for i, count in requests} or None
    return told
