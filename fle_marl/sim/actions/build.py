"""Entities come, turn and go."""

import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final

from numpy.typing import NDArray

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.find import EntityQuery, find_entities
from fle_marl.sim.actions.ground import lay_on_new_belt
from fle_marl.sim.actions.inventory import contents_of_all
from fle_marl.sim.components import (
    FORBIDS_DAMAGE,
    FORBIDS_MINING,
    FORCE_NEUTRAL,
    FORCE_PLAYER,
    KINDS,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.space import box_is_free, collision_box
from fle_marl.sim.parts import remove_parts
from fle_marl.sim.refusals import refuse
from fle_marl.sim.schedule import system_of_kind
from fle_marl.sim.surroundings import enter_surroundings, leave_surroundings
from fle_marl.sim.tables import kind_of
from fle_marl.sim.world import World, row_template
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

__all__ = [
    "can_place",
    "contents_elsewhere",
    "create_entity",
    "destroy_entity",
    "entities",
    "entity_contents",
    "facing",
    "has_direction",
    "nearest_free",
    "placed_position",
    "rotate_entity",
    "turned_direction",
]

_Create = Callable[[World, int, EntityPrototype], None]

_NORMAL_STATUS: Final = 2  # defines.entity_status.normal
_RESOURCE: Final = KINDS.index("resource")
_BELT: Final = KINDS.index("belt")
_ON_GROUND: Final = KINDS.index("item_on_ground")
_ON_GROUND_TABLE: Final = TABLE_INDEX["item_on_ground"]
_OFF_GRID: Final = "placeable-off-grid"
_NO_UNIT_NUMBER: Final = frozenset(
    {"resource", "tree", "simple-entity", "item-entity", "cliff", "fish"}
)


def placed_position(
    prototype: EntityPrototype, x: float, y: float, direction: int
) -> tuple[int, int]:
    """Where the game puts an entity that is asked for at a place.

    Entities on the grid are moved so that their tiles are whole: an odd number of tiles
    is centred in a tile, an even one on a border. Source: prototype API, "placeable
    off-grid"; the game's building behaviour.

    Args:
        prototype: what.
        x: wanted centre, tiles.
        y: wanted centre, tiles.
        direction: 0, 2, 4 or 6.

    Returns:
        Centre in 1/256 tile.
    """
    if _OFF_GRID in prototype.flags:
        return tiles_to_units(x), tiles_to_units(y)
    width, height = prototype.tile_width, prototype.tile_height
    if direction % 4 == 2:
        width, height = height, width
    return _snapped(x, width), _snapped(y, height)


def _snapped(wanted_tiles: float, size_tiles: int) -> int:
    unit = POSITION_UNITS_PER_TILE
    if size_tiles % 2:
        return int(wanted_tiles // 1) * unit + unit // 2
    return int((wanted_tiles + 0.5) // 1) * unit


def can_place(
    world: World, prototype: EntityPrototype, x: int, y: int, direction: int
) -> bool:
    """Whether nothing stands in the way of an entity.

    Args:
        world: not changed.
        prototype: what.
        x: centre, 1/256 tile.
        y: centre, 1/256 tile.
        direction: 0, 2, 4 or 6.

    Returns:
        False when it would collide with an entity or the ground. Special needs
        (resources below a drill, shore for a pump) are not asked here.
    """
    return bool(_can_place(world.state, prototype.id, x, y, direction))


@entry_point
def _can_place(state: Tables, prototype: int, x: int, y: int, direction: int) -> bool:
    entity_prototype = state.entity_prototype
    box = collision_box(state, prototype, x, y, direction)
    mask = entity_prototype[prototype].collision_mask
    return box_is_free(state, box, mask, 0)


def nearest_free(
    world: World,
    prototype: EntityPrototype,
    x: float,
    y: float,
    *,
    reach: float,
    precision: float,
) -> tuple[int, int] | None:
    """The nearest place around another where nothing stands in an entity's way.

    Args:
        world: not changed.
        prototype: what, facing north.
        x: tiles.
        y: tiles.
        reach: how far from there along each axis, tiles.
        precision: of the places that are tried, tiles.

    Returns:
        Its centre, 1/256 tile; None when there is no such place.
    """
    for step_x, step_y in _rings(int(reach / precision)):
        place = (
            tiles_to_units(x + step_x * precision),
            tiles_to_units(y + step_y * precision),
        )
        if can_place(world, prototype, *place, 0):
            return place
    return None


def _rings(count: int) -> Iterator[tuple[int, int]]:
    """Whole steps around (0, 0), ring by ring outwards, in a fixed order."""
    yield 0, 0
    for ring in range(1, count + 1):
        edge = range(-ring, ring + 1)
        places = {(x, y) for x in edge for y in (-ring, ring)}
        places |= {(x, y) for x in (-ring, ring) for y in edge}
        yield from sorted(places, key=lambda place: (math.hypot(*place), place))


def create_entity(
    world: World,
    name: str,
    x: int,
    y: int,
    *,
    direction: int = 0,
    force: int = FORCE_PLAYER,
) -> int:
    """Put an entity into the world; nothing is asked about whether it may stand there.

    Args:
        world: changed.
        name: of an entity prototype.
        x: centre, 1/256 tile; see `placed_position`.
        y: centre, 1/256 tile.
        direction: 0 to 7; of a cliff its orientation.
        force: ``components.FORCE_*``.

    Returns:
        The entity's row.

    Raises:
        PrototypeError: there is no such entity.
        NotSimulated: the simulator refuses it; see `fle_marl.sim.refusals`.
    """
    prototype = load().entities[name]
    template, create = _plan(prototype)
    row = world.add("entity", template)
    table = world.entity
    table["direction"][row] = direction
    if not template["force"]:
        table["force"][row] = force
    table["x"][row] = x
    table["y"][row] = y
    table["serial"][row] = _next_number(world, "next_serial")
    if prototype.type not in _NO_UNIT_NUMBER:
        table["unit_number"][row] = _next_number(world, "next_unit_number")
    if create is not None:
        create(world, row, prototype)
    enter_surroundings(world, row)
    if template["kind"] == _BELT and world.count[_ON_GROUND_TABLE] > 1:
        _take_off_ground(world, row)
    return row


def _take_off_ground(world: World, belt: int) -> None:
    """Lay on a new belt what lies on the ground below it."""
    x, y = int(world.entity["x"][belt]), int(world.entity["y"][belt])
    reach = POSITION_UNITS_PER_TILE  # of the widest, splitters
    query = EntityQuery(
        prototypes=world.prototypes["entity_prototype"]["kind"] == _ON_GROUND,
        box=(x - reach, y - reach, x + reach, y + reach),
    )
    for entity in find_entities(world, query).tolist():
        stack = world.tables["item_on_ground"][world.entity["component"][entity]]
        item, count = int(stack["item"]), int(stack["count"])
        here = int(world.entity["x"][entity]), int(world.entity["y"][entity])
        stack["count"] = count - lay_on_new_belt(world, belt, here, item, count)
        if not stack["count"]:
            destroy_entity(world, entity)


@cache
def _plan(prototype: EntityPrototype) -> tuple[NDArray[Any], _Create | None]:
    """What all entities of a prototype have in common: a row, and how it is filled.

    Raises:
        NotSimulated: there are none.
    """
    refuse(prototype)
    kind = kind_of(prototype)
    template = row_template(
        "entity",
        prototype=prototype.id,
        kind=kind,
        force=FORCE_NEUTRAL if kind == _RESOURCE else 0,
        status=_NORMAL_STATUS,
        health=prototype.max_health or 0.0,
        forbidden=_forbidden_from_the_start(prototype),
        active=True,
    )
    system = system_of_kind(kind)
    return template, None if system is None else system.create


def _forbidden_from_the_start(prototype: EntityPrototype) -> int:
    """What cannot be done with an entity whatever scripts say; ``FORBIDS_*``."""
    is_fixed = prototype.minable is None
    has_no_health = not prototype.max_health
    return FORBIDS_MINING * is_fixed | FORBIDS_DAMAGE * has_no_health


def _next_number(world: World, counter: str) -> int:
    """The next of the numbers that the clock counts."""
    column = world.clock[counter]
    number: int = column.item(0)
    column[0] = number + 1
    return number


def entity_contents(world: World, entity: int) -> dict[int, int]:
    """Everything that lies in an entity: what mining it gives besides itself.

    Returns:
        {item: count}, inventories first, then what its system holds outside of them.
    """
    contents = contents_of_all(world, entity)
    for item, count in contents_elsewhere(world, entity).items():
        contents[item] = contents.get(item, 0) + count
    return contents


def contents_elsewhere(world: World, entity: int) -> dict[int, int]:
    """What lies in an entity but in no inventory: in its hand, on its lines."""
    system = system_of_kind(world.entity["kind"].item(entity))
    return {} if system is None else system.contents(world, entity)


def destroy_entity(world: World, entity: int) -> None:
    """Take an entity and all that is in it out of the world."""
    leave_surroundings(world, entity)
    system = system_of_kind(int(world.entity["kind"][entity]))
    if system is not None:
        system.destroy(world, entity)
    remove_parts(world, entity)
    world.free("entity", entity)


def rotate_entity(world: World, entity: int, direction: int) -> None:
    """Turn an entity that stands, and what turns along with it.

    Args:
        world: changed.
        entity: row.
        direction: 0, 2, 4 or 6.
    """
    system = system_of_kind(int(world.entity["kind"][entity]))
    other = 0 if system is None else system.turned_along(world, entity, direction)
    turning = [each for each in (entity, other) if each]
    for each in turning:
        leave_surroundings(world, each)
        world.entity["direction"][each] = direction
    if system is not None:
        system.turned(world, entity, other)
    for each in turning:
        enter_surroundings(world, each)


_TURNING_TYPES: Final = frozenset(
    {
        "inserter",
        "transport-belt",
        "underground-belt",
        "splitter",
        "mining-drill",
        "pipe-to-ground",
        "boiler",
        "generator",
        "offshore-pump",
        "pump",
        "storage-tank",
        "fluid-turret",
        "gate",
    }
)
"""Types that face somewhere. Source: prototype API and wiki.factorio.com/Rotation."""
_HALF_TURN_TYPES: Final = frozenset({"gate", "generator", "storage-tank"})
"""Types that look alike from two sides: a turn is a quarter, and north is south."""


def has_direction(world: World, entity: int) -> bool:
    """Whether an entity can be turned.

    Assembling machines can while their recipe uses fluids. Source: wiki, Rotation.
    """
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    if prototype.type == "assembling-machine":
        return bool(world.entity["rotatable"][entity])
    return prototype.type in _TURNING_TYPES


def facing(prototype: EntityPrototype, direction: int) -> int:
    """The direction that an entity has which is built facing one: 0 if it has none."""
    if prototype.type in _HALF_TURN_TYPES:
        return direction % 4
    turns = prototype.type in _TURNING_TYPES or prototype.type == "assembling-machine"
    return direction if turns else 0


def turned_direction(world: World, entity: int, backwards: bool = False) -> int:
    """Direction of an entity after one press of the rotate key.

    Undergrounds turn around, since they swap entrance and exit.
    """
    direction = int(world.entity["direction"][entity])
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    if prototype.type == "underground-belt":
        return (direction + 4) % 8
    step = -2 if backwards else 2
    turned = (direction + step) % 8
    return turned % 4 if prototype.type in _HALF_TURN_TYPES else turned


_ENTITY: Final = TABLE_INDEX["entity"]


def entities(world: World) -> list[int]:
    """Rows of all entities, in the order of their rows."""
    used = world.entity["prototype"][1 : world.count[_ENTITY]]
    return [int(row) + 1 for row in (used > 0).nonzero()[0]]
