"""Members of LuaTilePrototype beyond those that laying tiles needs."""

from typing import TYPE_CHECKING, Any

from fle_marl.prototypes import TilePrototype
from fle_marl.sim.lua_api.localised import declare_localised, localised_placed
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.prototype_properties import color, flags

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]


def _of(api: "LuaApi", number: int) -> TilePrototype:
    return api.prototypes.tiles.by_id(number)


def _map_color(api: "LuaApi", number: int) -> LuaValue:
    given: Any = _of(api, number).properties["map_color"]
    return color(api, given)


def _emissions_per_second(api: "LuaApi", number: int) -> float:
    # what it takes in is less than nothing. Source: runtime API
    return -_of(api, number).pollution_absorption_per_second


def _collision_mask_with_flags(api: "LuaApi", number: int) -> LuaValue:
    # no tile has flags
    return flags(api, _of(api, number).collision_mask)


def _allowed_neighbors(api: "LuaApi", number: int) -> LuaValue:
    """Tiles that may be beside it; of most tiles all may."""
    names: Any = _of(api, number).properties.get("allowed_neighbors")
    tiles = api.prototypes.tiles
    found = api.lua.table()
    for name in tiles if names is None else names:
        found[name] = api.object("LuaTilePrototype", tiles[name].id)
    return found


def _automatic_neighbors(_api: "LuaApi", _number: int) -> bool:
    # true by default, and no tile says otherwise. Source: runtime API
    return True


def _decorative_removal_probability(_api: "LuaApi", _number: int) -> float:
    # there are no decoratives; 0 by default. Source: prototype API, TilePrototype
    return 0.0


def declare(tile: LuaClass) -> None:
    """Add the members of this topic to LuaTilePrototype."""
    declare_localised(
        tile, lambda api, number, part: localised_placed(api, _of(api, number), part)
    )
    tile.getters |= {
        "allowed_neighbors": _allowed_neighbors,
        "automatic_neighbors": _automatic_neighbors,
        "collision_mask_with_flags": _collision_mask_with_flags,
        "decorative_removal_probability": _decorative_removal_probability,
        "emissions_per_second": _emissions_per_second,
        "map_color": _map_color,
    }
