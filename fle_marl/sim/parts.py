"""The parts that entities are put together from, in Python: what building needs.

Inventories, burners, electric energy sources and fluid boxes are rows that several
kinds of entity have. A system's ``create`` adds the parts of its entities by these
functions; `remove_parts` gives all of them back.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from numpy.typing import NDArray

from fle_marl.defines import Direction
from fle_marl.geometry import MapPosition, rotate_vector
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.components import (
    ROLE_BURNT_RESULT,
    ROLE_FUEL,
    USAGE_LAMP,
    USAGE_NONE,
    USAGE_PRIMARY_INPUT,
    USAGE_PRIMARY_OUTPUT,
    USAGE_SECONDARY_INPUT,
    USAGE_SECONDARY_OUTPUT,
    USAGE_SOLAR,
    USAGE_TERTIARY,
)
from fle_marl.sim.kernels.electric_buffer import BUFFER_PER_USE, LARGEST_FLOW_JOULES
from fle_marl.sim.kernels.fluid_ports import join_ports, part_ports
from fle_marl.sim.tables import fuel_category_bits
from fle_marl.sim.wear import forget_wear
from fle_marl.sim.world import World, row_template
from fle_marl.units import (
    POSITION_UNITS_PER_TILE,
    TICKS_PER_SECOND,
    parse_energy_joules,
    parse_power_watts,
)

__all__ = [
    "BUFFER_PER_USE",
    "DRAIN_SHARE",
    "FLOW_DIRECTION",
    "add_burner",
    "add_constant_consumer",
    "add_electric",
    "add_energy_source",
    "add_fluidbox",
    "add_inventory",
    "drain_joules_of",
    "fluidboxes_of",
    "fuel_categories_of",
    "inventories_of",
    "join_fluidboxes",
    "offset_position",
    "outside_vectors",
    "ports_of",
    "remove_fluidboxes",
    "remove_parts",
    "side_of_connection",
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
    "lamp": USAGE_LAMP,
}
DRAIN_SHARE: Final = 1 / 30
"""Electric drain of a machine of `_DRAINED_TYPES` whose prototype gives none, as a
share of its usage. Source: wiki.factorio.com/Assembling_machine_1: 75 kW and 2.5 kW."""
_DRAINED_TYPES: Final = frozenset(
    {"assembling-machine", "furnace", "lab", "rocket-silo"}
)
"""Source: wiki, the pages of the machines; drills, beacons and radars have no drain."""
FLOW_DIRECTION: Final = {"input": 1, "output": 2, "input-output": 3}
"""``fluid_port.flow_direction`` by the ``type`` of a pipe connection."""
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
    row = world.add("inventory", _inventory_template(int(define), role, slots))
    table = world.tables["inventory"]
    table["entity"][row] = entity
    if slots:
        table["first_slot"][row] = world.allocate_run("slot", slots)
    _append(world, entity, "first_inventory", "inventory", row)
    return row


@cache
def _inventory_template(define: int, role: int, slots: int) -> NDArray[Any]:
    return row_template(
        "inventory", number=1, define=define, role=role, slot_count=slots, bar=slots
    )


def add_burner(world: World, entity: int, source: Mapping[str, Any]) -> int:
    """Give an entity a burner with its fuel inventory.

    Args:
        world: changed.
        entity: row.
        source: ``energy_source`` of the prototype, of type burner.

    Returns:
        The burner's row.
    """
    categories = fuel_categories_of(source)
    effectivity = source.get("effectivity", 1.0)
    row = world.add("burner", _burner_template(categories, effectivity))
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
    world.tables["burner"]["fuel_inventory"][row] = fuel
    world.tables["burner"]["burnt_inventory"][row] = burnt
    world.entity["burner"][entity] = row
    return row


def fuel_categories_of(source: Mapping[str, Any]) -> tuple[str, ...]:
    """Categories of fuel that a burner takes.

    Source: prototype API, BurnerEnergySource.

    Args:
        source: the burner's properties.
    """
    several = source.get("fuel_categories")
    return tuple(several or [source.get("fuel_category", "chemical")])


@cache
def _burner_template(categories: tuple[str, ...], effectivity: float) -> NDArray[Any]:
    return row_template(
        "burner",
        fuel_categories=fuel_category_bits(load(), categories),
        effectivity=effectivity,
    )


def add_electric(
    world: World,
    entity: int,
    usage: str,
    *,
    drain_joules: float = 0.0,
    capacity_joules: float = 0.0,
    input_limit_joules: float = LARGEST_FLOW_JOULES,
    output_limit_joules: float = 0.0,
) -> int:
    """Connect an entity to electricity.

    Args:
        world: changed.
        entity: row.
        usage: the prototype's ``usage_priority``.
        drain_joules: lost each tick even when idle.
        capacity_joules: of its buffer, which is empty.
        input_limit_joules: per tick into the buffer.
        output_limit_joules: per tick, that it always offers; solar panels at noon,
            accumulators as long as they hold it.

    Returns:
        The row of ``electric``.
    """
    row = world.allocate("electric")
    table = world.tables["electric"]
    table["entity"][row] = entity
    table["usage"][row] = _USAGE.get(usage, USAGE_NONE)
    table["drain_joules"][row] = drain_joules
    table["capacity_joules"][row] = capacity_joules
    table["input_limit_joules"][row] = input_limit_joules
    table["output_limit_joules"][row] = output_limit_joules
    world.entity["electric"][entity] = row
    world.clock["electric_dirty"] = True
    return row


def add_constant_consumer(
    world: World, entity: int, prototype: EntityPrototype, joules_per_tick: float
) -> None:
    """Connect an entity to electricity of which it uses the same all the time.

    All of it is a drain to the network, so it costs nothing in a tick; the entity's
    status follows from its energy alone.

    Args:
        world: changed.
        entity: row.
        prototype: with the energy source.
        joules_per_tick: that it uses besides its drain.
    """
    source: Any = prototype.energy_source
    drain = joules_per_tick + drain_joules_of(prototype)
    limits = {"capacity_joules": drain * BUFFER_PER_USE}
    if "buffer_capacity" in source:
        limits["capacity_joules"] = parse_energy_joules(source["buffer_capacity"])
    if "input_flow_limit" in source:
        watts = parse_power_watts(source["input_flow_limit"])
        limits["input_limit_joules"] = watts / TICKS_PER_SECOND
    row = add_electric(
        world, entity, source["usage_priority"], drain_joules=drain, **limits
    )
    world.tables["electric"]["says_status"][row] = True


def drain_joules_of(prototype: EntityPrototype) -> float:
    """What an entity loses each tick even when idle; ``LuaEntity.electric_drain``."""
    source: Any = prototype.energy_source
    if "drain" in source:
        return parse_power_watts(source["drain"]) / TICKS_PER_SECOND
    if prototype.type in _DRAINED_TYPES:
        return prototype.watts("energy_usage") / TICKS_PER_SECOND * DRAIN_SHARE
    return 0.0


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
        add_electric(
            world,
            entity,
            source["usage_priority"],
            drain_joules=drain,
            capacity_joules=capacity,
        )


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
    record["flow_direction"] = FLOW_DIRECTION[connection.get("type", "input-output")]
    record["maximum_distance"] = connection.get("max_underground_distance", 0)
    outside = outside_vectors(connection)
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    record["side"] = side_of_connection(prototype, connection)
    for quarter, vector in enumerate(outside):
        record["outside_x"][quarter] = int(vector.x * POSITION_UNITS_PER_TILE)
        record["outside_y"][quarter] = int(vector.y * POSITION_UNITS_PER_TILE)
    ports = ports_of(world, box)
    if ports:
        world.tables["fluid_port"]["next"][ports[-1]] = row
    else:
        world.tables["fluidbox"]["first_port"][box] = row


def outside_vectors(connection: Mapping[str, Any]) -> list[MapPosition]:
    """The tile outside that a pipe connection opens to, from the entity's centre.

    Args:
        connection: of a fluid box of a prototype.

    Returns:
        Centre of that tile for each way that the entity may face: north, east, south,
        west.
    """
    if "positions" in connection:
        return [MapPosition.from_json(raw) for raw in connection["positions"]]
    north = MapPosition.from_json(connection["position"])
    return [rotate_vector(north, Direction(2 * quarter)) for quarter in range(4)]


def side_of_connection(
    prototype: EntityPrototype, connection: Mapping[str, Any]
) -> int:
    """Side that a pipe connection opens to while its entity faces north."""
    outside = outside_vectors(connection)[0]
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
    row: int = world.tables["fluidbox"]["first_port"].item(box)
    while row:
        ports.append(row)
        row = world.tables["fluid_port"]["next"].item(row)
    return ports


def remove_parts(world: World, entity: int) -> None:
    """Give back all inventories, burners, energy sources and fluid boxes."""
    record = world.entity[entity]
    for row in inventories_of(world, entity):
        inventory = world.tables["inventory"][row]
        if inventory["slot_count"]:
            first, slots = int(inventory["first_slot"]), int(inventory["slot_count"])
            forget_wear(world, first, slots)
            world.free_run("slot", first, slots)
        world.free("inventory", row)
    remove_fluidboxes(world, entity)
    if record["burner"]:
        world.free("burner", int(record["burner"]))
    if record["electric"]:
        world.free("electric", int(record["electric"]))
    if record["effect_receiver"]:
        world.free("effect_receiver", int(record["effect_receiver"]))
        world.clock["beacons_dirty"] = True
    for field in ("first_inventory", "burner", "electric", "effect_receiver"):
        world.entity[field][entity] = 0


def _chain(world: World, entity: int, head: str, table: str) -> list[int]:
    rows = []
    row: int = world.entity[head].item(entity)
    while row:
        rows.append(row)
        row = world.tables[table]["next"].item(row)
    return rows


def _append(world: World, entity: int, head: str, table: str, row: int) -> None:
    last: int = world.entity[head].item(entity)
    if not last:
        world.entity[head][entity] = row
        return
    links = world.tables[table]["next"]
    while links.item(last):
        last = links.item(last)
    links[last] = row
