"""Every type of entity has a drawing that shows something."""

import numpy as np
import pytest
from PIL import Image

from fle_marl.prototypes import load
from fle_marl.prototypes.cliffs import CLIFF_ORIENTATIONS
from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.drawings.storage import short_count
from fle_marl.rendering.drawings.table import DRAWINGS, Layer, drawing_of
from fle_marl.rendering.parsing import parse_scene
from fle_marl.rendering.scene import Entity, Point
from fle_marl.rendering.surroundings import Surroundings

SIDE_PX = 240
PX_PER_TILE = 20
BACKGROUND = (255, 0, 255)
SHOWN_OTHERWISE = {"character", "resource"}
SHARED_SYMBOLS = [
    {"loader", "loader-1x1"},
    {"pipe", "infinity-pipe"},
    {"straight-rail", "curved-rail"},
    {"container", "logistic-container", "infinity-container"},
    {"generator", "burner-generator"},
    {"wall", "gate"},
    {"ammo-turret", "electric-turret", "fluid-turret"},
    SHOWN_OTHERWISE,
]


def drawn(entity):
    image = Image.new("RGB", (SIDE_PX, SIDE_PX), BACKGROUND)
    half = SIDE_PX / PX_PER_TILE / 2
    canvas = Canvas(image, px_per_tile=PX_PER_TILE, left=-half, top=-half)
    drawing_of(entity.type).draw(
        canvas.at(entity.x, entity.y), entity, Surroundings([entity])
    )
    return image


def changed_pixels(image):
    return int((np.asarray(image) != BACKGROUND).any(axis=-1).sum())


@pytest.mark.parametrize("direction", [0, 2, 4, 6])
@pytest.mark.parametrize("kind", [*DRAWINGS, "type-of-a-mod"])
def test_every_type_draws_something_in_every_direction(kind, direction):
    image = drawn(Entity(f"some-{kind}", kind, 0, 0, direction, 2, 2))
    if kind in SHOWN_OTHERWISE:
        assert changed_pixels(image) == 0
    else:
        assert changed_pixels(image) > 20
        middle = image.crop((80, 80, 160, 160))
        assert changed_pixels(middle) > 20


def placed_by_items():
    return sorted(
        name for name, one in load().entities.items() if one.items_to_place_this
    )


@pytest.mark.parametrize("name", placed_by_items())
def test_everything_that_can_be_built_draws_with_all_its_fields(name):
    prototype = load().entities[name]
    full = Entity(
        name,
        prototype.type,
        0,
        0,
        2,
        prototype.tile_height or 1,
        prototype.tile_width or 1,
        status="no_power",
        recipe="iron-gear-wheel",
        contents=(("coal", 0.0), ("iron-plate", 12_345.0)),
        pickup=Point(1, 0),
        drop=Point(-1.2, 0),
        connected_to=Point(4, 0),
    )
    assert changed_pixels(drawn(full)) > 10


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("mining-drill", "electric-mining-drill"),
        ("furnace", "stone-furnace"),
        ("inserter", "inserter"),
        ("boiler", "boiler"),
    ],
)
def test_a_drawing_stays_near_its_entity(kind, name):
    image = drawn(Entity(name, kind, 0, 0, 0, 3, 3))
    rim = image.copy()
    rim.paste(BACKGROUND, (60, 60, 180, 180))
    assert changed_pixels(rim) == 0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"direction": 0}, {"direction": 2}),
        ({"drop": Point(0, -1.3)}, {"drop": Point(0, 1.3)}),
    ],
)
def test_belts_and_drills_show_their_way(first, second):
    kinds = {"direction": "transport-belt", "drop": "mining-drill"}
    kind = kinds[next(iter(first))]
    images = [
        drawn(Entity("thing", kind, 0, 0, width=2, height=2, **fields))
        for fields in (first, second)
    ]
    assert images[0].tobytes() != images[1].tobytes()


@pytest.mark.parametrize("kind", ["furnace", "boiler", "generator", "reactor"])
def test_fires_are_out_when_a_machine_stands_still(kind):
    lit, cold = (
        drawn(Entity("thing", kind, 0, 0, width=3, height=3, status=status))
        for status in ("working", "no_fuel")
    )
    assert lit.tobytes() != cold.tobytes()


def test_belts_of_each_speed_look_different():
    names = ("transport-belt", "fast-transport-belt", "express-transport-belt")
    images = {drawn(Entity(name, "transport-belt", 0, 0)).tobytes() for name in names}
    assert len(images) == 3


def test_symbols_tell_types_apart():
    by_symbol = {}
    for kind, drawing in DRAWINGS.items():
        assert len(drawing.symbol) in (1, 4), kind
        by_symbol.setdefault(drawing.symbol, set()).add(kind)
    shared = [kinds for kinds in by_symbol.values() if len(kinds) > 1]
    assert sorted(map(sorted, shared)) == sorted(map(sorted, SHARED_SYMBOLS))


def test_arms_are_above_machines_and_machines_above_belts():
    order = ["transport-belt", "furnace", "inserter", "electric-pole"]
    layers = [DRAWINGS[kind].layer for kind in order]
    assert layers == sorted(Layer)


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (999, "999"), (1_280, "1.3k"), (45_000, "45k"), (2e6, "2.0M")],
)
def test_counts_on_chests_are_short(count, text):
    assert short_count(count) == text


def test_a_scene_may_hold_every_type_at_once():
    entities = [
        {"name": kind, "type": kind, "x": index * 3, "y": 0.5}
        for index, kind in enumerate(DRAWINGS)
    ]
    assert len(parse_scene({"entities": entities}).entities) == len(DRAWINGS)


@pytest.mark.parametrize("name", ["west-to-east", "east-to-west", "none-to-north"])
def test_cliffs_go_down_on_their_right(name):
    fields = {"cliff_orientation": name}
    pixels = np.asarray(drawn(Entity("cliff", "cliff", 0, 0.5, **fields)))
    rows, columns = (pixels != BACKGROUND).any(axis=-1).nonzero()
    # tiles from the middle of its square
    x, y = columns.mean() / PX_PER_TILE - 6, rows.mean() / PX_PER_TILE - 6
    right = {"west-to-east": y, "east-to-west": -y, "none-to-north": x}[name]
    assert right > 0.1


def test_all_orientations_of_cliffs_look_different():
    images = {
        drawn(Entity("cliff", "cliff", 0, 0, cliff_orientation=name)).tobytes()
        for name in CLIFF_ORIENTATIONS
    }
    assert len(images) == len(CLIFF_ORIENTATIONS)
