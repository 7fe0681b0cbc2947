"""More and fewer slots for characters."""

from fle_marl.prototypes import load
from fle_marl.sim.actions.character import create_character, main_inventory
from fle_marl.sim.actions.inventory import (
    count_items,
    insert_items,
    inventory_slots,
)
from fle_marl.sim.actions.inventory_bonus import set_inventory_bonus
from fle_marl.sim.components import FORCE_ENEMY, FORCE_PLAYER
from fle_marl.sim.saves import load_world, save_world

SLOTS = 80  # prototype character, inventory_size
CHEST, COAL = (load().items[name] for name in ("wooden-chest", "coal"))


def slots(world, character: int) -> int:
    return len(inventory_slots(world, main_inventory(world, character)))


def test_old_and_new_characters_have_more_slots(flat_world):
    world = flat_world()
    old = create_character(world, 0, 0)
    set_inventory_bonus(world, FORCE_ENEMY, 5)
    assert slots(world, old) == SLOTS
    set_inventory_bonus(world, FORCE_PLAYER, 10)
    assert slots(world, old) == SLOTS + 10
    assert slots(world, create_character(world, 2560, 0)) == SLOTS + 10


def test_what_lies_in_slots_that_go_moves_or_falls(flat_world):
    world = flat_world()
    set_inventory_bonus(world, FORCE_PLAYER, 2)
    main = main_inventory(world, create_character(world, 0, 0))
    held = (SLOTS + 2) * COAL.stack_size
    assert insert_items(world, main, COAL.id, held) == held
    inventory_slots(world, main)["count"][0] -= 7  # room for some of the last stacks
    set_inventory_bonus(world, FORCE_PLAYER, 0)
    assert count_items(world, main, COAL.id) == SLOTS * COAL.stack_size
    ground = world.tables["item_on_ground"]
    fallen = ground["count"][ground["entity"] > 0].sum()
    assert fallen == 2 * COAL.stack_size - 7
    assert load_world(save_world(world)).state_hash() == world.state_hash()


def test_filters_stay(flat_world):
    world = flat_world()
    main = main_inventory(world, create_character(world, 0, 0))
    inventory_slots(world, main)["filter"][3] = CHEST.id
    set_inventory_bonus(world, FORCE_PLAYER, 1)
    assert inventory_slots(world, main)["filter"].nonzero()[0].tolist() == [3]
