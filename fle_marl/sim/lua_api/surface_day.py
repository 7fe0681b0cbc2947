"""Members of LuaSurface about the day and the weather."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lupa.lua52 import lua_type

from fle_marl.sim.components import MOST_MODIFIER
from fle_marl.sim.lua_api.arguments import (
    read_count,
    read_number,
    read_share,
)
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_SURFACE, remember

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_PARTS: Final = ("dusk", "evening", "morning", "dawn")
"""Parts of the day, which come in this order."""
_MOST_TICKS: Final = (1 << 31) - 1
_MIN_BRIGHTNESS: Final = 0.15
"""Of the night. Source: runtime API, LuaSurface.min_brightness, by default."""
_WEATHER: Final = {
    "wind_speed": 0.02,
    "wind_orientation": 0.0,
    "wind_orientation_change": 0.0001,
}
"""Nothing here minds the wind. What it is at the start is a choice."""
_FLAGS: Final = {"show_clouds": True, "generate_with_lab_tiles": False}
_SHADES: Final = ("r", "g", "b")


# --- the day


def _part(api: "LuaApi", _self: int, *, name: str) -> float:
    return float(api.world.clock[name][0])


def _set_part(api: "LuaApi", _self: int, value: object, *, name: str) -> None:
    share = read_share(value, name)
    times = [share if each == name else _part(api, 1, name=each) for each in _PARTS]
    if not all(one < other for one, other in pairwise(times)):
        fail(f"{name} = {share:g}: dusk, evening, morning and dawn must be in order.")
    api.world.clock[name] = share


def _ticks_per_day(api: "LuaApi", _self: int) -> int:
    return int(api.world.clock["ticks_per_day"][0])


def _set_ticks_per_day(api: "LuaApi", _self: int, value: object) -> None:
    ticks = read_count(value, "ticks_per_day")
    if not 1 <= ticks <= _MOST_TICKS:
        fail(f"ticks_per_day must be 1 to {_MOST_TICKS}, not {ticks}.")
    api.world.clock["ticks_per_day"] = ticks


def _freeze_daytime(api: "LuaApi", _self: int) -> bool:
    return bool(api.world.clock["freeze_daytime"][0])


def _set_freeze_daytime(api: "LuaApi", _self: int, value: object) -> None:
    api.world.clock["freeze_daytime"] = value


def _solar_power_multiplier(api: "LuaApi", _self: int) -> float:
    return float(api.world.clock["solar_power_multiplier"][0])


def _set_solar_power_multiplier(api: "LuaApi", _self: int, value: object) -> None:
    factor = read_number(value, "solar_power_multiplier")
    if not 0.0 <= factor <= MOST_MODIFIER:
        fail(f"solar_power_multiplier must be 0 to {MOST_MODIFIER:g}, not {factor:g}.")
    api.world.clock["solar_power_multiplier"] = factor


def _darkness(api: "LuaApi", _self: int) -> float:
    """From 0 by day to what the least brightness leaves by night."""
    least = api.notes.get(ABOUT_SURFACE, 1, "min_brightness", _MIN_BRIGHTNESS)
    return float((1.0 - api.world.clock["light"][0]) * (1.0 - least))


# --- what nothing depends on


def _weights(api: "LuaApi", _self: int) -> LuaValue:
    given = api.notes.get(ABOUT_SURFACE, 1, "brightness_visual_weights")
    return api.table(given or dict.fromkeys(_SHADES, 0.0))


def _set_weights(api: "LuaApi", _self: int, value: LuaValue) -> None:
    if lua_type(value) != "table":
        fail(f"brightness_visual_weights must be a table, not {shown(value)}.")
    weights = {}
    for place, shade in enumerate(_SHADES, start=1):
        given = value[shade] if value[shade] is not None else value[place]
        weights[shade] = 0.0 if given is None else read_number(given, shade)
    api.notes.put(ABOUT_SURFACE, 1, "brightness_visual_weights", weights)


def declare(surface: LuaClass) -> None:
    """Add the members of this topic to LuaSurface."""
    for name in _PARTS:
        surface.getters[name] = partial(_part, name=name)
        surface.setters[name] = partial(_set_part, name=name)
    for name, number in _WEATHER.items():
        remember(surface, ABOUT_SURFACE, name, default=number, read=read_number)
    for name, flag in _FLAGS.items():
        remember(surface, ABOUT_SURFACE, name, default=flag)
    remember(
        surface,
        ABOUT_SURFACE,
        "min_brightness",
        default=_MIN_BRIGHTNESS,
        read=read_share,
    )
    surface.getters |= {
        "ticks_per_day": _ticks_per_day,
        "freeze_daytime": _freeze_daytime,
        "solar_power_multiplier": _solar_power_multiplier,
        "darkness": _darkness,
        "brightness_visual_weights": _weights,
    }
    surface.setters |= {
        "ticks_per_day": _set_ticks_per_day,
        "freeze_daytime": _set_freeze_daytime,
        "solar_power_multiplier": _set_solar_power_multiplier,
        "brightness_visual_weights": _set_weights,
    }
