"""``LuaGameScript.get_filtered_..._prototypes``: prototypes that meet filters.

Filters come one after the other; each is joined to those before it by its ``mode``, or
unless it says and. Source: runtime API, EntityPrototypeFilter and its kin, where a
filter is named, and what it compares.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NoReturn

from lupa.lua52 import lua_type

from fle_marl.errors import LuaApiMissing
from fle_marl.prototypes import load
from fle_marl.sim.lua_api.arguments import read_number, read_table
from fle_marl.sim.lua_api.entity_types import is_building
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_prototype_table import CustomTable, custom_table

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare_filters"]

Test = Callable[[Any, LuaValue], bool]
_COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "≥": operator.ge,
    "<=": operator.le,
    "≤": operator.le,
    "!=": operator.ne,
    "≠": operator.ne,
}


# --- tests of one filter


def _texts(value: LuaValue) -> tuple[str, ...]:
    if lua_type(value) == "table":
        return tuple(value.values())
    return (value,)


def _is_one_of(prototype: Any, given: LuaValue, *, of: str, key: str) -> bool:  # noqa: ANN401
    return getattr(prototype, of) in _texts(given[key])


def _has_flag(prototype: Any, given: LuaValue) -> bool:  # noqa: ANN401
    return given["flag"] in prototype.flags


def _compares(
    prototype: Any,  # noqa: ANN401
    given: LuaValue,
    *,
    number: Callable[[Any], float],
) -> bool:
    compare = _COMPARISONS.get(given["comparison"] or "=")
    if compare is None:
        fail(f"Unknown comparison: {shown(given['comparison'])}.")
    return compare(number(prototype), read_number(given["value"], "value"))


def _collides(prototype: Any, given: LuaValue) -> bool:  # noqa: ANN401
    mask = given["mask"]
    names = set(mask.keys() if lua_type(mask) == "table" else (mask,))
    own = set(prototype.collision_mask)
    mode = given["mask_mode"]
    if mode in ("collides", "contains-any"):
        return not own.isdisjoint(names)
    if mode not in ("layers-equals", "contains-all"):
        fail(f"Unknown mask_mode: {shown(mode)}.")
    return own == names if mode == "layers-equals" else names <= own


def _attribute(name: str) -> Callable[[Any], float]:
    return operator.attrgetter(name)


def _property(name: str, default: float) -> Callable[[Any], float]:
    return lambda prototype: prototype.number(name, default)


def _number(of: Callable[[Any], float]) -> Test:
    return partial(_compares, number=of)


def _match(of: str, key: str) -> Test:
    return partial(_is_one_of, of=of, key=key)


def _says(test: Callable[[Any], object]) -> Test:
    return lambda prototype, _given: bool(test(prototype))


def _has_part(prototype: Any, given: LuaValue, *, side: str, kind: str) -> bool:  # noqa: ANN401
    parts = [each.name for each in getattr(prototype, side) if each.type == kind]
    wanted = given["elem_filters"]
    if wanted is None:
        return bool(parts)
    known = _ITEMS if kind == "item" else _FLUIDS
    prototypes = getattr(load(), known.table)
    return any(_meets(known, prototypes[name], wanted) for name in parts)


def _places(prototype: Any, given: LuaValue) -> bool:  # noqa: ANN401
    name = prototype.place_result
    wanted = given["elem_filters"]
    if name is None or wanted is None:
        return name is not None
    return _meets(_ENTITIES, load().entities[name], wanted)


# --- which filters there are


@dataclass(frozen=True, slots=True)
class _Kind:
    """Prototypes of one kind.

    Attributes:
        name: in the members of LuaGameScript.
        table: of the prototypes.
        class_name: of their objects.
        tests: by filter.
    """

    name: str
    table: str
    class_name: str
    tests: Mapping[str, Test]


_ENTITIES: Final = _Kind(
    "entity",
    "entities",
    "LuaEntityPrototype",
    {
        "name": _match("name", "name"),
        "type": _match("type", "type"),
        "flag": _has_flag,
        "collision-mask": _collides,
        "crafting-category": lambda each, given: (
            given["crafting_category"] in each.names("crafting_categories")
        ),
        "selection-priority": _number(_property("selection_priority", 50)),
        "hidden": _says(lambda each: "hidden" in each.flags),
        "minable": _says(lambda each: each.minable is not None),
        "building": _says(is_building),
        "buildable": _says(lambda each: each.items_to_place_this),
        "item-to-place": _says(lambda each: each.items_to_place_this),
        "entity-with-health": _says(lambda each: each.max_health),
        "fast-replaceable": _says(lambda each: each.fast_replaceable_group),
        "crafting-machine": _says(
            lambda each: "crafting_categories" in each.properties
        ),
        "turret": _says(lambda each: each.type.endswith("turret")),
        "ghost": _says(lambda each: each.type.endswith("-ghost")),
        "rail": _says(lambda each: each.type in ("straight-rail", "curved-rail")),
        "autoplace": _says(lambda each: "autoplace" in each.properties),
        "selectable": _says(lambda each: each.properties.get("selectable_in_game", 1)),
        "blueprintable": _says(
            lambda each: (
                "player-creation" in each.flags
                and "not-blueprintable" not in each.flags
                and each.items_to_place_this
            )
        ),
    },
)
_ITEMS: Final = _Kind(
    "item",
    "items",
    "LuaItemPrototype",
    {
        "name": _match("name", "name"),
        "type": _match("type", "type"),
        "subgroup": _match("subgroup", "subgroup"),
        "flag": _has_flag,
        "fuel-category": _match("fuel_category", "fuel-category"),
        "fuel-value": _number(_attribute("fuel_value_joules")),
        "stack-size": _number(_attribute("stack_size")),
        "wire-count": _number(_property("wire_count", 0)),
        "fuel-acceleration-multiplier": _number(
            _property("fuel_acceleration_multiplier", 1)
        ),
        "fuel-top-speed-multiplier": _number(_property("fuel_top_speed_multiplier", 1)),
        "fuel-emissions-multiplier": _number(_property("fuel_emissions_multiplier", 1)),
        "default-request-amount": _number(
            lambda each: each.number("default_request_amount", each.stack_size)
        ),
        "tool": _says(lambda each: each.type in ("tool", "armor", "repair-tool")),
        "fuel": _says(lambda each: each.fuel_value_joules),
        "place-result": _places,
        "place-as-tile": _says(lambda each: each.place_as_tile),
        "burnt-result": _says(lambda each: each.burnt_result),
        "has-rocket-launch-products": _says(lambda each: each.rocket_launch_products),
    },
)
_FLUIDS: Final = _Kind(
    "fluid",
    "fluids",
    "LuaFluidPrototype",
    {
        "name": _match("name", "name"),
        "subgroup": _match("subgroup", "subgroup"),
        "default-temperature": _number(_attribute("default_temperature")),
        "max-temperature": _number(_attribute("max_temperature")),
        "heat-capacity": _number(_attribute("heat_capacity_joules")),
        "fuel-value": _number(_attribute("fuel_value_joules")),
        "hidden": _says(lambda each: each.properties.get("hidden")),
    },
)
_RECIPES: Final = _Kind(
    "recipe",
    "recipes",
    "LuaRecipePrototype",
    {
        "enabled": _says(_attribute("enabled")),
        "hidden": _says(_attribute("hidden")),
        "hidden-from-flow-stats": _says(_attribute("hide_from_stats")),
        "hidden-from-player-crafting": _says(_attribute("hide_from_player_crafting")),
        "allow-as-intermediate": _says(_attribute("allow_as_intermediate")),
        "allow-intermediates": _says(_attribute("allow_intermediates")),
        "allow-decomposition": _says(_attribute("allow_decomposition")),
        "has-ingredients": _says(_attribute("ingredients")),
        "has-products": _says(_attribute("products")),
        "has-ingredient-item": partial(_has_part, side="ingredients", kind="item"),
        "has-ingredient-fluid": partial(_has_part, side="ingredients", kind="fluid"),
        "has-product-item": partial(_has_part, side="products", kind="item"),
        "has-product-fluid": partial(_has_part, side="products", kind="fluid"),
        "category": _match("category", "category"),
        "energy": _number(_attribute("energy_required")),
        "emissions-multiplier": _number(_attribute("emissions_multiplier")),
        "overload-multiplier": _number(_attribute("overload_multiplier")),
        "request-paste-multiplier": _number(_attribute("requester_paste_multiplier")),
    },
)
_TECHNOLOGIES: Final = _Kind(
    "technology",
    "technologies",
    "LuaTechnologyPrototype",
    {
        "enabled": _says(_attribute("enabled")),
        "hidden": _says(_attribute("hidden")),
        "upgrade": _says(_attribute("upgrade")),
        "visible-when-disabled": _says(_attribute("visible_when_disabled")),
        "has-effects": _says(_attribute("effects")),
        "has-prerequisites": _says(_attribute("prerequisites")),
        "research-unit-ingredient": lambda each, given: (
            given["ingredient"] in [part.name for part in each.ingredients]
        ),
        "unlocks-recipe": lambda each, given: any(
            effect.get("recipe") == given["recipe"] for effect in each.effects
        ),
        "level": _number(_attribute("level")),
        "max-level": _number(_attribute("max_level")),
        "time": _number(lambda each: 60 * each.unit_time_seconds),
    },
)
_TILES: Final = _Kind(
    "tile",
    "tiles",
    "LuaTilePrototype",
    {
        "minable": _says(lambda each: each.minable is not None),
        "item-to-place": _says(_attribute("items_to_place_this")),
        "blueprintable": _says(_attribute("items_to_place_this")),
        "collision-mask": _collides,
        "walking-speed-modifier": _number(_attribute("walking_speed_modifier")),
        "vehicle-friction-modifier": _number(_attribute("vehicle_friction_modifier")),
        "emissions": _number(_attribute("pollution_absorption_per_second")),
    },
)
_KINDS: Final = (_ENTITIES, _ITEMS, _FLUIDS, _RECIPES, _TECHNOLOGIES, _TILES)


# --- all filters of a call


def _meets(kind: _Kind, prototype: Any, filters: LuaValue) -> bool:  # noqa: ANN401
    met = False
    for place, given in enumerate(filters.values()):
        test = kind.tests.get(read_table(given, "A filter")["filter"])
        if test is None:
            _refuse(kind, given["filter"])
        is_met = test(prototype, given) != bool(given["invert"])
        if place == 0:
            met = is_met
        elif given["mode"] == "and":
            met = met and is_met
        else:
            met = met or is_met
    return met


def _refuse(kind: _Kind, name: object) -> NoReturn:
    member = f"get_filtered_{kind.name}_prototypes"
    raise LuaApiMissing(
        f"the filter {shown(name)} of {member} is not there in the embedded simulator, "
        f"or not in the game; there are: {', '.join(sorted(kind.tests))}",
        details={"class": "LuaGameScript", "member": member},
    )


def _get_filtered(
    api: "LuaApi", _self: int, filters: LuaValue, *, kind: _Kind
) -> LuaValue:
    prototypes = getattr(api.prototypes, kind.table)
    names: Sequence[str] = [
        each.name for each in prototypes.values() if _meets(kind, each, filters)
    ]
    known = set(names)
    return custom_table(
        api,
        CustomTable(
            kind.class_name,
            lambda: names,
            lambda key: prototypes[key].id if key in known else None,
        ),
    )


def declare_filters(game: LuaClass) -> None:
    """Add ``get_filtered_..._prototypes`` to LuaGameScript."""
    for kind in _KINDS:
        game.methods[f"get_filtered_{kind.name}_prototypes"] = partial(
            _get_filtered, kind=kind
        )
