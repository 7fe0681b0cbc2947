"""LuaGroup: groups and subgroups of items; holds the place among all of them.

Groups come first, by name, then subgroups.
"""

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import load
from fle_marl.sim.lua_api.localised import NAME, localised
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_GROUP", "group_names", "group_number", "group_object"]

LUA_GROUP: Final = LuaClass("LuaGroup")
_GROUP: Final = "item-group"
_SUBGROUP: Final = "item-subgroup"


@cache
def _all() -> tuple[tuple[str, str], ...]:
    """Kind and name of each."""
    constants = load().constants
    return tuple(
        (kind, name) for kind in (_GROUP, _SUBGROUP) for name in sorted(constants[kind])
    )


@cache
def _numbers() -> dict[tuple[str, str], int]:
    return {key: number for number, key in enumerate(_all(), start=1)}


def group_names(*, is_subgroup: bool) -> list[str]:
    """Names of all groups, or of all subgroups."""
    return sorted(load().constants[_SUBGROUP if is_subgroup else _GROUP])


def group_number(name: object, *, is_subgroup: bool) -> int | None:
    """What the object of a name holds; None when there is no such group."""
    return _numbers().get((_SUBGROUP if is_subgroup else _GROUP, str(name)))


def group_object(api: "LuaApi", name: str, *, is_subgroup: bool) -> LuaValue:
    """The LuaGroup of a subgroup's name, or of the group that the subgroup is in.

    Args:
        api: for the object.
        name: of a subgroup.
        is_subgroup: whether the subgroup itself is wanted.
    """
    if not is_subgroup:
        name = str(load().constants[_SUBGROUP][name]["group"])
    return api.object("LuaGroup", group_number(name, is_subgroup=is_subgroup))


def _of(number: int) -> tuple[str, str]:
    return _all()[number - 1]


def _data(number: int) -> Any:  # noqa: ANN401 - raw data
    kind, name = _of(number)
    return load().constants[kind][name]


@LUA_GROUP.getter("name")
def _name(_api: "LuaApi", number: int) -> str:
    return _of(number)[1]


@LUA_GROUP.getter("type")
def _type(_api: "LuaApi", number: int) -> str:
    return _of(number)[0]


@LUA_GROUP.getter("valid")
def _valid(_api: "LuaApi", _number: int) -> bool:
    return True


@LUA_GROUP.getter("order")
def _order(_api: "LuaApi", number: int) -> str:
    return str(_data(number).get("order", ""))


@LUA_GROUP.getter("order_in_recipe")
def _order_in_recipe(_api: "LuaApi", number: int) -> str | None:
    if _of(number)[0] != _GROUP:
        return None
    # the group's own order by default. Source: prototype API, ItemGroup
    return str(_data(number).get("order_in_recipe", _data(number).get("order", "")))


@LUA_GROUP.getter("localised_name")
def _localised_name(api: "LuaApi", number: int) -> LuaValue:
    kind, name = _of(number)
    return localised(api, kind, NAME, name)


@LUA_GROUP.getter("group")
def _group(api: "LuaApi", number: int) -> LuaValue:
    kind, name = _of(number)
    if kind == _GROUP:
        return None
    return group_object(api, name, is_subgroup=False)


@LUA_GROUP.getter("subgroups")
def _subgroups(api: "LuaApi", number: int) -> LuaValue:
    kind, name = _of(number)
    if kind != _GROUP:
        return api.lua.table()
    subgroups = load().constants[_SUBGROUP]
    own = [each for each in subgroups if subgroups[each]["group"] == name]
    # in their own order. Source: runtime API, LuaGroup.subgroups, is silent; a choice
    own.sort(key=lambda each: (subgroups[each].get("order", ""), each))
    numbers = [group_number(each, is_subgroup=True) for each in own]
    return api.objects("LuaGroup", [each for each in numbers if each is not None])
