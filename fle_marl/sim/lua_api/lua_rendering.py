"""LuaRendering: shapes that scripts draw for players, of whom there are none here.

They are remembered, told and saved as in the game, and nobody sees them. Which shape
has which attributes is what its ``draw_`` method takes (`argument_checks`).

Source: runtime API, LuaRendering: an attribute that a shape lacks reads as nil and is
not written; ``time_to_live`` 0 is for ever. Chosen: a shape is gone with an entity that
it is drawn at, and with its time; what is gone is refused, but may be destroyed again.
"""

from collections.abc import Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fle_marl.sim.lua_api.api_tables import argument_checks
from fle_marl.sim.lua_api.colors import read_color
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.inventories import MOD_NAME
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_DRAWING
from fle_marl.sim.lua_api.surface_argument import SURFACE_INDEX, check_surface

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_RENDERING"]

LUA_RENDERING: Final = LuaClass("LuaRendering")

_SHAPES: Final = (
    "animation",
    "arc",
    "circle",
    "light",
    "line",
    "polygon",
    "rectangle",
    "sprite",
    "text",
)
_TARGETS: Final = ("target", "from", "to", "left_top", "right_bottom")
_ALL_TARGETS: Final = (*_TARGETS, "orientation_target")
_COLORS: Final = ("color", "tint")
_DEFAULTS: Final[Mapping[str, Any]] = {
    "alignment": "left",
    "animation_offset": 0.0,
    "animation_speed": 1.0,
    "dash_length": 0.0,
    "draw_on_ground": False,
    "filled": False,
    "font": "default",
    "gap_length": 0.0,
    "intensity": 1.0,
    "minimum_darkness": 0.0,
    "only_in_alt_mode": False,
    "orientation": 0.0,
    "oriented": False,
    "render_layer": "arrow",
    "scale": 1.0,
    "scale_with_zoom": False,
    "tint": {"r": 1.0, "g": 1.0, "b": 1.0, "a": 1.0},
    "use_rich_text": False,
    "use_target_orientation": False,
    "vertical_alignment": "top",
    "visible": True,
    "width": 1.0,
    "x_scale": 1.0,
    "y_scale": 1.0,
}
"""Source: runtime API, LuaRendering.draw_*. The width of outlines is chosen."""
_NOTE: Final = "shape"


class _Drawing(NamedTuple):
    """What is drawn: plain data, as notes keep it.

    Attributes:
        shape: such as ``line``.
        until: tick from which it is gone; 0 for never.
        attributes: what was given, by name.
    """

    shape: str
    until: int
    attributes: dict[str, Any]


@cache
def _attributes_of(shape: str) -> frozenset[str]:
    """Names of what a shape can be given, without places' offsets."""
    taken = argument_checks()["LuaRendering"][f"draw_{shape}"]["named"]["kinds"]
    offsets = {f"{name}_offset" for name in _ALL_TARGETS}
    return frozenset(taken) - offsets - {"surface", "time_to_live"}


# --- what there is


def _find(api: "LuaApi", number: object) -> _Drawing | None:
    """What has this number; None when there is nothing, or no longer."""
    kept = (
        api.notes.get(ABOUT_DRAWING, int(str(number)), _NOTE)
        if _is_id(number)
        else None
    )
    if kept is None:
        return None
    drawing = _Drawing(*kept)
    is_over = 0 < drawing.until <= api.world.tick
    if is_over or any(_is_lost(api, drawing, name) for name in _ALL_TARGETS):
        return None
    return drawing


def _is_id(number: object) -> bool:
    return type(number) is int and number > 0


def _is_lost(api: "LuaApi", drawing: _Drawing, name: str) -> bool:
    place = drawing.attributes.get(name) or {}
    return "entity" in place and not api.find_row(int(place["entity"]))


def _drawing(api: "LuaApi", number: object) -> _Drawing:
    found = _find(api, number)
    if found is None:
        fail(f"There is no rendering object {shown(number)}.")
    return found


def _keep(api: "LuaApi", number: int, drawing: _Drawing) -> None:
    api.notes.put(ABOUT_DRAWING, number, _NOTE, list(drawing))


def _numbers(api: "LuaApi") -> list[int]:
    kept = api.notes.named(ABOUT_DRAWING, _NOTE)
    return [number for number in kept if _find(api, number) is not None]


# --- values of scripts as plain data, and back


def _read_place(api: "LuaApi", given: LuaValue, offset: LuaValue) -> dict[str, Any]:
    """A target: an entity with what it is moved by, or a position."""
    handle = api.self_of(given, "LuaEntity")
    if handle is None:
        return {"position": _point(api, given)}
    api.row(handle)
    place: dict[str, Any] = {"entity": int(handle)}
    if offset is not None:
        place["entity_offset"] = _point(api, offset)
    return place


def _point(api: "LuaApi", given: LuaValue) -> dict[str, float]:
    x, y = api.xy(given)
    return {"x": x, "y": y}


def _read(api: "LuaApi", name: str, given: LuaValue, offset: LuaValue = None) -> Any:  # noqa: ANN401 - plain data
    """A value of an attribute as notes keep it."""
    if name in _ALL_TARGETS:
        return _read_place(api, given, offset)
    if name in _COLORS:
        return read_color(api, given)
    if name == "forces":
        return [force_index(api, each) for each in api.list_of(given)]
    if name == "players":
        if api.list_of(given):
            fail("There are no players.")
        return []
    if name == "oriented_offset":
        return _point(api, given)
    if name == "vertices":
        return [
            _read_place(api, each["target"], each["target_offset"])
            for each in api.list_of(given)
        ]
    return api.plain(given) if name == "text" else given


def _told(api: "LuaApi", name: str, kept: Any) -> LuaValue:  # noqa: ANN401 - plain data
    """A kept value as scripts get it."""
    if name in _ALL_TARGETS and kept is not None:
        return _place_table(api, kept)
    if name == "vertices":
        vertices = api.lua.table()
        for number, place in enumerate(kept, start=1):
            vertices[number] = _place_table(api, place)
        return vertices
    if name == "forces" and kept:
        return api.objects("LuaForce", kept)
    return api.table(kept) if isinstance(kept, dict | list) else kept


def _place_table(api: "LuaApi", place: Mapping[str, Any]) -> LuaValue:
    table = api.table({key: each for key, each in place.items() if key != "entity"})
    if "entity" in place:
        table["entity"] = api.object("LuaEntity", place["entity"])
    return table


# --- drawing


def _draw(api: "LuaApi", _self: int, given: LuaValue, *, shape: str) -> int:
    """Draw a shape; gives its number."""
    check_surface(api, given["surface"])
    attributes = {
        name: _read(api, name, given[name], given[f"{name}_offset"])
        for name in sorted(_attributes_of(shape))
        if given[name] is not None
    }
    number = int(api.notes.get(ABOUT_DRAWING, 0, "last", 0)) + 1
    api.notes.put(ABOUT_DRAWING, 0, "last", number)
    _keep(api, number, _Drawing(shape, _until(api, given["time_to_live"]), attributes))
    return number


def _until(api: "LuaApi", ticks: LuaValue) -> int:
    return api.world.tick + int(ticks) if ticks else 0


def _get(api: "LuaApi", _self: int, number: object, *, name: str) -> LuaValue:
    drawing = _drawing(api, number)
    known = _attributes_of(drawing.shape)
    each = "tint" if name == "color" and "tint" in known else name
    if each not in known:
        return None
    return _told(api, each, drawing.attributes.get(each, _DEFAULTS.get(each)))


def _set(api: "LuaApi", _self: int, number: int, value: LuaValue, *, name: str) -> None:
    _write(api, number, name, value)


def _set_place(
    api: "LuaApi",
    _self: int,
    number: int,
    value: LuaValue,
    offset: LuaValue = None,
    *,
    name: str,
) -> None:
    _write(api, number, name, value, offset)


def _write(
    api: "LuaApi", number: int, name: str, value: LuaValue, offset: LuaValue = None
) -> None:
    drawing = _drawing(api, number)
    known = _attributes_of(drawing.shape)
    each = "tint" if name == "color" and "tint" in known else name
    if each in known:
        kept = {**drawing.attributes, each: _read(api, each, value, offset)}
        _keep(api, number, drawing._replace(attributes=kept))


def _declare_attributes() -> None:
    for shape in _SHAPES:
        LUA_RENDERING.methods[f"draw_{shape}"] = partial(_draw, shape=shape)
    names = frozenset[str]().union(*map(_attributes_of, _SHAPES)) - {"tint"}
    for name in sorted(names):
        LUA_RENDERING.methods[f"get_{name}"] = partial(_get, name=name)
        write = _set_place if name in _ALL_TARGETS else _set
        LUA_RENDERING.methods[f"set_{name}"] = partial(write, name=name)
    for name in ("dash_offset",):
        # the game takes it and never tells it
        del LUA_RENDERING.methods[f"get_{name}"], LUA_RENDERING.methods[f"set_{name}"]


# --- what is not the same for all


@LUA_RENDERING.method("set_corners")
def _set_corners(
    api: "LuaApi",
    _self: int,
    number: int,
    left_top: LuaValue,
    left_top_offset: LuaValue,
    right_bottom: LuaValue,
    right_bottom_offset: LuaValue,
) -> None:
    _write(api, number, "left_top", left_top, left_top_offset)
    _write(api, number, "right_bottom", right_bottom, right_bottom_offset)


@LUA_RENDERING.method("set_dashes")
def _set_dashes(
    api: "LuaApi", _self: int, number: int, dash_length: float, gap_length: float
) -> None:
    _write(api, number, "dash_length", dash_length)
    _write(api, number, "gap_length", gap_length)


@LUA_RENDERING.method("get_surface")
def _get_surface(api: "LuaApi", _self: int, number: object) -> LuaValue:
    _drawing(api, number)
    return api.object("LuaSurface", SURFACE_INDEX)


@LUA_RENDERING.method("get_type")
def _get_type(api: "LuaApi", _self: int, number: object) -> str:
    return _drawing(api, number).shape


@LUA_RENDERING.method("get_time_to_live")
def _get_time_to_live(api: "LuaApi", _self: int, number: object) -> int:
    until = _drawing(api, number).until
    return until - api.world.tick if until else 0


@LUA_RENDERING.method("set_time_to_live")
def _set_time_to_live(api: "LuaApi", _self: int, number: int, ticks: int) -> None:
    _keep(api, number, _drawing(api, number)._replace(until=_until(api, ticks)))


@LUA_RENDERING.method("is_valid")
def _is_valid(api: "LuaApi", _self: int, number: object) -> bool:
    return _find(api, number) is not None


@LUA_RENDERING.method("get_all_ids")
def _get_all_ids(api: "LuaApi", _self: int, mod_name: str = MOD_NAME) -> LuaValue:
    return api.table(_numbers(api) if mod_name in (MOD_NAME, "") else [])


@LUA_RENDERING.method("destroy")
def _destroy(api: "LuaApi", _self: int, number: int) -> None:
    if _is_id(number):
        api.notes.forget(ABOUT_DRAWING, number)


@LUA_RENDERING.method("clear")
def _clear(api: "LuaApi", _self: int, mod_name: str = MOD_NAME) -> None:
    if mod_name in (MOD_NAME, ""):
        for number in list(api.notes.named(ABOUT_DRAWING, _NOTE)):
            api.notes.forget(ABOUT_DRAWING, number)


@LUA_RENDERING.method("bring_to_front")
def _bring_to_front(api: "LuaApi", _self: int, number: object) -> None:
    # nobody sees the order
    _drawing(api, number)


@LUA_RENDERING.method("move_to_back")
def _move_to_back(api: "LuaApi", _self: int, number: object) -> None:
    _drawing(api, number)


_declare_attributes()
