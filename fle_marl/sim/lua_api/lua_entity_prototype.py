"""LuaEntityPrototype; holds the prototype's number."""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.geometry import BoundingBox
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.lua_api import (
    entity_prototype_members,
    prototype_defences,
    prototype_rockets,
)
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.module_prototypes import declare_for_entities
from fle_marl.sim.lua_api.prototype_parts import (
    builders_table,
    mask_table,
    mineable_table,
)

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_ENTITY_PROTOTYPE", "box_table"]

LUA_ENTITY_PROTOTYPE: Final = LuaClass("LuaEntityPrototype", is_constant=True)
entity_prototype_members.declare(LUA_ENTITY_PROTOTYPE)
_RESPAWN_SECONDS: Final = 10.0
"""Source: prototype API, CharacterPrototype.respawn_time, the default."""
prototype_defences.declare(LUA_ENTITY_PROTOTYPE)
prototype_rockets.declare(LUA_ENTITY_PROTOTYPE)
declare_for_entities(LUA_ENTITY_PROTOTYPE)


def _of(api: "LuaApi", number: int) -> EntityPrototype:
    return api.prototypes.entities.by_id(number)


def box_table(api: "LuaApi", box: BoundingBox) -> LuaValue:
    """A BoundingBox as the game's table."""
    return api.box(
        box.left_top.x, box.left_top.y, box.right_bottom.x, box.right_bottom.y
    )


@LUA_ENTITY_PROTOTYPE.getter("name")
def _name(api: "LuaApi", number: int) -> str:
    return _of(api, number).name


@LUA_ENTITY_PROTOTYPE.getter("type")
def _type(api: "LuaApi", number: int) -> str:
    return _of(api, number).type


@LUA_ENTITY_PROTOTYPE.getter("valid")
def _valid(_api: "LuaApi", _number: int) -> bool:
    return True


@LUA_ENTITY_PROTOTYPE.getter("collision_box")
def _collision_box(api: "LuaApi", number: int) -> LuaValue:
    return box_table(api, _of(api, number).collision_box)


@LUA_ENTITY_PROTOTYPE.getter("selection_box")
def _selection_box(api: "LuaApi", number: int) -> LuaValue:
    return box_table(api, _of(api, number).selection_box)


@LUA_ENTITY_PROTOTYPE.getter("tile_width")
def _tile_width(api: "LuaApi", number: int) -> int:
    return _of(api, number).tile_width


@LUA_ENTITY_PROTOTYPE.getter("tile_height")
def _tile_height(api: "LuaApi", number: int) -> int:
    return _of(api, number).tile_height


@LUA_ENTITY_PROTOTYPE.getter("collision_mask")
def _collision_mask(api: "LuaApi", number: int) -> LuaValue:
    return mask_table(api, _of(api, number).collision_mask)


@LUA_ENTITY_PROTOTYPE.getter("max_health")
def _max_health(api: "LuaApi", number: int) -> float:
    return _of(api, number).max_health


@LUA_ENTITY_PROTOTYPE.getter("mineable_properties")
def _mineable_properties(api: "LuaApi", number: int) -> LuaValue:
    return mineable_table(api, _of(api, number).minable)


@LUA_ENTITY_PROTOTYPE.getter("items_to_place_this")
def _items_to_place_this(api: "LuaApi", number: int) -> LuaValue:
    return builders_table(api, _of(api, number).items_to_place_this)


@LUA_ENTITY_PROTOTYPE.getter("resource_categories")
def _resource_categories(api: "LuaApi", number: int) -> LuaValue:
    categories: Any = _of(api, number).properties.get("resource_categories")
    return api.table(dict.fromkeys(categories, True)) if categories else None


@LUA_ENTITY_PROTOTYPE.getter("resource_category")
def _resource_category(api: "LuaApi", number: int) -> str | None:
    prototype = _of(api, number)
    if prototype.type != "resource":
        return None
    return prototype.text("category", "basic-solid")


@LUA_ENTITY_PROTOTYPE.getter("cliff_explosive_prototype")
def _cliff_explosive_prototype(api: "LuaApi", number: int) -> str | None:
    prototype = _of(api, number)
    if prototype.type != "cliff":
        return None
    return prototype.text("cliff_explosive")


@LUA_ENTITY_PROTOTYPE.getter("infinite_resource")
def _infinite_resource(api: "LuaApi", number: int) -> bool | None:
    prototype = _of(api, number)
    if prototype.type != "resource":
        return None
    return bool(prototype.properties.get("infinite", False))


@LUA_ENTITY_PROTOTYPE.getter("mining_drill_radius")
def _mining_drill_radius(api: "LuaApi", number: int) -> float | None:
    prototype = _of(api, number)
    if prototype.type != "mining-drill":
        return None
    return prototype.number("resource_searching_radius")


@LUA_ENTITY_PROTOTYPE.getter("crafting_categories")
def _crafting_categories(api: "LuaApi", number: int) -> LuaValue:
    categories: Any = _of(api, number).properties.get("crafting_categories")
    return api.table(dict.fromkeys(categories, True)) if categories else None


@LUA_ENTITY_PROTOTYPE.getter("researching_speed")
def _researching_speed(api: "LuaApi", number: int) -> float | None:
    prototype = _of(api, number)
    if prototype.type != "lab":
        return None
    return prototype.number("researching_speed")


@LUA_ENTITY_PROTOTYPE.getter("lab_inputs")
def _lab_inputs(api: "LuaApi", number: int) -> LuaValue:
    prototype = _of(api, number)
    return api.table(prototype.names("inputs")) if prototype.type == "lab" else None


@LUA_ENTITY_PROTOTYPE.getter("belt_speed")
def _belt_speed(api: "LuaApi", number: int) -> float | None:
    prototype = _of(api, number)
    belts = ("transport-belt", "underground-belt", "splitter")
    return prototype.number("speed") if prototype.type in belts else None


@LUA_ENTITY_PROTOTYPE.getter("max_underground_distance")
def _max_underground_distance(api: "LuaApi", number: int) -> float | None:
    prototype = _of(api, number)
    if prototype.type == "underground-belt":
        return prototype.number("max_distance")
    if prototype.type != "pipe-to-ground":
        return None
    box: Any = prototype.properties["fluid_box"]
    return max(
        float(part.get("max_underground_distance", 0))
        for part in box["pipe_connections"]
    )


@LUA_ENTITY_PROTOTYPE.getter("max_wire_distance")
def _max_wire_distance(api: "LuaApi", number: int) -> float:
    # 0 for what takes no wire. Source: runtime API
    return _of(api, number).number("maximum_wire_distance", 0.0)


@LUA_ENTITY_PROTOTYPE.getter("supply_area_distance")
def _supply_area_distance(api: "LuaApi", number: int) -> float:
    return _of(api, number).number("supply_area_distance", 0.0)


@LUA_ENTITY_PROTOTYPE.getter("fluid_capacity")
def _fluid_capacity(api: "LuaApi", number: int) -> float:
    box: Any = _of(api, number).properties.get("fluid_box")
    if not box:
        return 0.0
    return 100.0 * float(box.get("base_area", 1)) * float(box.get("height", 1))


@LUA_ENTITY_PROTOTYPE.getter("heat_buffer_prototype")
def _heat_buffer_prototype(api: "LuaApi", number: int) -> LuaValue:
    has_buffer = "heat_buffer" in _of(api, number).properties
    return api.object("LuaHeatBufferPrototype", number) if has_buffer else None


@LUA_ENTITY_PROTOTYPE.getter("heat_energy_source_prototype")
def _heat_energy_source_prototype(api: "LuaApi", number: int) -> LuaValue:
    source = _of(api, number).energy_source
    if source is None or source["type"] != "heat":
        return None
    return api.object("LuaHeatEnergySourcePrototype", number)


@LUA_ENTITY_PROTOTYPE.getter("neighbour_bonus")
def _neighbour_bonus(api: "LuaApi", number: int) -> float | None:
    # 1 unless it says otherwise. Source: prototype API, ReactorPrototype
    return _number_of_type(api, number, "reactor", "neighbour_bonus", 1.0)


@LUA_ENTITY_PROTOTYPE.getter("target_temperature")
def _target_temperature(api: "LuaApi", number: int) -> float | None:
    return _number_of_type(api, number, "boiler", "target_temperature")


@LUA_ENTITY_PROTOTYPE.getter("maximum_temperature")
def _maximum_temperature(api: "LuaApi", number: int) -> float | None:
    return _number_of_type(api, number, "generator", "maximum_temperature")


@LUA_ENTITY_PROTOTYPE.getter("mining_speed")
def _mining_speed(api: "LuaApi", number: int) -> float | None:
    of_drill = _number_of_type(api, number, "mining-drill", "mining_speed")
    return of_drill or _number_of_type(api, number, "character", "mining_speed")


def _number_of_type(
    api: "LuaApi", number: int, kind: str, key: str, default: float | None = None
) -> float | None:
    """A number that only prototypes of one type have."""
    prototype = _of(api, number)
    return prototype.number(key, default) if prototype.type == kind else None


def _of_infinite(api: "LuaApi", number: int, key: str) -> int | None:
    """A number of infinite resources; 0 of others, nothing for what is no resource."""
    prototype = _of(api, number)
    if prototype.type != "resource":
        return None
    return int(prototype.number(key, 0.0))


@LUA_ENTITY_PROTOTYPE.getter("normal_resource_amount")
def _normal_resource_amount(api: "LuaApi", number: int) -> int | None:
    return _of_infinite(api, number, "normal")


@LUA_ENTITY_PROTOTYPE.getter("minimum_resource_amount")
def _minimum_resource_amount(api: "LuaApi", number: int) -> int | None:
    return _of_infinite(api, number, "minimum")


@LUA_ENTITY_PROTOTYPE.getter("infinite_depletion_resource_amount")
def _infinite_depletion_resource_amount(api: "LuaApi", number: int) -> int | None:
    return _of_infinite(api, number, "infinite_depletion_amount")


@LUA_ENTITY_PROTOTYPE.getter("fixed_recipe")
def _fixed_recipe(api: "LuaApi", number: int) -> str | None:
    recipe = _of(api, number).properties.get("fixed_recipe")
    return recipe if isinstance(recipe, str) else None


@LUA_ENTITY_PROTOTYPE.getter("rocket_parts_required")
def _rocket_parts_required(api: "LuaApi", number: int) -> int | None:
    prototype = _of(api, number)
    if prototype.type != "rocket-silo":
        return None
    return int(prototype.number("rocket_parts_required"))


@LUA_ENTITY_PROTOTYPE.method("has_flag")
def _has_flag(api: "LuaApi", number: int, flag: str) -> bool:
    return flag in _of(api, number).flags


@LUA_ENTITY_PROTOTYPE.method("get_inventory_size")
def _get_inventory_size(api: "LuaApi", number: int, define: int) -> int | None:
    prototype = _of(api, number)
    chest = api.prototypes.defines["inventory"]["chest"]
    if define == chest and "inventory_size" in prototype.properties:
        return int(prototype.number("inventory_size"))
    return None


@LUA_ENTITY_PROTOTYPE.getter("respawn_time")
def _respawn_time(api: "LuaApi", number: int) -> int | None:
    prototype = _of(api, number)
    if prototype.type != "character":
        return None
    return int(prototype.number("respawn_time", _RESPAWN_SECONDS))


@LUA_ENTITY_PROTOTYPE.getter("repair_speed_modifier")
def _repair_speed_modifier(api: "LuaApi", number: int) -> float | None:
    prototype = _of(api, number)
    if not prototype.max_health:
        return None
    return prototype.number("repair_speed_modifier", 1.0)
