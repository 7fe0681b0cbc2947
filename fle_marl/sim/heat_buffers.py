"""Heat buffers as parts of entities, and which of them touch.

A heat connection is in a tile of its entity and opens to a side; two are joined when
each opens to the tile of the other. Reactors are neighbours when they stand side by
side, exactly aligned.

Source: prototype ``heat_buffer``, ``energy_source`` of type heat; prototype API,
HeatBuffer, HeatEnergySource (defaults), ReactorPrototype.neighbour_bonus; wiki, Nuclear
reactor (neighbours are aligned).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from fle_marl.defines import Direction
from fle_marl.geometry import MapPosition, rotate_vector
from fle_marl.prototypes import load
from fle_marl.sim.components import KINDS, TABLE_INDEX
from fle_marl.sim.parts import offset_position
from fle_marl.sim.world import World
from fle_marl.units import (
    POSITION_UNITS_PER_TILE,
    TICKS_PER_SECOND,
    parse_energy_joules,
    parse_power_watts,
)

__all__ = [
    "DEFAULT_TEMPERATURE",
    "MINIMUM_GRADIENT",
    "add_heat_buffer",
    "free_heat_buffer",
    "heat_buffer_of",
    "heat_source_of",
    "join_heat",
    "transfer_watts",
]

DEFAULT_TEMPERATURE: Final = 15.0
"""Degrees. Source: prototype API, HeatBuffer.default_temperature."""
MINIMUM_GRADIENT: Final = 1.0
"""Degrees. Source: prototype API, HeatBuffer.min_temperature_gradient."""

_AHEAD: Final = {0: (0, -1), 2: (1, 0), 4: (0, 1), 6: (-1, 0)}
_HOLDERS: Final = frozenset({"boiler", "heat_pipe", "reactor"})
"""Kinds whose tables have a field ``heat_buffer``."""

Port = tuple[int, int, int]
"""Tile x and y that a connection is in, and the side that it opens to."""


def heat_source_of(prototype: int) -> Mapping[str, Any] | None:
    """What an entity prototype says of its heat buffer; None if it has none."""
    entity = load().entities.by_id(prototype)
    buffer: Any = entity.properties.get("heat_buffer")
    source = entity.energy_source
    if buffer is None and source is not None and source["type"] == "heat":
        buffer = source
    return None if buffer is None else dict(buffer)


def add_heat_buffer(world: World, entity: int) -> int:
    """Give an entity the heat buffer of its prototype.

    Returns:
        Row of ``heat_buffer``; 0 when the prototype has none.
    """
    source = heat_source_of(int(world.entity["prototype"][entity]))
    if source is None:
        return 0
    row = world.allocate("heat_buffer")
    record = world.tables["heat_buffer"][row]
    record["entity"] = entity
    record["temperature"] = source.get("default_temperature", DEFAULT_TEMPERATURE)
    record["maximum_temperature"] = source["max_temperature"]
    record["minimum_working_temperature"] = source.get(
        "min_working_temperature", DEFAULT_TEMPERATURE
    )
    record["minimum_gradient"] = source.get(
        "min_temperature_gradient", MINIMUM_GRADIENT
    )
    record["specific_heat_joules"] = parse_energy_joules(source["specific_heat"])
    record["maximum_transfer_joules"] = transfer_watts(source) / TICKS_PER_SECOND
    world.clock["heat_dirty"] = True
    return row


def transfer_watts(source: Mapping[str, Any]) -> float:
    """The most that goes through each connection of a heat buffer."""
    return parse_power_watts(source["max_transfer"])


def free_heat_buffer(world: World, row: int) -> None:
    """Give a heat buffer back, with the heat in it; row 0 is none."""
    if row:
        world.free("heat_buffer", row)
        world.clock["heat_dirty"] = True


def heat_buffer_of(world: World, entity: int) -> int:
    """Row of an entity's heat buffer; 0 when it has none."""
    kind = KINDS[int(world.entity["kind"][entity])]
    if kind not in _HOLDERS:
        return 0
    row = int(world.entity["component"][entity])
    return int(world.tables[kind]["heat_buffer"][row])


def join_heat(world: World) -> None:
    """Find anew which heat buffers are joined and which reactors are neighbours."""
    _join_buffers(world)
    _join_reactors(world)
    world.clock["is_heat_flowing"] = True


def _rows_in_use(world: World, name: str) -> Iterator[int]:
    table = world.tables[name]
    for row in range(1, int(world.count[TABLE_INDEX[name]])):
        if table["entity"].item(row) > 0:
            yield row


def _join_buffers(world: World) -> None:
    table = world.tables["heat_buffer"]
    ports = {
        row: _ports(world, table["entity"].item(row))
        for row in _rows_in_use(world, "heat_buffer")
    }
    buffer_at = {port: row for row, own in ports.items() for port in own}
    for row, own in ports.items():
        facing = [buffer_at.get(_facing(port), 0) for port in own]
        joined = [other for other in facing if other and other != row]
        table["connected"][row] = 0
        table["connected"][row, : len(joined)] = joined
        table["connection_count"][row] = len(joined)


def _ports(world: World, entity: int) -> list[Port]:
    """Where the heat connections of an entity are as it faces now."""
    source = heat_source_of(int(world.entity["prototype"][entity]))
    direction = int(world.entity["direction"][entity])
    ports = []
    for connection in source["connections"] if source else ():
        place = MapPosition.from_json(connection["position"])
        x, y = offset_position(world, entity, place)
        side = (int(connection["direction"]) + direction) % 8
        ports.append((x >> 8, y >> 8, side))
    return ports


def _facing(port: Port) -> Port:
    x, y, side = port
    step_x, step_y = _AHEAD[side]
    return x + step_x, y + step_y, (side + 4) % 8


def _join_reactors(world: World) -> None:
    table = world.tables["reactor"]
    places = {}
    for row in _rows_in_use(world, "reactor"):
        entity = table["entity"].item(row)
        x, y = world.entity["x"].item(entity), world.entity["y"].item(entity)
        places[x, y] = row
    for (x, y), row in places.items():
        number = int(world.entity["prototype"][table["entity"][row]])
        prototype = load().entities.by_id(number)
        reach = MapPosition(0.0, -prototype.tile_height * POSITION_UNITS_PER_TILE)
        steps = [rotate_vector(reach, Direction(side)) for side in _AHEAD]
        beside = [places.get((x + int(step.x), y + int(step.y)), 0) for step in steps]
        joined = [other for other in beside if other]
        table["neighbours"][row] = 0
        table["neighbours"][row, : len(joined)] = joined
        table["neighbour_count"][row] = len(joined)
