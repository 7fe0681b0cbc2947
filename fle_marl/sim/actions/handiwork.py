"""What characters do by hand that only Python can do: picking items up, and repairing.

Few characters ever do it, and not for long. While one does, ``clock.is_attended`` has
`fle_marl.sim.schedule.advance` return after each tick, and `work_by_hand` does here
what the tick brings.

A character that picks up takes in a tick all items on the ground and on belts whose
place is within its ``item_pickup_distance``, as far as its main inventory has room.

A character that repairs uses one durability a tick of the repair packs in its main
inventory; each mends ``speed`` of the pack times ``repair_speed_modifier`` of the
entity. It ends when the entity is whole, gone or out of reach, or with the last pack.

Source: runtime API, LuaControl.picking_state, repair_state; prototype character,
``item_pickup_distance``; prototype API, RepairToolPrototype.speed ("Entity health
repaired per used ToolPrototype::durability"),
EntityWithHealthPrototype.repair_speed_modifier, EntityPrototypeFlags "not-repairable".
That all items come at once, that one durability is used a tick, and that packs come out
of the main inventory, as characters without players hold nothing, are choices.
"""

from typing import Final

import numpy as np

from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.actions.character import can_reach, distance_of, main_inventory
from fle_marl.sim.actions.find import EntityQuery, find_entities
from fle_marl.sim.actions.health import is_destructible, most_health, set_health
from fle_marl.sim.actions.inventory import insert_items, inventory_slots
from fle_marl.sim.components import (
    BELT_KIND_SPLITTER,
    KINDS,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.belt_place import place_of_item
from fle_marl.sim.kernels.transport_line import position_on_line, remove_from_line
from fle_marl.sim.systems.item_on_ground import set_ground_item
from fle_marl.sim.wear import add_wear, used_in_slot, wear_unit
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = [
    "can_repair",
    "set_picking",
    "start_repairing",
    "stop_repairing",
    "work_by_hand",
]

_CHARACTER: Final = TABLE_INDEX["character"]
_BELT: Final = KINDS.index("belt")
_ON_GROUND: Final = KINDS.index("item_on_ground")
_LINES_ABOVE_GROUND: Final = 2
"""Of all belt pieces but splitters, whose lines all are."""
_DURABILITY_PER_TICK: Final = 1.0
_NOT_REPAIRABLE: Final = "not-repairable"
_REPAIR_TOOL: Final = "repair-tool"


def work_by_hand(world: World) -> None:
    """Do what characters do in a tick that asks for Python; after the tick."""
    if not world.clock["is_attended"][0]:
        return
    for row in _people(world):
        record = world.tables["character"][row]
        character = int(record["entity"])
        if not world.entity["active"][character]:
            continue
        if record["is_picking"]:
            _pick_up(world, character)
        if record["repair_target"]:
            _repair(world, character)
    _attend(world)  # who was busy may be dead


def _people(world: World) -> list[int]:
    used = world.tables["character"][1 : world.count[_CHARACTER]]
    rows: list[int] = (np.flatnonzero(used["entity"] > 0) + 1).tolist()
    return rows


def _attend(world: World) -> None:
    used = world.tables["character"][1 : world.count[_CHARACTER]]
    is_busy = used["is_picking"] | (used["repair_target"] > 0)
    world.clock["is_attended"] = bool((is_busy & (used["entity"] > 0)).any())


# --- picking up


def set_picking(world: World, character: int, is_picking: bool) -> None:
    """Let a character pick up what lies around it, from the next tick on, or not."""
    row = int(world.entity["component"][character])
    world.tables["character"]["is_picking"][row] = is_picking
    _attend(world)


def _pick_up(world: World, character: int) -> None:
    reach = distance_of(world, character, "item_pickup_distance")
    units = int(reach * POSITION_UNITS_PER_TILE)
    x, y = int(world.entity["x"][character]), int(world.entity["y"][character])
    box = (x - units, y - units, x + units, y + units)
    kinds = world.prototypes["entity_prototype"]["kind"]
    wanted = (kinds == _ON_GROUND) | (kinds == _BELT)
    inventory = main_inventory(world, character)
    for entity in find_entities(
        world, EntityQuery(prototypes=wanted, box=box)
    ).tolist():
        if int(world.entity["kind"][entity]) == _BELT:
            _take_off_belt(world, entity, inventory, (x, y, units))
        elif _is_near(world, entity, x, y, units):
            _take_off_ground(world, entity, inventory)


def _is_near(world: World, entity: int, x: int, y: int, units: int) -> bool:
    dx, dy = int(world.entity["x"][entity]) - x, int(world.entity["y"][entity]) - y
    return dx * dx + dy * dy <= units * units


def _take_off_ground(world: World, entity: int, inventory: int) -> None:
    record = world.tables["item_on_ground"][int(world.entity["component"][entity])]
    item, count = int(record["item"]), int(record["count"])
    left = count - insert_items(world, inventory, item, count)
    if left:
        set_ground_item(world, entity, item, left)
    else:
        destroy_entity(world, entity)


def _take_off_belt(
    world: World, entity: int, inventory: int, around: tuple[int, int, int]
) -> None:
    piece = int(world.entity["component"][entity])
    skipped = 0
    while True:
        line, index = _item_near(world.state, piece, *around, skipped)
        if not line:
            return
        first = int(world.tables["transport_line"]["first_item"][line])
        item = int(world.tables["line_item"]["item"][first + index])
        if insert_items(world, inventory, item, 1):
            _remove(world.state, line, index)
        else:
            skipped += 1


@entry_point
def _item_near(
    state: Tables, piece: int, x: int, y: int, units: int, skipped: int
) -> tuple[int, int]:
    """Line and place on it of an item on a belt piece near a place; (0, 0) for none."""
    belt = state.belt
    lines = int(belt[piece].line_count)
    if belt[piece].kind != BELT_KIND_SPLITTER:
        lines = min(lines, _LINES_ABOVE_GROUND)
    left = skipped
    for which in range(lines):
        line = int(belt[piece].lines[which])
        for index in range(state.transport_line[line].count):
            position = position_on_line(state, line, index)
            at_x, at_y = place_of_item(state, piece, which, position)
            dx, dy = at_x - x, at_y - y
            if dx * dx + dy * dy <= units * units:
                if left == 0:
                    return line, index
                left -= 1
    return 0, 0


@entry_point
def _remove(state: Tables, line: int, index: int) -> int:
    return remove_from_line(state, line, index)


# --- repairing


def can_repair(world: World, character: int, target: int) -> bool:
    """Whether a character could mend an entity where it stands, packs aside.

    Only what belongs to its own force; a choice.
    """
    prototype = load().entities.by_id(int(world.entity["prototype"][target]))
    return (
        _NOT_REPAIRABLE not in prototype.flags
        and is_destructible(world, target)
        and world.entity["force"][target] == world.entity["force"][character]
        and float(world.entity["health"][target]) < most_health(world, target)
        and can_reach(world, character, target)
    )


def start_repairing(world: World, character: int, target: int) -> bool:
    """Let a character mend an entity, from the next tick on.

    Returns:
        False when it cannot; then nothing has changed.
    """
    if not can_repair(world, character, target):
        return False
    record = world.tables["character"][int(world.entity["component"][character])]
    record["repair_target"] = target
    record["repair_serial"] = world.entity["serial"][target]
    _attend(world)
    return True


def stop_repairing(world: World, character: int) -> None:
    """Let a character mend nothing any more."""
    record = world.tables["character"][int(world.entity["component"][character])]
    record["repair_target"] = 0
    record["repair_serial"] = 0
    _attend(world)


def _repair(world: World, character: int) -> None:
    record = world.tables["character"][int(world.entity["component"][character])]
    target = int(record["repair_target"])
    is_there = world.entity["prototype"][target] > 0
    is_there &= world.entity["serial"][target] == record["repair_serial"]
    slot = _slot_with_tool(world, character)
    if not (is_there and slot and can_repair(world, character, target)):
        stop_repairing(world, character)
        return
    item = int(world.tables["slot"]["item"][slot])
    prototype = load().entities.by_id(int(world.entity["prototype"][target]))
    per_durability = load().items.by_id(item).number("speed")
    per_durability *= prototype.number("repair_speed_modifier", 1.0)
    health = float(world.entity["health"][target])
    missing = most_health(world, target) - health
    durability = min(
        _DURABILITY_PER_TICK,
        missing / per_durability,
        wear_unit(item) - used_in_slot(world, slot),
    )
    set_health(world, target, health + durability * per_durability)
    add_wear(world, slot, 1, {item: durability})
    if not can_repair(world, character, target):
        stop_repairing(world, character)


def _slot_with_tool(world: World, character: int) -> int:
    """The first slot of a character's main inventory with repair packs; 0 for none."""
    inventory = main_inventory(world, character)
    first = int(world.tables["inventory"]["first_slot"][inventory])
    items = load().items
    for place, slot in enumerate(inventory_slots(world, inventory)):
        if slot["count"] and items.by_id(int(slot["item"])).type == _REPAIR_TOOL:
            return first + place
    return 0
