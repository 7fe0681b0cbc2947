"""LuaFlowStatistics of items and fluids; holds ``"item"`` or ``"fluid"``.

The game's ``input`` is what was produced, its ``output`` what was consumed.
Source: runtime API, LuaFlowStatistics.
"""

from typing import TYPE_CHECKING, Final

import numpy as np

from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_FLOW_STATISTICS"]

LUA_FLOW_STATISTICS: Final = LuaClass("LuaFlowStatistics")


def _counts(api: "LuaApi", kind: str, field: str) -> LuaValue:
    amounts = api.world.tables[f"{kind}_flow"][field]
    names = api.prototypes.items if kind == "item" else api.prototypes.fluids
    return api.table(
        {
            names.by_id(int(row)).name: float(amounts[row])
            for row in np.flatnonzero(amounts)
        }
    )


def _row(api: "LuaApi", kind: str, name: object) -> int:
    names = api.prototypes.items if kind == "item" else api.prototypes.fluids
    if not isinstance(name, str) or name not in names:
        fail(f"Unknown {kind} name: {shown(name)}.")
    return names[name].id


@LUA_FLOW_STATISTICS.getter("input_counts")
def _input_counts(api: "LuaApi", kind: str) -> LuaValue:
    return _counts(api, kind, "produced")


@LUA_FLOW_STATISTICS.getter("output_counts")
def _output_counts(api: "LuaApi", kind: str) -> LuaValue:
    return _counts(api, kind, "consumed")


@LUA_FLOW_STATISTICS.getter("force")
def _force(api: "LuaApi", _kind: str) -> LuaValue:
    return api.object("LuaForce", 1)


@LUA_FLOW_STATISTICS.getter("valid")
def _valid(_api: "LuaApi", _kind: str) -> bool:
    return True


@LUA_FLOW_STATISTICS.method("get_input_count")
def _get_input_count(api: "LuaApi", kind: str, name: object) -> float:
    return float(api.world.tables[f"{kind}_flow"]["produced"][_row(api, kind, name)])


@LUA_FLOW_STATISTICS.method("get_output_count")
def _get_output_count(api: "LuaApi", kind: str, name: object) -> float:
    return float(api.world.tables[f"{kind}_flow"]["consumed"][_row(api, kind, name)])


@LUA_FLOW_STATISTICS.method("on_flow")
def _on_flow(api: "LuaApi", kind: str, name: object, count: float) -> None:
    field = "produced" if count > 0 else "consumed"
    api.world.tables[f"{kind}_flow"][field][_row(api, kind, name)] += abs(count)


@LUA_FLOW_STATISTICS.method("clear")
def _clear(api: "LuaApi", kind: str) -> None:
    table = api.world.tables[f"{kind}_flow"]
    table["produced"] = 0
    table["consumed"] = 0
