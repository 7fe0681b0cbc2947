"""What prototypes of several classes tell in the same tables."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fle_marl.prototypes import ItemCount, Minable
from fle_marl.sim.lua_api.lua_class import LuaValue
from fle_marl.sim.lua_api.product_tables import product_table

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["builders_table", "mask_table", "mineable_table"]


def mask_table(api: "LuaApi", layers: Iterable[str]) -> LuaValue:
    """A CollisionMask."""
    return api.table(dict.fromkeys(sorted(layers), True))


def mineable_table(api: "LuaApi", minable: Minable | None) -> LuaValue:
    """``mineable_properties`` of an entity or a tile."""
    if minable is None:
        return api.table({"minable": False, "mining_time": 0})
    return api.table(
        {
            "minable": True,
            "mining_time": minable.mining_time,
            "products": [product_table(part) for part in minable.products],
        }
    )


def builders_table(api: "LuaApi", items: Iterable[ItemCount]) -> LuaValue:
    """``items_to_place_this`` of an entity or a tile; nil when there are none."""
    stacks = [{"name": item.name, "count": item.count} for item in items]
    return api.table(stacks) if stacks else None
