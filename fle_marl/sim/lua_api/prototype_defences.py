"""Members of LuaEntityPrototype about turrets, mines, radars and logistic chests."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.lua_class import LuaClass

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_TYPES_OF: Final = {
    "ammo_category": ("land-mine",),
    "automated_ammo_count": ("ammo-turret", "artillery-turret"),
    "logistic_mode": ("logistic-container",),
    "max_distance_of_nearby_sector_revealed": ("radar",),
    "max_distance_of_sector_revealed": ("radar",),
}
"""Members, named as the prototypes' properties are, and whose they are; for others they
are nil. Source: runtime API, LuaEntityPrototype."""


def _reader(member: str) -> Callable[["LuaApi", int], object]:
    types = _TYPES_OF[member]

    def read(api: "LuaApi", number: int) -> object:
        prototype = api.prototypes.entities.by_id(number)
        return prototype.properties[member] if prototype.type in types else None

    return read


def declare(entity_prototype: LuaClass) -> None:
    """Add the members of this topic to LuaEntityPrototype."""
    entity_prototype.getters |= {member: _reader(member) for member in _TYPES_OF}
