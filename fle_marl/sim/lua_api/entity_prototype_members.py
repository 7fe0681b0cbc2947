"""Members of LuaEntityPrototype beyond those that systems need.

Most are properties of the data; defaults are those of the prototype API for the type.
"""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.lua_api import prototype_properties as read
from fle_marl.sim.lua_api.entity_types import (
    has_owner,
    is_building,
    is_military_target,
)
from fle_marl.sim.lua_api.localised import declare_localised, localised_placed
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_energy_sources import burner_of
from fle_marl.sim.lua_api.lua_fluid_box_prototype import box_prototypes
from fle_marl.sim.lua_api.lua_group import group_object
from fle_marl.sim.lua_api.prototype_properties import Property, declare_properties
from fle_marl.units import TICKS_PER_SECOND, parse_power_watts

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["TURNING_TYPES", "circuit_wire_distance", "declare"]

_CRAFTING: Final = ("assembling-machine", "furnace", "rocket-silo")
_TRAIN: Final = ("artillery-wagon", "cargo-wagon", "fluid-wagon", "locomotive")
_UNKNOWN_SUBGROUP: Final = "other"
"""Source: prototype API, PrototypeBase.subgroup."""
TURNING_TYPES: Final = frozenset(
    {
        *("arithmetic-combinator", "assembling-machine", "boiler", "car"),
        *("constant-combinator", "curved-rail", "decider-combinator", "fluid-turret"),
        *("furnace", "gate", "generator", "inserter", "linked-belt", "loader"),
        *("loader-1x1", "mining-drill", "offshore-pump", "pipe-to-ground", "pump"),
        *("rail-chain-signal", "rail-signal", "splitter", "storage-tank"),
        *("straight-rail", "train-stop", "transport-belt", "underground-belt"),
        *("ammo-turret", "electric-turret", "turret", "heat-interface"),
        *("power-switch", "simple-entity-with-force", "simple-entity-with-owner"),
        *_TRAIN,
    }
)
"""Types whose entities can face any way; a choice, as the docs do not list them."""
_RAIL_GRID: Final = frozenset({"straight-rail", "curved-rail", "train-stop"})

_PROPERTIES: Final = (
    Property("adjacent_tile_collision_box", read=read.box),
    Property("adjacent_tile_collision_mask", read=read.flags),
    Property("adjacent_tile_collision_test", read=read.flags),
    Property("center_collision_mask", read=read.flags),
    Property("affected_by_tiles", default=False, types=("unit", "car")),
    Property("air_resistance"),
    Property("alert_when_attacking", default=True, types=("ammo-turret", "turret")),
    # the game's own default where the data says nothing
    Property("alert_when_damaged", default=True),
    Property("allow_access_to_all_forces", default=True, types=("market",)),
    Property("allow_burner_leech", default=False, types=("inserter",)),
    Property("allow_copy_paste", default=True),
    Property("allow_custom_vectors", default=False, types=("inserter",)),
    Property("allow_passengers", default=True, types=("car", "spider-vehicle")),
    Property("allow_run_time_change_of_is_military_target", default=False),
    Property("always_on", default=False, types=("lamp",)),
    Property("automatic_weapon_cycling"),
    Property("belt_distance", default=0.5, types=("loader", "loader-1x1")),
    Property("belt_length", default=0.5, types=("loader", "loader-1x1")),
    Property("boiler_mode", "mode", only=("boiler",)),
    Property("braking_force"),
    Property("build_base_evolution_requirement", default=0.0),
    Property("build_distance"),
    Property("burns_fluid", default=False, types=("generator",)),
    Property("call_for_help_radius"),
    Property("can_open_gates", default=False, types=("unit",)),
    Property("chain_shooting_cooldown_modifier"),
    Property("character_corpse", read=read.entity),
    Property("chunk_exploration_radius"),
    Property("connection_distance"),
    Property("construction_radius"),
    Property("consumption", read=read.per_tick),
    Property("container_distance"),
    Property(
        "count_as_rock_for_filtered_deconstruction",
        default=False,
        types=("simple-entity",),
    ),
    Property("crafting_speed", default=1.0, types=_CRAFTING),
    Property("create_ghost_on_death", default=True),
    Property("darkness_for_all_lamps_off"),
    Property("darkness_for_all_lamps_on"),
    Property("destroy_non_fuel_fluid"),
    Property("distraction_cooldown"),
    Property("drop_item_distance"),
    Property("dying_speed"),
    Property("effectivity", default=1.0, types=("generator",)),
    Property("energy_per_hit_point"),
    Property("energy_per_move", read=read.joules),
    Property("energy_per_tick", read=read.joules),
    Property("energy_usage", read=read.per_tick),
    Property("enter_vehicle_distance"),
    Property("filter_count", default=0, types=("inserter", "loader", "loader-1x1")),
    Property("fluid", read=read.fluid, only=("offshore-pump",)),
    Property("fluid_usage_per_tick"),
    Property("friction_force"),
    Property("guns", read=read.items, only=("car", "spider-vehicle")),
    Property("has_belt_immunity", default=False, types=("unit", "car")),
    Property("healing_per_tick", default=0.0),
    Property("height"),
    Property("ingredient_count", default=255, types=_CRAFTING),
    Property("inserter_chases_belt_items", default=True, types=("inserter",)),
    Property("inserter_drop_position", "insert_position", read.vector),
    Property("inserter_extension_speed", "extension_speed", only=("inserter",)),
    Property("inserter_pickup_position", "pickup_position", read.vector),
    Property("inserter_rotation_speed", "rotation_speed", only=("inserter",)),
    Property("inserter_stack_size_bonus", default=0, types=("inserter",)),
    Property("item_pickup_distance"),
    Property("item_slot_count"),
    Property("joint_distance"),
    Property("logistic_radius", "logistics_radius"),
    Property("loot_pickup_distance"),
    Property("manual_range_modifier"),
    Property("map_color", read=read.color),
    Property("max_count_of_owned_units"),
    Property("max_darkness_to_spawn", default=1.0, types=("unit-spawner",)),
    Property("max_energy", read=read.joules),
    Property("max_friends_around_to_spawn"),
    Property("max_payload_size"),
    Property("max_polyphony", "maximum_polyphony"),
    Property("max_power_output", read=read.per_tick),
    Property("max_pursue_distance"),
    Property("max_speed"),
    Property("max_to_charge"),
    Property("maximum_corner_sliding_distance"),
    Property("min_darkness_to_spawn", default=0.0, types=("unit-spawner",)),
    Property("min_pursue_time"),
    Property("min_to_charge"),
    Property("move_while_shooting", default=False, types=("unit",)),
    Property("pollution_to_join_attack"),
    Property("protected_from_tile_building", default=True),
    Property("pumping_speed"),
    Property("radar_range", "max_distance_of_nearby_sector_revealed"),
    Property("reach_distance"),
    Property("reach_resource_distance"),
    Property("related_underground_belt", read=read.entity),
    Property("resistances", read=read.resistances),
    Property("rotation_speed"),
    Property("running_speed"),
    Property("scale_fluid_usage", default=False, types=("generator",)),
    Property("selectable_in_game", default=True),
    Property("selection_priority", default=50),
    Property("shooting_cursor_size", default=1.0),
    Property(
        "spawn_decorations_on_expansion",
        default=False,
        types=("turret", "unit-spawner"),
    ),
    Property("spawning_radius"),
    Property("spawning_spacing"),
    Property("spawning_time_modifier", default=1.0, types=("unit",)),
    Property("speed_multiplier_when_out_of_energy"),
    Property("stack", default=False, types=("inserter",)),
    Property("tank_driving", default=False, types=("car",)),
    Property("terrain_friction_modifier", default=1.0, types=("car",)),
    Property("ticks_to_keep_aiming_direction"),
    Property("ticks_to_keep_gun"),
    Property("ticks_to_stay_in_combat"),
    Property("time_to_live", default=0),
    Property("timeout", default=120, types=("land-mine",)),
    Property("torso_rotation_speed"),
    Property("turret_rotation_speed"),
    Property("vector_to_place_result", read=read.vector),
    Property("vertical_selection_shift"),
    Property("vision_distance"),
    Property("weight"),
)


def _of(api: "LuaApi", number: int) -> EntityPrototype:
    return api.prototypes.entities.by_id(number)


def _named(api: "LuaApi", name: str | None) -> LuaValue:
    return None if name is None else read.entity(api, name)


# --- order and groups


def _order(api: "LuaApi", number: int) -> str:
    prototype = _of(api, number)
    item = _item_of(api, prototype)
    return prototype.order or ("" if item is None else item.order)


def _item_of(api: "LuaApi", prototype: EntityPrototype) -> Any:  # noqa: ANN401
    builders = prototype.items_to_place_this
    return api.prototypes.items[builders[0].name] if builders else None


def _subgroup_name(api: "LuaApi", number: int) -> str:
    prototype = _of(api, number)
    item = _item_of(api, prototype)
    own = prototype.subgroup or (item.subgroup if item is not None else None)
    return own or _UNKNOWN_SUBGROUP


def _group(api: "LuaApi", number: int) -> LuaValue:
    return group_object(api, _subgroup_name(api, number), is_subgroup=False)


def _subgroup(api: "LuaApi", number: int) -> LuaValue:
    return group_object(api, _subgroup_name(api, number), is_subgroup=True)


# --- what it collides with and what sort it is


def _flags(api: "LuaApi", number: int) -> LuaValue:
    return read.flags(api, _of(api, number).flags)


def _collision_mask_with_flags(api: "LuaApi", number: int) -> LuaValue:
    prototype = _of(api, number)
    return read.flags(api, prototype.collision_mask | prototype.collision_flags)


def _collides_with_self(api: "LuaApi", number: int) -> bool:
    return "not-colliding-with-itself" not in _of(api, number).collision_flags


def _collides_with_tiles_only(api: "LuaApi", number: int) -> bool:
    return "colliding-with-tiles-only" in _of(api, number).collision_flags


def _considers_tile_transitions(api: "LuaApi", number: int) -> bool:
    return "consider-tile-transitions" in _of(api, number).collision_flags


def _map_generator_bounding_box(api: "LuaApi", number: int) -> LuaValue:
    prototype = _of(api, number)
    own: Any = prototype.properties.get("map_generator_bounding_box")
    if own is not None:
        return read.box(api, own)
    corners = prototype.collision_box
    low, high = corners.left_top, corners.right_bottom
    return api.box(low.x, low.y, high.x, high.y)


def _sticker_box(api: "LuaApi", number: int) -> LuaValue:
    # the collision box unless it says otherwise. Source: prototype API
    own: Any = _of(api, number).properties.get("sticker_box")
    if own is not None:
        return read.box(api, own)
    corners = _of(api, number).collision_box
    low, high = corners.left_top, corners.right_bottom
    return api.box(low.x, low.y, high.x, high.y)


def _secondary_collision_box(_api: "LuaApi", _number: int) -> None:
    # only curved rails have one, which the data does not
    return None


def _radius(api: "LuaApi", number: int) -> float:
    # of the circle around its collision box; a choice
    corners = _of(api, number).collision_box
    return float(
        max(
            (corner.x**2 + corner.y**2) ** 0.5
            for corner in (corners.left_top, corners.right_bottom)
        )
    )


def _is_building(api: "LuaApi", number: int) -> bool:
    return is_building(_of(api, number))


def _is_entity_with_owner(api: "LuaApi", number: int) -> bool:
    return has_owner(_of(api, number))


def _is_military_target(api: "LuaApi", number: int) -> bool | None:
    prototype = _of(api, number)
    return is_military_target(prototype) if has_owner(prototype) else None


def _supports_direction(api: "LuaApi", number: int) -> bool:
    return _of(api, number).type in TURNING_TYPES


def _building_grid_bit_shift(api: "LuaApi", number: int) -> int:
    # rails stand on every second tile. Source: prototype API, ``build_grid_size``
    return 1 if _of(api, number).type in _RAIL_GRID else 0


# --- what can take its place


def _fast_replaceable_group(api: "LuaApi", number: int) -> str | None:
    return _of(api, number).fast_replaceable_group


def _next_upgrade(api: "LuaApi", number: int) -> LuaValue:
    return _named(api, _of(api, number).next_upgrade)


def _additional_pastable_entities(api: "LuaApi", number: int) -> LuaValue:
    # no prototype of the game has any
    _of(api, number)
    return api.lua.table()


# --- energy


def _burner_prototype(api: "LuaApi", number: int) -> LuaValue:
    has_burner = burner_of(_of(api, number)) is not None
    return api.object("LuaBurnerPrototype", number) if has_burner else None


def _has_source(api: "LuaApi", number: int, kind: str) -> bool:
    source: Any = _of(api, number).energy_source
    return source is not None and source["type"] == kind


def _electric_source(api: "LuaApi", number: int) -> LuaValue:
    if not _has_source(api, number, "electric"):
        return None
    return api.object("LuaElectricEnergySourcePrototype", number)


def _void_source(api: "LuaApi", number: int) -> LuaValue:
    if not _has_source(api, number, "void"):
        return None
    return api.object("LuaVoidEnergySourcePrototype", number)


def _fluid_source(api: "LuaApi", number: int) -> None:
    # no prototype of the game has one
    _of(api, number)


def _max_energy_usage(api: "LuaApi", number: int) -> float:
    properties: Any = _of(api, number).properties
    for key in ("energy_usage", "energy_consumption", "consumption"):
        if key in properties:
            return read.per_tick(api, properties[key])
    source: Any = _of(api, number).energy_source or {}
    return _flow(source.get("input_flow_limit"))


def _max_energy_production(api: "LuaApi", number: int) -> float:
    """Joules a tick that it gives at the most.

    Source: prototypes: ``production``, ``max_power_output``, the fluid of generators
    at their maximum temperature, ``output_flow_limit``.
    """
    prototype = _of(api, number)
    properties: Any = prototype.properties
    if prototype.type == "generator":
        steam = api.prototypes.fluids["steam"]
        degrees = prototype.number("maximum_temperature") - steam.default_temperature
        joules = degrees * steam.heat_capacity_joules
        effectivity = prototype.number("effectivity", 1.0)
        return joules * prototype.number("fluid_usage_per_tick") * effectivity
    for key in ("production", "max_power_output", "energy_production"):
        if key in properties:
            return read.per_tick(api, properties[key])
    source: Any = prototype.energy_source or {}
    return _flow(source.get("output_flow_limit"))


def _flow(text: str | None) -> float:
    return 0.0 if text is None else parse_power_watts(text) / TICKS_PER_SECOND


# --- the rest


def _indexed_guns(api: "LuaApi", number: int) -> LuaValue:
    names: Any = _of(api, number).properties.get("guns")
    if names is None:
        return None
    items = api.prototypes.items
    return api.objects("LuaItemPrototype", [items[name].id for name in names])


def _max_circuit_wire_distance(api: "LuaApi", number: int) -> float:
    return circuit_wire_distance(_of(api, number))


def circuit_wire_distance(prototype: EntityPrototype) -> float:
    """How far its circuit wires reach, tiles; 0 for none."""
    other = prototype.number("wire_max_distance", 0.0)
    if prototype.type == "electric-pole":
        other = prototype.number("maximum_wire_distance")
    return prototype.number("circuit_wire_max_distance", other)


def _speed(api: "LuaApi", number: int) -> float | None:
    key = "movement_speed" if _of(api, number).type == "unit" else "speed"
    return _number(api, number, key)


def _number(api: "LuaApi", number: int, key: str) -> float | None:
    value: Any = _of(api, number).properties.get(key)
    return None if value is None else float(value)


def _spawn_cooldown(api: "LuaApi", number: int) -> LuaValue:
    cooldown: Any = _of(api, number).properties.get("spawning_cooldown")
    if cooldown is None:
        return None
    # at the least and at the most evolution. Source: prototype API
    return api.table({"max": cooldown[0], "min": cooldown[1]})


def _turret_range(api: "LuaApi", number: int) -> float | None:
    prototype = _of(api, number)
    if not prototype.type.endswith("turret"):
        return None
    attack: Any = prototype.properties.get("attack_parameters")
    return None if attack is None else float(attack["range"])


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntityPrototype."""
    declare_properties(entity, _of, _PROPERTIES)
    declare_localised(
        entity, lambda api, number, part: localised_placed(api, _of(api, number), part)
    )
    entity.getters |= {
        "additional_pastable_entities": _additional_pastable_entities,
        "building_grid_bit_shift": _building_grid_bit_shift,
        "burner_prototype": _burner_prototype,
        "collision_mask_collides_with_self": _collides_with_self,
        "collision_mask_collides_with_tiles_only": _collides_with_tiles_only,
        "collision_mask_considers_tile_transitions": _considers_tile_transitions,
        "collision_mask_with_flags": _collision_mask_with_flags,
        "electric_energy_source_prototype": _electric_source,
        "fast_replaceable_group": _fast_replaceable_group,
        "flags": _flags,
        "fluid_energy_source_prototype": _fluid_source,
        "fluidbox_prototypes": box_prototypes,
        "group": _group,
        "indexed_guns": _indexed_guns,
        "is_building": _is_building,
        "is_entity_with_owner": _is_entity_with_owner,
        "is_military_target": _is_military_target,
        "map_generator_bounding_box": _map_generator_bounding_box,
        "max_circuit_wire_distance": _max_circuit_wire_distance,
        "max_energy_production": _max_energy_production,
        "max_energy_usage": _max_energy_usage,
        "next_upgrade": _next_upgrade,
        "order": _order,
        "radius": _radius,
        "secondary_collision_box": _secondary_collision_box,
        "spawn_cooldown": _spawn_cooldown,
        "speed": _speed,
        "sticker_box": _sticker_box,
        "subgroup": _subgroup,
        "supports_direction": _supports_direction,
        "turret_range": _turret_range,
        "void_energy_source_prototype": _void_source,
    }
