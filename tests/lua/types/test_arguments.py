"""Checking arguments by annotations."""

from typing import Any, Optional

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import (
    BuildingBox,
    Direction,
    Inventory,
    Position,
    Prototype,
    RecipeName,
    Resource,
    decode_entity,
)
from fle_marl.lua.types.arguments import check_argument
from fle_marl.lua.types.entity import Entity
from fle_marl.lua.types.groups import EntityGroup

CHEST = decode_entity({"name": "iron-chest", "position": {"x": 0, "y": 0}})


@pytest.mark.parametrize(
    ("annotation", "given", "taken"),
    [
        (int, 5, 5),
        (int, 5.0, 5),
        (float, 5, 5.0),
        (str, "a", "a"),
        (bool, True, True),
        (None, None, None),
        (Position, Position(1, 2), Position(1, 2)),
        (Position, (1, 2.5), Position(1, 2.5)),
        (Position | None, None, None),
        (Optional[int], 3, 3),  # noqa: UP045
        (Prototype, Prototype.Lab, Prototype.Lab),
        (Prototype | RecipeName | str, "sulfur", "sulfur"),
        (Resource | Prototype, Prototype.Coal, Prototype.Coal),
        (Direction, Direction.UP, Direction.UP),
        (Entity | EntityGroup | Position, CHEST, CHEST),
        (set[Prototype], Prototype.Pipe, {Prototype.Pipe}),
        (set[Prototype], [Prototype.Pipe], {Prototype.Pipe}),
        (set[Prototype], set(), set()),
        (list[int], (1, 2), [1, 2]),
        (dict[str, object], {"a": 1}, {"a": 1}),
        (Any, print, print),
    ],
    ids=str,
)
def test_what_fits(annotation, given, taken):
    found = check_argument("tool", "parameter", annotation, given)

    assert found == taken
    assert type(found) is type(taken)


@pytest.mark.parametrize(
    ("annotation", "given", "allowed"),
    [
        (int, 5.5, "a whole number"),
        (int, True, "a whole number"),
        (int, "5", "a whole number"),
        (float, None, "a number"),
        (str, 5, "a string"),
        (bool, 1, "True or False"),
        (Position, (1, 2, 3), "a Position"),
        (Position, ("a", 2), "a Position"),
        (Position, (1, float("nan")), "a Position"),
        (Prototype, "iron-chest", "a Prototype, such as Prototype.TransportBelt"),
        (Prototype | None, 5, "a Prototype, .* or None"),
        (Direction, 2, r"a Direction \(UP, NORTH, .*, WEST\)"),
        (Entity | EntityGroup, Prototype.Lab, "an Entity or an EntityGroup"),
        (BuildingBox, (1, 2), "a BuildingBox"),
        (set[Prototype], {"pipe"}, "a set of which each is a Prototype"),
        (list[int], "12", "a list of which each is a whole number"),
        (dict[str, object], {1: 2}, "a dictionary with strings"),
        (Inventory, {}, "an Inventory"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_in_words(annotation, given, allowed):
    with pytest.raises(ToolError, match=f"^tool: size must be {allowed}") as caught:
        check_argument("tool", "size", annotation, given)

    assert caught.value.code == "bad-argument"
    assert caught.value.details["parameter"] == "size"
    assert type(given).__name__ in caught.value.message
