"""Marks and abbreviations of items."""

import pytest
from PIL import Image

from fle_marl.prototypes import load
from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.marks import abbreviation, draw_mark, mark_colour


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("iron-gear-wheel", "IGW"),
        ("electronic-circuit", "EC"),
        ("pipe", "PIP"),
        ("a-b-c-d-e-f", "ABCD"),
        ("under_score", "US"),
        ("---", ""),
    ],
)
def test_abbreviations(name, letters):
    assert abbreviation(name) == letters


def test_every_item_and_fluid_of_the_game_has_a_mark():
    prototypes = load()
    for name in [*prototypes.items, *prototypes.fluids]:
        image = Image.new("RGB", (20, 20), (255, 0, 255))
        draw_mark(Canvas(image, px_per_tile=20), name, 0.5, 0.5, 0.9)
        assert image.getpixel((10, 10)) != (255, 0, 255), name


def test_ores_differ_in_colour():
    ores = [*load().entities]
    resources = [name for name in ores if load().entities[name].type == "resource"]
    assert len(resources) == 6
    assert len({mark_colour(name) for name in resources}) == 6
