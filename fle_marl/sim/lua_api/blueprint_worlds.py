"""From worlds to blueprints, and from blueprints to ghosts in worlds.

Chosen, as it is not documented: a blueprint's places count from the tile in the middle
of all that is in it; its entities come in the order in which they were built; a
blueprint is built around the middle of its tiles, turned around it; neighbours of poles
are written, and on building poles find their own.

Source: runtime API, LuaItemStack.create_blueprint, build_blueprint; wiki, Blueprint.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from fle_marl.prototypes import EntityPrototype, TilePrototype, load
from fle_marl.sim.actions.build import can_place, facing
from fle_marl.sim.actions.find import EntityQuery, find_entities, find_tiles
from fle_marl.sim.actions.ghosts import (
    Settings,
    create_ghost,
    create_tile_ghost,
    ghost_boxes,
    ghosts,
    inner_prototype,
    placed_box,
    settings_of,
)
from fle_marl.sim.components import KINDS, MAXIMUM_FILTERS
from fle_marl.sim.lua_api.blueprint_format import (
    Blueprint,
    BlueprintEntity,
    BlueprintTile,
    Position,
)
from fle_marl.sim.refusals import refuse
from fle_marl.sim.systems.electric_pole import pole_neighbours
from fle_marl.sim.systems.ghost import NO_BAR
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units, units_to_tiles

__all__ = [
    "Capture",
    "build",
    "capture",
    "cost_to_build",
    "known_parts",
    "settings_from",
]

_GHOST: Final = KINDS.index("ghost")
_POLE: Final = KINDS.index("pole")
_CHARACTER: Final = KINDS.index("character")
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


# --- from a world


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


def _size(prototype: EntityPrototype, direction: int) -> tuple[int, int]:
    width, height = prototype.tile_width, prototype.tile_height
    return (height, width) if direction % 4 == 2 else (width, height)


def _tile_box(world: World, row: int) -> tuple[int, int, int, int]:
    record = world.entity[row]
    width, height = _size(_shown(world, row), int(record["direction"]))
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


# --- into a world


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
        width, height = _size(prototype, facing(prototype, each.direction or 0))
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

    Characters are in nobody's way.
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
    return _only_characters(world, part.prototype, box)


def _only_characters(
    world: World, prototype: EntityPrototype, box: tuple[int, int, int, int]
) -> bool:
    """Whether nothing but characters, and no ground, is in an entity's way."""
    numbers = world.prototypes["entity_prototype"]
    mask = int(numbers["collision_mask"][prototype.id])
    colliding = (numbers["collision_mask"] & mask) != 0
    colliding &= numbers["kind"] != _CHARACTER
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
