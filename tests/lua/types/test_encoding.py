"""Agents' values to plain data."""

import json

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import (
    BoundingBox,
    BuildingBox,
    Direction,
    Inventory,
    Position,
    Prototype,
    Recipe,
    RecipeName,
    Resource,
    Technology,
    decode_entity,
    encode,
)

HERE = {"x": 1.0, "y": 2.0}
BELT = {
    "name": "transport-belt",
    "id": 5,
    "position": HERE,
    "input_position": HERE,
    "output_position": HERE,
}
PLAIN_BELT = {"name": "transport-belt", "position": HERE, "direction": 0, "id": 5}


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (1.5, 1.5),
        ("text", "text"),
        (Prototype.IronChest, "iron-chest"),
        (Resource.Coal, "coal"),
        (RecipeName.SulfuricAcid, "sulfuric-acid"),
        (Technology.Automation, "automation"),
        (Direction.LEFT, 6),
        (Position(1, 2), HERE),
        (
            BoundingBox(Position(1, 2), Position(1, 2)),
            {"left_top": HERE, "right_bottom": HERE},
        ),
        (BuildingBox(height=2, width=3), {"height": 2, "width": 3}),
        (Inventory(coal=2), {"coal": 2}),
        ({Prototype.Coal: 2, "stone": 1}, {"coal": 2, "stone": 1}),
        ([1, (2, Direction.UP)], [1, [2, 0]]),
        # its own words have an order of their own in each process
        pytest.param(
            {Prototype.Pipe, Prototype.Boiler}, ["boiler", "pipe"], id="a set"
        ),
        (Recipe(name="sulfur"), "sulfur"),
        (decode_entity(BELT), PLAIN_BELT),
    ],
    ids=str,
)
def test_plain_forms(value, plain):
    assert encode(value) == plain
    assert json.loads(json.dumps(encode(value))) == plain


def test_the_edge_of_the_map_is_on_it():
    assert encode(Position(-1e6, 1e6)) == {"x": -1e6, "y": 1e6}


def test_a_group_is_sent_with_its_members():
    group = {"name": "belt-group", "id": 9, "position": HERE, "belts": [BELT]}

    assert encode(decode_entity({**group, "inputs": [BELT]})) == {
        "name": "belt-group",
        "id": 9,
        "position": HERE,
        "entities": [PLAIN_BELT],
        "inputs": [PLAIN_BELT],
        "outputs": [],
    }


@pytest.mark.parametrize(
    "value",
    [
        object(),
        b"bytes",
        print,
        float("nan"),
        float("-inf"),
        2**70,
        [{1, 2j}],
        Position(1e9, 0),
        BoundingBox(Position(0, 0), Position(0, -1_000_001)),
    ],
)
def test_what_has_no_plain_form_is_refused(value):
    with pytest.raises(ToolError) as caught:
        encode(value)

    assert caught.value.code == "bad-argument"
