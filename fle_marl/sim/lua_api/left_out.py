"""Members and classes of the game's API that are left out on purpose, and why.

Whatever is neither here nor declared is missing: `docs/lua_api.md` counts it, and
scripts get `LuaApiMissing` for both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

__all__ = ["LEFT_OUT", "LeftOut", "left_out_classes", "left_out_names"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Members that are left out for one reason.

    Attributes:
        topic: in a word or two.
        reason: why.
        members: names by class.
        classes: whose objects can never be here, with all that they have.
    """

    topic: str
    reason: str
    members: Mapping[str, Sequence[str]]
    classes: Sequence[str] = ()


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LEFT_OUT: Final[Sequence[LeftOut]] = (
    LeftOut(
        "trains",
        "there are no trains and no rails",
        {
            "LuaEntity": _names("""
                chain_signal_state connect_rolling_stock connected_rail
                connected_rail_direction disconnect_rolling_stock draw_data
                get_connected_rail get_connected_rails get_connected_rolling_stock
                get_child_signals get_inbound_signals get_outbound_signals
                get_parent_signals get_rail_segment_end get_rail_segment_entity
                get_rail_segment_length get_rail_segment_overlaps
                get_rail_segment_rails get_stopped_train get_train_stop_trains
                is_headed_to_trains_front is_rail_in_same_rail_block_as
                is_rail_in_same_rail_segment_as pump_rail_target signal_state
                trains_count trains_in_block trains_limit"""),
            "LuaGameScript": _names("get_train_by_id request_train_path"),
        },
        _names("""
            LuaRailChainSignalControlBehavior LuaRailPath LuaRailSignalControlBehavior
            LuaTrain LuaTrainStopControlBehavior"""),
    ),
    LeftOut(
        "robots",
        "there are no robots and no logistic networks",
        {
            "LuaControl": _names("""
                character_maximum_following_robot_count_bonus
                character_personal_logistic_requests_enabled
                character_trash_slot_count_bonus clear_personal_logistic_slot
                following_robots get_personal_logistic_slot
                set_personal_logistic_slot"""),
            "LuaEntity": _names("""
                allow_dispatching_robots
                character_maximum_following_robot_count_bonus
                character_personal_logistic_requests_enabled
                character_trash_slot_count_bonus clear_personal_logistic_slot
                combat_robot_owner following_robots get_logistic_point
                get_personal_logistic_slot is_registered_for_construction
                is_registered_for_repair logistic_cell logistic_network
                proxy_target set_personal_logistic_slot"""),
            "LuaEntityPrototype": _names("logistic_parameters use_exact_mode"),
            "LuaForce": _names("""
                deconstruction_time_to_live find_logistic_network_by_position
                logistic_networks
                max_failed_attempts_per_tick_per_construction_queue
                max_successful_attempts_per_tick_per_construction_queue"""),
            "LuaSurface": _names("""
                find_closest_logistic_network_by_position
                find_logistic_network_by_position
                find_logistic_networks_by_construction_area"""),
        },
        _names("""
            LuaLogisticCell LuaLogisticContainerControlBehavior LuaLogisticNetwork
            LuaLogisticPoint LuaRoboportControlBehavior"""),
    ),
    LeftOut(
        "circuits",
        "there are no circuit networks",
        {
            "LuaEntity": _names("""
                alert_parameters circuit_connected_entities
                circuit_connection_definitions get_circuit_network
                get_control_behavior get_merged_signal get_merged_signals
                get_or_create_control_behavior parameters play_note
                power_switch_state"""),
            "LuaEntityPrototype": _names("instruments"),
        },
        _names("""
            LuaAccumulatorControlBehavior LuaArithmeticCombinatorControlBehavior
            LuaCircuitNetwork LuaCombinatorControlBehavior
            LuaConstantCombinatorControlBehavior LuaContainerControlBehavior
            LuaControlBehavior LuaDeciderCombinatorControlBehavior
            LuaGenericOnOffControlBehavior LuaInserterControlBehavior
            LuaLampControlBehavior LuaMiningDrillControlBehavior
            LuaProgrammableSpeakerControlBehavior LuaStorageTankControlBehavior
            LuaTransportBeltControlBehavior LuaWallControlBehavior"""),
    ),
    LeftOut(
        "players",
        "nobody joins the server: there is no screen and no chat",
        {
            "LuaBootstrap": _names("""
                raise_console_chat raise_market_item_purchased
                raise_player_crafted_item raise_player_fast_transferred"""),
            "LuaControl": _names("""
                cheat_mode clear_gui_arrow cursor_ghost
                get_blueprint_entities is_cursor_blueprint is_cursor_empty
                open_technology_gui opened opened_gui_type set_gui_arrow
                disable_flashlight enable_flashlight is_flashlight_enabled"""),
            "LuaEntity": _names("""
                cheat_mode clear_gui_arrow
                disable_flashlight enable_flashlight get_blueprint_entities
                highlight_box_blink_interval highlight_box_type is_cursor_blueprint
                is_cursor_empty is_flashlight_enabled open_technology_gui
                opened_gui_type render_player render_to_forces set_gui_arrow text"""),
            "LuaForce": _names("""
                add_chart_tag find_chart_tags play_sound
                zoom_to_world_blueprint_enabled
                zoom_to_world_deconstruction_planner_enabled zoom_to_world_enabled
                zoom_to_world_ghost_building_enabled
                zoom_to_world_selection_tool_enabled"""),
            "LuaGameScript": _names("""
                achievement_prototypes backer_names ban_player
                check_prototype_translations custom_input_prototypes
                disable_tutorial_triggers draw_resource_selection font_prototypes
                get_filtered_achievement_prototypes is_valid_sound_path
                is_valid_sprite_path kick_player mute_player permissions
                play_sound purge_player remove_offline_players save_atlas
                set_wait_for_screenshots_to_finish shortcut_prototypes
                show_message_dialog styles take_screenshot
                take_technology_screenshot unban_player unmute_player"""),
            "LuaRendering": _names("is_font_valid"),
            "LuaSurface": _names("play_sound"),
        },
        _names("""
            LuaAchievementPrototype LuaCustomChartTag LuaCustomInputPrototype
            LuaFontPrototype LuaGui LuaGuiElement LuaLazyLoadedValue LuaPermissionGroup
            LuaPermissionGroups LuaPlayer LuaShortcutPrototype LuaStyle"""),
    ),
    LeftOut(
        "graphics",
        "nothing is drawn here, and the data of the game is kept without its graphics",
        {
            "LuaEntity": _names("""
                create_build_effect_smoke tree_color_index tree_color_index_max
                tree_gray_stage_index tree_gray_stage_index_max tree_stage_index
                tree_stage_index_max"""),
            "LuaEntityPrototype": _names("""
                alert_icon_scale alert_icon_shift animation_speed_coefficient
                color corpses created_smoke damage_hit_tint draw_cargo drawing_box
                enemy_map_color explosion_beam explosion_rotate friendly_map_color
                radius_visualisation_specification remains_when_mined
                remove_decoratives torso_bob_speed tree_color_count"""),
            "LuaFluidPrototype": _names("base_color flow_color"),
            "LuaGameScript": _names("""
                decorative_prototypes get_filtered_decorative_prototypes
                particle_prototypes trivial_smoke_prototypes"""),
            "LuaBurnerPrototype": _names("light_flicker smoke"),
            "LuaFluidBoxPrototype": _names("render_layer secondary_draw_orders"),
            "LuaHeatBufferPrototype": _names("minimum_glow_temperature"),
            "LuaHeatEnergySourcePrototype": _names("""
                minimum_glow_temperature render_no_network_icon
                render_no_power_icon"""),
            "LuaItemPrototype": _names("""
                alt_reverse_selection_border_color
                alt_reverse_selection_cursor_box_type alt_selection_border_color
                default_label_color draw_label_for_cursor_render
                reverse_selection_border_color selection_border_color"""),
            "LuaSurface": _names("""
                create_decoratives create_particle create_trivial_smoke
                decorative_prototype_collides destroy_decoratives
                find_decoratives_filtered regenerate_decorative"""),
        },
        _names("""
            LuaDecorativePrototype LuaParticlePrototype LuaTrivialSmokePrototype"""),
    ),
    LeftOut(
        "vehicles",
        "there are no vehicles and no spidertrons",
        {
            "LuaControl": _names("""
                clear_vehicle_logistic_slot driving get_vehicle_logistic_slot
                riding_state set_vehicle_logistic_slot vehicle
                vehicle_logistic_requests_enabled"""),
            "LuaEntity": _names("""
                add_autopilot_destination autopilot_destination
                autopilot_destinations clear_vehicle_logistic_slot
                consumption_modifier driver_is_gunner driving effective_speed
                effectivity_modifier enable_logistics_while_moving entity_label
                follow_offset follow_target friction_modifier get_driver
                get_passenger get_radius get_spider_legs get_vehicle_logistic_slot
                moving relative_turret_orientation riding_state selected_gun_index
                set_driver set_passenger set_vehicle_logistic_slot speed
                sticker_vehicle_modifiers stop_spider
                toggle_equipment_movement_bonus torso_orientation vehicle
                vehicle_automatic_targeting_parameters
                vehicle_logistic_requests_enabled"""),
            "LuaItemStack": _names("connected_entity entity_color entity_label"),
        },
    ),
    LeftOut(
        "equipment",
        "there are no equipment grids",
        {
            "LuaEntityPrototype": _names("grid_prototype"),
            "LuaGameScript": _names("""
                equipment_category_prototypes equipment_grid_prototypes
                equipment_prototypes get_filtered_equipment_prototypes"""),
            "LuaItemPrototype": _names("equipment_grid place_as_equipment_result"),
            "LuaItemStack": _names("create_grid"),
        },
        _names("""
            LuaEquipment LuaEquipmentCategoryPrototype LuaEquipmentGrid
            LuaEquipmentGridPrototype LuaEquipmentPrototype"""),
    ),
    LeftOut(
        "enemies",
        "there are no enemies: no units, no spawners, no evolution",
        {
            "LuaEntity": _names("""
                absorbed_pollution ai_settings command distraction_command
                has_command release_from_spawner set_command
                set_distraction_command spawn_decorations spawn_shift spawner
                spawning_cooldown unit_group units"""),
            "LuaEntityPrototype": _names("""
                autoplace_specification loot result_units spawn_decoration"""),
            "LuaForce": _names("""
                ai_controllable evolution_factor
                evolution_factor_by_killing_spawners evolution_factor_by_pollution
                evolution_factor_by_time kill_all_units reset_evolution"""),
            "LuaGameScript": _names("""
                enemy_has_vision_on_land_mines
                max_force_distraction_chunk_distance
                max_force_distraction_distance"""),
            "LuaSurface": _names("""
                build_enemy_base create_unit_group find_enemy_units
                find_nearest_enemy find_nearest_enemy_entity_with_owner find_units
                peaceful_mode set_multi_command"""),
        },
        _names("LuaAISettings LuaUnitGroup"),
    ),
    LeftOut(
        "weapons' effects",
        "nothing is shot at, burnt or slowed down",
        {
            "LuaEntity": _names("""
                armed can_shoot damage_dealt get_beam_source get_beam_target
                set_beam_source set_beam_target shooting_state shooting_target
                start_fading_out sticked_to stickers time_to_next_effect timeout"""),
            "LuaControl": _names("shooting_state"),
            "LuaEntityPrototype": _names("""
                attack_parameters attack_result created_effect final_attack_result
                trigger_collision_mask"""),
            "LuaItemPrototype": _names("""
                attack_parameters capsule_action get_ammo_type repair_result"""),
            "LuaItemStack": _names("use_capsule"),
        },
    ),
    LeftOut(
        "cheats",
        "what only scenarios and editors have is not simulated (docs/entities.md)",
        {
            "LuaEntity": _names("""
                add_market_item clear_market_items connect_linked_belts
                disconnect_linked_belts get_heat_setting
                get_infinity_container_filter get_infinity_pipe_filter
                get_market_items infinity_container_filters link_id
                linked_belt_neighbour linked_belt_type loader_container
                loader_type power_production power_usage remove_market_item
                remove_unfiltered_items set_heat_setting
                set_infinity_container_filter set_infinity_pipe_filter"""),
            "LuaForce": _names("get_linked_inventory"),
        },
    ),
    LeftOut(
        "maps and saves",
        "the environment makes maps and saves worlds, and there is one surface",
        {
            "LuaGameScript": _names("""
                auto_save autosave_enabled count_pipe_groups create_surface
                delete_surface get_map_exchange_string named_noise_expressions
                noise_layer_prototypes parse_map_exchange_string regenerate_entity"""),
            "LuaTilePrototype": _names("autoplace_specification"),
            "LuaSurface": _names("""
                calculate_tile_properties delete_chunk get_map_exchange_string
                regenerate_entity set_chunk_generated_status"""),
        },
        _names("LuaNamedNoiseExpression LuaNoiseLayerPrototype"),
    ),
    LeftOut(
        "the program around the game",
        "scripts have no files, no mods, and no say in when time passes",
        {
            "LuaGameScript": _names("""
                check_consistency disable_replay force_crc
                reload_mods reload_script reset_time_played
                set_game_state remove_path write_file"""),
        },
        _names("LuaModSettingPrototype"),
    ),
)
"""Whatever an API for a server without players, trains, robots, circuits, vehicles,
enemies and equipment has no use for."""


@cache
def left_out_names(class_name: str) -> frozenset[str]:
    """All members of a class that are left out."""
    return frozenset(
        name for each in LEFT_OUT for name in each.members.get(class_name, ())
    )


@cache
def left_out_classes() -> frozenset[str]:
    """All classes that are left out."""
    return frozenset(name for each in LEFT_OUT for name in each.classes)
