"""The way through time does not matter, only how much of it has passed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.sim.engine import advance, fork
from fle_marl.sim.saves import load_world, save_world

from .building import build
from .comparing import differences
from .factories import LAWS, Factory, Piece, factories


@settings(LAWS, max_examples=20)
@given(factories(), st.integers(1, 500))
def test_many_ticks_at_once_are_as_many_single_ticks(plan: Factory, ticks: int) -> None:
    together, apart = build(plan), build(plan)
    advance(together, ticks)
    for _ in range(ticks):
        advance(apart, 1)
    assert differences(together, apart) == []


def test_a_network_without_power_says_the_same_however_time_passes() -> None:
    plan = Factory((Piece("substation", 0, 0), Piece("inserter", 3.5, 0.5)))
    together, apart = build(plan), build(plan)
    advance(together, 3)
    for _ in range(3):
        advance(apart, 1)
    assert differences(together, apart) == []


@settings(LAWS, max_examples=20)
@given(factories(), st.integers(0, 400), st.integers(1, 400))
def test_a_restored_world_is_the_same_and_goes_the_same_way(
    plan: Factory, first: int, second: int
) -> None:
    world = build(plan)
    advance(world, first)
    copy, name = world.snapshot(), world.state_hash()
    advance(world, second)
    ahead = world.state_hash()
    world.restore(copy)
    assert world.state_hash() == name
    advance(world, second)
    assert world.state_hash() == ahead


@settings(LAWS, max_examples=20)
@given(factories(), st.integers(0, 400), st.integers(1, 400))
def test_a_fork_and_a_saved_world_go_the_same_way(
    plan: Factory, first: int, second: int
) -> None:
    world = build(plan)
    advance(world, first)
    twins = fork(world), load_world(save_world(world))
    for each in (world, *twins):
        advance(each, second)
    assert {each.state_hash() for each in twins} == {world.state_hash()}


@settings(LAWS, max_examples=10)
@given(factories(), st.integers(1, 400))
def test_a_fork_does_not_touch_its_origin(plan: Factory, ticks: int) -> None:
    world = build(plan)
    name = world.state_hash()
    advance(fork(world), ticks)
    assert world.state_hash() == name
