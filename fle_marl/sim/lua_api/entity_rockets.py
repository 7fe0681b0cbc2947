"""Members of LuaEntity about rocket silos, and what scripts are told of rockets."""

from typing import TYPE_CHECKING, Final

import numpy as np

from fle_marl.defines import RocketSiloStatus
from fle_marl.prototypes import load
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.systems.rocket_silo import launch_rocket, silo_of
from fle_marl.sim.world import World

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "ROCKET_LAUNCHED",
    "ROCKET_LAUNCH_ORDERED",
    "declare",
    "take_news",
    "ticks_until_news",
]

ROCKET_LAUNCHED: Final[int] = load().defines["events"]["on_rocket_launched"]
ROCKET_LAUNCH_ORDERED: Final[int] = load().defines["events"]["on_rocket_launch_ordered"]
_SILO: Final = TABLE_INDEX["rocket_silo"]
_FAR_TICKS: Final = 60
"""Less than a rocket needs from its last part to its launch."""
_BUILDING: Final = RocketSiloStatus.building_rocket


def _silo(api: "LuaApi", handle: int, member: str) -> LuaValue:
    row = silo_of(api.world, api.row(handle))
    if not row:
        fail(f"LuaEntity.{member}: not for entities of this type.")
    return api.world.tables["rocket_silo"][row]


def _rocket_parts(api: "LuaApi", handle: int) -> int:
    return int(_silo(api, handle, "rocket_parts")["parts"])


def _set_rocket_parts(api: "LuaApi", handle: int, value: object) -> None:
    silo = _silo(api, handle, "rocket_parts")
    parts, needed = read_count(value, "rocket_parts"), int(silo["parts_required"])
    if parts > needed:
        fail(f"rocket_parts must be 0 to {needed}, not {parts}.")
    silo["parts"] = parts


def _rocket_silo_status(api: "LuaApi", handle: int) -> int:
    return int(_silo(api, handle, "rocket_silo_status")["phase"])


def _auto_launch(api: "LuaApi", handle: int) -> bool:
    return bool(_silo(api, handle, "auto_launch")["auto_launch"])


def _set_auto_launch(api: "LuaApi", handle: int, value: object) -> None:
    _silo(api, handle, "auto_launch")["auto_launch"] = bool(value)


def _launch_rocket(api: "LuaApi", handle: int) -> bool:
    _silo(api, handle, "launch_rocket")
    is_launched = launch_rocket(api.world, api.row(handle))
    if is_launched:
        # at once. Source: runtime API, LuaEntity.launch_rocket
        silo = api.object("LuaEntity", handle)
        api.events.now(ROCKET_LAUNCH_ORDERED, {"rocket_silo": silo})
    return is_launched


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods["launch_rocket"] = _launch_rocket
    entity.getters |= {
        "rocket_parts": _rocket_parts,
        "rocket_silo_status": _rocket_silo_status,
        "auto_launch": _auto_launch,
    }
    entity.setters |= {
        "rocket_parts": _set_rocket_parts,
        "auto_launch": _set_auto_launch,
    }


# --- what scripts are told


def ticks_until_news(world: World) -> int:
    """Ticks that may pass at once without a script being told too late of a rocket."""
    silos = world.tables["rocket_silo"]
    silos = silos[: _count(world)]
    silos = silos[(silos["entity"] > 0) & (silos["phase"] != _BUILDING)]
    phases = silos["phase"]
    durations = silos["duration_ticks"][np.arange(len(silos)), phases]
    # a ready one may launch in the next tick, one that builds needs some more phases
    left = np.ceil(durations - silos["phase_ticks"]).min(initial=_FAR_TICKS)
    return max(int(left), 1)


def take_news(world: World) -> list[tuple[int, int]]:
    """Rockets that launch by themselves or are away, since the last call.

    Returns:
        Event and entity of the silo, by rows; afterwards all is told.
    """
    if _count(world) < 2:
        return []
    news = []
    silos = world.tables["rocket_silo"][: _count(world)]
    for field, event in (
        ("is_order_untold", ROCKET_LAUNCH_ORDERED),
        ("is_launch_untold", ROCKET_LAUNCHED),
    ):
        for row in silos[field].nonzero()[0].tolist():
            news.append((event, int(silos["entity"][row])))
            silos[field][row] = False
    return news


def _count(world: World) -> int:
    return int(world.count[_SILO])
