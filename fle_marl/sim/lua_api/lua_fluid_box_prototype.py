"""LuaFluidBoxPrototype; holds the entity prototype's number and the place of the box.

Defaults are those of FluidBox in the prototype API.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_FLUID_BOX_PROTOTYPE", "box_prototypes"]

LUA_FLUID_BOX_PROTOTYPE: Final = LuaClass("LuaFluidBoxPrototype")
_MOST_BOXES: Final = 16
_UNITS_PER_LEVEL: Final = 100
"""Source: runtime API, LuaFluidBoxPrototype.volume."""


def _boxes(prototype: EntityPrototype) -> Sequence[Mapping[str, Any]]:
    """A prototype's fluid boxes, in the order that entities have them."""
    properties: Any = prototype.properties
    listed = properties.get("fluid_boxes") or []
    named = ("fluid_box", "output_fluid_box", "input_fluid_box")
    return [*listed, *(properties[name] for name in named if name in properties)]


def box_prototypes(api: "LuaApi", number: int) -> LuaValue:
    """All of an entity prototype's, as a list."""
    count = len(_boxes(load().entities.by_id(number)))
    places = [number * _MOST_BOXES + place for place in range(count)]
    return api.objects("LuaFluidBoxPrototype", places)


def _of(handle: int) -> Mapping[str, Any]:
    number, place = divmod(handle, _MOST_BOXES)
    return _boxes(load().entities.by_id(number))[place]


@LUA_FLUID_BOX_PROTOTYPE.getter("valid")
def _valid(_api: "LuaApi", _handle: int) -> bool:
    return True


@LUA_FLUID_BOX_PROTOTYPE.getter("entity")
def _entity(api: "LuaApi", handle: int) -> LuaValue:
    return api.object("LuaEntityPrototype", handle // _MOST_BOXES)


@LUA_FLUID_BOX_PROTOTYPE.getter("index")
def _index(_api: "LuaApi", handle: int) -> int:
    return handle % _MOST_BOXES + 1


@LUA_FLUID_BOX_PROTOTYPE.getter("base_area")
def _base_area(_api: "LuaApi", handle: int) -> float:
    return float(_of(handle).get("base_area", 1))


@LUA_FLUID_BOX_PROTOTYPE.getter("base_level")
def _base_level(_api: "LuaApi", handle: int) -> float:
    return float(_of(handle).get("base_level", 0))


@LUA_FLUID_BOX_PROTOTYPE.getter("height")
def _height(_api: "LuaApi", handle: int) -> float:
    return float(_of(handle).get("height", 1))


@LUA_FLUID_BOX_PROTOTYPE.getter("volume")
def _volume(api: "LuaApi", handle: int) -> float:
    return _UNITS_PER_LEVEL * _base_area(api, handle) * _height(api, handle)


@LUA_FLUID_BOX_PROTOTYPE.getter("filter")
def _filter(api: "LuaApi", handle: int) -> LuaValue:
    name = _of(handle).get("filter")
    if name is None:
        return None
    return api.object("LuaFluidPrototype", api.prototypes.fluids[name].id)


@LUA_FLUID_BOX_PROTOTYPE.getter("minimum_temperature")
def _minimum_temperature(_api: "LuaApi", handle: int) -> float | None:
    least = _of(handle).get("minimum_temperature")
    return None if least is None else float(least)


@LUA_FLUID_BOX_PROTOTYPE.getter("maximum_temperature")
def _maximum_temperature(_api: "LuaApi", handle: int) -> float | None:
    most = _of(handle).get("maximum_temperature")
    return None if most is None else float(most)


@LUA_FLUID_BOX_PROTOTYPE.getter("production_type")
def _production_type(_api: "LuaApi", handle: int) -> str:
    return str(_of(handle).get("production_type", "none"))


@LUA_FLUID_BOX_PROTOTYPE.getter("pipe_connections")
def _pipe_connections(api: "LuaApi", handle: int) -> LuaValue:
    """Where pipes join, with the place for each of the four directions."""
    connections = api.lua.table()
    for index, each in enumerate(_of(handle).get("pipe_connections", ()), start=1):
        entry = api.table({"type": each.get("type", "input-output")})
        if "max_underground_distance" in each:
            entry["max_underground_distance"] = each["max_underground_distance"]
        places = each.get("positions") or _turned(each["position"])
        entry["positions"] = api.table([{"x": x, "y": y} for x, y in places])
        connections[index] = entry
    return connections


def _turned(position: Sequence[float]) -> list[tuple[float, float]]:
    """A place as the entity faces north, east, south and west."""
    x, y = position
    return [(x, y), (-y, x), (-x, -y), (y, -x)]
