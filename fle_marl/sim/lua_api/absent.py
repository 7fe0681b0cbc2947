"""What the game says with nil, as none of the things here has it.

Scripts ask every entity and stack for such parts; nobody plays, and there are no
equipment grids and no trains (`left_out`). That worn armor has no grid, where the game
may have one, is a limit of this simulator.

Source: runtime API, the attributes, which are optional.
"""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.lua_class import LuaClass

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


def _nothing(_api: "LuaApi", _handle: object) -> None:
    return None


def declare(lua_class: LuaClass) -> None:
    """Add the attributes that are always nil to a class."""
    for name in _ABSENT[lua_class.name]:
        lua_class.getters[name] = _nothing
