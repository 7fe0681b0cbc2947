"""Corpses of characters: what becomes of them."""

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.character import create_character, main_inventory
from fle_marl.sim.actions.health import kill_entity
from fle_marl.sim.actions.inventory import insert_items
from fle_marl.sim.engine import advance
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.systems.character_corpse import (
    expired_corpses,
    set_expiry,
    ticks_until_expiry,
)

COAL = load().items["coal"].id
LIFE_TICKS = 54_000  # prototype character-corpse, time_to_live


def die(world, x: int) -> int:
    character = create_character(world, x, 0)
    insert_items(world, main_inventory(world, character), COAL, 3)
    return kill_entity(world, character)


def is_there(world, corpse: int) -> bool:
    return int(world.entity["prototype"][corpse]) > 0


def test_they_go_after_their_time(flat_world):
    world = flat_world()
    first = die(world, 0)
    advance(world, 100)
    second = die(world, 512)
    assert ticks_until_expiry(world, 10**6) == LIFE_TICKS - 100
    advance(world, LIFE_TICKS - 100)
    # still there at its last tick, and gone with the next
    assert expired_corpses(world) == [first]
    assert is_there(world, first)
    world = load_world(save_world(world))
    advance(world, 1)
    assert (is_there(world, first), is_there(world, second)) == (False, True)
    advance(world, 100)
    assert not is_there(world, second)
    assert ticks_until_expiry(world, 77) == 77
    assert load_world(save_world(world)).state_hash() == world.state_hash()


@pytest.mark.parametrize("step", [1, 7, 40])
def test_time_may_come_in_parts(flat_world, step):
    worlds = [flat_world(), flat_world()]
    for world in worlds:
        set_expiry(world, die(world, 0), 20)
    advance(worlds[0], 40)
    for passed in range(0, 40, step):
        advance(worlds[1], min(step, 40 - passed))
    assert worlds[0].state_hash() == worlds[1].state_hash()


def test_a_wrong_time_in_a_saved_world_stops_nothing(flat_world):
    world = flat_world()
    corpse = die(world, 0)
    world.clock["next_expiry_tick"] = 1
    advance(load_world(save_world(world)), 3)
    advance(world, 3)
    assert is_there(world, corpse)
    assert ticks_until_expiry(world, 10**6) == LIFE_TICKS - 3
