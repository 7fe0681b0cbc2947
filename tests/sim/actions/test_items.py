"""Items of an entity as a whole, wherever in it they lie."""

from fle_marl.prototypes import load
from fle_marl.sim.actions.inventory import (
    contents_of_all,
    count_in_all,
    find_inventory,
    insert_items,
)
from fle_marl.sim.actions.items import item_count
from fle_marl.sim.systems.inserter import hold

FUEL, SOURCE, RESULT = 1, 2, 3  # defines.inventory.fuel, furnace_source, _result


def item(name: str) -> int:
    return load().items[name].id


def test_all_inventories_count(flat_world, place):
    world = flat_world()
    furnace = place(world, "stone-furnace", 0.0, 0.0)
    laid = {FUEL: ("coal", 7), SOURCE: ("iron-ore", 5), RESULT: ("iron-plate", 3)}
    for define, (name, count) in laid.items():
        insert_items(world, find_inventory(world, furnace, define), item(name), count)
    # whatever the order of its inventories
    assert contents_of_all(world, furnace) == {
        item(name): count for name, count in laid.values()
    }
    for name, count in laid.values():
        assert count_in_all(world, furnace, item(name)) == count
        assert item_count(world, furnace, item(name)) == count
    assert item_count(world, furnace, item("stone")) == 0
    assert item_count(world, furnace, 0) == 15


def test_what_lies_in_no_inventory_counts(flat_world, place):
    world = flat_world()
    inserter = place(world, "burner-inserter", 0.5, 0.5)
    insert_items(world, find_inventory(world, inserter, FUEL), item("coal"), 4)
    hold(world, inserter, item("coal"), 1)
    assert count_in_all(world, inserter, item("coal")) == 4
    assert item_count(world, inserter, item("coal")) == 5
    assert item_count(world, inserter, 0) == 5
