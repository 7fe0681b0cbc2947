"""Members of LuaEntity about what robots bring and take: all of them are refused.

Without robots a logistic chest is a chest. A request or a filter that could be set and
then changed nothing would look as if it worked.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NoReturn

from fle_marl.errors import NotSimulated
from fle_marl.sim.lua_api.lua_class import LuaClass

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_METHODS: Final = ("clear_request_slot", "get_request_slot", "set_request_slot")
_READ: Final = ("request_slot_count",)
_READ_AND_WRITTEN: Final = ("request_from_buffers", "storage_filter")


def _refusing(member: str) -> Callable[..., NoReturn]:
    def refuse(api: "LuaApi", handle: int, *_arguments: object) -> NoReturn:
        name = api.prototype_of(api.row(handle)).name
        raise NotSimulated(
            f"LuaEntity.{member} is not simulated: there are no robots; a logistic "
            "chest is a chest",
            details={"name": name, "member": member},
        )

    return refuse


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    refusing = {
        name: _refusing(name) for name in (*_METHODS, *_READ, *_READ_AND_WRITTEN)
    }
    entity.methods |= {name: refusing[name] for name in _METHODS}
    entity.getters |= {name: refusing[name] for name in (*_READ, *_READ_AND_WRITTEN)}
    entity.setters |= {name: refusing[name] for name in _READ_AND_WRITTEN}
