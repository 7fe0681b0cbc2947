"""Members of LuaEntity about belts, fluids and electricity."""

import sys
from typing import TYPE_CHECKING, Any, Final

from lupa.lua52 import lua_type

from fle_marl.errors import NotSimulated
from fle_marl.sim.actions.walls import WALL_TYPES
from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api.arguments import read_number
from fle_marl.sim.lua_api.entity_gates import wall_neighbour_table
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_flow_statistics import electric_statistics
from fle_marl.sim.lua_api.lua_transport_line import declare_belts
from fle_marl.sim.modules import refreshed_effects
from fle_marl.sim.parts import drain_joules_of, fluidboxes_of
from fle_marl.sim.schedule import ELECTRIC_NETWORKS, refreshed
from fle_marl.sim.systems.electric_network import (
    has_network,
    network_id,
)
from fle_marl.sim.systems.electric_pole import (
    connect_poles,
    disconnect_all,
    disconnect_poles,
    pole_neighbours,
)
from fle_marl.sim.systems.fluid_network import connected_boxes
from fle_marl.sim.systems.underground_belt import other_end
from fle_marl.units import TICKS_PER_SECOND, parse_power_watts

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_POLE: Final = KINDS.index("pole")
_GENERATOR: Final = KINDS.index("generator")


def _electric(api: "LuaApi", handle: int) -> LuaValue:
    """The entity's row of ``electric``; None when it has none."""
    row = int(api.world.entity["electric"][api.row(handle)])
    return api.world.tables["electric"][row] if row else None


def _energy(api: "LuaApi", handle: int) -> float:
    electric = _electric(api, handle)
    if electric is not None:
        return float(electric["buffer_joules"])
    burner = int(api.world.entity["burner"][api.row(handle)])
    return float(api.world.tables["burner"]["buffer_joules"][burner]) if burner else 0.0


def _set_energy(api: "LuaApi", handle: int, value: object) -> None:
    joules = read_number(value, "energy")
    electric = _electric(api, handle)
    if electric is not None:
        # as much as with the modules that were put in just now
        refreshed_effects(api.world)
        most = float(electric["capacity_joules"])
        electric["buffer_joules"] = min(max(joules, 0.0), most)


def _electric_buffer_size(api: "LuaApi", handle: int) -> float | None:
    electric = _electric(api, handle)
    return None if electric is None else float(electric["capacity_joules"])


def _electric_drain(api: "LuaApi", handle: int) -> float | None:
    if _electric(api, handle) is None:
        return None
    return drain_joules_of(api.prototype_of(api.row(handle)))


def _flow_limit(api: "LuaApi", handle: int, name: str) -> float | None:
    """A limit of the entity's energy source, joules per tick."""
    if _electric(api, handle) is None:
        return None
    source: Any = api.prototype_of(api.row(handle)).energy_source
    if name not in source:
        # "Max `double` value". Source: prototype API, ElectricEnergySource
        return sys.float_info.max
    return parse_power_watts(source[name]) / TICKS_PER_SECOND


def _electric_input_flow_limit(api: "LuaApi", handle: int) -> float | None:
    return _flow_limit(api, handle, "input_flow_limit")


def _electric_output_flow_limit(api: "LuaApi", handle: int) -> float | None:
    return _flow_limit(api, handle, "output_flow_limit")


def _electric_network_statistics(api: "LuaApi", handle: int) -> LuaValue:
    row = _pole(api, handle, "electric_network_statistics")
    return electric_statistics(
        api, network_id(refreshed(api.world, ELECTRIC_NETWORKS), row)
    )


def _electric_network_id(api: "LuaApi", handle: int) -> int | None:
    row = api.row(handle)
    if not has_network(api.world, row):
        return None
    return network_id(refreshed(api.world, ELECTRIC_NETWORKS), row) or None


def _is_connected(api: "LuaApi", handle: int) -> bool:
    return _electric_network_id(api, handle) is not None


def _energy_generated_last_tick(api: "LuaApi", handle: int) -> float:
    record = api.world.entity[api.row(handle)]
    if int(record["kind"]) != _GENERATOR:
        fail("LuaEntity.energy_generated_last_tick: the entity is not a generator.")
    row = int(record["component"])
    return float(api.world.tables["generator"]["generated_joules"][row])


def _burner(api: "LuaApi", handle: int) -> LuaValue:
    has_burner = int(api.world.entity["burner"][api.row(handle)])
    return handle if has_burner else None


def _fluidbox(api: "LuaApi", handle: int) -> LuaValue:
    api.row(handle)
    return handle


# --- poles


def _pole(api: "LuaApi", handle: int, member: str) -> int:
    row = api.row(handle)
    if int(api.world.entity["kind"][row]) != _POLE:
        fail(f"LuaEntity.{member}: the entity is not an electric pole.")
    return row


def _wired(api: "LuaApi", target: LuaValue) -> LuaValue:
    """The entity at the other end of a wire, given alone or with the kind of wire.

    Source: runtime API, WireConnectionDefinition.

    Raises:
        NotSimulated: the wire is of circuits.
    """
    if lua_type(target) != "table" or api.self_of(target, "LuaEntity") is not None:
        return target
    wires = api.prototypes.defines["wire_type"]
    if target["wire"] in (wires["red"], wires["green"]):
        colour = "red" if target["wire"] == wires["red"] else "green"
        raise NotSimulated(
            f"{colour} wires are not simulated: there are no circuit networks; only "
            "copper wires between poles can be connected",
            details={"name": f"{colour}-wire"},
        )
    return target["target_entity"]


def _connect_neighbour(api: "LuaApi", handle: int, target: object) -> bool:
    other = _wired(api, target)
    row = _pole(api, handle, "connect_neighbour")
    return connect_poles(api.world, row, api.row_of(other))


def _disconnect_neighbour(api: "LuaApi", handle: int, target: object = None) -> None:
    other = _wired(api, target)
    row = _pole(api, handle, "disconnect_neighbour")
    if other is None:
        disconnect_all(api.world, row)
    else:
        disconnect_poles(api.world, row, api.row_of(other))


def _neighbours(api: "LuaApi", handle: int) -> LuaValue:
    row = api.row(handle)
    if int(api.world.entity["kind"][row]) == _POLE:
        table = api.lua.table()
        table["copper"] = api.entities(pole_neighbours(api.world, row))
        table["red"] = api.lua.table()
        table["green"] = api.lua.table()
        return table
    if api.prototype_of(row).type in WALL_TYPES:
        return wall_neighbour_table(api, row)
    if api.prototype_of(row).type == "underground-belt":
        return api.entity(other_end(api.world, row))
    # by fluid box, a list for each. Source: LuaEntity.neighbours
    table = api.lua.table()
    owners = api.world.tables["fluidbox"]["entity"]
    for place, box in enumerate(fluidboxes_of(api.world, row), start=1):
        joined = connected_boxes(api.world, box)
        table[place] = api.entities(int(owners[other]) for other in joined)
    return table


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    declare_belts(entity)
    entity.getters |= {
        "energy": _energy,
        "electric_buffer_size": _electric_buffer_size,
        "electric_drain": _electric_drain,
        "electric_input_flow_limit": _electric_input_flow_limit,
        "electric_network_id": _electric_network_id,
        "electric_network_statistics": _electric_network_statistics,
        "electric_output_flow_limit": _electric_output_flow_limit,
        "energy_generated_last_tick": _energy_generated_last_tick,
        "burner": _burner,
        "fluidbox": _fluidbox,
        "neighbours": _neighbours,
    }
    entity.gives |= {"burner": "LuaBurner", "fluidbox": "LuaFluidBox"}
    entity.setters["energy"] = _set_energy
    entity.methods |= {
        "is_connected_to_electric_network": _is_connected,
        "connect_neighbour": _connect_neighbour,
        "disconnect_neighbour": _disconnect_neighbour,
    }
