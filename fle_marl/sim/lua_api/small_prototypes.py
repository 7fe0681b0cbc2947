"""Prototypes that are little more than a name: categories, signals, autoplace controls.

Each object holds the place of the name among all of its kind, from 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import load
from fle_marl.sim.lua_api.localised import declare_localised, localised
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_group import group_object
from fle_marl.sim.lua_api.lua_prototype_table import CustomTable, custom_table

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_AUTOPLACE_CONTROL_PROTOTYPE", "LUA_VIRTUAL_SIGNAL_PROTOTYPE"]
__all__ += ["SMALL_PROTOTYPES", "SmallPrototype", "declare_tables"]


@dataclass(frozen=True, slots=True)
class SmallPrototype:
    """One kind of them.

    Attributes:
        kind: in the game's data.
        lua_class: of its objects.
        table: member of LuaGameScript with all of them.
    """

    kind: str
    lua_class: LuaClass
    table: str


@cache
def _names(kind: str) -> Sequence[str]:
    return sorted(load().constants[kind])


def _name(_api: "LuaApi", number: int, *, kind: str) -> str:
    return _names(kind)[number - 1]


def _data(number: int, kind: str) -> Any:  # noqa: ANN401 - raw data
    return load().constants[kind][_names(kind)[number - 1]]


def _order(_api: "LuaApi", number: int, *, kind: str) -> str:
    return str(_data(number, kind).get("order", ""))


def _valid(_api: "LuaApi", _number: int) -> bool:
    return True


def _small(kind: str, class_name: str) -> SmallPrototype:
    lua_class = LuaClass(class_name)
    lua_class.getters |= {
        "name": partial(_name, kind=kind),
        "order": partial(_order, kind=kind),
        "valid": _valid,
    }
    section = _SECTIONS.get(kind, kind)
    declare_localised(
        lua_class,
        lambda api, number, part: localised(
            api, section, part, _names(kind)[number - 1]
        ),
    )
    table = class_name.removeprefix("Lua").removesuffix("Prototype")
    words = "".join(f"_{each.lower()}" if each.isupper() else each for each in table)
    return SmallPrototype(kind, lua_class, f"{words[1:]}_prototypes")


_SECTIONS: Final = {"autoplace-control": "autoplace-control"}
"""Sections of the locale that are not named after the kind."""
SMALL_PROTOTYPES: Final = (
    _small("ammo-category", "LuaAmmoCategoryPrototype"),
    _small("autoplace-control", "LuaAutoplaceControlPrototype"),
    _small("fuel-category", "LuaFuelCategoryPrototype"),
    _small("module-category", "LuaModuleCategoryPrototype"),
    _small("recipe-category", "LuaRecipeCategoryPrototype"),
    _small("resource-category", "LuaResourceCategoryPrototype"),
    _small("virtual-signal", "LuaVirtualSignalPrototype"),
)
LUA_AUTOPLACE_CONTROL_PROTOTYPE: Final = SMALL_PROTOTYPES[1].lua_class
LUA_VIRTUAL_SIGNAL_PROTOTYPE: Final = SMALL_PROTOTYPES[-1].lua_class


def _bonus_gui_order(_api: "LuaApi", number: int) -> str:
    return str(_data(number, "ammo-category").get("bonus_gui_order", ""))


SMALL_PROTOTYPES[0].lua_class.getters["bonus_gui_order"] = _bonus_gui_order


@LUA_AUTOPLACE_CONTROL_PROTOTYPE.getter("richness")
def _richness(_api: "LuaApi", number: int) -> bool:
    return bool(_data(number, "autoplace-control").get("richness", False))


@LUA_AUTOPLACE_CONTROL_PROTOTYPE.getter("can_be_disabled")
def _can_be_disabled(_api: "LuaApi", number: int) -> bool:
    # true by default. Source: prototype API, AutoplaceControl
    return bool(_data(number, "autoplace-control").get("can_be_disabled", True))


@LUA_AUTOPLACE_CONTROL_PROTOTYPE.getter("control_order")
def _control_order(api: "LuaApi", number: int) -> str:
    return _order(api, number, kind="autoplace-control")


@LUA_AUTOPLACE_CONTROL_PROTOTYPE.getter("category")
def _category(_api: "LuaApi", number: int) -> str:
    return str(_data(number, "autoplace-control")["category"])


@LUA_VIRTUAL_SIGNAL_PROTOTYPE.getter("special")
def _special(_api: "LuaApi", number: int) -> bool:
    # everything, anything and each. Source: runtime API, LuaVirtualSignalPrototype
    special = ("signal-everything", "signal-anything", "signal-each")
    return _names("virtual-signal")[number - 1] in special


@LUA_VIRTUAL_SIGNAL_PROTOTYPE.getter("subgroup")
def _subgroup(api: "LuaApi", number: int) -> LuaValue:
    name = str(_data(number, "virtual-signal")["subgroup"])
    return group_object(api, name, is_subgroup=True)


def declare_tables(game: LuaClass) -> None:
    """Add the tables of all kinds to LuaGameScript."""
    for each in SMALL_PROTOTYPES:
        game.getters[each.table] = partial(_table, small=each)


def _table(api: "LuaApi", _self: int, *, small: SmallPrototype) -> LuaValue:
    names = _names(small.kind)
    return custom_table(
        api,
        CustomTable(
            small.lua_class.name,
            lambda: names,
            lambda key: names.index(str(key)) + 1 if key in names else None,
        ),
    )
