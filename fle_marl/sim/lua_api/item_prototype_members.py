"""Members of LuaItemPrototype and LuaFluidPrototype beyond those that systems need.

Most are properties of the data; defaults are those of the prototype API for the type.
"""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import FluidPrototype, ItemPrototype
from fle_marl.sim.lua_api import prototype_properties as read
from fle_marl.sim.lua_api.localised import (
    declare_localised,
    localised,
    localised_item,
)
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_group import group_object
from fle_marl.sim.lua_api.prototype_properties import Property, declare_properties

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "SELECTION_TYPES",
    "declare_for_fluids",
    "declare_for_items",
    "emissions_multiplier",
    "gas_temperature",
]

SELECTION_TYPES: Final = (
    "blueprint",
    "copy-paste-tool",
    "deconstruction-item",
    "selection-tool",
    "upgrade-item",
)
"""Types of item that select areas. Source: prototype API, SelectionToolPrototype."""
_TOOLS: Final = ("armor", "mining-tool", "repair-tool", "tool")
_LABELLED: Final = ("item-with-inventory", "item-with-label", "item-with-tags")
_NOT_STACKABLE: Final = "not-stackable"
_LEAST_REQUEST: Final = 1
_MODES: Final = ("selection", "alt_selection", "reverse_selection")
_SIDES: Final = ("", "alt_", "reverse_", "alt_reverse_")
_FILTERS: Final = ("entity_filters", "entity_type_filters", "tile_filters")
_FILTER_MODES: Final = (
    "entity_filter_mode",
    "alt_entity_filter_mode",
    "reverse_alt_entity_filter_mode",
    "alt_reverse_alt_entity_filter_mode",
    "tile_filter_mode",
    "alt_tile_filter_mode",
    "reverse_tile_filter_mode",
    "alt_reverse_tile_filter_mode",
)
"""So the game names them."""

_PROPERTIES: Final = (
    Property("always_include_tiles", default=False, types=SELECTION_TYPES),
    Property("can_be_mod_opened", default=False),
    Property("curved_rail", read=read.entity),
    Property("durability_description_key"),
    Property(
        "entity_filter_slots", "entity_filter_count", only=("deconstruction-item",)
    ),
    Property("extend_inventory_by_default", default=False, only=_LABELLED[:1]),
    Property("filter_mode", default="none", only=_LABELLED[:1]),
    Property("fuel_acceleration_multiplier", default=1.0),
    Property("fuel_top_speed_multiplier", default=1.0),
    Property("insertion_priority_mode", default="default", only=_LABELLED[:1]),
    Property("limitation_message_key", only=("module",)),
    Property("mapper_count", only=("upgrade-item",)),
    Property("reload_time", default=0.0, types=("ammo",), only=("ammo",)),
    Property("resistances", read=read.resistances, only=("armor",)),
    Property("straight_rail", read=read.entity),
    Property("tile_filter_slots", "tile_filter_count", only=("deconstruction-item",)),
    Property("wire_count", default=0),
    *(
        Property(name, only=SELECTION_TYPES)
        for name in (
            *(f"{side}{name}" for side in _SIDES for name in _FILTERS),
            *_FILTER_MODES,
        )
    ),
)
"""No selection tool of the data has filters: they are nil for all."""


def _of(api: "LuaApi", number: int) -> ItemPrototype:
    return api.prototypes.items.by_id(number)


def _order(api: "LuaApi", number: int) -> str:
    return _of(api, number).order


def _group(api: "LuaApi", number: int) -> LuaValue:
    return group_object(api, _of(api, number).subgroup, is_subgroup=False)


def _subgroup(api: "LuaApi", number: int) -> LuaValue:
    return group_object(api, _of(api, number).subgroup, is_subgroup=True)


def _flags(api: "LuaApi", number: int) -> LuaValue:
    return read.flags(api, _of(api, number).flags)


def _has_flag(api: "LuaApi", number: int, flag: str) -> bool:
    return flag in _of(api, number).flags


def _stackable(api: "LuaApi", number: int) -> bool:
    item = _of(api, number)
    return _NOT_STACKABLE not in item.flags and item.stack_size > 1


def _burnt_result(api: "LuaApi", number: int) -> LuaValue:
    name = _of(api, number).burnt_result
    if name is None:
        return None
    return api.object("LuaItemPrototype", api.prototypes.items[name].id)


def _default_request_amount(api: "LuaApi", number: int) -> int:
    # a stack unless it says otherwise. Source: prototype API, ItemPrototype
    item = _of(api, number)
    return int(item.number("default_request_amount", item.stack_size))


def _inventory_size(api: "LuaApi", number: int) -> int | None:
    size: Any = _of(api, number).properties.get("inventory_size")
    # blueprint books have as much room as they need
    return size if isinstance(size, int) else None


def _nothing(api: "LuaApi", number: int) -> None:
    # no item of the data has it
    _of(api, number)


def _selection_mode_flags(api: "LuaApi", number: int, key: str) -> LuaValue:
    item = _of(api, number)
    modes: Any = item.properties.get(key)
    if modes is None:
        return read.flags(api, ()) if item.type in SELECTION_TYPES else None
    return read.flags(api, modes)


def declare_for_items(item: LuaClass) -> None:
    """Add the members of this topic to LuaItemPrototype."""
    declare_properties(item, _of, _PROPERTIES)
    declare_localised(
        item, lambda api, number, part: localised_item(api, _of(api, number), part)
    )
    for mode in _MODES:
        item.getters[f"{mode}_mode_flags"] = _mode_getter(f"{mode}_mode")
        name = f"{mode}_cursor_box_type"
        declare_properties(item, _of, [Property(name, only=SELECTION_TYPES)])
    item.getters |= {
        "alt_reverse_selection_mode_flags": _mode_getter("alt_reverse_selection_mode"),
        "burnt_result": _burnt_result,
        "default_request_amount": _default_request_amount,
        "flags": _flags,
        "group": _group,
        "inventory_size": _inventory_size,
        "item_filters": _nothing,
        "item_group_filters": _nothing,
        "item_subgroup_filters": _nothing,
        "localised_filter_message": _nothing,
        "order": _order,
        "stackable": _stackable,
        "subgroup": _subgroup,
    }
    item.methods["has_flag"] = _has_flag


def _mode_getter(key: str) -> Any:  # noqa: ANN401 - a getter
    def get(api: "LuaApi", number: int) -> LuaValue:
        return _selection_mode_flags(api, number, key)

    return get


# --- fluids


def _fluid(api: "LuaApi", number: int) -> FluidPrototype:
    return api.prototypes.fluids.by_id(number)


def _fluid_order(api: "LuaApi", number: int) -> str:
    return _fluid(api, number).order


def _fluid_group(api: "LuaApi", number: int) -> LuaValue:
    return group_object(api, _fluid(api, number).subgroup, is_subgroup=False)


def _fluid_subgroup(api: "LuaApi", number: int) -> LuaValue:
    return group_object(api, _fluid(api, number).subgroup, is_subgroup=True)


def _fluid_fuel_value(api: "LuaApi", number: int) -> float:
    return _fluid(api, number).fuel_value_joules


def _hidden(api: "LuaApi", number: int) -> bool:
    return bool(_fluid(api, number).properties.get("hidden", False))


def _emissions_multiplier(api: "LuaApi", number: int) -> float:
    return emissions_multiplier(_fluid(api, number))


def emissions_multiplier(fluid: FluidPrototype) -> float:
    """By how much burning it pollutes more."""
    given: Any = fluid.properties.get("emissions_multiplier", 1.0)
    return float(given)


def _gas_temperature(api: "LuaApi", number: int) -> float:
    return gas_temperature(_fluid(api, number))


def gas_temperature(fluid: FluidPrototype) -> float:
    """From which temperature it is a gas, degrees."""
    # never, unless it says otherwise. Source: prototype API, FluidPrototype
    degrees = fluid.gas_temperature
    return _NEVER_DEGREES if degrees is None else degrees


_NEVER_DEGREES: Final = 1.7976931348623157e308
"""The largest double. Source: prototype API, FluidPrototype.gas_temperature."""


def declare_for_fluids(fluid: LuaClass) -> None:
    """Add the members of this topic to LuaFluidPrototype."""
    declare_localised(
        fluid,
        lambda api, number, part: localised(
            api, "fluid", part, _fluid(api, number).name
        ),
    )
    fluid.getters |= {
        "emissions_multiplier": _emissions_multiplier,
        "fuel_value": _fluid_fuel_value,
        "gas_temperature": _gas_temperature,
        "group": _fluid_group,
        "hidden": _hidden,
        "order": _fluid_order,
        "subgroup": _fluid_subgroup,
    }
