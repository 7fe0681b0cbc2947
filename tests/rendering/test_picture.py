"""Whole pictures: sizes, colours at places, sameness, hostile input."""

import math

import numpy as np
import pytest
from PIL import Image

from fle_marl.errors import FleMarlError
from fle_marl.rendering import draw_scene, image_to_array, scene_to_text
from fle_marl.rendering import palette as colours
from fle_marl.rendering.marks import mark_colour

SCALE = 32
LEFT_PX, TOP_PX = 52, 24
"""Where the map begins in a picture without title and legend."""


@pytest.fixture(scope="module")
def picture(factory):
    return draw_scene(factory, scale_px_per_tile=SCALE, legend=False)


def pixel_at(picture, factory, x, y):
    """The colour at a position in tiles."""
    corner = factory["area"]["left_top"]
    place = (
        LEFT_PX + int((x - corner["x"]) * SCALE),
        TOP_PX + int((y - corner["y"]) * SCALE),
    )
    return np.array(picture.getpixel(place), dtype=float)


def test_a_picture_with_everything_is_900_to_1600_pixels_wide(factory):
    picture = draw_scene(factory, title="iron_plate_throughput_16")
    assert picture.mode == "RGB"
    assert 900 <= picture.width <= 1600
    assert 600 <= picture.height <= 1700


def test_the_map_has_the_size_that_area_and_scale_give(picture):
    assert picture.size == (30 * SCALE + LEFT_PX + 22, 20 * SCALE + TOP_PX + 14)


@pytest.mark.parametrize(
    ("x", "y", "colour"),
    [
        pytest.param(-12.0, 7.3, colours.WATER_DEEP, id="lake"),
        pytest.param(14.3, -8.4, colours.GROUND, id="earth"),
        pytest.param(-5.4, -3.4, colours.OCHRE, id="drill"),
        pytest.param(-0.5, 1.2, colours.BELT, id="belt"),
        pytest.param(1.25, -4.0, colours.STONE, id="furnace"),
        pytest.param(2.0, -4.0, colours.HALO, id="mouth of a cold furnace"),
        pytest.param(4.0, 4.5, mark_colour("steam"), id="pipe with steam"),
        pytest.param(6.3, 5.72, colours.SAGE, id="engine"),
        pytest.param(-3.2, -0.6, colours.AGENTS[0], id="first agent"),
        pytest.param(4.6, 3.1, colours.AGENTS[1], id="second agent"),
        pytest.param(2.96, -4.82, colours.ORANGE, id="dot of the cold furnace"),
        pytest.param(2.0, 0.1, mark_colour("iron-plate"), id="recipe in furnace"),
    ],
)
def test_known_places_have_the_colours_of_what_stands_there(
    picture, factory, x, y, colour
):
    seen = pixel_at(picture, factory, x, y)
    assert np.abs(seen - np.array(colour[:3])).max() <= 30


def test_a_mined_out_patch_is_earth_and_a_rich_one_is_not(factory):
    def blueness(amount):
        tiles = [
            {"name": "iron-ore", "x": x + 0.5, "y": y + 0.5, "amount": amount}
            for x in range(-4, 4)
            for y in range(-4, 4)
        ]
        scene = {"resources": tiles}
        picture = draw_scene(scene, scale_px_per_tile=16, legend=False)
        pixels = image_to_array(picture).astype(int)
        middle = pixels[TOP_PX + 64 : TOP_PX + 192, LEFT_PX + 128 : LEFT_PX + 256]
        return (middle[..., 2] - middle[..., 0]).mean()

    nothing, poor, rich = blueness(0), blueness(500), blueness(10_000)
    assert nothing < 2 < poor < rich - 5


def test_the_same_scene_gives_the_same_bytes(factory):
    first = draw_scene(factory, title="twice")
    second = draw_scene(factory, title="twice")
    assert first.tobytes() == second.tobytes()


def test_the_order_of_entities_does_not_matter(factory, picture):
    turned = {**factory, "entities": factory["entities"][::-1]}
    again = draw_scene(turned, scale_px_per_tile=SCALE, legend=False)
    assert again.tobytes() == picture.tobytes()


def test_the_ground_does_not_move_when_the_area_does():
    def earth(left):
        area = {"left_top": {"x": left, "y": 0}, "right_bottom": {"x": 30, "y": 20}}
        picture = draw_scene({"area": area}, scale_px_per_tile=16, legend=False)
        return image_to_array(picture)[TOP_PX : TOP_PX + 160, -400:-250].astype(int)

    assert np.abs(earth(0) - earth(-6)).max() <= 2


def test_an_empty_scene_is_a_picture_of_the_origin():
    for empty in ({}, [], {"entities": {}, "water": [], "area": []}):
        picture = draw_scene(empty)
        assert picture.width >= 900
        assert picture.tobytes() == draw_scene({}).tobytes()


def test_lists_may_arrive_as_empty_lua_tables():
    chest = {"name": "iron-chest", "type": "container", "x": 0.5, "y": 0.5}
    bare = draw_scene({"entities": [chest]})
    empties = {
        "contents": [],
        "lanes": {},
        "wires": {},
        "ports": {},
        "pickup": [],
        "drop": None,
        "recipe": None,
        "connected_to": {},
    }
    assert draw_scene({"entities": [chest | empties]}).tobytes() == bare.tobytes()


def test_title_time_and_legend_need_room_only_if_wanted(factory):
    bare = draw_scene(factory, scale_px_per_tile=8, legend=False)
    titled = draw_scene(factory, scale_px_per_tile=8, title="a task", legend=False)
    full = draw_scene(factory, scale_px_per_tile=8, title="a task")
    assert bare.width == 30 * 8 + LEFT_PX + 22
    assert titled.width == full.width == 900
    assert bare.height < titled.height < full.height


def test_a_long_or_odd_title_stays_in_its_line(factory):
    odd = "x" * 5_000 + "\n\0\ud800 \N{SNOWMAN}"
    picture = draw_scene(factory, title=odd)
    assert picture.size == draw_scene(factory, title="short").size


def test_an_image_becomes_an_array_of_rows():
    image = Image.new("RGB", (7, 3), (1, 2, 3))
    array = image_to_array(image)
    assert array.shape == (3, 7, 3)
    assert array.dtype == np.uint8
    assert array[2, 6].tolist() == [1, 2, 3]
    array[:] = 0
    assert image.getpixel((0, 0)) == (1, 2, 3)


def area(left, top, right, bottom):
    return {
        "left_top": {"x": left, "y": top},
        "right_bottom": {"x": right, "y": bottom},
    }


POLE = {"name": "small-electric-pole", "type": "electric-pole", "x": 0.5, "y": 0.5}

HOSTILE = [
    pytest.param({"area": area(0, 0, 1e5, 1e5)}, "area-too-large", id="huge area"),
    pytest.param({"area": area(0, 0, 513, 20)}, "area-too-large", id="wide area"),
    pytest.param({"area": area(0, 0, 1e30, 9)}, "unreadable-scene", id="off the map"),
    pytest.param({"area": area(5, 5, 5, 5)}, "unreadable-scene", id="no area"),
    pytest.param({"area": area(9, 0, 0, 9)}, "unreadable-scene", id="inside out"),
    pytest.param({"area": 7}, "unreadable-scene", id="area a number"),
    pytest.param({"area": {"left_top": {"x": 0}}}, "unreadable-scene", id="half area"),
    pytest.param({"tick": -1}, "unreadable-scene", id="before the beginning"),
    pytest.param({"tick": 10**5000}, "unreadable-scene", id="endless number"),
    pytest.param({"entities": "pole"}, "unreadable-scene", id="entities a text"),
    pytest.param({"entities": {"a": POLE}}, "unreadable-scene", id="entities named"),
    pytest.param({"entities": [None]}, "unreadable-scene", id="entity None"),
    pytest.param({"water": [{"x": 0, "y": 0}]}, "unreadable-scene", id="no length"),
    pytest.param(
        {"resources": [{"name": "coal", "x": 0, "y": 0, "amount": "many"}]},
        "unreadable-scene",
        id="amount a text",
    ),
    pytest.param(
        {"characters": [{"name": "agent_0", "x": math.nan, "y": 0}]},
        "unreadable-scene",
        id="character nowhere",
    ),
    *[
        pytest.param({"entities": [POLE | bad]}, "unreadable-scene", id=str(bad))
        for bad in (
            {"x": math.nan},
            {"y": -math.inf},
            {"x": "1"},
            {"x": True},
            {"x": 3e6},
            {"x": None},
            {"name": ""},
            {"type": 4},
            {"width": 0},
            {"height": 1e9},
            {"direction": 8},
            {"direction": -2},
            {"status": 3},
            {"contents": {"coal": -1}},
            {"contents": {"coal": math.nan}},
            {"contents": [1, 2]},
            {"wires": [1]},
            {"pickup": {"x": 1}},
            {"lanes": [{"x": 1, "y": 1}]},
        )
    ],
    pytest.param(None, "unreadable-scene", id="None"),
    pytest.param("scene", "unreadable-scene", id="text"),
]


@pytest.mark.parametrize("show", [draw_scene, scene_to_text])
@pytest.mark.parametrize(("scene", "code"), HOSTILE)
def test_a_broken_scene_is_refused_with_a_reason(show, scene, code):
    with pytest.raises(FleMarlError) as refusal:
        show(scene)
    assert refusal.value.code == code
    assert "allowed" in str(refusal.value)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize("field", ["name", "type", "x", "y"])
def test_a_missing_field_is_named_with_its_place(field):
    broken = {key: value for key, value in POLE.items() if key != field}
    with pytest.raises(FleMarlError, match=rf"entities\[1\]\.{field}"):
        draw_scene({"entities": [POLE, broken]})


@pytest.mark.parametrize("scale", [0, -3, 0.5, 129, math.nan, math.inf])
def test_a_scale_out_of_bounds_is_refused(scale):
    with pytest.raises(FleMarlError) as refusal:
        draw_scene({}, scale_px_per_tile=scale)
    assert refusal.value.code == "bad-scale"


def test_a_picture_too_large_for_memory_is_refused():
    with pytest.raises(FleMarlError) as refusal:
        draw_scene({"area": area(0, 0, 500, 500)}, scale_px_per_tile=100)
    assert refusal.value.code == "picture-too-large"


def test_far_ends_of_wires_and_arms_do_no_harm():
    far = {"x": 999_999, "y": -999_999}
    scene = {
        "entities": [
            POLE | {"wires": [far]},
            POLE | {"type": "inserter", "x": 3.5, "pickup": far, "drop": far},
            POLE | {"type": "mining-drill", "x": 6.5, "drop": far},
            POLE | {"type": "pipe-to-ground", "x": 9.5, "connected_to": far},
        ],
        "paths": [{"name": "agent_0", "points": [{"x": 0, "y": 0}, far]}],
    }
    assert draw_scene(scene).width >= 900
