"""How splitters deal out items."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.transport_line import (
    clear_line,
    insert_at_back,
    items_on_line,
    line_contents,
    lines_of_belt,
)
from fle_marl.sim.engine import advance
from fle_marl.sim.systems.splitter import (
    set_splitter_filter,
    set_splitter_input_priority,
    set_splitter_output_priority,
)
from fle_marl.sim.world import World

IRON_ORE = load().items["iron-ore"].id
COPPER_ORE = load().items["copper-ore"].id
LEFT_IN, RIGHT_IN, LEFT_OUT, RIGHT_OUT = range(4)
WARM_UP_TICKS = 600
MEASURED_TICKS = 800
FULL_LANE = 100
"""Items on a full lane in the measured time: one in 8 ticks."""

MakeWorld = Callable[..., World]
Place = Callable[..., int]
Counts = list[list[Counter[int]]]


class Bench:
    """A splitter with a belt at each input and output; all belts go north."""

    def __init__(self, world: World, place: Place, blocked: tuple[int, ...]) -> None:
        self.world = world
        self.splitter = place(world, "splitter", 1, 0.5)
        self.belts = [
            lines_of_belt(world, place(world, "transport-belt", x, y))
            for y in (1, -1)
            for x in (0, 1)
        ]
        self.blocked = blocked

    def run(self, ticks: int, supply: dict[int, list[int]]) -> Counts:
        """Feed lanes as fast as they take it and empty the outputs.

        Args:
            ticks: how many.
            supply: for each input, what its lanes are fed with; 0 for nothing.

        Returns:
            For each output, what came out on its lanes.
        """
        counts: Counts = [[Counter(), Counter()], [Counter(), Counter()]]
        for _ in range(ticks):
            for belt, items in supply.items():
                for line, item in zip(self.belts[belt], items, strict=True):
                    if item:
                        insert_at_back(self.world, line, item)
            advance(self.world, 1)
            for side, belt in enumerate((LEFT_OUT, RIGHT_OUT)):
                if belt in self.blocked:
                    continue
                for lane, line in enumerate(self.belts[belt]):
                    counts[side][lane].update(line_contents(self.world, line))
                    clear_line(self.world, line)
        return counts


@pytest.fixture
def bench(flat_world: MakeWorld, place: Place) -> Callable[..., Bench]:
    def make(*blocked: int) -> Bench:
        return Bench(flat_world(), place, blocked)

    return make


def totals(counts: Counts) -> list[list[int]]:
    return [[lane.total() for lane in side] for side in counts]


BOTH = [IRON_ORE, IRON_ORE]
FLOWS: list[Any] = [
    pytest.param({LEFT_IN: BOTH}, (), [[50, 50], [50, 50]], id="one belt onto two"),
    pytest.param(
        {LEFT_IN: BOTH, RIGHT_IN: BOTH}, (), [[100, 100]] * 2, id="two onto two"
    ),
    pytest.param({LEFT_IN: BOTH}, (LEFT_OUT,), [[0, 0], [100, 100]], id="one blocked"),
    pytest.param(
        {LEFT_IN: BOTH, RIGHT_IN: BOTH},
        (RIGHT_OUT,),
        [[100, 100], [0, 0]],
        id="two onto one",
    ),
    pytest.param(
        {LEFT_IN: [IRON_ORE, 0]}, (), [[50, 0], [50, 0]], id="lanes are kept: left"
    ),
    pytest.param(
        {RIGHT_IN: [0, IRON_ORE]}, (), [[0, 50], [0, 50]], id="lanes are kept: right"
    ),
    pytest.param(
        {LEFT_IN: [IRON_ORE, 0], RIGHT_IN: [IRON_ORE, IRON_ORE]},
        (),
        [[100, 50]] * 2,
        id="lanes are independent",
    ),
]


@pytest.mark.parametrize(("supply", "blocked", "expected"), FLOWS)
def test_flows_are_full_and_even(
    bench: Callable[..., Bench],
    supply: dict[int, list[int]],
    blocked: tuple[int, ...],
    expected: list[list[int]],
) -> None:
    scene = bench(*blocked)
    scene.run(WARM_UP_TICKS, supply)
    assert totals(scene.run(MEASURED_TICKS, supply)) == expected


def test_two_inputs_share_one_output_evenly(bench: Callable[..., Bench]) -> None:
    scene = bench(RIGHT_OUT)
    supply = {LEFT_IN: BOTH, RIGHT_IN: [COPPER_ORE, COPPER_ORE]}
    scene.run(WARM_UP_TICKS, supply)
    for lane in scene.run(MEASURED_TICKS, supply)[0]:
        assert lane == {IRON_ORE: 50, COPPER_ORE: 50}


@pytest.mark.parametrize(
    ("side", "expected"), [("left", IRON_ORE), ("right", COPPER_ORE)]
)
def test_an_input_with_priority_goes_first(
    bench: Callable[..., Bench], side: str, expected: int
) -> None:
    scene = bench(RIGHT_OUT)
    set_splitter_input_priority(scene.world, scene.splitter, side)
    supply = {LEFT_IN: BOTH, RIGHT_IN: [COPPER_ORE, COPPER_ORE]}
    scene.run(WARM_UP_TICKS, supply)
    for lane in scene.run(MEASURED_TICKS, supply)[0]:
        assert lane == {expected: FULL_LANE}


@pytest.mark.parametrize(("side", "first"), [("left", 0), ("right", 1)])
def test_an_output_with_priority_is_filled_first(
    bench: Callable[..., Bench], side: str, first: int
) -> None:
    scene = bench()
    set_splitter_output_priority(scene.world, scene.splitter, side)
    scene.run(WARM_UP_TICKS, {LEFT_IN: BOTH})
    counts = totals(scene.run(MEASURED_TICKS, {LEFT_IN: BOTH}))
    assert counts[first] == [FULL_LANE, FULL_LANE]
    assert counts[1 - first] == [0, 0]


def test_what_an_output_with_priority_cannot_take_goes_to_the_other(
    bench: Callable[..., Bench],
) -> None:
    scene = bench()
    set_splitter_output_priority(scene.world, scene.splitter, "left")
    supply = {LEFT_IN: BOTH, RIGHT_IN: BOTH}
    scene.run(WARM_UP_TICKS, supply)
    assert totals(scene.run(MEASURED_TICKS, supply)) == [[FULL_LANE, FULL_LANE]] * 2


@pytest.mark.parametrize(("side", "filtered"), [("left", 0), ("right", 1)])
def test_a_filter_parts_items(
    bench: Callable[..., Bench], side: str, filtered: int
) -> None:
    scene = bench()
    set_splitter_output_priority(scene.world, scene.splitter, side)
    set_splitter_filter(scene.world, scene.splitter, COPPER_ORE)
    supply = {LEFT_IN: [IRON_ORE, COPPER_ORE], RIGHT_IN: [COPPER_ORE, IRON_ORE]}
    scene.run(WARM_UP_TICKS, supply)
    counts = scene.run(MEASURED_TICKS, supply)
    assert counts[filtered] == [{COPPER_ORE: FULL_LANE}] * 2
    assert counts[1 - filtered] == [{IRON_ORE: FULL_LANE}] * 2


def test_a_filter_lets_nothing_else_out_of_its_side(
    bench: Callable[..., Bench],
) -> None:
    scene = bench(RIGHT_OUT)
    set_splitter_filter(scene.world, scene.splitter, COPPER_ORE)
    scene.run(WARM_UP_TICKS, {LEFT_IN: BOTH})
    assert totals(scene.run(MEASURED_TICKS, {LEFT_IN: BOTH})) == [[0, 0], [0, 0]]


def test_a_setting_wakes_a_splitter_that_stands_still(
    bench: Callable[..., Bench],
) -> None:
    scene = bench()
    set_splitter_filter(scene.world, scene.splitter, COPPER_ORE)
    scene.blocked = (RIGHT_OUT,)
    scene.run(WARM_UP_TICKS, {LEFT_IN: BOTH})
    set_splitter_filter(scene.world, scene.splitter, IRON_ORE)
    scene.run(WARM_UP_TICKS, {LEFT_IN: BOTH})
    counts = totals(scene.run(MEASURED_TICKS, {LEFT_IN: BOTH}))
    assert counts[0] == [FULL_LANE, FULL_LANE]


def test_a_full_splitter_holds_items_and_lets_them_go_again(
    bench: Callable[..., Bench],
) -> None:
    scene = bench(LEFT_OUT, RIGHT_OUT)
    scene.run(WARM_UP_TICKS, {LEFT_IN: BOTH, RIGHT_IN: BOTH})
    held = [
        len(items_on_line(scene.world, line))
        for line in lines_of_belt(scene.world, scene.splitter)
    ]
    # 179 and 128 long; an item may reach back out of its line
    assert held == [3] * 4 + [2] * 4
    before = scene.world.snapshot()
    advance(scene.world, 50)
    assert (
        before.arrays["line_item"].tobytes()
        == scene.world.snapshot().arrays["line_item"].tobytes()
    )
    scene.blocked = ()
    counts = totals(scene.run(MEASURED_TICKS, {LEFT_IN: BOTH, RIGHT_IN: BOTH}))
    # the outputs' own four items come first, and at once
    assert counts == [[FULL_LANE + 4, FULL_LANE + 4]] * 2
