"""What the numbers in each field of each table mean.

A field that is not declared here fails a test: whoever adds one says what it may hold,
since numbers of saved worlds are checked by this and then followed without a check. A
number that nothing can go wrong with is `Free`, with the reason.

Beyond single fields, `chains`, `runs` and `laws` say how numbers must go together.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.sim.components import (
    BELT_KIND_SPLITTER,
    DIRECTORY_CHUNKS,
    FORCE_NEUTRAL,
    FORCE_PLAYER,
    MOST_INSERTER_BONUS,
    ROLE_ARMOR,
    USAGE_COUNT,
)
from fle_marl.sim.integrity import limits
from fle_marl.sim.integrity.rules import (
    Bits,
    Component,
    Flag,
    FormerRow,
    Free,
    FromPrototype,
    Link,
    Places,
    Prototype,
    Remembered,
    Row,
    Rule,
    Run,
    Several,
    UpTo,
    Within,
)

__all__ = ["LAYER_RULES", "RULES"]

_MEASURE: Final = Free("only computed with")
_LABEL: Final = Free("only compared with others and shown")
_RECKONED: Final = Free("set anew before it is read")
_FLAG: Final = Flag()
_POSITIVE: Final = Within(0)
_ONE: Final = Within(1, 1)
_POSITION: Final = Within(-limits.LARGEST_POSITION, limits.LARGEST_POSITION)
_TILE: Final = Within(-limits.LARGEST_TILE, limits.LARGEST_TILE)
_DIRECTION: Final = Within(0, 7)
_COUNT: Final = Within(0, limits.LARGEST_COUNT)
_SERIAL: Final = Within(0, limits.LAST_SERIAL)
_TURN: Final = Several(Within(0, 1))
_PRIORITY: Final = Within(0, 2)
_BONUS: Final = Within(0, MOST_INSERTER_BONUS)
_MAP_SIDE: Final = Within(0, limits.LARGEST_MAP_TILES)
_MAP_SETTING: Final = Within(limits.LEAST_MAP_SETTING, limits.LARGEST_MAP_SETTING)
_CHUNK: Final = Within(-DIRECTORY_CHUNKS, DIRECTORY_CHUNKS)
_ITEM: Final = Prototype("item_prototype")
_FLUID: Final = Prototype("fluid_prototype")
_RECIPE: Final = Prototype("recipe_prototype")
_COMPONENT_OF: Final = Row("entity", is_optional=False, back="component")
_ENTITY: Final = Row("entity", is_optional=False)
_OWN_INVENTORY: Final = Row("inventory", is_optional=False, same="entity")
_OWN_BOX: Final = Row("fluidbox", is_optional=False, same="entity")
_OWN_PORT: Final = Row("fluid_port", is_optional=False, same="entity")

_FREE_RUN: Final[Mapping[str, Rule]] = {"entity": _ONE, "length": Within(1)}
_AWAKE: Final[Mapping[str, Rule]] = {
    "rows": Free("bits beyond the last row stand for nothing")
}
_FLOW: Final[Mapping[str, Rule]] = {
    "produced": _MEASURE,
    "consumed": _MEASURE,
    "hand_crafted": _MEASURE,
    "hand_mined": _MEASURE,
    "sampled_produced": _MEASURE,
    "sampled_consumed": _MEASURE,
    "series": Several(Row("flow_series")),
}
_FLOW_TOUCHED: Final[Mapping[str, Rule]] = {
    "subjects": Free("machine_laws looks at the bits that stand for nothing")
}

RULES: Final[Mapping[str, Mapping[str, Rule]]] = MappingProxyType(
    {
        "clock": {
            "tick": Within(0, limits.LONGEST_TIME),
            "rng": Free("any state of the generator is as good as another"),
            "next_unit_number": _SERIAL,
            "next_serial": _SERIAL,
            "last_pole_number": _SERIAL,
            "belts_dirty": _FLAG,
            "electric_dirty": _FLAG,
            "fluids_dirty": _FLAG,
            "is_disturbed": _FLAG,
            "always_day": _FLAG,
            "daytime": Within(0, 1),
            "light": Within(0, 1),
            "electric_tick": Within(0, limits.LONGEST_TIME),
        },
        "entity": {
            "prototype": Prototype("entity_prototype", is_optional=False),
            "kind": FromPrototype("kind"),
            "direction": _DIRECTION,
            "force": Within(FORCE_PLAYER, FORCE_NEUTRAL),
            "status": Within(0, max(EntityStatus)),
            "x": _POSITION,
            "y": _POSITION,
            "unit_number": _LABEL,
            "serial": _SERIAL,
            "health": _MEASURE,
            "component": Component(),
            "burner": Row("burner", back="entity"),
            "electric": Row("electric", back="entity"),
            "first_inventory": Link("inventory"),
            "first_fluidbox": Link("fluidbox"),
            "first_link": Link("cell_link"),
            "first_taker": Link("inserter"),
            "first_giver": Link("inserter"),
            "first_drill": Link("mining_drill"),
            "minable": _FLAG,
            "active": _FLAG,
            "rotatable": _FLAG,
            "is_watched": _FLAG,
        },
        "cell_link": {
            "entity": _ENTITY,
            "next_in_cell": Link("cell_link"),
            "next_of_entity": Link("cell_link"),
            "tile_x": _TILE,
            "tile_y": _TILE,
        },
        "inventory": {
            "entity": _ENTITY,
            "define": _LABEL,
            "role": Within(0, ROLE_ARMOR),
            "first_slot": Run("slot", length="slot_count"),
            "slot_count": _POSITIVE,
            "bar": UpTo("slot_count"),
            "next": Link("inventory"),
        },
        "slot": {"item": _ITEM, "filter": _ITEM, "count": _COUNT},
        "free_slots": {**_FREE_RUN, "first": Run("slot", length="length")},
        "burner": {
            "entity": Row("entity", is_optional=False, back="burner"),
            "currently_burning": _ITEM,
            "fuel_categories": Bits(limits.FUEL_CATEGORIES),
            "fuel_inventory": _OWN_INVENTORY,
            "burnt_inventory": Row("inventory", same="entity"),
            "remaining_joules": _POSITIVE,
            "buffer_joules": _POSITIVE,
            "capacity_joules": _POSITIVE,
            "effectivity": _POSITIVE,
        },
        "electric": {
            "entity": Row("entity", is_optional=False, back="electric"),
            "network": Row("electric_network"),
            "group": Row("electric_group"),
            "shared": Row("electric_shared", back="electric"),
            "usage": Within(0, USAGE_COUNT - 1),
            "says_status": _FLAG,
            "buffer_joules": _POSITIVE,
            "capacity_joules": _POSITIVE,
            "drain_joules": _POSITIVE,
            "input_limit_joules": _POSITIVE,
            "output_limit_joules": _POSITIVE,
            "flow_joules": _MEASURE,
            "satisfaction": _MEASURE,
            "fed_tick": _LABEL,
        },
        "electric_network": {
            "entity": _ONE,
            "id": _LABEL,
            "first_pole": Row("pole"),
            "first_group": Link("electric_group"),
            "first_flow": Link("electric_flow"),
            "demand_joules": _MEASURE,
            "supply_joules": _MEASURE,
            "output_joules": _MEASURE,
            "satisfaction": _MEASURE,
            "amount_joules": _MEASURE,
            "share": _MEASURE,
            "charge_joules": _MEASURE,
            "charge_share": _MEASURE,
            "is_primary_short": _FLAG,
            "is_secondary_short": _FLAG,
            "is_dead": _FLAG,
            "is_sharing": _FLAG,
        },
        "electric_group": {
            "entity": _ONE,
            "network": Row("electric_network", is_optional=False),
            "next": Link("electric_group"),
            "first_pool": Link("accumulator_pool"),
            "flow": Row("electric_flow"),
            "prototype": Prototype("entity_prototype", is_optional=False),
            "usage": Within(0, USAGE_COUNT - 1),
            "drain_joules": _POSITIVE,
            "steady_joules": _POSITIVE,
            "offered_joules": _POSITIVE,
            "amount_joules": _MEASURE,
            "wanted_quanta": _MEASURE,
            "starved_quanta": _MEASURE,
        },
        "electric_shared": {
            "entity": _ONE,
            "electric": Row("electric", is_optional=False, back="shared"),
            "network_count": Places("networks"),
            "networks": Several(
                Row("electric_network", is_optional=False), count="network_count"
            ),
            "flows": Several(Row("electric_flow")),
            "left_joules": _RECKONED,
        },
        "electric_flow": {
            "entity": _ONE,
            "network": Row("electric_network", is_optional=False),
            "next": Link("electric_flow"),
            "prototype": Prototype("entity_prototype", is_optional=False),
            "produced": _MEASURE,
            "consumed": _MEASURE,
            "sampled_produced": _MEASURE,
            "sampled_consumed": _MEASURE,
            "series": Several(Row("flow_series")),
        },
        "accumulator_pool": {
            "entity": _ONE,
            "group": Row("electric_group", is_optional=False),
            "next": Link("accumulator_pool"),
            "count": Within(1),  # and machine_laws
            "buffer_joules": _POSITIVE,
            "capacity_joules": _POSITIVE,
            "input_limit_joules": _POSITIVE,
            "output_limit_joules": _POSITIVE,
            "flow_joules": _MEASURE,
        },
        "pole": {
            "entity": _COMPONENT_OF,
            "number": _SERIAL,
            "network": Row("electric_network"),
            "component": Row("pole"),
            "oldest": Row("pole"),
            "wire_count": Places("wires"),
            "wires": Several(Row("entity", kind="pole"), count="wire_count"),
            "wire_reach": _POSITIVE,
            "supply_distance": Within(0, limits.WIDEST_SUPPLY),
        },
        "resource": {
            "entity": _COMPONENT_OF,
            "amount": _MEASURE,
            "initial_amount": _MEASURE,
            "minimum_amount": _MEASURE,
            "depletion_amount": _MEASURE,
            "required_fluid": _FLUID,
            "category": Within(0, limits.RESOURCE_CATEGORIES - 1),
        },
        "mining_drill": {
            "entity": _COMPONENT_OF,
            "drop_target": Row("entity"),
            "next_drill": Link("mining_drill"),
            "current_resource": Remembered("resource_serial", kind="resource"),
            "resource_serial": _SERIAL,
            "resource_cursor": Within(0, limits.LARGEST_AREA_TILES**2),
            "mined_on_tile": _MEASURE,
            "area_left": _TILE,
            "area_top": _TILE,
            "area_right": _TILE,
            "area_bottom": _TILE,
            "output_item": _ITEM,
            "output_count": _POSITIVE,
            "categories": Bits(limits.RESOURCE_CATEGORIES),
            "mining_speed": _POSITIVE,
            "energy_per_tick": _POSITIVE,
            "mining_progress": _MEASURE,
            "drop_x": _POSITION,
            "drop_y": _POSITION,
        },
        "crafting_machine": {
            "entity": _COMPONENT_OF,
            "recipe": _RECIPE,
            "previous_recipe": _RECIPE,
            "is_furnace": _FLAG,
            "is_crafting": _FLAG,
            "source_inventory": _OWN_INVENTORY,
            "result_inventory": _OWN_INVENTORY,
            "fluidboxes": Several(Row("fluidbox", same="entity")),
            "products_finished": _LABEL,
            "categories": Bits(limits.RECIPE_CATEGORIES),
            "crafting_speed": _POSITIVE,
            "energy_per_tick": _POSITIVE,
            "crafted_seconds": _MEASURE,
            "crafting_progress": _MEASURE,
            "bonus_progress": _MEASURE,
        },
        "inserter": {
            "entity": _COMPONENT_OF,
            "pickup_target": Row("entity"),
            "drop_target": Row("entity"),
            "next_taker": Link("inserter"),
            "next_giver": Link("inserter"),
            "hand_item": _ITEM,
            "hand_count": _POSITIVE,
            "hand_limit": _POSITIVE,
            "hand_override": _POSITIVE,
            "phase": Within(0, 2),  # kernels.arm
            "rest": Within(0, 2),  # systems.inserter
            "arrival_steps": _MEASURE,
            "filter_count": Places("filters"),
            "filters": Several(_ITEM),
            "chased_line": FormerRow("transport_line"),
            "chased_mark": _LABEL,
            "orientation": _MEASURE,
            "pickup_orientation": _MEASURE,
            "extension": _MEASURE,
            "pickup_extension": _MEASURE,
            "drop_extension": _MEASURE,
            "rotation_speed": _POSITIVE,
            "extension_speed": _POSITIVE,
            "energy_per_rotation": _POSITIVE,
            "energy_per_movement": _POSITIVE,
            "pickup_x": _POSITION,
            "pickup_y": _POSITION,
            "drop_x": _POSITION,
            "drop_y": _POSITION,
        },
        "belt": {
            "entity": _COMPONENT_OF,
            "x": _POSITION,
            "y": _POSITION,
            "kind": Within(0, BELT_KIND_SPLITTER),
            "direction": _DIRECTION,
            "shape": Within(0, 2),
            "speed": Within(0, limits.FASTEST_BELT),
            "maximum_distance": Free("so many tiles are looked at at the most"),
            "other_end": Row("belt"),
            "line_count": Places("lines"),
            "lines": Several(
                Row("transport_line", is_optional=False, back="belt"),
                count="line_count",
                is_complete=True,
            ),
            "input_priority": _PRIORITY,
            "output_priority": _PRIORITY,
            "filter": _ITEM,
            "input_turn": _TURN,
            "output_turn": _TURN,
        },
        "transport_line": {
            "entity": _ENTITY,
            "belt": Row("belt", is_optional=False, same="entity"),
            "length": Within(0, limits.LONGEST_LINE),
            "next_line": Row("transport_line"),
            "next_position": Within(0, limits.LONGEST_LINE),
            "previous_line": Row("transport_line"),
            "chain_front": Row("transport_line", is_optional=False),
            "order": _LABEL,
            "visited_from": _RECKONED,
            "first_item": Run("line_item", length="capacity"),
            "front": Within(-limits.LARGEST_POSITION, limits.LONGEST_LINE),
            "span": Within(0, limits.LARGEST_POSITION),
            "count": UpTo("capacity"),
            "capacity": Within(1),
            "speed": Within(0, limits.FASTEST_BELT),
            "last_mark": _LABEL,
            "is_right": _FLAG,
            "is_squashed": _FLAG,
            "is_still": _FLAG,
            "is_watched": _FLAG,
            "is_awake": _FLAG,
            "was_awake": _FLAG,
            "splitter_lane": Within(0, 2),
            "visit": _RECKONED,
        },
        "line_item": {
            "item": _ITEM,
            "mark": _LABEL,
            "distance": Within(0, limits.LARGEST_POSITION),
        },
        "free_line_items": {**_FREE_RUN, "first": Run("line_item", length="length")},
        "line_chain": {
            "entity": _ONE,
            "front": Row("transport_line", is_optional=False),
        },
        "fluidbox": {
            "entity": _ENTITY,
            "next": Link("fluidbox"),
            "index": _LABEL,
            "production_type": Within(0, 3),
            "fluid": _FLUID,
            "filter": _FLUID,
            "first_port": Link("fluid_port"),
            "system": Row("fluidbox"),
            "rank": _LABEL,
            "next_in_order": Row("fluidbox"),
            "first_source": _RECKONED,
            "next_source": _RECKONED,
            "system_row": Row("fluid_system"),
            "is_watched": _FLAG,
            "is_off": _FLAG,
            "amount": _POSITIVE,
            "temperature": _MEASURE,
            "capacity": _POSITIVE,
            "pressure_empty": _MEASURE,
            "pressure_per_unit": _MEASURE,
            "minimum_temperature": _MEASURE,
        },
        "fluid_port": {
            "entity": _ENTITY,
            "box": _OWN_BOX,
            "next": Link("fluid_port"),
            "index": _LABEL,
            "flow_direction": Bits(2),
            "side": _DIRECTION,
            "maximum_distance": Free("so many tiles are looked at at the most"),
            "partner": Row("fluid_port"),
            "is_pumped": _FLAG,
            "outside_x": _POSITION,
            "outside_y": _POSITION,
            "flow": _MEASURE,
        },
        "fluid_system": {
            "entity": _ONE,
            "first_connection": _POSITIVE,  # and machine_laws
            "connection_count": _POSITIVE,
            "is_awake": _FLAG,
        },
        "fluid_connection": {
            "entity": _ONE,
            "box_a": Row("fluidbox", is_optional=False),
            "box_b": Row("fluidbox", is_optional=False),
            "port_a": Row("fluid_port", is_optional=False),
            "port_b": Row("fluid_port", is_optional=False),
            "one_way": _FLAG,
            "flow": _MEASURE,
        },
        "boiler": {
            "entity": _COMPONENT_OF,
            "water_box": _OWN_BOX,
            "steam_box": _OWN_BOX,
            "energy_per_tick": _POSITIVE,
            "target_temperature": _MEASURE,
        },
        "generator": {
            "entity": _COMPONENT_OF,
            "box": _OWN_BOX,
            "fluid_per_tick": _POSITIVE,
            "maximum_temperature": _MEASURE,
            "effectivity": _POSITIVE,
            "generated_joules": _MEASURE,
        },
        "accumulator": {"entity": _COMPONENT_OF, "pool": Row("accumulator_pool")},
        "pump": {
            "entity": _COMPONENT_OF,
            "box": _OWN_BOX,
            "input_port": _OWN_PORT,
            "output_port": _OWN_PORT,
            "fluid_per_tick": _POSITIVE,
            "energy_per_tick": _POSITIVE,
        },
        "offshore_pump": {
            "entity": _COMPONENT_OF,
            "box": _OWN_BOX,
            "fluid": _FLUID,
            "fluid_per_tick": _POSITIVE,
        },
        "character": {
            "entity": _COMPONENT_OF,
            "agent": _POSITIVE,
            "main_inventory": _OWN_INVENTORY,
            "is_walking": _FLAG,
            "walking_direction": _DIRECTION,
            "is_mining": _FLAG,
            "is_mining_done": _FLAG,
            "mining_target": Remembered("mining_serial"),
            "mining_serial": _SERIAL,
            "mining_reach": Within(0, limits.LARGEST_POSITION),
            "mining_progress": _MEASURE,
            "mined_count": _LABEL,
            "first_order": Link("crafting_order"),
            "last_order": Row("crafting_order", same="entity"),
            "crafting_progress": _MEASURE,
            "running_speed": Within(0, limits.FASTEST_WALK_TILES),
            "mining_speed": _POSITIVE,
            "running_speed_modifier": Within(-1, limits.FASTEST_WALK_TILES),
            "mining_speed_modifier": _MEASURE,
            "crafting_speed_modifier": _MEASURE,
        },
        "crafting_order": {
            "entity": _ENTITY,
            "next": Link("crafting_order"),
            "recipe": Prototype("recipe_prototype", is_optional=False),
            "count": Within(1),
            "parent": Row("crafting_order", same="entity"),
            "owed_item": _ITEM,
            "owed_count": _POSITIVE,
        },
        "item_on_ground": {
            "entity": _COMPONENT_OF,
            "item": Prototype("item_prototype", is_optional=False),
            "count": Within(1, limits.LARGEST_COUNT),
        },
        "inserter_awake": _AWAKE,
        "crafting_machine_awake": _AWAKE,
        "mining_drill_awake": _AWAKE,
        "electric_awake": _AWAKE,
        "item_flow": _FLOW,
        "fluid_flow": _FLOW,
        "item_flow_touched": _FLOW_TOUCHED,
        "fluid_flow_touched": _FLOW_TOUCHED,
        "flow_series": {
            "entity": _ONE,
            "last": Within(0, limits.LONGEST_TIME),
            "produced": _MEASURE,
            "consumed": _MEASURE,
        },
        "force": {
            "inserter_stack_size_bonus": _BONUS,
            "stack_inserter_capacity_bonus": _BONUS,
        },
        "force_recipe": {"enabled": _FLAG},
        "force_technology": {
            "researched": _FLAG,
            "enabled": _FLAG,
            "level": _LABEL,
            "progress": _MEASURE,
        },
        "map_generator": {
            "elevation": Within(1, limits.MAP_ELEVATIONS),
            "seed": Free("any seed is as good as another"),
            "width": _MAP_SIDE,
            "height": _MAP_SIDE,
            "starting_area": _MAP_SETTING,
            "water": Within(0, limits.LARGEST_MAP_SETTING),
            "terrain_segmentation": _MAP_SETTING,
        },
        "map_control": {
            "control": Within(1, limits.MAP_CONTROLS),
            "frequency": _MAP_SETTING,
            "size": Within(0, limits.LARGEST_MAP_SETTING),
            "richness": _MAP_SETTING,
        },
        "chunk_request": {
            "side": Within(1, DIRECTORY_CHUNKS),
            "chunk_x": _CHUNK,
            "chunk_y": _CHUNK,
        },
    }
)
"""By table and field."""

LAYER_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "tile": Prototype("tile_prototype"),
        "cell": Link("cell_link"),
        "ore": Row("entity", kind="resource"),
    }
)
"""By layer; where the things named lie is in `laws`."""
