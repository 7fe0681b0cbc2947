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
from fle_marl.sim.lua_api.entity_prototype_members import (
    TURNING_TYPES,
    circuit_wire_distance,
)
from fle_marl.sim.lua_api.entity_types import is_building
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.item_prototype_members import (
    SELECTION_TYPES,
    emissions_multiplier,
    gas_temperature,
)
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_prototype_table import CustomTable, custom_table
from fle_marl.sim.lua_api.recipe_prototype_members import (
    SHOWN_DEFAULTS,
    subgroup_name,
)
from fle_marl.sim.modules import emissions_per_second

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["ENTITY_TESTS", "are_met", "compares", "declare_filters"]

Test = Callable[[Any, LuaValue], bool]
_ROLLING_STOCK: Final = (
    "artillery-wagon",
    "cargo-wagon",
    "fluid-wagon",
    "locomotive",
)
"""Source: prototype API, RollingStockPrototype."""
_LOGISTIC_ROBOTS: Final = ("construction-robot", "logistic-robot")
"""Source: prototype API, RobotWithLogisticInterfacePrototype."""
_BELTS: Final = (
    "linked-belt",
    "loader",
    "loader-1x1",
    "splitter",
    "transport-belt",
    "underground-belt",
)
"""Source: prototype API, TransportBeltConnectablePrototype."""
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
    return compares(number(prototype), given)


def compares(number: float, given: LuaValue) -> bool:
    """Whether a number compares to the ``value`` of a filter as it says.

    Raises:
        ScriptError: the filter's ``comparison`` or ``value`` is none.
    """
    compare = _COMPARISONS.get(given["comparison"] or "=")
    if compare is None:
        fail(f"Unknown comparison: {shown(given['comparison'])}.")
    return compare(number, read_number(given["value"], "value"))


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


def _shown(name: str) -> Callable[[Any], object]:
    return lambda _recipe: SHOWN_DEFAULTS[name]


def _is_of_type(*types: str) -> Test:
    return lambda prototype, _given: prototype.type in types


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


def _burns_to(prototype: Any, given: LuaValue) -> bool:  # noqa: ANN401
    name, wanted = prototype.burnt_result, given["elem_filters"]
    if name is None or wanted is None:
        return name is not None
    return _meets(_ITEMS, load().items[name], wanted)


def _places_tile(prototype: Any, given: LuaValue) -> bool:  # noqa: ANN401
    placed, wanted = prototype.place_as_tile, given["elem_filters"]
    if placed is None or wanted is None:
        return placed is not None
    return _meets(_TILES, load().tiles[placed.result], wanted)


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
        "rail": _is_of_type("straight-rail", "curved-rail"),
        "rolling-stock": _is_of_type(*_ROLLING_STOCK),
        # what can be driven. Source: prototype API, VehiclePrototype
        "vehicle": _is_of_type("car", "spider-vehicle", *_ROLLING_STOCK),
        "flying-robot": _is_of_type("combat-robot", *_LOGISTIC_ROBOTS),
        "robot-with-logistics-interface": _is_of_type(*_LOGISTIC_ROBOTS),
        "explosion": _is_of_type("explosion"),
        # that these two are all is a choice
        "wall-connectable": _is_of_type("gate", "wall"),
        "transport-belt-connectable": _is_of_type(*_BELTS),
        "circuit-connectable": _says(circuit_wire_distance),
        "emissions": _number(emissions_per_second),
        "uses-direction": _says(lambda each: each.type in TURNING_TYPES),
        "build-base-evolution-requirement": _number(
            _property("build_base_evolution_requirement", 0)
        ),
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
        "tool": _is_of_type("tool", "armor", "repair-tool"),
        "item-with-inventory": _is_of_type("item-with-inventory", "blueprint-book"),
        "selection-tool": _is_of_type(*SELECTION_TYPES),
        "item-with-label": _is_of_type(
            *("item-with-inventory", "item-with-label", "item-with-tags"),
            *("blueprint-book", *SELECTION_TYPES),
        ),
        "placed-as-equipment-result": _says(
            lambda each: each.properties.get("placed_as_equipment_result")
        ),
        "fuel": _says(lambda each: each.fuel_value_joules),
        "place-result": _places,
        "place-as-tile": _places_tile,
        "burnt-result": _burns_to,
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
        "emissions-multiplier": _number(emissions_multiplier),
        "gas-temperature": _number(gas_temperature),
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
        "always-show-made-in": _says(_shown("always_show_made_in")),
        "always-show-products": _says(_shown("always_show_products")),
        "show-amount-in-title": _says(_shown("show_amount_in_title")),
        "subgroup": lambda each, given: subgroup_name(each) == given["subgroup"],
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
        "emissions": _number(lambda each: -each.pollution_absorption_per_second),
        # there are no decoratives; 0 by default. Source: prototype API, TilePrototype
        "decorative-removal-probability": _number(lambda _each: 0.0),
    },
)
ENTITY_TESTS: Final = _ENTITIES.tests
"""Whether the prototype of an entity meets a filter, by the filter's name."""
_KINDS: Final = (_ENTITIES, _ITEMS, _FLUIDS, _RECIPES, _TECHNOLOGIES, _TILES)


# --- all filters of a call


def _meets(kind: _Kind, prototype: Any, filters: LuaValue) -> bool:  # noqa: ANN401
    def is_met(given: LuaValue) -> bool:
        test = kind.tests.get(given["filter"])
        if test is None:
            _refuse(kind, given["filter"])
        return test(prototype, given)

    return are_met(filters, is_met)


def are_met(filters: LuaValue, test: Callable[[LuaValue], bool]) -> bool:
    """Whether filters are met, each joined to those before it by its mode.

    Args:
        filters: a table of them.
        test: whether one is met, before it is inverted.

    Raises:
        ScriptError: one is not a table.
    """
    met = False
    for place, given in enumerate(filters.values()):
        is_met = test(read_table(given, "A filter")) != bool(given["invert"])
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
