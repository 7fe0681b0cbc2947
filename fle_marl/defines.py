"""The game's ``defines`` that Python code reads, under the game's own names.

Names and numbers are those of ``defines.<group>.<name>`` in the game's Lua, so that a
number in a table, on the wire and in Lua always means the same. All groups, also those
that no Python code needs, are in the shipped ``defines.json``.

Source: ``defines`` of Factorio 1.1.
"""

from enum import IntEnum
from typing import Final

__all__ = [
    "BuildCheckType",
    "Direction",
    "EntityStatus",
    "FlowPrecisionIndex",
    "Inventory",
    "RocketSiloStatus",
]


class Direction(IntEnum):
    """``defines.direction``: eight steps clockwise from north; y grows southwards."""

    north = 0
    northeast = 1
    east = 2
    southeast = 3
    south = 4
    southwest = 5
    west = 6
    northwest = 7

    @property
    def opposite(self) -> "Direction":
        """The direction half a turn away."""
        return Direction((self + 4) % 8)

    @property
    def clockwise(self) -> "Direction":
        """The direction a quarter turn clockwise, as the game's rotate key turns."""
        return Direction((self + 2) % 8)

    @property
    def counterclockwise(self) -> "Direction":
        """The direction a quarter turn counterclockwise."""
        return Direction((self + 6) % 8)

    @property
    def is_cardinal(self) -> bool:
        """Whether this is north, east, south or west."""
        return self % 2 == 0


class EntityStatus(IntEnum):
    """``defines.entity_status``: what an entity is doing, or why it is not."""

    working = 1
    normal = 2
    not_plugged_in_electric_network = 3
    networks_connected = 4
    networks_disconnected = 5
    charging = 6
    discharging = 7
    fully_charged = 8
    turned_off_during_daytime = 9
    cant_divide_segments = 10
    not_connected_to_rail = 11
    low_power = 12
    out_of_logistic_network = 13
    no_ingredients = 14
    no_recipe = 15
    no_research_in_progress = 16
    no_minable_resources = 17
    low_input_fluid = 18
    no_input_fluid = 19
    fluid_ingredient_shortage = 20
    item_ingredient_shortage = 21
    full_output = 22
    full_burnt_result_output = 23
    missing_required_fluid = 24
    missing_science_packs = 25
    waiting_for_source_items = 26
    waiting_for_space_in_destination = 27
    preparing_rocket_for_launch = 28
    waiting_to_launch_rocket = 29
    launching_rocket = 30
    no_modules_to_transmit = 31
    recharging_after_power_outage = 32
    waiting_for_target_to_be_built = 33
    waiting_for_train = 34
    no_ammo = 35
    low_temperature = 36
    no_fuel = 37
    no_power = 38
    disabled_by_control_behavior = 39
    closed_by_circuit_network = 40
    opened_by_circuit_network = 41
    disabled_by_script = 42
    disabled = 43
    marked_for_deconstruction = 44


class Inventory:
    """``defines.inventory``: which inventory of an entity.

    Not an enum: numbers count the inventories of one kind of entity, so many names
    share a number and a number alone has no name.
    """

    artillery_turret_ammo: Final = 1
    artillery_wagon_ammo: Final = 1
    assembling_machine_input: Final = 2
    assembling_machine_modules: Final = 4
    assembling_machine_output: Final = 3
    beacon_modules: Final = 1
    burnt_result: Final = 6
    car_ammo: Final = 3
    car_trunk: Final = 2
    cargo_wagon: Final = 1
    character_ammo: Final = 4
    character_armor: Final = 5
    character_corpse: Final = 1
    character_guns: Final = 3
    character_main: Final = 1
    character_trash: Final = 8
    character_vehicle: Final = 7
    chest: Final = 1
    editor_ammo: Final = 4
    editor_armor: Final = 5
    editor_guns: Final = 3
    editor_main: Final = 1
    fuel: Final = 1
    furnace_modules: Final = 4
    furnace_result: Final = 3
    furnace_source: Final = 2
    god_main: Final = 2
    item_main: Final = 1
    lab_input: Final = 2
    lab_modules: Final = 3
    mining_drill_modules: Final = 2
    roboport_material: Final = 2
    roboport_robot: Final = 1
    robot_cargo: Final = 1
    robot_repair: Final = 2
    rocket: Final = 1
    rocket_silo_input: Final = 2
    rocket_silo_modules: Final = 4
    rocket_silo_output: Final = 3
    rocket_silo_result: Final = 6
    rocket_silo_rocket: Final = 5
    spider_ammo: Final = 3
    spider_trash: Final = 4
    spider_trunk: Final = 2
    turret_ammo: Final = 1


class RocketSiloStatus(IntEnum):
    """``defines.rocket_silo_status``: the phases of a launch."""

    building_rocket = 0
    create_rocket = 1
    lights_blinking_open = 2
    doors_opening = 3
    doors_opened = 4
    rocket_rising = 5
    arms_advance = 6
    rocket_ready = 7
    launch_starting = 8
    engine_starting = 9
    arms_retract = 10
    rocket_flying = 11
    lights_blinking_close = 12
    doors_closing = 13
    launch_started = 14


class BuildCheckType(IntEnum):
    """``defines.build_check_type``: how strictly a place to build is checked."""

    script = 0
    manual = 1
    script_ghost = 2
    manual_ghost = 3
    blueprint_ghost = 4
    ghost_revive = 5


class FlowPrecisionIndex(IntEnum):
    """``defines.flow_precision_index``: the time spans of production statistics."""

    five_seconds = 0
    one_minute = 1
    ten_minutes = 2
    one_hour = 3
    ten_hours = 4
    fifty_hours = 5
    two_hundred_fifty_hours = 6
    one_thousand_hours = 7
