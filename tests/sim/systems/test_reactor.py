"""Reactors: what they burn, what stops them, and who serves them."""

import pytest

from fle_marl.defines import EntityStatus, Inventory
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.actions.inventory import find_inventory, insert_items
from fle_marl.sim.actions.items import insert_into, item_count
from fle_marl.sim.engine import advance
from fle_marl.sim.heat_buffers import heat_buffer_of
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.reactor import neighbour_bonus
from fle_marl.sim.world import World

CELL = load().items["uranium-fuel-cell"]
USED = load().items["used-up-uranium-fuel-cell"]
COAL = load().items["coal"].id
CELL_TICKS = 12_000  # 8 GJ at 40 MW


def status(world: World, entity: int) -> str:
    return EntityStatus(world.entity["status"][entity]).name


def temperature(world: World, entity: int) -> float:
    row = heat_buffer_of(world, entity)
    return float(world.tables["heat_buffer"]["temperature"][row])


def cool(world: World, entity: int) -> None:
    row = heat_buffer_of(world, entity)
    world.tables["heat_buffer"]["temperature"][row] = 15.0


def test_it_burns_nothing_but_fuel_cells(flat_world, place) -> None:
    world = flat_world()
    reactor = place(world, "nuclear-reactor", 0.5, 0.5)
    assert insert_into(world, reactor, COAL, 5) == 0
    advance(world, 60)
    assert status(world, reactor) == "no_fuel"
    assert temperature(world, reactor) == 15.0


def test_it_stops_while_used_up_cells_have_no_room(flat_world, place) -> None:
    world = flat_world()
    reactor = place(world, "nuclear-reactor", 0.5, 0.5)
    burnt = find_inventory(world, reactor, Inventory.burnt_result)
    insert_items(world, burnt, USED.id, USED.stack_size)
    insert_into(world, reactor, CELL.id, 2)
    advance(world, CELL_TICKS + 10)
    assert status(world, reactor) == "full_burnt_result_output"
    hot = temperature(world, reactor)
    assert hot == pytest.approx(15.0 + 800.0)
    advance(world, 100)
    assert temperature(world, reactor) == hot
    first = int(world.tables["inventory"]["first_slot"][burnt])
    world.tables["slot"]["count"][first] -= 1
    advance(world, 100)
    assert status(world, reactor) == "working"
    assert item_count(world, reactor, CELL.id) == 0


def test_an_inactive_one_does_not_burn(flat_world, place) -> None:
    world = flat_world()
    reactor = place(world, "nuclear-reactor", 0.5, 0.5)
    insert_into(world, reactor, CELL.id, 1)
    advance(world, 100)
    hot = temperature(world, reactor)
    world.entity["active"][reactor] = False
    advance(world, 100)
    assert temperature(world, reactor) == hot


def test_inserters_bring_cells_and_take_used_up_ones(flat_world, place) -> None:
    world = flat_world()
    place(world, "nuclear-reactor", 0.5, 0.5)
    full = place(world, "wooden-chest", 0.5, -3.5)
    bringer = place(world, "burner-inserter", 0.5, -2.5)
    taker = place(world, "burner-inserter", 0.5, 3.5)
    empty = place(world, "wooden-chest", 0.5, 4.5)
    for inserter in (bringer, taker):
        insert_into(world, inserter, COAL, 1)
    insert_into(world, full, CELL.id, 2)
    advance(world, 2 * CELL_TICKS + 2000)
    assert item_count(world, full, CELL.id) == 0
    assert item_count(world, empty, USED.id) == 2
    assert world.tables["item_flow"]["consumed"][CELL.id] == 2


def test_what_a_neighbour_adds_goes_with_it(flat_world, place) -> None:
    world = flat_world()
    reactors = [place(world, "nuclear-reactor", 0.5 + x, 0.5) for x in (-5, 0, 5)]
    for reactor in reactors:
        insert_into(world, reactor, CELL.id, 1)
    advance(world, 2)
    assert [neighbour_bonus(world, each) for each in reactors] == [1.0, 2.0, 1.0]
    destroy_entity(world, reactors[0])
    assert neighbour_bonus(refreshed(world), reactors[1]) == 1.0
    for reactor in reactors[1:]:
        cool(world, reactor)
    advance(world, 60)
    assert temperature(world, reactors[1]) == pytest.approx(15.0 + 2 * 4.0)
