"""North is no better than east, and left no better than right."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.defines import Direction
from fle_marl.sim.actions.build import entities, entity_contents
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World

from .building import View, build
from .factories import LAWS, Factory, factories

SPANS_TICKS = (60, 540)
PLENTY = st.just(100)
"""Ore that lasts: which tile of its area a drill begins with is the map's business."""
HANDED = frozenset({"burner-mining-drill", "splitter"})
"""What has a left and a right: where a burner drill drops, whose turn it is first."""
BELTS = frozenset({"transport-belt", "fast-transport-belt", "underground-belt"})
"""Onto belts that lead to or from them, inserters drop on the right lane; heaps have
such places, plants have not."""


def assert_same(one: World, other: World) -> None:
    """Both hold the same in each of their entities, and have made the same."""
    rows = entities(one)
    assert rows == entities(other)
    for row in rows:
        assert entity_contents(one, row) == entity_contents(other, row), row
    flows = (world.tables["item_flow"] for world in (one, other))
    assert np.array_equal(*flows)


@settings(LAWS, max_examples=20)
@given(
    factories(amounts=PLENTY),
    st.sampled_from((Direction.east, Direction.south, Direction.west)),
)
def test_a_turned_factory_makes_the_same(plan: Factory, turn: Direction) -> None:
    straight, turned = build(plan), build(plan, View(turn=turn))
    for ticks in SPANS_TICKS:
        advance(straight, ticks)
        advance(turned, ticks)
        assert_same(straight, turned)


@settings(LAWS, max_examples=20)
@given(factories(amounts=PLENTY, without=HANDED | BELTS))
def test_a_mirrored_factory_makes_the_same(plan: Factory) -> None:
    straight, mirrored = build(plan), build(plan, View(is_mirrored=True))
    for ticks in SPANS_TICKS:
        advance(straight, ticks)
        advance(mirrored, ticks)
        assert_same(straight, mirrored)
