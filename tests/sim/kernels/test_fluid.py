"""One fluid box: what goes in, mixes and comes out."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from fle_marl.sim.components import FLUIDBOX
from fle_marl.sim.kernels.fluid import accepts_fluid, put_fluid, take_fluid

WATER, OIL = 1, 2
BOX = 1

Boxes = NDArray[Any]


@pytest.fixture
def boxes() -> Boxes:
    table = np.zeros(2, FLUIDBOX).view(np.recarray)
    table["capacity"][BOX] = 100.0
    return table


def test_fluid_goes_in_up_to_the_capacity(boxes: Boxes) -> None:
    assert put_fluid(boxes, BOX, WATER, 70.0, 15.0) == 70.0
    assert put_fluid(boxes, BOX, WATER, 70.0, 15.0) == 30.0
    assert put_fluid(boxes, BOX, WATER, 70.0, 15.0) == 0.0
    assert boxes["amount"][BOX] == 100.0


def test_temperature_is_the_mean_by_amount(boxes: Boxes) -> None:
    put_fluid(boxes, BOX, WATER, 30.0, 15.0)
    put_fluid(boxes, BOX, WATER, 10.0, 95.0)
    assert boxes["temperature"][BOX] == pytest.approx(35.0)


def test_equal_temperature_stays_exact(boxes: Boxes) -> None:
    for _ in range(100):
        put_fluid(boxes, BOX, WATER, 0.1, 165.3)
    assert boxes["temperature"][BOX] == 165.3


def test_fluid_comes_out_as_long_as_there_is_some(boxes: Boxes) -> None:
    put_fluid(boxes, BOX, WATER, 30.0, 15.0)
    assert take_fluid(boxes, BOX, 20.0) == 20.0
    assert take_fluid(boxes, BOX, 20.0) == 10.0
    assert take_fluid(boxes, BOX, 20.0) == 0.0


def test_empty_box_forgets_its_fluid(boxes: Boxes) -> None:
    put_fluid(boxes, BOX, WATER, 30.0, 15.0)
    assert not accepts_fluid(boxes, BOX, OIL, 15.0)
    take_fluid(boxes, BOX, 30.0)
    assert boxes["fluid"][BOX] == 0
    assert accepts_fluid(boxes, BOX, OIL, 15.0)


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
    boxes: Boxes,
    filtered: int,
    minimum: float,
    fluid: int,
    temperature: float,
    is_accepted: bool,
) -> None:
    boxes["filter"][BOX] = filtered
    boxes["minimum_temperature"][BOX] = minimum
    assert accepts_fluid(boxes, BOX, fluid, temperature) == is_accepted
