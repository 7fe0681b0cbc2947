"""From blueprints to ghosts in worlds.

Chosen, as it is not documented: a blueprint is built around the middle of its tiles,
and turned around it; poles find their own neighbours, whatever is written.

Source: runtime API, LuaItemStack.build_blueprint; wiki, Blueprint.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from fle_marl.prototypes import EntityPrototype, TilePrototype, load
from fle_marl.sim.actions.build import can_place, facing
from fle_marl.sim.actions.entity_settings import Settings
from fle_marl.sim.actions.find import EntityQuery, find_entities, find_tiles
from fle_marl.sim.actions.ghosts import (
    create_ghost,
    create_tile_ghost,
    ghost_boxes,
    ghosts,
    inner_prototype,
    placed_box,
)
from fle_marl.sim.components import KINDS, MAXIMUM_FILTERS
from fle_marl.sim.lua_api.blueprint_capture import placed_size
from fle_marl.sim.lua_api.blueprint_format import (
    Blueprint,
    BlueprintEntity,
)
from fle_marl.sim.refusals import refuse
from fle_marl.sim.systems.ghost import NO_BAR
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

__all__ = ["build", "cost_to_build", "known_parts", "settings_from"]

_GIVING_WAY: Final = (KINDS.index("character"), KINDS.index("item_on_ground"))
_ENDS: Final = ("input", "output")
_SIDES: Final = (None, "left", "right")


def settings_from(entity: BlueprintEntity) -> Settings:
    """Settings that a blueprint gives an entity; names that are not known count not."""
    items, recipes = load().items, load().recipes
    filters: list[int] = []
    for each in entity.filters or ():
        if each.name in items and each.index <= MAXIMUM_FILTERS:
            filters += [0] * (each.index - len(filters))
            filters[each.index - 1] = items[each.name].id
    recipe, chosen = entity.recipe or "", entity.filter or ""
    requests = (entity.items or {}).items()
    return Settings(
        recipe=recipes[recipe].id if recipe in recipes else 0,
        bar=NO_BAR if entity.bar is None else min(entity.bar, 0x7FFF),
        filters=tuple(filters),
        hand_override=entity.override_stack_size or 0,
        belt_end=_ENDS.index(entity.type or "input"),
        input_priority=_SIDES.index(entity.input_priority),
        output_priority=_SIDES.index(entity.output_priority),
        splitter_filter=items[chosen].id if chosen in items else 0,
        auto_launch=bool(entity.auto_launch),
        requests={items[name].id: count for name, count in requests if name in items},
    )


def known_parts(blueprint: Blueprint) -> Blueprint:
    """A blueprint without entities and tiles that the game does not have."""
    entities = [each for each in blueprint.entities if each.name in load().entities]
    tiles = [each for each in blueprint.tiles if each.name in load().tiles]
    return blueprint.model_copy(update={"entities": entities, "tiles": tiles})


def cost_to_build(blueprint: Blueprint) -> dict[str, int]:
    """Items that all of a blueprint needs, by name."""
    cost: dict[str, int] = {}
    for part in blueprint.entities:
        prototype = load().entities[part.name]
        makers = [(each.name, each.count) for each in prototype.items_to_place_this[:1]]
        for name, count in [*makers, *(part.items or {}).items()]:
            cost[name] = cost.get(name, 0) + count
    for tile in blueprint.tiles:
        for maker in load().tiles[tile.name].items_to_place_this[:1]:
            cost[maker.name] = cost.get(maker.name, 0) + maker.count
    return cost


@dataclass(frozen=True, slots=True)
class _Planned:
    """An entity or a tile, where it is to stand; positions in 1/256 tile."""

    prototype: EntityPrototype | TilePrototype
    x: int
    y: int
    direction: int
    settings: Settings | None


def build(
    world: World,
    blueprint: Blueprint,
    place: tuple[float, float],
    *,
    direction: int,
    force: int,
    is_forced: bool,
) -> list[int]:
    """Make ghosts of a blueprint.

    Args:
        world: changed.
        blueprint: of known parts.
        place: x, y, tiles, around which it is built.
        direction: 0, 2, 4 or 6, in which its north is turned.
        force: ``components.FORCE_*``.
        is_forced: what has no room is left out; otherwise nothing is built when
            anything has none. Source: runtime API, LuaItemStack.build_blueprint.

    Returns:
        Rows of the ghosts; what stands there already needs none.

    Raises:
        NotSimulated: a part of it is refused; nothing is built.
    """
    planned = list(_plan(blueprint, place, direction))
    for part in planned:
        if isinstance(part.prototype, EntityPrototype):
            refuse(part.prototype)
    taken = list(ghost_boxes(world).values())
    there = [_is_there(world, part) for part in planned]
    fits = [
        is_there or _has_room(world, part, taken)
        for part, is_there in zip(planned, there, strict=True)
    ]
    if not is_forced and not all(fits):
        return []
    return [
        _make(world, part, force)
        for part, is_there, has_room in zip(planned, there, fits, strict=True)
        if has_room and not is_there
    ]


def _plan(
    blueprint: Blueprint, place: tuple[float, float], direction: int
) -> Iterator[_Planned]:
    """Where the parts of a blueprint are to stand."""
    parts = [(load().entities[each.name], each) for each in blueprint.entities]
    boxes = []
    for prototype, each in parts:
        width, height = placed_size(prototype, facing(prototype, each.direction or 0))
        x, y = each.position.x, each.position.y
        boxes.append((x - width / 2, y - height / 2, x + width / 2, y + height / 2))
    for tile in blueprint.tiles:
        x, y = float(math.floor(tile.position.x)), float(math.floor(tile.position.y))
        boxes.append((x, y, x + 1, y + 1))
    if not boxes:
        return
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    middle = (left + right) / 2, (top + bottom) / 2
    sides = (right - left, bottom - top)
    wide, high = sides if direction % 4 == 0 else sides[::-1]
    aim = _snapped(place[0], wide), _snapped(place[1], high)

    def moved(x: float, y: float) -> tuple[float, float]:
        x, y = x - middle[0], y - middle[1]
        for _ in range(direction // 2):
            x, y = -y, x
        return aim[0] + x, aim[1] + y

    for tile in blueprint.tiles:
        x, y = math.floor(tile.position.x) + 0.5, math.floor(tile.position.y) + 0.5
        at_x, at_y = map(tiles_to_units, moved(x, y))
        yield _Planned(load().tiles[tile.name], at_x, at_y, 0, None)
    for prototype, each in parts:
        at_x, at_y = map(tiles_to_units, moved(each.position.x, each.position.y))
        turned = facing(prototype, ((each.direction or 0) + direction) % 8)
        yield _Planned(prototype, at_x, at_y, turned, settings_from(each))


def _snapped(wanted: float, size: float) -> float:
    """A middle such that edges lie on edges of tiles."""
    if round(size) % 2:
        return math.floor(wanted) + 0.5
    return math.floor(wanted + 0.5)


def _is_there(world: World, part: _Planned) -> bool:
    """Whether what is planned stands there already, or its ghost."""
    if not isinstance(part.prototype, EntityPrototype):
        tile = load().tiles[part.prototype.name].id
        x, y = part.x // POSITION_UNITS_PER_TILE, part.y // POSITION_UNITS_PER_TILE
        mask = np.zeros(len(load().tiles) + 1, np.bool_)
        mask[tile] = True
        return len(find_tiles(world, mask, (x, y, x + 1, y + 1))) > 0
    mask = np.zeros(len(load().entities) + 1, np.bool_)
    mask[part.prototype.id] = True
    box = (part.x, part.y, part.x, part.y)
    for row in find_entities(world, EntityQuery(prototypes=mask, box=box)):
        record = world.entity[int(row)]
        if (int(record["x"]), int(record["y"])) == (part.x, part.y):
            return int(record["direction"]) == part.direction
    for row in ghosts(world):
        record = world.entity[row]
        at = int(record["x"]), int(record["y"]), int(record["direction"])
        if inner_prototype(world, row) is part.prototype and at == (
            part.x,
            part.y,
            part.direction,
        ):
            return True
    return False


def _has_room(
    world: World, part: _Planned, taken: list[tuple[int, int, int, int]]
) -> bool:
    """Whether a ghost may be made: nothing else stands or is planned there.

    Characters and items on the ground are in no ghost's way. FLE 0.3.0, which drives
    1.1.110, builds around the blueprint itself, which lies on the ground meanwhile.
    """
    if not isinstance(part.prototype, EntityPrototype):
        return True
    box = placed_box(part.prototype, part.x, part.y, part.direction)
    for other in taken:
        is_beside = other[0] >= box[2] or other[2] <= box[0]
        is_beside |= other[1] >= box[3] or other[3] <= box[1]
        if not is_beside:
            return False
    if can_place(world, part.prototype, part.x, part.y, part.direction):
        return True
    return _only_what_gives_way(world, part.prototype, box)


def _only_what_gives_way(
    world: World, prototype: EntityPrototype, box: tuple[int, int, int, int]
) -> bool:
    """Whether only characters and items, and no ground, are in an entity's way."""
    numbers = world.prototypes["entity_prototype"]
    mask = int(numbers["collision_mask"][prototype.id])
    colliding = (numbers["collision_mask"] & mask) != 0
    colliding &= ~np.isin(numbers["kind"], _GIVING_WAY)
    colliding[0] = False
    inside = (box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1)
    query = EntityQuery(prototypes=colliding, box=inside, limit=1)
    if len(find_entities(world, query)):
        return False
    ground = (world.prototypes["tile_prototype"]["collision_mask"] & mask) == 0
    ground[0] = False
    unit = POSITION_UNITS_PER_TILE
    left, top = box[0] // unit, box[1] // unit
    right, bottom = -(-box[2] // unit), -(-box[3] // unit)
    free = find_tiles(world, ground, (left, top, right, bottom))
    return len(free) == (right - left) * (bottom - top)


def _make(world: World, part: _Planned, force: int) -> int:
    if isinstance(part.prototype, EntityPrototype):
        return create_ghost(
            world,
            part.prototype,
            part.x,
            part.y,
            direction=part.direction,
            force=force,
            settings=part.settings,
        )
    x, y = part.x // POSITION_UNITS_PER_TILE, part.y // POSITION_UNITS_PER_TILE
    return create_tile_ghost(world, part.prototype, x, y, force=force)
