"""Members of LuaEntity about health, and what scripts are told of it."""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import load
from fle_marl.sim.actions.health import (
    damage_entity,
    damage_types,
    is_destructible,
    kill_entity,
    most_health,
    set_health,
)
from fle_marl.sim.actions.permissions import forbid
from fle_marl.sim.components import FORBIDS_DAMAGE
from fle_marl.sim.lua_api.arguments import read_number
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_damage_prototype import damage_prototype

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_DAMAGED: Final[int] = load().defines["events"]["on_entity_damaged"]
_DIED: Final[int] = load().defines["events"]["on_entity_died"]
_UNSAID_TYPE: Final = "impact"
"""Source: runtime API, LuaEntity.damage."""


def _most(api: "LuaApi", row: int) -> float:
    return most_health(api.world, row)


def _health(api: "LuaApi", handle: int) -> float | None:
    row = api.row(handle)
    return float(api.world.entity["health"][row]) if _most(api, row) else None


def _set_health(api: "LuaApi", handle: int, value: object) -> None:
    row = api.row(handle)
    if not _most(api, row):
        fail("LuaEntity.health: the entity has no health.")
    set_health(api.world, row, read_number(value, "health"))


def _get_health_ratio(api: "LuaApi", handle: int) -> float | None:
    row = api.row(handle)
    most = _most(api, row)
    return float(api.world.entity["health"][row]) / most if most else None


def _is_entity_with_health(api: "LuaApi", handle: int) -> bool:
    return bool(_most(api, api.row(handle)))


def _damage(
    api: "LuaApi",
    handle: int,
    damage: object,
    force: object,
    kind: object = None,
    dealer: LuaValue = None,
) -> float:
    row = api.row(handle)
    if not _most(api, row):
        fail("LuaEntity.damage: the entity has no health.")
    amount = read_number(damage, "damage")
    if amount < 0:
        fail(f"LuaEntity.damage: damage must not be negative, and is {amount:g}.")
    name = _UNSAID_TYPE if kind is None else kind
    if name not in damage_types():
        fail(
            f"Unknown damage type name: {shown(kind)} (there are: "
            f"{', '.join(sorted(damage_types()))})."
        )
    told = _told(api, force, dealer)
    final = damage_entity(api.world, row, amount, str(name))
    health = float(api.world.entity["health"][row])
    told["damage_type"] = damage_prototype(api, str(name))
    api.events.now(
        _DAMAGED,
        {
            **told,
            "entity": api.object("LuaEntity", handle),
            "original_damage_amount": amount,
            "final_damage_amount": final,
            "final_health": health,
        },
    )
    # a script that was told may have taken it away
    if health <= 0.0 and api.find_row(handle):
        _let_die(api, handle, told)
    return final


def _die(
    api: "LuaApi", handle: int, force: object = None, cause: LuaValue = None
) -> bool:
    # what cannot be hurt cannot be killed either; a choice
    if not is_destructible(api.world, api.row(handle)):
        return False
    _let_die(api, handle, _told(api, force, cause))
    return True


def _destructible(api: "LuaApi", handle: int) -> bool:
    return is_destructible(api.world, api.row(handle))


def _set_destructible(api: "LuaApi", handle: int, can_be_hurt: bool) -> None:
    row = api.row(handle)
    # what has no health cannot be made destructible. Source: runtime API
    if _most(api, row):
        forbid(api.world, row, FORBIDS_DAMAGE, is_forbidden=not can_be_hurt)


def _told(api: "LuaApi", force: object, cause: LuaValue) -> dict[str, Any]:
    """What events say of who did it."""
    told: dict[str, Any] = {}
    if force is not None:
        told["force"] = api.object("LuaForce", force_index(api, force))
    if cause is not None:
        told["cause"] = cause
    return told


def _let_die(api: "LuaApi", handle: int, told: dict[str, Any]) -> None:
    api.events.now(_DIED, {**told, "entity": api.object("LuaEntity", handle)})
    row = api.find_row(handle)
    if row:
        kill_entity(api.world, row)


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {
        "damage": _damage,
        "die": _die,
        "get_health_ratio": _get_health_ratio,
    }
    entity.getters |= {
        "destructible": _destructible,
        "health": _health,
        "is_entity_with_health": _is_entity_with_health,
    }
    entity.setters |= {"destructible": _set_destructible, "health": _set_health}
