"""Shapes in tiles land on the right pixels."""

import pytest
from PIL import Image

from fle_marl.rendering.canvas import Canvas

RED = (255, 0, 0)


@pytest.fixture
def image():
    return Image.new("RGB", (100, 100))


def test_zero_is_where_the_area_begins(image):
    Canvas(image, px_per_tile=10, left=-5, top=20).box(-1, 21, 0, 22, RED)
    assert image.getbbox() == (40, 10, 51, 21)


@pytest.mark.parametrize(
    ("turns", "place"), [(0, (50, 20)), (1, (80, 50)), (2, (50, 80)), (3, (20, 50))]
)
def test_north_turns_clockwise(image, turns, place):
    canvas = Canvas(image, px_per_tile=10).at(5, 5, turns)
    canvas.disc(0, -3, 0.5, RED)
    assert image.getpixel(place) == RED
    assert image.getpixel((50, 50)) == (0, 0, 0)


def test_moves_and_turns_add_up(image):
    canvas = Canvas(image, px_per_tile=10).at(5, 5, 1).at(0, -2, 1).at(0, -2)
    canvas.disc(0, 0, 0.3, RED)
    assert image.getpixel((70, 70)) == RED


def test_zooming_keeps_the_zero_point(image):
    canvas = Canvas(image, px_per_tile=10, left=-5, top=-5).zoomed(4)
    canvas.box(-0.5, -0.5, 0.5, 0.5, RED)
    assert image.getbbox() == (30, 30, 71, 71)


def test_text_too_small_to_read_is_left_out(image):
    Canvas(image, px_per_tile=10).text(5, 5, "A", size=0.5, colour=RED)
    assert image.getbbox() is None
    Canvas(image, px_per_tile=10).text(5, 5, "A", size=2, colour=RED)
    assert image.getbbox() is not None


def test_thin_lines_do_not_vanish(image):
    Canvas(image, px_per_tile=1).line([(0, 5), (9, 5)], RED, 0.001)
    assert image.getpixel((4, 5)) == RED
