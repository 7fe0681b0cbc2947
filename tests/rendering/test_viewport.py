"""Which part of the world is shown."""

import pytest

from fle_marl.rendering.parsing import parse_scene
from fle_marl.rendering.scene import Area
from fle_marl.rendering.viewport import choose_area, choose_scale


def chosen(**scene):
    return choose_area(parse_scene(scene))


def chest(x, y):
    return {"name": "iron-chest", "type": "container", "x": x, "y": y}


def tree(x, y):
    return {"name": "tree-01", "type": "tree", "x": x, "y": y}


def test_a_given_area_is_widened_to_whole_tiles():
    area = {"left_top": {"x": -1.5, "y": 0.2}, "right_bottom": {"x": 4.1, "y": 9}}
    assert chosen(area=area) == Area(-2, 0, 5, 9)


def test_nothing_at_all_shows_the_origin():
    assert chosen() == Area(-12, -8, 12, 8)


def test_a_single_character_stands_in_the_middle():
    area = chosen(characters=[{"name": "agent_0", "x": 100.5, "y": -40.5}])
    assert (area.width, area.height) == (24, 16)
    assert area.left + 11 <= 100.5 <= area.right - 11
    assert area.top + 7 <= -40.5 <= area.bottom - 7


def test_what_was_built_has_a_margin():
    area = chosen(entities=[chest(0.5, 0.5), chest(60.5, 30.5)])
    assert area.left <= -3
    assert area.top <= -3
    assert area.right >= 64
    assert area.bottom >= 34


def test_trees_far_away_do_not_widen_the_area():
    assert chosen(entities=[chest(0.5, 0.5), tree(90, 90)]) == chosen(
        entities=[chest(0.5, 0.5)]
    )


@pytest.mark.parametrize("far", [(300.5, 0.5), (0.5, 300.5)])
def test_a_long_row_gets_ground_beside_it(far):
    area = chosen(entities=[chest(0.5, 0.5), chest(*far)])
    assert 0.99 <= area.width / area.height <= 2.21


def test_a_world_too_wide_is_cut_around_its_middle():
    entities = [chest(x + 0.5, 0.5) for x in range(50)] + [chest(5_000.5, 0.5)]
    area = chosen(entities=entities)
    assert area.width == 512
    assert area.left < 0
    assert area.right > 50


@pytest.mark.parametrize(
    ("width", "height"), [(24, 16), (30, 20), (120, 80), (512, 512), (40, 400), (9, 9)]
)
def test_the_chosen_scale_fits_the_picture(width, height):
    scale = choose_scale(Area(0, 0, width, height))
    assert 2 <= scale <= 48
    assert width * scale <= 1_500
    assert height * scale <= 1_150
