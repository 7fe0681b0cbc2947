"""Attributes of LuaEntity that only some entities of the game let scripts write.

Here all refuse it: none of the game's own prototypes allows it, and nobody plays.
Source: runtime API, the attributes; the data of the game, in which no prototype has
``allow_custom_vectors`` or ``allow_run_time_change_of_is_military_target``.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaClass

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_NO_VECTORS: Final = "its prototype does not allow custom vectors"
_REFUSALS: Final = {
    "drop_position": _NO_VECTORS,
    "pickup_position": _NO_VECTORS,
    "electric_buffer_size": "only that of electric energy interfaces can be written",
    "is_military_target": "its prototype does not allow to change it at run time",
}
_TARGETS: Final = ("drop_target", "pickup_target")
_OF_PLAYERS: Final = ("associated_player", "cursor_ghost", "last_user", "opened")

Getter = Callable[..., object]


def _refuse(
    api: "LuaApi", handle: int, _value: object, *, get: Getter, name: str
) -> None:
    # what the entity does not have is refused as when it is read
    get(api, handle)
    fail(f"LuaEntity.{name}: {_REFUSALS[name]}.")


def _keep_target(
    api: "LuaApi", handle: int, value: object, *, get: Getter, name: str
) -> None:
    """The only entity at the place may be chosen: there are never several here."""
    present = api.self_of(get(api, handle), "LuaEntity")
    wanted = None if value is None else api.handle(api.row_of(value))
    if wanted != present:
        fail(f"LuaEntity.{name}: the entity is not at the place where it works.")


def _keep_absent(api: "LuaApi", handle: int, value: object, *, name: str) -> None:
    api.row(handle)
    if value is not None:
        fail(f"LuaEntity.{name}: nobody plays, so that it can only be nil.")


def declare(entity: LuaClass) -> None:
    """Add the setters of this topic to LuaEntity, whose getters are there."""
    for names, setter in ((_REFUSALS, _refuse), (_TARGETS, _keep_target)):
        for name in names:
            get = entity.getters[name]
            entity.setters[name] = partial(setter, get=get, name=name)
    for name in _OF_PLAYERS:
        entity.setters[name] = partial(_keep_absent, name=name)
