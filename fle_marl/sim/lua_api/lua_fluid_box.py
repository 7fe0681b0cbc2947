"""LuaFluidBox; holds the entity's handle."""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.sim.actions.fluid import clear_fluids, flush_system, set_fluid
from fle_marl.sim.lua_api.arguments import read_table
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.fluids import fluid_number, read_fluid
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_fluid_box_prototype import box_prototypes
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.schedule import FLUID_SYSTEMS, refreshed
from fle_marl.sim.systems.fluid_network import (
    box_flow,
    connected_boxes,
    pipe_connections,
    system_contents,
    system_filter,
)

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_FLUID_BOX"]

LUA_FLUID_BOX: Final = LuaClass("LuaFluidBox")
_FREE_TYPES: Final = frozenset({"pipe", "pipe-to-ground", "pump", "storage-tank"})
"""Types whose boxes are for any fluid. Source: runtime API, LuaFluidBox.set_filter,
which excludes crafting machines; that the others are these is a choice."""
_RECIPE_TYPES: Final = frozenset({"assembling-machine", "furnace", "rocket-silo"})


def _boxes(api: "LuaApi", handle: int) -> list[int]:
    return fluidboxes_of(api.world, api.row(handle))


def _box(api: "LuaApi", handle: int, index: object) -> int:
    boxes = _boxes(api, handle)
    if not isinstance(index, int) or not 1 <= index <= len(boxes):
        fail(f"Fluid box index {index} is out of range.")
    return boxes[index - 1]


def _record(api: "LuaApi", handle: int, index: object) -> LuaValue:
    return api.world.tables["fluidbox"][_box(api, handle, index)]


def _system(api: "LuaApi", handle: int, index: object) -> int:
    refreshed(api.world, FLUID_SYSTEMS)
    return int(_record(api, handle, index)["system"])


@LUA_FLUID_BOX.getter("valid")
def _valid(api: "LuaApi", handle: int) -> bool:
    return api.find_row(handle) > 0


@LUA_FLUID_BOX.getter("owner")
def _owner(api: "LuaApi", handle: int) -> LuaValue:
    return api.entity(api.row(handle))


@LUA_FLUID_BOX.operator("len")
def _length(api: "LuaApi", handle: int) -> int:
    return len(_boxes(api, handle))


@LUA_FLUID_BOX.operator("index")
def _index(api: "LuaApi", handle: int, key: object) -> tuple[Any, bool]:
    if not isinstance(key, int):
        return None, False
    record = _record(api, handle, key)
    if not record["amount"]:
        return None, True
    fluid = {
        "name": api.prototypes.fluids.by_id(int(record["fluid"])).name,
        "amount": float(record["amount"]),
        "temperature": float(record["temperature"]),
    }
    return api.table(fluid), True


@LUA_FLUID_BOX.operator("newindex")
def _set_index(api: "LuaApi", handle: int, key: object, value: LuaValue) -> bool:
    if not isinstance(key, int):
        return False
    box = _box(api, handle, key)
    if value is None:
        clear_fluids(api.world, [box])
        return True
    fluid = read_fluid(api, value)
    if not fluid.amount:
        fail("Fluid amount must be more than 0; nil clears a fluid box.")
    if not set_fluid(api.world, box, fluid.number, fluid.amount, fluid.temperature):
        name = api.prototypes.fluids.by_id(fluid.number).name
        fail(f"Fluid box {key} does not take {name} at {fluid.temperature} degrees.")
    return True


@LUA_FLUID_BOX.method("flush")
def _flush(api: "LuaApi", handle: int, index: int, fluid: LuaValue = None) -> LuaValue:
    # FluidIdentification: a name, or something that has one
    if fluid is not None and not isinstance(fluid, str):
        fluid = read_table(fluid, "flush")["name"]
    number = 0 if fluid is None else fluid_number(api, fluid)
    flushed = flush_system(
        refreshed(api.world, FLUID_SYSTEMS), _box(api, handle, index), number
    )
    fluids = api.prototypes.fluids
    return api.table({fluids.by_id(each).name: n for each, n in flushed.items()})


@LUA_FLUID_BOX.method("get_capacity")
def _get_capacity(api: "LuaApi", handle: int, index: int) -> float:
    return float(_record(api, handle, index)["capacity"])


@LUA_FLUID_BOX.method("get_flow")
def _get_flow(api: "LuaApi", handle: int, index: int) -> float:
    return box_flow(refreshed(api.world, FLUID_SYSTEMS), _box(api, handle, index))


@LUA_FLUID_BOX.method("get_fluid_system_id")
def _get_fluid_system_id(api: "LuaApi", handle: int, index: int) -> int | None:
    return _system(api, handle, index) or None


@LUA_FLUID_BOX.method("get_fluid_system_contents")
def _get_fluid_system_contents(api: "LuaApi", handle: int, index: int) -> LuaValue:
    fluids = api.prototypes.fluids
    contents = system_contents(api.world, _system(api, handle, index))
    return api.table({fluids.by_id(fluid).name: n for fluid, n in contents.items()})


@LUA_FLUID_BOX.method("get_locked_fluid")
def _get_locked_fluid(api: "LuaApi", handle: int, index: int) -> str | None:
    record = _record(api, handle, index)
    # a system is locked as a whole: by any of its filters. Source: runtime API
    system = _system(api, handle, index)
    fluid = int(record["filter"]) or system_filter(api.world, system)
    return api.prototypes.fluids.by_id(fluid).name if fluid else None


@LUA_FLUID_BOX.method("get_filter")
def _get_filter(api: "LuaApi", handle: int, index: int) -> LuaValue:
    record = _record(api, handle, index)
    number = int(record["filter"])
    if not number:
        return None
    fluid = api.prototypes.fluids.by_id(number)
    least = float(record["minimum_temperature"]) or fluid.default_temperature
    return api.table(
        {
            "name": fluid.name,
            "minimum_temperature": least,
            "maximum_temperature": fluid.max_temperature,
        }
    )


@LUA_FLUID_BOX.method("set_filter")
def _set_filter(api: "LuaApi", handle: int, index: int, given: LuaValue) -> bool:
    """Say what a box is for; not of what has its fluid by its prototype or recipe.

    Temperatures are those of the fluid: others are not simulated.
    """
    record = _record(api, handle, index)
    if api.prototype_of(api.row(handle)).type not in _FREE_TYPES:
        return False
    number = 0
    if given is not None:
        number = fluid_number(api, read_table(given, "set_filter")["name"])
    if number and record["amount"] and int(record["fluid"]) != number:
        if not given["force"]:
            return False
        clear_fluids(api.world, [_box(api, handle, index)])
    record["filter"] = number
    return True


@LUA_FLUID_BOX.method("get_prototype")
def _get_prototype(api: "LuaApi", handle: int, index: int) -> LuaValue:
    """The prototype of the box, or all of them where a recipe chooses among several."""
    _record(api, handle, index)
    row = api.row(handle)
    number = int(api.world.entity["prototype"][row])
    prototypes = box_prototypes(api, number)
    if api.prototype_of(row).type in _RECIPE_TYPES:
        return prototypes
    return prototypes[index]


@LUA_FLUID_BOX.method("get_connections")
def _get_connections(api: "LuaApi", handle: int, index: int) -> LuaValue:
    table = api.lua.table()
    owners = api.world.tables["fluidbox"]["entity"]
    boxes = connected_boxes(api.world, _box(api, handle, index))
    for place, box in enumerate(boxes, start=1):
        owner = api.handle(int(owners[box]))
        table[place] = api.object("LuaFluidBox", owner)
    return table


@LUA_FLUID_BOX.method("get_pipe_connections")
def _get_pipe_connections(api: "LuaApi", handle: int, index: int) -> LuaValue:
    table = api.lua.table()
    connections = pipe_connections(api.world, _box(api, handle, index))
    for place, connection in enumerate(connections, start=1):
        entry = api.table(
            {
                "flow_direction": connection.flow_direction,
                "connection_type": connection.connection_type,
            }
        )
        entry["position"] = api.position(*connection.position)
        entry["target_position"] = api.position(*connection.target_position)
        if connection.target_box:
            owners = api.world.tables["fluidbox"]["entity"]
            owner = int(owners[connection.target_box])
            entry["target"] = api.object("LuaFluidBox", api.handle(owner))
            place_there = fluidboxes_of(api.world, owner).index(connection.target_box)
            entry["target_fluidbox_index"] = place_there + 1
            entry["target_pipe_connection_index"] = connection.target_index
        table[place] = entry
    return table
