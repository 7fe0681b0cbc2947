"""Reach and mining by hand."""

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity
from fle_marl.sim.actions.character import (
    can_mine,
    can_reach,
    character_of_agent,
    create_character,
    main_inventory,
    mine_entity,
    mining_progress,
    set_walking,
    start_mining,
    stop_mining,
    teleport_character,
)
from fle_marl.sim.actions.inventory import (
    count_items,
    find_inventory,
    insert_items,
    inventory_contents,
)
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.components import FORCE_NEUTRAL
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World

CHEST = 1  # defines.inventory.chest


def item(name: str) -> int:
    return load().items[name].id


def held(world: World, character: int, name: str) -> int:
    return count_items(world, main_inventory(world, character), item(name))


def stands(world: World, entity: int) -> bool:
    return bool(world.entity["prototype"][entity] > 0)


def fill(world: World, character: int, name: str = "wooden-chest") -> None:
    stacks = 80 * load().items[name].stack_size
    assert insert_items(world, main_inventory(world, character), item(name), stacks)


def add_tree(world: World, x: int) -> int:
    return create_entity(world, "tree-01", x, 0, force=FORCE_NEUTRAL)


def test_characters_are_found_by_their_agents(flat_world):
    world = flat_world()
    first, second = (create_character(world, 0, y, agent=y + 1) for y in range(2))
    assert character_of_agent(world, 1) == first
    assert character_of_agent(world, 2) == second
    assert character_of_agent(world, 3) == 0


@pytest.mark.parametrize(
    ("name", "tiles", "reaches"),
    [
        # 10 tiles to the edge of a box, 0.35 tiles from a chest's middle
        ("wooden-chest", 10.3, True),
        ("wooden-chest", 10.4, False),
        ("assembling-machine-1", 11.1, True),
        ("assembling-machine-1", 11.3, False),
        ("tree-01", 3.0, True),
        ("tree-01", 3.2, False),
    ],
)
def test_reach(flat_world, place, name, tiles, reaches):
    world = flat_world()
    target = place(world, name, 0.5, 0.5)
    x = int(world.entity["x"][target])
    y = int(world.entity["y"][target])
    character = create_character(world, 0, 0)
    teleport_character(world, character, x + int(tiles * 256), y)
    assert can_reach(world, character, target) is reaches
    assert start_mining(world, character, target) is reaches


@pytest.mark.parametrize(("tiles", "reaches"), [(2.69, True), (2.71, False)])
def test_reach_of_resources(flat_world, tiles, reaches):
    world = flat_world()
    ore = add_resource(world, "iron-ore", 0, 0, 10)
    character = create_character(world, 128, 128 + int(tiles * 256))
    assert can_reach(world, character, ore) is reaches
    assert start_mining(world, character, ore) is reaches


@pytest.mark.parametrize(
    ("name", "is_minable"),
    [("iron-ore", True), ("stone", True), ("uranium-ore", False), ("crude-oil", False)],
)
def test_what_hands_can_mine(flat_world, name, is_minable):
    world = flat_world()
    resource = add_resource(world, name, 0, 0, 10)
    character = create_character(world, 0, 0)
    assert can_mine(world, character, resource) is is_minable
    assert start_mining(world, character, resource) is is_minable
    assert mine_entity(world, character, resource) is is_minable


def test_characters_are_not_mined(flat_world):
    world = flat_world()
    one, other = create_character(world, 0, 0), create_character(world, 512, 0)
    assert not can_mine(world, one, one)
    assert not can_mine(world, one, other)


def test_ore_comes_every_two_seconds_until_it_is_gone(flat_world):
    world = flat_world()
    ore = add_resource(world, "copper-ore", 0, 0, 3)
    character = create_character(world, 0, 0)
    start_mining(world, character, ore)
    for ticks, count in ((120, 0), (1, 1), (119, 1), (1, 2), (119, 2), (1, 3)):
        advance(world, ticks)
        assert held(world, character, "copper-ore") == count
    assert not stands(world, ore)
    assert world.tables["ore"].max() == 0
    advance(world, 500)
    assert held(world, character, "copper-ore") == 3
    flow = world.tables["item_flow"][item("copper-ore")]
    assert (flow["produced"], flow["hand_mined"]) == (3, 3)


def test_mining_speed_modifier(flat_world):
    world = flat_world()
    ore = add_resource(world, "coal", 0, 0, 100)
    character = create_character(world, 0, 0)
    row = world.entity["component"][character]
    world.tables["character"]["mining_speed_modifier"][row] = 1.0
    start_mining(world, character, ore)
    advance(world, 601)
    assert held(world, character, "coal") == 10


def test_ordering_the_same_again_does_not_start_anew(flat_world):
    world = flat_world()
    ore = add_resource(world, "coal", 0, 0, 100)
    character = create_character(world, 0, 0)
    for _ in range(121):
        assert start_mining(world, character, ore)
        advance(world, 1)
    assert held(world, character, "coal") == 1


def test_progress_and_stopping(flat_world):
    world = flat_world()
    ore = add_resource(world, "stone", 0, 0, 100)
    character = create_character(world, 0, 0)
    start_mining(world, character, ore)
    assert mining_progress(world, character) == 0
    advance(world, 61)
    assert mining_progress(world, character) == pytest.approx(0.5)
    stop_mining(world, character)
    assert mining_progress(world, character) == 0
    advance(world, 200)
    assert held(world, character, "stone") == 0


def test_mining_ends_out_of_reach(flat_world):
    world = flat_world()
    ore = add_resource(world, "stone", 0, 0, 100)
    character = create_character(world, 0, 0)
    start_mining(world, character, ore)
    set_walking(world, character, 6)
    advance(world, 200)
    row = world.entity["component"][character]
    assert not world.tables["character"]["is_mining"][row]
    assert held(world, character, "stone") == 0


def test_mining_ends_when_the_inventory_is_full(flat_world):
    world = flat_world()
    ore = add_resource(world, "stone", 0, 0, 100)
    tree = add_tree(world, 512)
    character = create_character(world, 0, 0)
    fill(world, character)
    for target in (ore, tree):
        start_mining(world, character, target)
        advance(world, 300)
        row = world.entity["component"][character]
        assert not world.tables["character"]["is_mining"][row]
        assert stands(world, target)


def test_a_rock_gives_a_random_amount_by_seed(flat_world, place):
    def stone_and_coal(seed: int) -> tuple[int, int]:
        world = flat_world(seed=seed)
        rock = place(world, "rock-huge", 3.5, 0.5)
        character = create_character(world, 0, 0)
        assert start_mining(world, character, rock)
        advance(world, 361)
        assert not stands(world, rock)
        return held(world, character, "stone"), held(world, character, "coal")

    amounts = [stone_and_coal(seed) for seed in range(8)]
    assert amounts == [stone_and_coal(seed) for seed in range(8)]
    assert len(set(amounts)) > 3
    assert all(24 <= count <= 50 for pair in amounts for count in pair)


def test_a_chest_comes_with_its_contents(flat_world, place):
    world = flat_world()
    chest = place(world, "wooden-chest", 2.5, 0.5)
    insert_items(world, find_inventory(world, chest, CHEST), item("iron-plate"), 250)
    character = create_character(world, 0, 0)
    start_mining(world, character, chest)
    advance(world, 12)  # 0.1 s of mining time at half speed
    assert stands(world, chest)
    advance(world, 1)
    assert not stands(world, chest)
    assert inventory_contents(world, main_inventory(world, character)) == {
        item("wooden-chest"): 1,
        item("iron-plate"): 250,
    }
    flow = world.tables["item_flow"][item("wooden-chest")]
    assert flow["produced"] == 0


def test_nothing_is_lost_when_a_chest_does_not_fit(flat_world, place):
    world = flat_world()
    chest = place(world, "wooden-chest", 2.5, 0.5)
    insert_items(world, find_inventory(world, chest, CHEST), item("iron-plate"), 250)
    character = create_character(world, 0, 0)
    insert_items(world, main_inventory(world, character), item("coal"), 78 * 50)
    before = world.state_hash()
    assert not mine_entity(world, character, chest)
    assert world.state_hash() == before


def test_a_refused_rock_leaves_the_random_numbers_alone(flat_world, place):
    world = flat_world()
    rock = place(world, "rock-huge", 3.5, 0.5)
    character = create_character(world, 0, 0)
    fill(world, character)
    before = world.state_hash()
    assert not mine_entity(world, character, rock)
    assert world.state_hash() == before


def test_two_characters_mine_one_tree(flat_world):
    world = flat_world()
    tree = add_tree(world, 512)
    one, other = create_character(world, 0, 0), create_character(world, 0, 256)
    assert start_mining(world, one, tree)
    assert start_mining(world, other, tree)
    advance(world, 100)
    assert held(world, one, "wood") + held(world, other, "wood") == 4


def test_two_characters_mine_the_last_ore_of_a_tile(flat_world):
    world = flat_world()
    characters = [create_character(world, 0, y) for y in (0, 256)]
    ore = add_resource(world, "iron-ore", 0, 0, 1)
    for character in characters:
        assert start_mining(world, character, ore)

    advance(world, 200)

    assert [held(world, each, "iron-ore") for each in characters] == [1, 0]
    assert not stands(world, ore)
    assert world.tables["item_flow"]["produced"][item("iron-ore")] == 1


def test_who_steps_away_and_back_leaves_no_trace(flat_world):
    world = flat_world()
    character = create_character(world, 256, 256)
    create_entity(world, "transport-belt", 128, 128)
    create_character(world, 300, 256)
    before = world.state_hash()

    assert teleport_character(world, character, 2000, 2000)
    assert world.state_hash() != before
    assert teleport_character(world, character, 256, 256)

    assert world.state_hash() == before


def test_a_reused_row_is_not_mistaken_for_the_target(flat_world, place):
    world = flat_world()
    chest = place(world, "wooden-chest", 2.5, 0.5)
    miner, other = create_character(world, 0, 0), create_character(world, 0, 256)
    start_mining(world, miner, chest)
    assert mine_entity(world, other, chest)
    assert place(world, "iron-chest", 2.5, 0.5) == chest
    advance(world, 60)
    assert stands(world, chest)
    assert held(world, miner, "iron-chest") == 0


def test_mining_in_many_short_runs_is_the_same(flat_world, place):
    def run(lengths: list[int]) -> str:
        world = flat_world(seed=3)
        targets = [
            add_resource(world, "iron-ore", 0, 0, 4),
            add_tree(world, 512),
            place(world, "rock-huge", -2.5, 0.5),
        ]
        for index, target in enumerate(targets):
            character = create_character(world, 0, index * 120)
            assert start_mining(world, character, target)
        for ticks in lengths:
            advance(world, ticks)
        return world.state_hash()

    assert run([600]) == run([1] * 600) == run([13] * 46 + [2])
