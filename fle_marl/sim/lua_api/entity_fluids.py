"""Members of LuaEntity about the fluids in it."""

from typing import TYPE_CHECKING

from fle_marl.sim.actions.fluid import (
    ANY_TEMPERATURE,
    clear_fluids,
    fluid_contents,
    insert_fluid,
    remove_fluid,
)
from fle_marl.sim.lua_api.fluids import (
    fluid_number,
    read_amount,
    read_fluid,
    read_measure,
)
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.parts import fluidboxes_of

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]


def _contents(api: "LuaApi", handle: int) -> dict[int, float]:
    return fluid_contents(api.world, fluidboxes_of(api.world, api.row(handle)))


def _get_fluid_contents(api: "LuaApi", handle: int) -> LuaValue:
    fluids = api.prototypes.fluids
    contents = _contents(api, handle)
    return api.table({fluids.by_id(fluid).name: n for fluid, n in contents.items()})


def _get_fluid_count(api: "LuaApi", handle: int, fluid: object = None) -> float:
    contents = _contents(api, handle)
    if fluid is None:
        return sum(contents.values())
    return contents.get(fluid_number(api, fluid), 0.0)


def _insert_fluid(api: "LuaApi", handle: int, fluid: LuaValue) -> float:
    given = read_fluid(api, fluid)
    return insert_fluid(
        api.world, api.row(handle), given.number, given.amount, given.temperature
    )


def _remove_fluid(api: "LuaApi", handle: int, options: LuaValue) -> float:
    fluid = fluid_number(api, options["name"])
    amount = read_amount(options["amount"])
    between = _temperatures(options)
    return remove_fluid(api.world, api.row(handle), fluid, amount, between)


def _temperatures(options: LuaValue) -> tuple[float, float]:
    """Bounds of the temperature; one given as such stands for both of them.

    Source: runtime API, LuaEntity.remove_fluid.
    """
    if options["temperature"] is not None:
        only = read_measure(options["temperature"], "temperature")
        return only, only
    lowest, highest = ANY_TEMPERATURE
    if options["minimum_temperature"] is not None:
        lowest = read_measure(options["minimum_temperature"], "minimum_temperature")
    if options["maximum_temperature"] is not None:
        highest = read_measure(options["maximum_temperature"], "maximum_temperature")
    return lowest, highest


def _clear_fluid_inside(api: "LuaApi", handle: int) -> None:
    clear_fluids(api.world, fluidboxes_of(api.world, api.row(handle)))


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {
        "get_fluid_contents": _get_fluid_contents,
        "get_fluid_count": _get_fluid_count,
        "insert_fluid": _insert_fluid,
        "remove_fluid": _remove_fluid,
        "clear_fluid_inside": _clear_fluid_inside,
    }
