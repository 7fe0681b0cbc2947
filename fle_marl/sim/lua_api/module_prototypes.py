"""Members of LuaItemPrototype and LuaEntityPrototype about modules and pollution.

Source: runtime API.
"""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.modules import (
    allowed_effects,
    emissions_per_second,
    module_slot_count,
)

if TYPE_CHECKING:
    from fle_marl.prototypes import ItemPrototype
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare_for_entities", "declare_for_items"]

_PRODUCTIVE: Final = frozenset(
    {"assembling-machine", "furnace", "rocket-silo", "lab", "mining-drill"}
)
"""Types with ``base_productivity``. Source: runtime API, its subclasses."""
_NO_MULTIPLIER: Final = 1.0
"""Source: prototype API, ItemPrototype.fuel_emissions_multiplier, by default."""


# --- items


def _module(api: "LuaApi", number: int) -> "ItemPrototype | None":
    item = api.prototypes.items.by_id(number)
    return item if item.type == "module" else None


def _module_effects(api: "LuaApi", number: int) -> LuaValue:
    module = _module(api, number)
    if module is None:
        return None
    return api.table({name: dict(part) for name, part in module.module_effects.items()})


def _category(api: "LuaApi", number: int) -> str | None:
    module = _module(api, number)
    return None if module is None else module.text("category")


def _tier(api: "LuaApi", number: int) -> int | None:
    module = _module(api, number)
    return None if module is None else int(module.number("tier"))


def _limitations(api: "LuaApi", number: int) -> LuaValue:
    module = _module(api, number)
    return None if module is None else api.table(list(module.names("limitation")))


def _fuel_emissions_multiplier(api: "LuaApi", number: int) -> float:
    item = api.prototypes.items.by_id(number)
    return item.number("fuel_emissions_multiplier", _NO_MULTIPLIER)


def declare_for_items(item: LuaClass) -> None:
    """Add the members of this topic to LuaItemPrototype."""
    item.getters |= {
        "category": _category,
        "fuel_emissions_multiplier": _fuel_emissions_multiplier,
        "limitations": _limitations,
        "module_effects": _module_effects,
        "tier": _tier,
    }


# --- entities


def _module_inventory_size(api: "LuaApi", number: int) -> int | None:
    prototype = api.prototypes.entities.by_id(number)
    return module_slot_count(prototype) or None


def _allowed_effects(api: "LuaApi", number: int) -> LuaValue:
    effects = allowed_effects(api.world, api.prototypes.entities.by_id(number))
    return api.table(dict.fromkeys(sorted(effects), True)) if effects else None


def _distribution_effectivity(api: "LuaApi", number: int) -> float | None:
    prototype = api.prototypes.entities.by_id(number)
    if prototype.type != "beacon":
        return None
    return prototype.number("distribution_effectivity")


def _base_productivity(api: "LuaApi", number: int) -> float | None:
    prototype = api.prototypes.entities.by_id(number)
    if prototype.type not in _PRODUCTIVE:
        return None
    return prototype.number("base_productivity", 0.0)


def _emissions_per_second(api: "LuaApi", number: int) -> float:
    return emissions_per_second(api.prototypes.entities.by_id(number))


def declare_for_entities(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntityPrototype."""
    entity.getters |= {
        "allowed_effects": _allowed_effects,
        "base_productivity": _base_productivity,
        "distribution_effectivity": _distribution_effectivity,
        "emissions_per_second": _emissions_per_second,
        "module_inventory_size": _module_inventory_size,
    }
