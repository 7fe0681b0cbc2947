"""Stacks that are partly used up: how much, and that moving them changes no total."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.defines import Inventory
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, destroy_entity
from fle_marl.sim.actions.character import create_character, main_inventory
from fle_marl.sim.actions.inventory import (
    find_inventory,
    insert_items,
    inventory_contents,
    move_items,
    sort_inventory,
    wear_of,
)
from fle_marl.sim.actions.inventory_bonus import set_inventory_bonus
from fle_marl.sim.actions.mining import mine_into
from fle_marl.sim.components import FORCE_PLAYER, TABLE_INDEX
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.wear import add_wear, set_used, used_in_slot, wear_unit, worn_down
from fle_marl.sim.world import World

PACK, MAGAZINE, PLATE, ARMOR = (
    load().items[name].id
    for name in ("repair-pack", "firearm-magazine", "iron-plate", "power-armor")
)


@pytest.mark.parametrize(
    ("item", "unit"), [(PACK, 300.0), (MAGAZINE, 10.0), (PLATE, 0.0), (ARMOR, 0.0)]
)
def test_what_items_have(item, unit):
    assert wear_unit(item) == unit


@pytest.mark.parametrize(
    ("count", "used", "left"),
    [
        (3, 0.0, (3, 0.0)),
        (3, 299.5, (3, 299.5)),
        (3, 300.0, (2, 0.0)),
        (3, 610.0, (1, 10.0)),
        (3, 900.0, (0, 0.0)),
        (3, 5000.0, (0, 0.0)),
    ],
)
def test_worn_down(count, used, left):
    assert worn_down(count, used, 300.0) == left


def chest(world: World, x: int) -> tuple[int, int]:
    entity = create_entity(world, "wooden-chest", x, 128)
    return entity, find_inventory(world, entity, Inventory.chest)


def first_slot(world: World, inventory: int) -> int:
    return int(world.tables["inventory"]["first_slot"][inventory])


def left_of(world: World, *inventories: int) -> float:
    """Durability that is left of all packs, and ammo of all magazines, in packs."""
    return sum(
        inventory_contents(world, inventory).get(item, 0)
        - wear_of(world, inventory).get(item, 0.0) / wear_unit(item)
        for inventory in inventories
        for item in (PACK, MAGAZINE)
    )


# what is done: which inventory, with which, item, how many, and how much is used
MOVES = st.tuples(
    st.sampled_from(("move", "use", "sort")),
    st.integers(0, 2),
    st.integers(0, 2),
    st.sampled_from((PACK, MAGAZINE)),
    st.integers(1, 250),
    st.integers(1, 400),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(MOVES, max_size=25))
def test_moving_makes_and_loses_no_durability(moves):
    world = World(1)
    stores = [chest(world, 512 * x)[1] for x in range(3)]
    for store in stores:
        insert_items(world, store, PACK, 40)
        insert_items(world, store, MAGAZINE, 30)
    for act, source, target, item, count, used in moves:
        before = left_of(world, *stores)
        spent = 0.0
        if act == "move" and source != target:
            move_items(world, stores[source], stores[target], item, count)
        elif act == "sort":
            sort_inventory(world, stores[source])
        elif act == "use":
            has = inventory_contents(world, stores[source]).get(item, 0)
            has = has * wear_unit(item) - wear_of(world, stores[source]).get(item, 0.0)
            spent = min(float(used), has) / wear_unit(item)
            run = first_slot(world, stores[source]), 16
            add_wear(world, *run, {item: float(used)})
        assert left_of(world, *stores) == pytest.approx(before - spent)
    assert load_world(save_world(world)).state_hash() == world.state_hash()


def test_mining_a_chest_brings_worn_packs(flat_world):
    world = flat_world()
    entity, store = chest(world, 128)
    insert_items(world, store, PACK, 2)
    set_used(world, first_slot(world, store), 120.0)
    main = main_inventory(world, create_character(world, 1280, 0))
    assert mine_into(world, entity, main).is_done
    assert wear_of(world, main) == {PACK: 120.0}


def test_a_slot_that_is_used_again_begins_whole(flat_world):
    world = flat_world()
    entity, store = chest(world, 128)
    insert_items(world, store, PACK, 1)
    slot = first_slot(world, store)
    set_used(world, slot, 7.0)
    assert used_in_slot(world, slot) == 7.0
    destroy_entity(world, entity)
    _, store = chest(world, 128)
    assert first_slot(world, store) == slot
    insert_items(world, store, PACK, 1)
    assert used_in_slot(world, slot) == 0.0
    used_rows = world.tables["worn_stack"][: world.count[TABLE_INDEX["worn_stack"]]]
    assert not (used_rows["entity"] > 0).any()


def test_worn_packs_keep_when_slots_come_and_go(flat_world):
    world = flat_world()
    main = main_inventory(world, create_character(world, 0, 0))
    insert_items(world, main, PACK, 100 * 80)
    set_used(world, first_slot(world, main) + 3, 50.0)
    set_inventory_bonus(world, FORCE_PLAYER, 1)
    insert_items(world, main, PACK, 1)
    set_used(world, first_slot(world, main) + 80, 20.0)
    move_items(world, main, chest(world, 2560)[1], PACK, 50)
    set_inventory_bonus(world, FORCE_PLAYER, 0)
    assert wear_of(world, main)[PACK] in (50.0, 70.0)
    assert used_in_slot(world, first_slot(world, main) + 3) == 50.0
