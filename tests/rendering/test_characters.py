"""Names beside figures."""

import pytest
from PIL import Image, ImageChops

from fle_marl.rendering import characters
from fle_marl.rendering.scene import Area, Character

AREA = Area(0, 0, 24, 16)


def test_colours_go_by_place_in_the_list_and_begin_again():
    crowd = [Character(f"agent_{index}", 0, 0) for index in range(10)]
    colours = characters.agent_colours(crowd)
    assert colours["agent_0"] == colours["agent_8"] != colours["agent_1"]
    assert len(set(colours.values())) == 8


@pytest.mark.parametrize("count", [2, 3, 4, 6])
def test_names_of_a_crowd_do_not_cover_each_other(count):
    taken = []
    for _ in range(count):
        box = characters._free_place(200, 200, (70, 22), 20, taken, (600, 400))
        assert not any(characters._overlap(box, other) for other in taken)
        taken.append(box)


@pytest.mark.parametrize(("x", "y"), [(0, 0), (24, 16), (0, 16), (24, 0)])
def test_names_stay_inside_the_map(x, y):
    left, top, right, bottom = characters._free_place(
        x * 20, y * 20, (90, 22), 20, [], (480, 320)
    )
    assert 0 <= left < right <= 480
    assert 0 <= top < bottom <= 320


def test_a_name_of_somebody_outside_is_not_written():
    empty = Image.new("RGB", (480, 320))
    for x, is_written in ((-5.0, False), (5.0, True)):
        image = empty.copy()
        characters.draw_names(image, [Character("agent_0", x, 8.0)], AREA, 20)
        assert (ImageChops.difference(image, empty).getbbox() is not None) is is_written
