"""One fluid box: what goes in, mixes and comes out."""

from typing import Any

import pytest
from numpy.typing import NDArray

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.kernels.fluid import accepts_fluid, put_fluid, take_fluid
from fle_marl.sim.world import World

WATER, OIL = 1, 2
BOX = 1

Boxes = NDArray[Any]


@entry_point
def _accepts(state: Tables, fluid: int, temperature: float) -> bool:
    return accepts_fluid(state, BOX, fluid, temperature)


@entry_point
def _put(state: Tables, fluid: int, amount: float, temperature: float) -> float:
    return put_fluid(state, BOX, fluid, amount, temperature)


@entry_point
def _take(state: Tables, amount: float) -> float:
    return take_fluid(state, BOX, amount)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def boxes(world: World) -> Boxes:
    table = world.tables["fluidbox"]
    table["capacity"][BOX] = 100.0
    return table


def test_fluid_goes_in_up_to_the_capacity(world: World, boxes: Boxes) -> None:
    assert _put(world.state, WATER, 70.0, 15.0) == 70.0
    assert _put(world.state, WATER, 70.0, 15.0) == 30.0
    assert _put(world.state, WATER, 70.0, 15.0) == 0.0
    assert boxes["amount"][BOX] == 100.0


def test_temperature_is_the_mean_by_amount(world: World, boxes: Boxes) -> None:
    _put(world.state, WATER, 30.0, 15.0)
    _put(world.state, WATER, 10.0, 95.0)
    assert boxes["temperature"][BOX] == pytest.approx(35.0)


def test_equal_temperature_stays_exact(world: World, boxes: Boxes) -> None:
    for _ in range(100):
        _put(world.state, WATER, 0.1, 165.3)
    assert boxes["temperature"][BOX] == 165.3


def test_fluid_comes_out_as_long_as_there_is_some(world: World, boxes: Boxes) -> None:
    _put(world.state, WATER, 30.0, 15.0)
    assert _take(world.state, 20.0) == 20.0
    assert _take(world.state, 20.0) == 10.0
    assert _take(world.state, 20.0) == 0.0


def test_empty_box_forgets_its_fluid(world: World, boxes: Boxes) -> None:
    _put(world.state, WATER, 30.0, 15.0)
    assert not _accepts(world.state, OIL, 15.0)
    _take(world.state, 30.0)
    assert boxes["fluid"][BOX] == 0
    assert _accepts(world.state, OIL, 15.0)


@pytest.mark.parametrize(
    ("filtered", "minimum", "fluid", "temperature", "is_accepted"),
    [
        (0, 0.0, OIL, 25.0, True),
        (WATER, 0.0, WATER, 25.0, True),
        (WATER, 0.0, OIL, 25.0, False),
        (0, 100.0, WATER, 99.0, False),
        (0, 100.0, WATER, 100.0, True),
    ],
)
def test_filters(
    world: World,
    boxes: Boxes,
    filtered: int,
    minimum: float,
    fluid: int,
    temperature: float,
    is_accepted: bool,
) -> None:
    boxes["filter"][BOX] = filtered
    boxes["minimum_temperature"][BOX] = minimum
    assert _accepts(world.state, fluid, temperature) == is_accepted
