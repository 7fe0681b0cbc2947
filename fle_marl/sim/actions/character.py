"""What characters do: walk, reach, mine by hand.

A character is named by its entity row. Walking and mining go on from tick to tick once
begun (`fle_marl.sim.systems.character`); `finish_mining` does between ticks what its
kernels leave to Python.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.build import create_entity, destroy_entity
from fle_marl.sim.actions.mining import mine_into
from fle_marl.sim.components import FORBIDS_MINING, TABLE_INDEX
from fle_marl.sim.kernels.reach import distance_squared
from fle_marl.sim.kernels.space import chunk_at, collision_box, move_links
from fle_marl.sim.kernels.walking import walking_speed as walking_speed_of_row
from fle_marl.sim.systems.flow_statistics import count_flow
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE, TICKS_PER_SECOND

__all__ = [
    "DISTANCES",
    "can_mine",
    "can_reach",
    "character_of_agent",
    "create_character",
    "distance_of",
    "finish_mining",
    "main_inventory",
    "mine_entity",
    "mining_progress",
    "set_walking",
    "start_mining",
    "stop_mining",
    "teleport_character",
    "walking_speed",
]

_CHARACTER: Final = TABLE_INDEX["character"]
_NATURAL_TYPES: Final = frozenset({"resource", "tree", "simple-entity", "fish"})
"""Types that are mined within the shorter reach for resources, and whose products count
in the statistics as mined by hand. That trees and rocks are among them is a choice; the
game's documents only name resources."""


DISTANCES: Final[Mapping[str, tuple[str, str]]] = {
    "build_distance": ("build_distance", "build_distance_bonus"),
    "drop_item_distance": ("drop_item_distance", "item_drop_distance_bonus"),
    "item_pickup_distance": ("item_pickup_distance", "item_pickup_distance_bonus"),
    "loot_pickup_distance": ("loot_pickup_distance", "loot_pickup_distance_bonus"),
    "reach_distance": ("reach_distance", "reach_distance_bonus"),
    "resource_reach_distance": (
        "reach_resource_distance",
        "resource_reach_distance_bonus",
    ),
}
"""Members of LuaControl: property of the prototype, and what lengthens it."""


def create_character(world: World, x: int, y: int, *, agent: int = 0) -> int:
    """Put a character into the world.

    Args:
        world: changed.
        x: 1/256 tile.
        y: 1/256 tile.
        agent: from 1; 0 for nobody's.

    Returns:
        The entity's row.
    """
    entity = create_entity(world, "character", x, y)
    world.tables["character"]["agent"][_row(world, entity)] = agent
    return entity


def character_of_agent(world: World, agent: int) -> int:
    """The character of an agent, by its number from 1.

    Returns:
        The entity's row; 0 when there is none.
    """
    used = world.tables["character"][1 : world.count[_CHARACTER]]
    rows = np.flatnonzero((used["entity"] > 0) & (used["agent"] == agent))
    return int(used["entity"][rows[0]]) if len(rows) else 0


def main_inventory(world: World, character: int) -> int:
    """Row of a character's main inventory."""
    return int(world.tables["character"]["main_inventory"][_row(world, character)])


def _row(world: World, character: int) -> int:
    return int(world.entity["component"][character])


def _prototype(world: World, entity: int) -> EntityPrototype:
    return load().entities.by_id(int(world.entity["prototype"][entity]))


# --- walking


def set_walking(world: World, character: int, direction: int | None) -> None:
    """Let a character walk on and on in a direction, or stand.

    Args:
        world: changed.
        character: entity row.
        direction: 0 to 7; None to stand. Source: LuaControl.walking_state.
    """
    record = world.tables["character"][_row(world, character)]
    record["is_walking"] = direction is not None
    if direction is not None:
        record["walking_direction"] = direction


def walking_speed(world: World, character: int) -> float:
    """Tiles per tick at which a character would walk straight where it stands."""
    return float(_walking_speed(world.state, _row(world, character)))


@entry_point
def _walking_speed(state: Tables, row: int) -> float:
    return walking_speed_of_row(state, row)


def teleport_character(world: World, character: int, x: int, y: int) -> bool:
    """Put a character somewhere else at once, whatever stands there.

    Args:
        world: changed.
        character: entity row.
        x: 1/256 tile.
        y: 1/256 tile.

    Returns:
        False when the place is outside the map; then nothing has changed.
    """
    return bool(_teleport(world.state, character, x, y))


@entry_point
def _teleport(state: Tables, character: int, x: int, y: int) -> bool:
    entity = state.entity
    box = collision_box(state, entity[character].prototype, x, y, 0)
    left, top, right, bottom = box
    for corner_x in (left, right - 1):
        for corner_y in (top, bottom - 1):
            if chunk_at(state, corner_x >> 8, corner_y >> 8) < 0:
                return False
    entity[character].x = x
    entity[character].y = y
    move_links(state, character, box)
    return True


# --- reach


def can_reach(world: World, character: int, target: int) -> bool:
    """Whether a character can open, fill or empty an entity from where it stands.

    Source: LuaControl.can_reach_entity; prototype character.reach_distance and
    reach_resource_distance. How the distance is measured: `distance_squared`.
    """
    reach = _reach_units(world, character, target)
    return int(_distance_squared(world.state, character, target)) <= reach * reach


@entry_point
def _distance_squared(state: Tables, character: int, target: int) -> int:
    return distance_squared(state, character, target)


def _reach_units(world: World, character: int, target: int) -> int:
    is_natural = _prototype(world, target).type in _NATURAL_TYPES
    name = "resource_reach_distance" if is_natural else "reach_distance"
    return int(distance_of(world, character, name) * POSITION_UNITS_PER_TILE)


def distance_of(world: World, character: int, name: str) -> float:
    """How far a character reaches, with the bonuses of its force and its own.

    Source: runtime API, LuaForce.character_reach_distance_bonus and the like.

    Args:
        world: not changed.
        character: entity row.
        name: of `DISTANCES`, as LuaControl calls it.

    Returns:
        Tiles.
    """
    key, bonus = DISTANCES[name]
    force = world.tables["force"][int(world.entity["force"][character])]
    own = world.tables["character"][_row(world, character)]
    gained = int(force[f"character_{bonus}"]) + int(own[bonus])
    return _prototype(world, character).number(key) + gained


# --- mining


def can_mine(world: World, character: int, target: int) -> bool:
    """Whether characters can mine an entity by hand at all, however far it is.

    Resources must be of a category that the character mines, and need no fluid.
    Source: prototype character.mining_categories, MinableProperties.required_fluid.
    """
    prototype = _prototype(world, target)
    if target == character or int(world.entity["forbidden"][target]) & FORBIDS_MINING:
        return False
    if prototype.minable is None or prototype.minable.required_fluid is not None:
        return False
    if prototype.type != "resource":
        return True
    categories = _prototype(world, character).properties["mining_categories"]
    category = prototype.properties.get("category", "basic-solid")
    return isinstance(categories, list) and category in categories


def start_mining(world: World, character: int, target: int) -> bool:
    """Let a character mine an entity by hand, from the next tick on.

    A resource is mined item by item until `stop_mining`; anything else comes into the
    inventory whole, once. It ends by itself when the target is gone or out of reach, or
    when what it gives does not fit. Ordering the same target again changes nothing.

    Args:
        world: changed.
        character: entity row.
        target: entity row.

    Returns:
        False when the target cannot be mined by hand or is out of reach; then nothing
        has changed.
    """
    if not can_mine(world, character, target):
        return False
    if not can_reach(world, character, target):
        return False
    record = world.tables["character"][_row(world, character)]
    serial = int(world.entity["serial"][target])
    if record["is_mining"] and record["mining_serial"] == serial:
        return True
    record["is_mining"] = True
    record["is_mining_done"] = False
    record["mining_target"] = target
    record["mining_serial"] = serial
    record["mining_reach"] = _reach_units(world, character, target)
    # one tick passes before the work begins: measured, see the system
    record["mining_progress"] = -_mining_speed(world, character) / TICKS_PER_SECOND
    return True


def _mining_speed(world: World, character: int) -> float:
    record = world.tables["character"][_row(world, character)]
    force = world.tables["force"][int(world.entity["force"][character])]
    speed = record["mining_speed"] * (1.0 + record["mining_speed_modifier"])
    return float(speed * (1.0 + force["manual_mining_speed_modifier"]))


def stop_mining(world: World, character: int) -> None:
    """Let a character stop mining; work on an unfinished item is lost."""
    record = world.tables["character"][_row(world, character)]
    record["is_mining"] = False
    record["is_mining_done"] = False
    record["mining_target"] = 0
    record["mining_progress"] = 0.0


def mining_progress(world: World, character: int) -> float:
    """Share of the present item or entity that is mined, 0 to 1."""
    record = world.tables["character"][_row(world, character)]
    if not record["is_mining"]:
        return 0.0
    prototype = world.entity["prototype"][int(record["mining_target"])]
    needed = float(world.prototypes["entity_prototype"]["mining_time"][prototype])
    progress = max(0.0, float(record["mining_progress"]))
    return min(1.0, progress / needed) if needed > 0 else 1.0


def mine_entity(
    world: World, character: int, target: int, *, is_forced: bool = False
) -> bool:
    """Take an entity out of the world into a character's inventory, at once.

    The entity's products and everything in it come along. From a resource it is one
    item, and the entity stays until the last one.

    Args:
        world: changed.
        character: entity row.
        target: entity row.
        is_forced: what does not fit falls on the ground.

    Returns:
        False when it cannot be mined by hand or, unless forced, not all of it fits;
        then nothing has changed. Source: LuaControl.mine_entity.
    """
    if not can_mine(world, character, target):
        return False
    is_natural = _prototype(world, target).type in _NATURAL_TYPES
    inventory = main_inventory(world, character)
    is_done, products = mine_into(world, target, inventory, is_forced=is_forced)
    if is_done and is_natural:
        _count_mined(world, character, products)
    return is_done


def _count_mined(world: World, character: int, items: dict[int, int]) -> None:
    flow = world.tables["item_flow"]
    for item, count in items.items():
        count_flow(world, "item", item, produced=count)
        flow["hand_mined"][item] += count
    row = _row(world, character)
    world.tables["character"]["mined_count"][row] += sum(items.values())


def finish_mining(world: World) -> None:
    """Take out of the world what characters have mined; between ticks.

    `fle_marl.sim.schedule.advance` returns early when there is something to do.
    """
    characters = world.tables["character"]
    for row in range(1, int(world.count[_CHARACTER])):
        record = characters[row]
        if record["entity"] <= 0 or not record["is_mining_done"]:
            continue
        character, target = int(record["entity"]), int(record["mining_target"])
        is_there = world.entity["serial"][target] == record["mining_serial"]
        stop_mining(world, character)
        if not is_there or world.entity["prototype"][target] <= 0:
            continue
        if _prototype(world, target).type == "resource":
            destroy_entity(world, target)  # its last item is in the inventory already
        else:
            mine_entity(world, character, target)
