"""What an entity is doing, or why it is not working."""

from enum import Enum

from fle_marl.lua.types.names import SuggestingEnumMeta

__all__ = ["EntityStatus"]


class EntityStatus(Enum, metaclass=SuggestingEnumMeta):
    """The state that the game shows on an entity.

    Source: defines.entity_status of Factorio 1.1.110. `EMPTY` and `NOT_CONNECTED` are
    what tools say of groups of belts and pipes.
    """

    WORKING = "working"
    NORMAL = "normal"
    EMPTY = "empty"
    NOT_CONNECTED = "not_connected"

    NO_POWER = "no_power"
    LOW_POWER = "low_power"
    NOT_PLUGGED_IN_ELECTRIC_NETWORK = "not_plugged_in_electric_network"
    NETWORKS_CONNECTED = "networks_connected"
    NETWORKS_DISCONNECTED = "networks_disconnected"
    CHARGING = "charging"
    DISCHARGING = "discharging"
    FULLY_CHARGED = "fully_charged"
    RECHARGING_AFTER_POWER_OUTAGE = "recharging_after_power_outage"
    TURNED_OFF_DURING_DAYTIME = "turned_off_during_daytime"

    NO_FUEL = "no_fuel"
    NO_AMMO = "no_ammo"
    NO_RECIPE = "no_recipe"
    NO_INGREDIENTS = "no_ingredients"
    NO_INPUT_FLUID = "no_input_fluid"
    NO_RESEARCH_IN_PROGRESS = "no_research_in_progress"
    NO_MINABLE_RESOURCES = "no_minable_resources"
    NO_MODULES_TO_TRANSMIT = "no_modules_to_transmit"
    LOW_INPUT_FLUID = "low_input_fluid"
    LOW_TEMPERATURE = "low_temperature"
    FLUID_INGREDIENT_SHORTAGE = "fluid_ingredient_shortage"
    ITEM_INGREDIENT_SHORTAGE = "item_ingredient_shortage"
    MISSING_REQUIRED_FLUID = "missing_required_fluid"
    MISSING_SCIENCE_PACKS = "missing_science_packs"

    FULL_OUTPUT = "full_output"
    FULL_BURNT_RESULT_OUTPUT = "full_burnt_result_output"
    WAITING_FOR_SOURCE_ITEMS = "waiting_for_source_items"
    WAITING_FOR_SPACE_IN_DESTINATION = "waiting_for_space_in_destination"
    WAITING_FOR_TARGET_TO_BE_BUILT = "waiting_for_target_to_be_built"
    WAITING_FOR_TRAIN = "waiting_for_train"

    PREPARING_ROCKET_FOR_LAUNCH = "preparing_rocket_for_launch"
    WAITING_TO_LAUNCH_ROCKET = "waiting_to_launch_rocket"
    LAUNCHING_ROCKET = "launching_rocket"

    DISABLED = "disabled"
    DISABLED_BY_CONTROL_BEHAVIOR = "disabled_by_control_behavior"
    DISABLED_BY_SCRIPT = "disabled_by_script"
    OPENED_BY_CIRCUIT_NETWORK = "opened_by_circuit_network"
    CLOSED_BY_CIRCUIT_NETWORK = "closed_by_circuit_network"
    MARKED_FOR_DECONSTRUCTION = "marked_for_deconstruction"
    OUT_OF_LOGISTIC_NETWORK = "out_of_logistic_network"
    NOT_CONNECTED_TO_RAIL = "not_connected_to_rail"
    CANT_DIVIDE_SEGMENTS = "cant_divide_segments"

    def __repr__(self) -> str:
        return f"EntityStatus.{self.name}"

    @classmethod
    def from_string(cls, status_string: str) -> "EntityStatus | None":
        """The status with that name in the game, such as ``"no_power"``; else None."""
        try:
            return cls(status_string)
        except ValueError:
            return None
