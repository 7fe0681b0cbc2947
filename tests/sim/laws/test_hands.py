"""Crafting by hand makes nothing of nothing, whatever is queued and cancelled."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.prototypes import load
from fle_marl.sim.actions.character import create_character, main_inventory
from fle_marl.sim.actions.crafting import (
    begin_crafting,
    cancel_crafting,
    crafting_queue,
)
from fle_marl.sim.actions.inventory import insert_items, inventory_contents
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World

from .building import build
from .factories import LAWS, Factory

RECIPES = (
    "iron-gear-wheel",
    "copper-cable",
    "electronic-circuit",
    "transport-belt",
    "inserter",
    "automation-science-pack",
    "burner-mining-drill",
)
STOCK = ("iron-plate", "copper-plate", "iron-gear-wheel", "copper-cable", "stone")

stocks = st.dictionaries(st.sampled_from(STOCK), st.integers(1, 30))
crafts = st.tuples(st.just("craft"), st.sampled_from(RECIPES), st.integers(1, 6))
cancels = st.tuples(st.just("cancel"), st.integers(0, 5), st.integers(1, 6))
waits = st.tuples(st.just("wait"), st.integers(0, 90), st.none())
orders = st.lists(st.one_of(crafts, crafts, cancels, waits), min_size=1, max_size=12)


def carry_out(world: World, character: int, order: tuple) -> None:
    what, one, other = order
    if what == "craft":
        begin_crafting(world, character, load().recipes[one].id, other)
    elif what == "cancel":
        cancel_crafting(world, character, one, other)
    else:
        advance(world, one)


def balance(world: World) -> Counter[int]:
    """Items that statistics say have come (or gone, if negative)."""
    flow = world.tables["item_flow"]
    change = flow["produced"] - flow["consumed"]
    return Counter({row: int(change[row]) for row in change.nonzero()[0].tolist()})


@settings(LAWS, max_examples=60)
@given(stocks, orders)
def test_what_is_cancelled_comes_back(stock: dict[str, int], orders: list) -> None:
    world = build(Factory(()))
    character = create_character(world, 0, 0)
    inventory = main_inventory(world, character)
    for name, count in stock.items():
        insert_items(world, inventory, load().items[name].id, count)
    expected = Counter(inventory_contents(world, inventory))
    for order in orders:
        carry_out(world, character, order)
    for _ in range(100):
        queue = crafting_queue(world, character)
        if not queue:
            break
        cancel_crafting(world, character, len(queue) - 1, queue[-1].count)
    assert crafting_queue(world, character) == []
    expected.update(balance(world))
    assert Counter(inventory_contents(world, inventory)) == expected


@settings(LAWS, max_examples=60)
@given(stocks, orders)
def test_what_is_queued_gets_done(stock: dict[str, int], orders: list) -> None:
    world = build(Factory(()))
    character = create_character(world, 0, 0)
    inventory = main_inventory(world, character)
    for name, count in stock.items():
        insert_items(world, inventory, load().items[name].id, count)
    expected = Counter(inventory_contents(world, inventory))
    for order in orders:
        carry_out(world, character, order)
    advance(world, 20_000)
    assert crafting_queue(world, character) == []
    expected.update(balance(world))
    assert Counter(inventory_contents(world, inventory)) == +expected
