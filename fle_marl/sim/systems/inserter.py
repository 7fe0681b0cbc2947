"""Inserters: arms that take items from one place and put them down at another.

The hand turns between the pickup and the drop position, and stretches, both at once,
for as much energy as it moves. It takes only what the drop target has room for. Where
it arrives it acts in the same tick: from chest to chest a cycle is twice the ticks of
half a turn. On belts it goes after items (`kernels.chase`); with room for more than one
it waits there until it has as many as it can carry or the target takes.

Inserters act in a tick one after the other. First come those that wait for their turn:
that have found nothing to take, or no room for what they hold, in a machine or chest or
on the ground. They look around before any other moves, so what one drops a waiting one
takes a tick later, whichever was built first; and they act in the order in which they
began to wait. All others follow, the last built first, also those at rest over belts.

A burner inserter whose fuel slot is empty puts the fuel that it holds into itself.
While it waits its fire fills no buffer; over a belt it does as soon as anything wanted
is on the line, which here is made up for when that gets to the inserter.

Source: prototype ``rotation_speed``, ``extension_speed``, ``energy_per_rotation``,
``energy_per_movement``, ``pickup_position``, ``insert_position``; forum p=601235
(cycles), t=49697 (energy of a cycle); changelog 1.1.60 (refuelling); measured in the
game: the order, that the hand starts drawn in, takes from the last slot of a chest, and
swings in the tick after.
"""

import math
from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import KINDS, TABLE_INDEX
from fle_marl.sim.kernels.arm import TO_DROP, TO_PICKUP, TO_SELF, move_hand
from fle_marl.sim.kernels.awake import (
    fall_asleep,
    previous_awake,
    wake_row,
    watch,
    watch_target,
)
from fle_marl.sim.kernels.chase import (
    CAUGHT,
    RESTS,
    chase,
    has_come_from_behind,
    is_wanted_on_chains,
)
from fle_marl.sim.kernels.delivery import deliver
from fle_marl.sim.kernels.energy import energy_status, has_energy, refill_burner
from fle_marl.sim.kernels.ground import is_ground_free
from fle_marl.sim.kernels.inventory import insert_item
from fle_marl.sim.kernels.pickup import is_anything_wanted, is_over_belt, pick_up
from fle_marl.sim.kernels.transfer import insertable_into_entity
from fle_marl.sim.kernels.wanting import is_hungry_for, wants
from fle_marl.sim.parts import add_energy_source, offset_position
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = [
    "SYSTEM",
    "set_filter",
    "set_hand_override",
    "update_hand_limit",
    "update_inserters",
]

_BELT: Final = KINDS.index("belt")
_INSERTER: Final = TABLE_INDEX["inserter"]
_WORKING: Final = int(EntityStatus.working)
_NO_FUEL: Final = int(EntityStatus.no_fuel)
_NO_POWER: Final = int(EntityStatus.no_power)
_WAITING_FOR_ITEMS: Final = int(EntityStatus.waiting_for_source_items)
_WAITING_FOR_SPACE: Final = int(EntityStatus.waiting_for_space_in_destination)

# inserter.rest
_MOVES: Final = 0
_RESTS: Final = 1  # over a belt, found nothing
_FOUND: Final = 2  # has rested over a belt, and found something in this tick
_WAITS: Final = 3  # for its turn at a machine, a chest or the ground
_HAD_TURN: Final = 4  # has waited, and has acted in this tick

_ARRIVAL_STEPS: Final = 1
"""A hand arrives with the step that reaches its aim. Source: forum p=601235, cycles of
twice ``ceil(0.5 / rotation_speed)`` ticks in 1.1; the game's 2.0 has two steps."""

_SELF_TURNS: Final = (0.375, 0.625, 0.125, 0.375)
"""Where a hand turns with fuel for itself, facing north, east, south, west: to
a point beside its middle. Source: factory-sim 0.3.0, recorded from the game."""
_SELF_TILES: Final = 0.01 * math.sqrt(2.0)
"""Way from the inserter's middle to that point, 0.01 tiles along each axis."""

_START_EXTENSION_TILES: Final = 0.7
"""Of the hand when an inserter is built. Source: measured, burner inserter; taken to be
the same for all."""
_START_FUEL: Final = "wood"
_START_FUEL_JOULES: Final = 500_000.0
"""What burns in a burner inserter when it is built. Source: wiki, Burner inserter."""
_DIRECTIONS: Final = 8
_HAND_LIMIT: Final = 1
"""Items that a hand takes without any bonus, also that of a stack inserter: its first
bonus comes with the technology stack-inserter, and all bonuses of the prototypes' 11
make the 12 that the wiki gives. Source: prototype technology, ``effects``; wiki,
Inserter capacity bonus."""


@kernel
def _refuel(state: Tables, row: int) -> None:
    """Put the fuel in the hand into the inserter's own slot."""
    inserter = state.inserter
    fuel = state.burner[state.entity[inserter[row].entity].burner].fuel_inventory
    item = int(inserter[row].hand_item)
    held = int(inserter[row].hand_count)
    held -= insert_item(state, fuel, item, held)
    inserter[row].hand_count = held
    inserter[row].phase = TO_DROP
    if held == 0:
        inserter[row].hand_item = 0
        inserter[row].phase = TO_PICKUP


@kernel
def _sleep(state: Tables, row: int) -> None:
    """Sleep until something changes around an inserter."""
    inserter = state.inserter
    target = inserter[row].drop_target
    watch(state, inserter[row].entity)
    if inserter[row].phase == TO_DROP:
        watch_target(state, target, True)
    else:
        if state.entity[target].kind != _BELT:  # which takes whatever is brought
            watch_target(state, target, True)
        watch_target(state, inserter[row].pickup_target, False)
    fall_asleep(state.inserter_awake, row)


@kernel
def _is_at_belt(state: Tables, row: int) -> bool:
    """Whether an inserter is to take from a belt, or to drop onto one."""
    inserter = state.inserter
    target = inserter[row].pickup_target
    if inserter[row].phase == TO_DROP:
        target = inserter[row].drop_target
    return bool(state.entity[target].kind == _BELT)


@kernel
def _wait(state: Tables, row: int) -> None:
    """Lie still; where others may wait too, keep or take a place among them."""
    inserter = state.inserter
    owner = inserter[row].entity
    is_full = inserter[row].phase == TO_DROP
    status = _WAITING_FOR_SPACE if is_full else _WAITING_FOR_ITEMS
    if not has_energy(state, owner):
        status = _NO_FUEL if state.entity[owner].burner > 0 else _NO_POWER
    state.entity[owner].status = status
    if _is_at_belt(state, row):
        inserter[row].rest = _MOVES if is_full else _RESTS
    elif inserter[row].rest != _WAITS:
        inserter[row].rest = _WAITS
        inserter[row].waits_since = state.clock[0].tick
    _sleep(state, row)


@called_kernel
def _look_around(state: Tables, row: int) -> bool:
    """Whether there is something to do for an inserter that lies still."""
    owner = state.inserter[row].entity
    if owner <= 0 or not state.entity[owner].active:
        fall_asleep(state.inserter_awake, row)
        return False
    if has_energy(state, owner) and _is_anything_to_do(state, row):
        return True
    _wait(state, row)
    return False


@kernel
def _is_anything_to_do(state: Tables, row: int) -> bool:
    """Whether what an inserter lies still for is there."""
    inserter = state.inserter
    if inserter[row].phase != TO_DROP:
        return is_anything_wanted(state, row) or _is_hand_ready(state, row)
    item = int(inserter[row].hand_item)
    if is_hungry_for(state, row, item):
        return True
    target = inserter[row].drop_target
    if target == 0:
        return is_ground_free(state, inserter[row].drop_x, inserter[row].drop_y)
    return insertable_into_entity(state, target, item, 1, False) > 0


@kernel
def _is_hand_ready(state: Tables, row: int) -> bool:
    """Whether what the hand holds is all that it can carry or the target takes."""
    inserter = state.inserter
    return bool(
        inserter[row].hand_count > 0
        and not wants(state, row, int(inserter[row].hand_item))
    )


@kernel
def _turn_to_target(state: Tables, row: int) -> None:
    """Bring what the hand holds where it is needed."""
    inserter = state.inserter
    is_hungry = is_hungry_for(state, row, int(inserter[row].hand_item))
    inserter[row].phase = TO_SELF if is_hungry else TO_DROP
    inserter[row].rest = _MOVES
    inserter[row].chased_line = 0
    state.entity[inserter[row].entity].status = _WORKING


@kernel
def _fetch(state: Tables, row: int) -> None:
    """Go for items, and take them."""
    inserter = state.inserter
    if is_over_belt(state, row):
        is_resting = inserter[row].rest == _FOUND
        inserter[row].rest = _MOVES
        if is_resting and _is_hand_ready(state, row):
            _turn_to_target(state, row)
            return
        outcome = chase(state, row)
        if outcome == CAUGHT and _is_hand_ready(state, row):
            _turn_to_target(state, row)
        elif outcome == RESTS:
            _wait(state, row)
            if _is_hand_ready(state, row):
                # on the way back the target has got enough; it sees that when it looks
                wake_row(state.inserter_awake, row)
        return
    if inserter[row].hand_count > 0:  # the belt that it is from is gone
        _turn_to_target(state, row)
        return
    aim, length = inserter[row].pickup_orientation, inserter[row].pickup_extension
    if not move_hand(state, row, aim, length):
        return
    if has_energy(state, inserter[row].entity) and pick_up(state, row):
        _turn_to_target(state, row)
    else:
        _wait(state, row)


@kernel
def _bring(state: Tables, row: int) -> None:
    """Go to the drop position, and put down what the hand holds, as much as goes."""
    inserter = state.inserter
    entity = state.entity
    aim = _opposite(inserter[row].pickup_orientation)
    if not move_hand(state, row, aim, inserter[row].drop_extension):
        return
    owner = inserter[row].entity
    held = int(inserter[row].hand_count)
    item = int(inserter[row].hand_item)
    dropped = deliver(
        state,
        inserter[row].drop_target,
        inserter[row].drop_x,
        inserter[row].drop_y,
        (int(entity[owner].direction) + 4) % 8,
        item,
        held,
        True,
    )
    inserter[row].hand_count = held - dropped
    if dropped > 0:
        inserter[row].rest = _MOVES
    if dropped == held:
        inserter[row].hand_item = 0
        inserter[row].phase = TO_PICKUP
        return
    entity[owner].status = _WAITING_FOR_SPACE
    if dropped == 0:
        _wait(state, row)


@kernel
def _opposite(orientation: float) -> float:
    """The orientation half a turn from one."""
    return orientation - 0.5 if orientation >= 0.5 else orientation + 0.5


@kernel
def _update_inserter(state: Tables, row: int) -> None:
    """Let an inserter move and act for a tick."""
    inserter = state.inserter
    owner = inserter[row].entity
    if owner <= 0 or not state.entity[owner].active:
        fall_asleep(state.inserter_awake, row)
        return
    if not has_energy(state, owner):
        # it stands still, wherever it is, and does not even look
        is_burner = state.entity[owner].burner > 0
        state.entity[owner].status = _NO_FUEL if is_burner else _NO_POWER
        watch(state, owner)
        fall_asleep(state.inserter_awake, row)
        return
    if inserter[row].phase == TO_DROP and is_hungry_for(
        state, row, int(inserter[row].hand_item)
    ):
        _turn_to_target(state, row)
    if inserter[row].phase == TO_DROP:
        _bring(state, row)
    elif inserter[row].phase == TO_PICKUP:
        _fetch(state, row)
    else:
        facing = int(state.entity[owner].direction) // 2
        if move_hand(state, row, _SELF_TURNS[facing], _SELF_TILES):
            _refuel(state, row)
    burner = state.burner
    source = state.entity[owner].burner
    if source > 0 and burner[source].buffer_joules < burner[source].capacity_joules:
        _tend_fire(state, row)


@called_kernel
def _tend_fire(state: Tables, row: int) -> None:
    """Fill a burner inserter's buffer after its tick, unless it waits for nothing near.

    So its first movement after a wait has only what the last before it has left.
    """
    inserter = state.inserter
    owner = inserter[row].entity
    if inserter[row].rest == _WAITS:
        return
    if inserter[row].rest == _RESTS and not is_wanted_on_chains(state, row):
        return
    refill_burner(state, owner, 0.0)
    if state.burner[state.entity[owner].burner].buffer_joules <= 0.0:
        state.entity[owner].status = energy_status(state, owner, 0.0, 1.0)


@kernel
def _call_waiting(state: Tables) -> int:
    """Find those that wait for their turn and now have something to do.

    Returns:
        The first of them, 0 for none; ``next_called`` leads on in the order in which
        they began to wait, of those that did in one tick the last built first.
    """
    inserter = state.inserter
    first, last = 0, 0
    row = previous_awake(state.inserter_awake, state.count[_INSERTER])
    while row > 0:
        if inserter[row].rest == _WAITS:
            if _is_at_belt(state, row):
                inserter[row].rest = _MOVES  # it was built there meanwhile
            elif _look_around(state, row):
                first, last = _line_up(state, row, first, last)
        row = previous_awake(state.inserter_awake, row)
    return first


@kernel
def _line_up(state: Tables, row: int, first: int, last: int) -> tuple[int, int]:
    """Put an inserter among those called, behind all that have waited as long.

    Returns:
        The first and the last of them now.
    """
    inserter = state.inserter
    since = inserter[row].waits_since
    inserter[row].next_called = 0
    if first == 0:
        return row, row
    if inserter[last].waits_since <= since:
        # nearly always: those that wait for the same have begun in the order of rows
        inserter[last].next_called = row
        return first, row
    if inserter[first].waits_since > since:
        inserter[row].next_called = first
        return row, last
    before = first
    while inserter[inserter[before].next_called].waits_since <= since:
        before = int(inserter[before].next_called)
    inserter[row].next_called = inserter[before].next_called
    inserter[before].next_called = row
    return first, last


@called_kernel
def _finds_something(state: Tables, row: int) -> bool:
    """Whether an inserter that rests over a belt has something to go for now."""
    inserter = state.inserter
    if not _look_around(state, row):
        return False
    inserter[row].rest = _FOUND
    owner = inserter[row].entity
    if state.entity[owner].burner > 0 and has_come_from_behind(state, row):
        # on the line already, it has let the fire fill the buffer
        refill_burner(state, owner, 0.0)
    return True


@called_kernel
def _take_turns(state: Tables) -> int:
    """Let those act that have waited for their turn.

    Returns:
        The first of them: see `_call_waiting`.
    """
    inserter = state.inserter
    first = _call_waiting(state)
    row = first
    while row > 0:
        _update_inserter(state, row)
        if inserter[row].rest == _MOVES:
            inserter[row].rest = _HAD_TURN
        row = int(inserter[row].next_called)
    return first


@kernel
def update_inserters(state: Tables) -> None:
    """Let those act that have waited for their turn, then all others move and act."""
    inserter = state.inserter
    called = _take_turns(state)
    row = previous_awake(state.inserter_awake, state.count[_INSERTER])
    while row > 0:
        rest = inserter[row].rest
        if rest == _MOVES or (rest == _RESTS and _finds_something(state, row)):
            _update_inserter(state, row)
        row = previous_awake(state.inserter_awake, row)
    while called > 0:
        if inserter[called].rest == _HAD_TURN:
            inserter[called].rest = _MOVES
        called = int(inserter[called].next_called)


def create_inserter(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give an inserter its numbers, its energy source and its places."""
    row = world.allocate("inserter")
    world.tables["inserter"]["entity"][row] = entity
    world.entity["component"][entity] = row
    rotation = prototype.number("rotation_speed")
    extension = prototype.number("extension_speed")
    per_rotation = prototype.joules("energy_per_rotation")
    per_movement = prototype.joules("energy_per_movement")
    most_joules = rotation * per_rotation + extension * per_movement
    add_energy_source(world, entity, prototype.energy_source, most_joules)
    burner = int(world.entity["burner"][entity])
    if burner:
        fire = world.tables["burner"][burner]
        fire["currently_burning"] = load().items[_START_FUEL].id
        fire["remaining_joules"] = _START_FUEL_JOULES
    record = world.tables["inserter"][row]
    update_hand_limit(world, entity)
    record["arrival_steps"] = _ARRIVAL_STEPS
    record["filter_count"] = int(prototype.number("filter_count", 0))
    record["extension"] = _START_EXTENSION_TILES
    record["rotation_speed"], record["extension_speed"] = rotation, extension
    record["energy_per_rotation"] = per_rotation
    record["energy_per_movement"] = per_movement
    for place, key in (("pickup", "pickup_position"), ("drop", "insert_position")):
        vector = prototype.vector(key)
        record[f"{place}_extension"] = math.hypot(vector.x, vector.y)
    _set_places(world, entity, prototype)
    record["orientation"] = record["pickup_orientation"]


def update_hand_limit(world: World, entity: int) -> None:
    """Have an inserter's hand take what its force and its own setting allow.

    Source: runtime API, LuaEntity.inserter_stack_size_override: more than the force
    allows is ignored.
    """
    record = world.tables["inserter"][int(world.entity["component"][entity])]
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    force = world.tables["force"][int(world.entity["force"][entity])]
    is_stack = prototype.properties.get("stack", False)
    bonus = "stack_inserter_capacity" if is_stack else "inserter_stack_size"
    limit = _HAND_LIMIT + int(force[f"{bonus}_bonus"])
    override = int(record["hand_override"])
    record["hand_limit"] = min(override, limit) if override else limit


def set_hand_override(world: World, entity: int, count: int) -> None:
    """Have an inserter take no more than so many items at a time; 0: no limit."""
    row = int(world.entity["component"][entity])
    world.tables["inserter"]["hand_override"][row] = count
    update_hand_limit(world, entity)


def _set_places(world: World, entity: int, prototype: EntityPrototype) -> None:
    record = world.tables["inserter"][int(world.entity["component"][entity])]
    for place, key in (("pickup", "pickup_position"), ("drop", "insert_position")):
        x, y = offset_position(world, entity, prototype.vector(key))
        record[f"{place}_x"], record[f"{place}_y"] = x, y
    vector = prototype.vector("pickup_position")
    turns = math.atan2(vector.x, -vector.y) / (2.0 * math.pi)
    record["pickup_orientation"] = (
        turns + int(world.entity["direction"][entity]) / _DIRECTIONS
    ) % 1.0


def turn_inserter(world: World, entity: int, _other: int) -> None:
    """Move the places where the inserter picks up and drops; the arm turns along."""
    record = world.tables["inserter"][int(world.entity["component"][entity])]
    before = float(record["pickup_orientation"])
    number = int(world.entity["prototype"][entity])
    _set_places(world, entity, load().entities.by_id(number))
    turned = float(record["pickup_orientation"]) - before
    record["orientation"] = (float(record["orientation"]) + turned) % 1.0


def inserter_contents(world: World, entity: int) -> dict[int, int]:
    """What the hand holds."""
    row = world.tables["inserter"][int(world.entity["component"][entity])]
    count = int(row["hand_count"])
    return {int(row["hand_item"]): count} if count else {}


def destroy_inserter(world: World, entity: int) -> None:
    """Free the inserter's row."""
    world.free("inserter", int(world.entity["component"][entity]))


def hold(world: World, entity: int, item: int, count: int) -> None:
    """Have an inserter's hand hold so many of an item, and go where they are needed.

    An empty hand goes for more.
    """
    record = world.tables["inserter"][int(world.entity["component"][entity])]
    record["hand_item"], record["hand_count"] = item, count
    record["phase"] = TO_DROP if count else TO_PICKUP
    record["rest"] = _MOVES
    record["chased_line"] = 0


def set_filter(world: World, entity: int, index: int, item: int) -> None:
    """Let an inserter take only certain items.

    Args:
        world: changed.
        entity: row of an inserter.
        index: which filter, from 1. Source: LuaEntity.set_filter.
        item: item prototype; 0 clears the filter.

    Raises:
        IndexError: the inserter has no such filter.
    """
    record = world.tables["inserter"][int(world.entity["component"][entity])]
    if not 1 <= index <= int(record["filter_count"]):
        raise IndexError(
            f"there is no filter {index!r}; this inserter has filters 1 to "
            f"{int(record['filter_count'])}"
        )
    record["filters"][index - 1] = item


SYSTEM: Final = System(
    name="inserter",
    kinds=("inserter",),
    create=create_inserter,
    turned=turn_inserter,
    contents=inserter_contents,
    destroy=destroy_inserter,
    reads=(
        "inventory",
        "crafting_machine",
        "belt",
        "force_recipe",
        "item_prototype",
        "recipe_prototype",
        "recipe_part",
        "entity_prototype",
        "tile_prototype",
        "chunk_index",
        "tile",
    ),
    writes=(
        "clock",
        "inserter",
        "inserter_awake",
        "crafting_machine_awake",
        "mining_drill_awake",
        "free_head",
        "count",
        "entity",
        "slot",
        "burner",
        "electric",
        "transport_line",
        "line_item",
        "item_on_ground",
        "item_flow",
        "item_flow_touched",
        "cell_link",
        "cell",
    ),
)
