"""What the game says with nil or an empty list, as none of the things here has it.

Scripts ask every entity and stack for such parts; nobody plays, and there are no
equipment grids and no trains (`left_out`). That worn armor has no grid, where the game
may have one, is a limit of this simulator.

Source: runtime API, the attributes, which are optional, and the methods.
"""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_ABSENT: Final = {
    "LuaEntity": (
        "associated_player",
        "cursor_ghost",
        "grid",
        "last_user",
        "opened",
        "player",
        "train",
    ),
    "LuaItemStack": ("grid",),
}
_EMPTY: Final = {
    "LuaForce": ("get_train_stops", "get_trains"),
    "LuaGameScript": ("get_train_stops",),
    "LuaSurface": ("get_train_stops", "get_trains"),
}


def _nothing(_api: "LuaApi", _handle: object) -> None:
    return None


def _none(api: "LuaApi", _handle: object, _filter: object = None) -> LuaValue:
    return api.table([])


def declare(lua_class: LuaClass) -> None:
    """Add what is always nil or empty to a class."""
    for name in _ABSENT.get(lua_class.name, ()):
        lua_class.getters[name] = _nothing
    for name in _EMPTY.get(lua_class.name, ()):
        lua_class.methods[name] = _none
