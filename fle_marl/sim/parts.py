"""The parts that entities are put together from, in Python: what building needs.

Inventories, burners, electric energy sources and fluid boxes are rows that several
kinds of entity have. A system's ``create`` adds the parts of its entities by these
functions; `remove_parts` gives all of them back.
"""

from collections.abc import Mapping
from typing import Any, Final

from fle_marl.defines import Direction
from fle_marl.geometry import MapPosition, rotate_vector
from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.components import (
    ROLE_BURNT_RESULT,
    ROLE_FUEL,
    USAGE_NONE,
    USAGE_PRIMARY_INPUT,
    USAGE_PRIMARY_OUTPUT,
    USAGE_SECONDARY_INPUT,
    USAGE_SECONDARY_OUTPUT,
    USAGE_SOLAR,
    USAGE_TERTIARY,
)
from fle_marl.sim.kernels.fluid_ports import join_ports, part_ports
from fle_marl.sim.tables import fuel_category_bits
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE, TICKS_PER_SECOND, parse_power_watts

__all__ = [
    "BUFFER_PER_USE",
    "add_burner",
    "add_electric",
    "add_energy_source",
    "add_fluidbox",
    "add_inventory",
    "fluidboxes_of",
    "inventories_of",
    "join_fluidboxes",
    "offset_position",
    "ports_of",
    "remove_fluidboxes",
    "remove_parts",
]

_FUEL_DEFINE: Final = 1  # defines.inventory.fuel
_BURNT_RESULT_DEFINE: Final = 6  # defines.inventory.burnt_result

_USAGE: Final = {
    "primary-input": USAGE_PRIMARY_INPUT,
    "secondary-input": USAGE_SECONDARY_INPUT,
    "primary-output": USAGE_PRIMARY_OUTPUT,
    "secondary-output": USAGE_SECONDARY_OUTPUT,
    "tertiary": USAGE_TERTIARY,
    "solar": USAGE_SOLAR,
}
BUFFER_PER_USE: Final = 16 / 15
"""Energy that an entity can hold ready, as a multiple of the most it uses in a tick.

Source: measured in the game: burner drills of 2500 joules per tick hold 2666.67, stone
furnaces of 1500 hold 1600, burner inserters of 2400 hold 2560. Electric entities are
taken to be alike."""
_FLOW_DIRECTION: Final = {"input": 1, "output": 2, "input-output": 3}
_PRODUCTION_TYPE: Final = {"none": 0, "input": 1, "output": 2, "input-output": 3}
_UNITS_PER_LEVEL: Final = 100
"""Fluid units in a box of area 1 and height 1, and pressure of a level. Source:
prototype API, FluidBox; XKnight, Factorio forum, topic 19851 (see
`systems.fluid_network`): a boiler, base level -1 and height 2, has -100 to 100."""


def offset_position(world: World, entity: int, vector: MapPosition) -> tuple[int, int]:
    """A place given relative to an entity that faces north, as it faces now.

    Returns:
        x, y in 1/256 tile.
    """
    record = world.entity[entity]
    turned = rotate_vector(vector, Direction(int(record["direction"])))
    # towards zero, so that it lies alike to all sides
    return (
        int(record["x"]) + int(turned.x * POSITION_UNITS_PER_TILE),
        int(record["y"]) + int(turned.y * POSITION_UNITS_PER_TILE),
    )


def add_inventory(world: World, entity: int, define: int, role: int, slots: int) -> int:
    """Give an entity an inventory.

    Args:
        world: changed.
        entity: row.
        define: number of ``defines.inventory``.
        role: ``components.ROLE_*``.
        slots: how many.

    Returns:
        The inventory's row.
    """
    first = world.allocate_run("slot", slots) if slots else 0
    row = world.allocate("inventory")
    record = world.tables["inventory"][row]
    record["entity"] = entity
    record["define"] = define
    record["role"] = role
    record["first_slot"] = first
    record["slot_count"] = slots
    record["bar"] = slots
    _append(world, entity, "first_inventory", "inventory", row)
    return row


def add_burner(world: World, entity: int, source: Mapping[str, Any]) -> int:
    """Give an entity a burner with its fuel inventory.

    Args:
        world: changed.
        entity: row.
        source: ``energy_source`` of the prototype, of type burner.

    Returns:
        The burner's row.
    """
    row = world.allocate("burner")
    world.tables["burner"]["entity"][row] = entity
    fuel = add_inventory(
        world, entity, _FUEL_DEFINE, ROLE_FUEL, int(source["fuel_inventory_size"])
    )
    burnt_slots = int(source.get("burnt_inventory_size", 0))
    burnt = 0
    if burnt_slots:
        burnt = add_inventory(
            world, entity, _BURNT_RESULT_DEFINE, ROLE_BURNT_RESULT, burnt_slots
        )
    categories = source.get("fuel_categories") or [
        source.get("fuel_category", "chemical")
    ]
    record = world.tables["burner"][row]
    record["fuel_categories"] = fuel_category_bits(load(), categories)
    record["fuel_inventory"] = fuel
    record["burnt_inventory"] = burnt
    record["effectivity"] = source.get("effectivity", 1.0)
    world.entity["burner"][entity] = row
    return row


def add_electric(
    world: World, entity: int, usage: str, *, drain_joules: float = 0.0
) -> int:
    """Connect an entity to electricity; its buffer and limits are still to be set.

    Args:
        world: changed.
        entity: row.
        usage: the prototype's ``usage_priority``.
        drain_joules: taken each tick even when idle.

    Returns:
        The row of ``electric``.
    """
    row = world.allocate("electric")
    record = world.tables["electric"][row]
    record["entity"] = entity
    record["usage"] = _USAGE.get(usage, USAGE_NONE)
    record["drain_joules"] = drain_joules
    world.entity["electric"][entity] = row
    world.clock["electric_dirty"] = True
    return row


def add_energy_source(
    world: World,
    entity: int,
    source: Mapping[str, Any] | None,
    joules_per_tick: float,
    *,
    default_drain_joules: float = 0.0,
) -> None:
    """Give an entity what it takes its energy from, a burner or electricity.

    Args:
        world: changed.
        entity: row.
        source: ``energy_source`` of the prototype; nothing is done for other types.
        joules_per_tick: the most that it uses in a tick.
        default_drain_joules: per tick, for an electric source that gives none.
    """
    if source is None:
        return
    capacity = joules_per_tick * BUFFER_PER_USE
    if source["type"] == "burner":
        row = add_burner(world, entity, source)
        world.tables["burner"]["capacity_joules"][row] = capacity
    elif source["type"] == "electric":
        drain = default_drain_joules
        if "drain" in source:
            drain = parse_power_watts(source["drain"]) / TICKS_PER_SECOND
        row = add_electric(world, entity, source["usage_priority"], drain_joules=drain)
        record = world.tables["electric"][row]
        record["capacity_joules"] = capacity
        record["input_limit_joules"] = capacity


def add_fluidbox(
    world: World, entity: int, box: Mapping[str, Any], *, fluid: int = 0
) -> int:
    """Give an entity a fluid box.

    Args:
        world: changed.
        entity: row.
        box: the prototype's fluid box.
        fluid: filter, a fluid's id; 0 for the prototype's own or none.

    Returns:
        The row of ``fluidbox``.
    """
    row = world.allocate("fluidbox")
    record = world.tables["fluidbox"][row]
    record["entity"] = entity
    record["index"] = len(fluidboxes_of(world, entity)) + 1
    record["production_type"] = _PRODUCTION_TYPE[box.get("production_type", "none")]
    record["filter"] = fluid or (
        load().fluids[box["filter"]].id if box.get("filter") else 0
    )
    area, height = box.get("base_area", 1), box.get("height", 1)
    record["capacity"] = _UNITS_PER_LEVEL * area * height
    record["pressure_empty"] = _UNITS_PER_LEVEL * box.get("base_level", 0)
    record["pressure_per_unit"] = 1 / area
    record["minimum_temperature"] = box.get("minimum_temperature", 0.0)
    _append(world, entity, "first_fluidbox", "fluidbox", row)
    for connection in box.get("pipe_connections", ()):
        _add_port(world, row, connection)
    return row


def remove_fluidboxes(world: World, entity: int) -> None:
    """Take all fluid boxes from an entity, with what is in them."""
    boxes = fluidboxes_of(world, entity)
    if boxes:
        _part_ports(world.state, entity)
    for row in boxes:
        for port in ports_of(world, row):
            world.free("fluid_port", port)
        world.free("fluidbox", row)
    world.entity["first_fluidbox"][entity] = 0


def join_fluidboxes(world: World, entity: int) -> None:
    """Join fluid boxes that were given to an entity that stands already."""
    _join_ports(world.state, entity)


@entry_point
def _part_ports(state: Tables, entity: int) -> None:
    part_ports(state, entity)


@entry_point
def _join_ports(state: Tables, entity: int) -> None:
    join_ports(state, entity)


def _add_port(world: World, box: int, connection: Mapping[str, Any]) -> None:
    """Give a fluid box one of its prototype's pipe connections."""
    entity = int(world.tables["fluidbox"]["entity"][box])
    row = world.allocate("fluid_port")
    record = world.tables["fluid_port"][row]
    record["entity"] = entity
    record["box"] = box
    record["index"] = len(ports_of(world, box)) + 1
    record["flow_direction"] = _FLOW_DIRECTION[connection.get("type", "input-output")]
    record["maximum_distance"] = connection.get("max_underground_distance", 0)
    outside = _outside_vectors(connection)
    record["side"] = _side(world, entity, outside[0])
    for quarter, vector in enumerate(outside):
        record["outside_x"][quarter] = int(vector.x * POSITION_UNITS_PER_TILE)
        record["outside_y"][quarter] = int(vector.y * POSITION_UNITS_PER_TILE)
    ports = ports_of(world, box)
    if ports:
        world.tables["fluid_port"]["next"][ports[-1]] = row
    else:
        world.tables["fluidbox"]["first_port"][box] = row


def _outside_vectors(connection: Mapping[str, Any]) -> list[MapPosition]:
    """Tile outside that a connection opens to, for each way the entity may face."""
    if "positions" in connection:
        return [MapPosition.from_json(raw) for raw in connection["positions"]]
    north = MapPosition.from_json(connection["position"])
    return [rotate_vector(north, Direction(2 * quarter)) for quarter in range(4)]


def _side(world: World, entity: int, outside: MapPosition) -> int:
    """Side of an entity that faces north beyond which a point lies."""
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    if abs(outside.x) * 2 > prototype.tile_width:
        return Direction.east if outside.x > 0 else Direction.west
    return Direction.south if outside.y > 0 else Direction.north


def inventories_of(world: World, entity: int) -> list[int]:
    """Rows of an entity's inventories, in the order that they were added."""
    return _chain(world, entity, "first_inventory", "inventory")


def fluidboxes_of(world: World, entity: int) -> list[int]:
    """Rows of an entity's fluid boxes, in the order that they were added."""
    return _chain(world, entity, "first_fluidbox", "fluidbox")


def ports_of(world: World, box: int) -> list[int]:
    """Rows of a fluid box's ports, in the order of its prototype."""
    ports = []
    row = int(world.tables["fluidbox"]["first_port"][box])
    while row:
        ports.append(row)
        row = int(world.tables["fluid_port"]["next"][row])
    return ports


def remove_parts(world: World, entity: int) -> None:
    """Give back all inventories, burners, energy sources and fluid boxes."""
    record = world.entity[entity]
    for row in inventories_of(world, entity):
        inventory = world.tables["inventory"][row]
        if inventory["slot_count"]:
            first, slots = int(inventory["first_slot"]), int(inventory["slot_count"])
            world.free_run("slot", first, slots)
        world.free("inventory", row)
    remove_fluidboxes(world, entity)
    if record["burner"]:
        world.free("burner", int(record["burner"]))
    if record["electric"]:
        world.free("electric", int(record["electric"]))
    for field in ("first_inventory", "burner", "electric"):
        world.entity[field][entity] = 0


def _chain(world: World, entity: int, head: str, table: str) -> list[int]:
    rows = []
    row = int(world.entity[head][entity])
    while row:
        rows.append(row)
        row = int(world.tables[table]["next"][row])
    return rows


def _append(world: World, entity: int, head: str, table: str, row: int) -> None:
    rows = _chain(world, entity, head, table)
    if rows:
        world.tables[table]["next"][rows[-1]] = row
    else:
        world.entity[head][entity] = row
