"""Members of LuaSurface about areas and positions that scripts name."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from lupa.lua52 import lua_type

from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.colors import WHITE, read_color
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_SURFACE

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_LAST: Final = "last_script_id"
Reader = Callable[["LuaApi", Any], list[float]]


def _read_area(api: "LuaApi", value: object) -> list[float]:
    return list(api.corners(value))


def _read_position(api: "LuaApi", value: object) -> list[float]:
    return list(api.xy(value))


_READERS: Final[dict[str, Reader]] = {"area": _read_area, "position": _read_position}


def _all(api: "LuaApi", kind: str) -> dict[int, dict[str, Any]]:
    """All that scripts have named, by id, in order."""
    kept = api.notes.get(ABOUT_SURFACE, 1, f"script_{kind}s") or {}
    return {int(key): kept[key] for key in sorted(kept, key=int)}


def _keep(api: "LuaApi", kind: str, marks: dict[int, dict[str, Any]]) -> None:
    plain = {str(number): mark for number, mark in marks.items()}
    api.notes.put(ABOUT_SURFACE, 1, f"script_{kind}s", plain)


def _read(
    api: "LuaApi", given: LuaValue, kind: str, known: dict[str, Any]
) -> dict[str, Any]:
    """What a script says of one; what it leaves out stays as it is known."""
    if lua_type(given) != "table":
        fail(f"A table is expected, not {shown(given)}.")
    mark = dict(known)
    if given[kind] is not None or kind not in known:
        mark[kind] = _READERS[kind](api, given[kind])
    name = given["name"]
    if name is not None:
        if not isinstance(name, str):
            fail(f"name must be a string, not {shown(name)}.")
        mark["name"] = name
    if given["color"] is not None:
        mark["color"] = read_color(api, given["color"])
    return mark


def _table(api: "LuaApi", number: int, mark: dict[str, Any], kind: str) -> LuaValue:
    table = api.table({"id": number, "name": mark["name"], "color": mark["color"]})
    make = api.box if kind == "area" else api.position
    table[kind] = make(*mark[kind])
    return table


def _add(api: "LuaApi", _self: int, given: LuaValue, *, kind: str) -> int:
    mark = _read(api, given, kind, {"name": "", "color": WHITE})
    number = int(api.notes.get(ABOUT_SURFACE, 1, _LAST, 0)) + 1
    api.notes.put(ABOUT_SURFACE, 1, _LAST, number)
    _keep(api, kind, _all(api, kind) | {number: mark})
    return number


def _edit(
    api: "LuaApi", _self: int, number: object, given: LuaValue, *, kind: str
) -> None:
    marks = _all(api, kind)
    place = read_count(number, "id")
    if place not in marks:
        fail(f"There is no script {kind} {place}.")
    _keep(api, kind, marks | {place: _read(api, given, kind, marks[place])})


def _remove(api: "LuaApi", _self: int, number: object, *, kind: str) -> bool:
    marks = _all(api, kind)
    is_there = marks.pop(read_count(number, "id"), None) is not None
    _keep(api, kind, marks)
    return is_there


def _get(api: "LuaApi", _self: int, key: object = None, *, kind: str) -> LuaValue:
    """The first of a name, or that of an id; without a key the first of all."""
    for number, mark in _all(api, kind).items():
        if key in (None, number, mark["name"]):
            return _table(api, number, mark, kind)
    return None


def _get_all(api: "LuaApi", _self: int, name: object = None, *, kind: str) -> LuaValue:
    table = api.lua.table()
    chosen = [
        _table(api, number, mark, kind)
        for number, mark in _all(api, kind).items()
        if name in (None, mark["name"])
    ]
    for place, each in enumerate(chosen, start=1):
        table[place] = each
    return table


def declare(surface: LuaClass) -> None:
    """Add the members of this topic to LuaSurface."""
    for kind in _READERS:
        surface.methods |= {
            f"add_script_{kind}": partial(_add, kind=kind),
            f"edit_script_{kind}": partial(_edit, kind=kind),
            f"get_script_{kind}": partial(_get, kind=kind),
            f"get_script_{kind}s": partial(_get_all, kind=kind),
            f"remove_script_{kind}": partial(_remove, kind=kind),
        }
