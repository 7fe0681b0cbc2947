"""Members of LuaEntity about modules, beacons, and what they change.

What is shown has the limits of effects in it: no consumption bonus is below -0.8, as in
the machine itself; that is a choice. ``speed_bonus`` of a laboratory is what its speed
is really multiplied with.

Source: runtime API, LuaEntity.
"""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.sim.components import EFFECT_UNIT, EFFECTS, KINDS
from fle_marl.sim.lua_api.arguments import read_number
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.inventories import inventory_of
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.modules import (
    beacons_of,
    emissions_per_second,
    module_inventory,
    receivers_of,
    refreshed_effects,
)

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_BEACON: Final = KINDS.index("beacon")
_MACHINE: Final = KINDS.index("crafting_machine")
_DRILL: Final = KINDS.index("mining_drill")
_LEAST: Final = EFFECT_UNIT // 5 - EFFECT_UNIT


def _get_module_inventory(api: "LuaApi", handle: int) -> LuaValue:
    row = api.row(handle)
    found = module_inventory(api.world, row)
    return inventory_of(api, row, found) if found else None


def _receiver(api: "LuaApi", handle: int) -> Any:  # noqa: ANN401 - a row of a table
    """The entity's row of ``effect_receiver``, up to date; None when it is none."""
    row = int(api.world.entity["effect_receiver"][api.row(handle)])
    if not row:
        return None
    return refreshed_effects(api.world).tables["effect_receiver"][row]


def _bonus(receiver: Any, effect: str) -> float:  # noqa: ANN401 - a row of a table
    """A bonus of a receiver by its modules and beacons, as it works."""
    place = EFFECTS.index(effect)
    total = int(receiver["own"][place]) + int(receiver["beacons"][place])
    if effect == "productivity":
        return max(float(receiver["productivity"]) + total / EFFECT_UNIT, 0.0)
    return max(total, _LEAST) / EFFECT_UNIT


def _effects(api: "LuaApi", handle: int) -> LuaValue:
    """What has an effect on a machine; of a beacon, what it sends."""
    row = api.row(handle)
    if int(api.world.entity["kind"][row]) == _BEACON:
        component = int(api.world.entity["component"][row])
        sent = refreshed_effects(api.world).tables["beacon"]["sent"][component]
        found = {
            effect: int(amount) / EFFECT_UNIT
            for effect, amount in zip(EFFECTS, sent, strict=True)
        }
    else:
        receiver = _receiver(api, handle)
        if receiver is None:
            return None
        found = {effect: _bonus(receiver, effect) for effect in EFFECTS}
    return api.table({name: {"bonus": bonus} for name, bonus in found.items() if bonus})


def _module_bonus(api: "LuaApi", handle: int, effect: str) -> float:
    receiver = _receiver(api, handle)
    return 0.0 if receiver is None else _bonus(receiver, effect)


def _force_bonus(api: "LuaApi", handle: int, modifier: str) -> float:
    force = int(api.world.entity["force"][api.row(handle)])
    return float(api.world.tables["force"][modifier][force])


def _kind(api: "LuaApi", handle: int) -> str:
    return KINDS[int(api.world.entity["kind"][api.row(handle)])]


def _speed_bonus(api: "LuaApi", handle: int) -> float:
    bonus = _module_bonus(api, handle, "speed")
    if _kind(api, handle) == "lab":
        modifier = _force_bonus(api, handle, "laboratory_speed_modifier")
        return (1.0 + bonus) * max(1.0 + modifier, 0.0) - 1.0
    return bonus


def _productivity_bonus(api: "LuaApi", handle: int) -> float:
    bonus = _module_bonus(api, handle, "productivity")
    if _kind(api, handle) == "lab":
        bonus += _force_bonus(api, handle, "laboratory_productivity_bonus")
    elif _kind(api, handle) == "mining_drill":
        bonus += _force_bonus(api, handle, "mining_drill_productivity_bonus")
    return bonus


def _consumption_bonus(api: "LuaApi", handle: int) -> float:
    return _module_bonus(api, handle, "consumption")


def _pollution_bonus(api: "LuaApi", handle: int) -> float:
    return _module_bonus(api, handle, "pollution")


def _electric_emissions(api: "LuaApi", handle: int) -> float | None:
    """Pollution of the electric energy source, a joule. Source: runtime API."""
    prototype = api.prototype_of(api.row(handle))
    source = prototype.energy_source
    if source is None or source["type"] != "electric":
        return None
    rate = emissions_per_second(prototype)
    return rate / prototype.watts("energy_usage") if rate else 0.0


def _beacons_count(api: "LuaApi", handle: int) -> int | None:
    receiver = _receiver(api, handle)
    return None if receiver is None else len(beacons_of(api.world, api.row(handle)))


def _get_beacons(api: "LuaApi", handle: int) -> LuaValue:
    if _receiver(api, handle) is None:
        return None
    found = beacons_of(api.world, api.row(handle))
    return api.table([api.entity(row) for row in found])


def _get_beacon_effect_receivers(api: "LuaApi", handle: int) -> LuaValue:
    row = api.row(handle)
    if int(api.world.entity["kind"][row]) != _BEACON:
        fail("LuaEntity.get_beacon_effect_receivers: not for entities of this type.")
    return api.table([api.entity(each) for each in receivers_of(api.world, row)])


# --- progress of what productivity adds


def _works(api: "LuaApi", handle: int, kind: int) -> LuaValue:
    record = api.world.entity[api.row(handle)]
    if int(record["kind"]) != kind:
        return None
    return api.world.tables[KINDS[kind]][int(record["component"])]


def _crafting_speed(api: "LuaApi", handle: int) -> float:
    machine = _works(api, handle, _MACHINE)
    if machine is None:
        fail("LuaEntity.crafting_speed: not for entities of this type.")
    refreshed_effects(api.world)
    return float(machine["crafting_speed"])


def _read_progress(value: object, member: str) -> float:
    progress = read_number(value, member, expected="a number")
    if not 0.0 <= progress < float("inf"):
        fail(f"LuaEntity.{member} must be 0 or more, not {progress}.")
    return progress


def _bonus_progress(api: "LuaApi", handle: int) -> float:
    machine = _works(api, handle, _MACHINE)
    if machine is None:
        fail("LuaEntity.bonus_progress: not for entities of this type.")
    # more of it waits for room
    return min(float(machine["bonus_progress"]), 1.0)


def _set_bonus_progress(api: "LuaApi", handle: int, value: object) -> None:
    machine = _works(api, handle, _MACHINE)
    if machine is None:
        fail("LuaEntity.bonus_progress: not for entities of this type.")
    machine["bonus_progress"] = min(_read_progress(value, "bonus_progress"), 1.0)


def _bonus_mining_progress(api: "LuaApi", handle: int) -> float | None:
    drill = _works(api, handle, _DRILL)
    return None if drill is None else float(drill["bonus_mining_progress"])


def _set_bonus_mining_progress(api: "LuaApi", handle: int, value: object) -> None:
    drill = _works(api, handle, _DRILL)
    if drill is None:
        fail("LuaEntity.bonus_mining_progress: not for entities of this type.")
    progress = _read_progress(value, "bonus_mining_progress")
    drill["bonus_mining_progress"] = progress


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {
        "get_beacon_effect_receivers": _get_beacon_effect_receivers,
        "get_beacons": _get_beacons,
        "get_module_inventory": _get_module_inventory,
    }
    entity.gives["get_module_inventory"] = "LuaInventory"
    entity.getters |= {
        "beacons_count": _beacons_count,
        "bonus_mining_progress": _bonus_mining_progress,
        "bonus_progress": _bonus_progress,
        "consumption_bonus": _consumption_bonus,
        "crafting_speed": _crafting_speed,
        "effects": _effects,
        "electric_emissions": _electric_emissions,
        "pollution_bonus": _pollution_bonus,
        "productivity_bonus": _productivity_bonus,
        "speed_bonus": _speed_bonus,
    }
    entity.setters |= {
        "bonus_mining_progress": _set_bonus_mining_progress,
        "bonus_progress": _set_bonus_progress,
    }
