"""Members of LuaItemStack about deconstruction and upgrade planners.

Source: runtime API, LuaItemStack. Tiles are never marked, so filters of tiles are kept
and change nothing.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from lupa.lua52 import lua_type

from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.blueprint_format import (
    DeconstructionPlanner,
    DeconstructionSettings,
    Filter,
    Mapped,
    Mapper,
    UpgradePlanner,
    UpgradeSettings,
)
from fle_marl.sim.lua_api.entity_marks import (
    cancel_deconstruction_in,
    deconstruct_in,
    read_entity_prototype,
)
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.inventories import StackPlace
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.stack_blueprints import forget, keep, planner_in
from fle_marl.sim.lua_api.stacks import item_number
from fle_marl.sim.lua_api.surface_argument import check_surface

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_SIDES: Final = {"from": "source", "to": "target"}
_MODES: Final = ("entity_filter_mode", "tile_filter_mode", "tile_selection_mode")
_DECONSTRUCTION: Final = "deconstruction-planner"
_UPGRADE: Final = "upgrade-planner"


# --- deconstruction planners


def _deconstruction(
    api: "LuaApi", stack: StackPlace, member: str
) -> DeconstructionPlanner:
    planner = planner_in(api, stack)
    if not isinstance(planner, DeconstructionPlanner):
        fail(f"LuaItemStack.{member}: the item is not a deconstruction planner.")
    return planner


def _settings(api: "LuaApi", stack: StackPlace, member: str) -> DeconstructionSettings:
    return _deconstruction(api, stack, member).settings


def _change(
    api: "LuaApi", stack: StackPlace, member: str, changes: dict[str, Any]
) -> None:
    planner = _deconstruction(api, stack, member)
    settings = planner.settings.model_copy(update=changes)
    keep(api, stack, planner.model_copy(update={"settings": settings}))


def _filter_count(api: "LuaApi", stack: StackPlace, *, kind: str) -> int:
    _settings(api, stack, f"{kind}_filter_count")
    prototype = api.prototypes.items[_DECONSTRUCTION]
    return int(prototype.number(f"{kind}_filter_count"))


def _read_name(api: "LuaApi", value: object, kind: str) -> str:
    if kind == "entity":
        return read_entity_prototype(api, value).name
    tiles = api.prototypes.tiles
    number = api.self_of(value, "LuaTilePrototype")
    if number is not None:
        return tiles.by_id(int(number)).name
    if not isinstance(value, str) or value not in tiles:
        fail(f"Unknown tile name: {shown(value)}.")
    return value


def _filters(api: "LuaApi", stack: StackPlace, *, kind: str) -> LuaValue:
    settings = _settings(api, stack, f"{kind}_filters")
    table = api.lua.table()
    for each in getattr(settings, f"{kind}_filters"):
        table[each.index] = each.name
    return table


def _set_filters(
    api: "LuaApi", stack: StackPlace, given: LuaValue, *, kind: str
) -> None:
    most = _filter_count(api, stack, kind=kind)
    filters = []
    for key, value in given.items():
        if type(key) is not int or not 1 <= key <= most:
            fail(f"There is no {kind} filter {shown(key)}; there are {most}.")
        filters.append(Filter(index=key, name=_read_name(api, value, kind)))
    filters.sort(key=lambda each: each.index)
    _change(api, stack, f"{kind}_filters", {f"{kind}_filters": filters})


def _get_filter(
    api: "LuaApi", stack: StackPlace, index: object, *, kind: str
) -> str | None:
    place = _place(index, _filter_count(api, stack, kind=kind), f"{kind} filter")
    settings = _settings(api, stack, f"get_{kind}_filter")
    found = {each.index: each.name for each in getattr(settings, f"{kind}_filters")}
    return found.get(place)


def _place(index: object, most: int, what: str) -> int:
    place = read_count(index, "index")
    if not 1 <= place <= most:
        fail(f"There is no {what} {place}; there are {most}.")
    return place


def _set_filter(
    api: "LuaApi", stack: StackPlace, index: object, value: object, *, kind: str
) -> bool:
    place = _place(index, _filter_count(api, stack, kind=kind), f"{kind} filter")
    settings = _settings(api, stack, f"set_{kind}_filter")
    filters = [e for e in getattr(settings, f"{kind}_filters") if e.index != place]
    if value is not None:
        filters.append(Filter(index=place, name=_read_name(api, value, kind)))
    filters.sort(key=lambda each: each.index)
    _change(api, stack, f"set_{kind}_filter", {f"{kind}_filters": filters})
    return True


def _get_mode(api: "LuaApi", stack: StackPlace, *, name: str) -> int:
    return int(getattr(_settings(api, stack, name), name))


def _set_mode(api: "LuaApi", stack: StackPlace, value: object, *, name: str) -> None:
    modes = api.prototypes.defines["deconstruction_item"][name]
    if value not in modes.values():
        fail(f"{name} must be one of defines.deconstruction_item.{name}.")
    _change(api, stack, name, {name: value})


def _trees_and_rocks_only(api: "LuaApi", stack: StackPlace) -> bool:
    return _settings(api, stack, "trees_and_rocks_only").trees_and_rocks_only


def _set_trees_and_rocks_only(api: "LuaApi", stack: StackPlace, value: bool) -> None:
    name = "trees_and_rocks_only"
    _change(api, stack, name, {name: value})


def _clear_deconstruction_item(api: "LuaApi", stack: StackPlace) -> None:
    _deconstruction(api, stack, "clear_deconstruction_item")
    forget(api, stack)


def _in_area(
    api: "LuaApi",
    stack: StackPlace,
    given: LuaValue,
    *,
    member: str,
    act: Callable[..., None],
) -> None:
    _deconstruction(api, stack, member)
    check_surface(api, given["surface"])
    act(api, given, member, stack)


# --- upgrade planners


def _upgrade(api: "LuaApi", stack: StackPlace, member: str) -> UpgradePlanner:
    planner = planner_in(api, stack)
    if not isinstance(planner, UpgradePlanner):
        fail(f"LuaItemStack.{member}: the item is not an upgrade planner.")
    return planner


def _mapper_place(
    api: "LuaApi", stack: StackPlace, index: object, side: object, member: str
) -> tuple[int, str]:
    """Place from 0, and the field of the side."""
    _upgrade(api, stack, member)
    most = int(api.prototypes.items[_UPGRADE].number("mapper_count"))
    if side not in _SIDES:
        fail(f'type must be "from" or "to", not {shown(side)}.')
    return _place(index, most, "mapping") - 1, _SIDES[str(side)]


def _get_mapper(
    api: "LuaApi", stack: StackPlace, index: object, side: object
) -> LuaValue:
    place, field = _mapper_place(api, stack, index, side, "get_mapper")
    for each in _upgrade(api, stack, "get_mapper").settings.mappers:
        mapped = getattr(each, field)
        if each.index == place and mapped is not None:
            return api.table(mapped.model_dump(exclude_none=True))
    return api.table({"type": "item"})


def _set_mapper(
    api: "LuaApi", stack: StackPlace, index: object, side: object, given: LuaValue
) -> None:
    place, field = _mapper_place(api, stack, index, side, "set_mapper")
    mapped = None if given is None else _read_mapped(api, given)
    planner = _upgrade(api, stack, "set_mapper")
    mappers = {each.index: each for each in planner.settings.mappers}
    old = mappers.get(place) or Mapper(index=place)
    mappers[place] = old.model_copy(update={field: mapped})
    kept = [mappers[each] for each in sorted(mappers)]
    kept = [each for each in kept if each.source or each.target]
    settings = UpgradeSettings(mappers=kept)
    keep(api, stack, planner.model_copy(update={"settings": settings}))


def _read_mapped(api: "LuaApi", given: LuaValue) -> Mapped:
    if lua_type(given) != "table":
        fail(f"An upgrade filter is a table, not {shown(given)}.")
    kind, name = given["type"], given["name"]
    if kind not in ("item", "entity"):
        fail(f'type must be "item" or "entity", not {shown(kind)}.')
    if name is not None and kind == "entity":
        read_entity_prototype(api, name)
    elif name is not None:
        item_number(api, name)
    return Mapped(type=kind, name=name)


def _clear_upgrade_item(api: "LuaApi", stack: StackPlace) -> None:
    _upgrade(api, stack, "clear_upgrade_item")
    forget(api, stack)


def declare(stack: LuaClass) -> None:
    """Add the members of this topic to LuaItemStack."""
    for kind in ("entity", "tile"):
        stack.getters[f"{kind}_filter_count"] = partial(_filter_count, kind=kind)
        stack.getters[f"{kind}_filters"] = partial(_filters, kind=kind)
        stack.setters[f"{kind}_filters"] = partial(_set_filters, kind=kind)
        stack.methods[f"get_{kind}_filter"] = partial(_get_filter, kind=kind)
        stack.methods[f"set_{kind}_filter"] = partial(_set_filter, kind=kind)
    for name in _MODES:
        stack.getters[name] = partial(_get_mode, name=name)
        stack.setters[name] = partial(_set_mode, name=name)
    stack.getters["trees_and_rocks_only"] = _trees_and_rocks_only
    stack.setters["trees_and_rocks_only"] = _set_trees_and_rocks_only
    for member, act in (
        ("deconstruct_area", deconstruct_in),
        ("cancel_deconstruct_area", cancel_deconstruction_in),
    ):
        stack.methods[member] = partial(_in_area, member=member, act=act)
    stack.methods |= {
        "clear_deconstruction_item": _clear_deconstruction_item,
        "clear_upgrade_item": _clear_upgrade_item,
        "get_mapper": _get_mapper,
        "set_mapper": _set_mapper,
    }
