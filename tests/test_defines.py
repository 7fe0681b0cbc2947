"""The defines in Python are those of the game."""

from enum import IntEnum

import pytest

from fle_marl.defines import (
    BuildCheckType,
    Direction,
    EntityStatus,
    FlowPrecisionIndex,
    Inventory,
    RocketSiloStatus,
)
from fle_marl.prototypes import load

ENUMS = {
    "build_check_type": BuildCheckType,
    "direction": Direction,
    "entity_status": EntityStatus,
    "flow_precision_index": FlowPrecisionIndex,
    "rocket_silo_status": RocketSiloStatus,
}


@pytest.mark.parametrize("group", ENUMS)
def test_enum_has_the_names_and_numbers_of_the_game(group: str) -> None:
    # __members__ also lists aliases, which would hide a number typed twice
    members = {name: int(member) for name, member in ENUMS[group].__members__.items()}
    assert members == load().defines[group]
    assert issubclass(ENUMS[group], IntEnum)


def test_inventory_has_the_names_and_numbers_of_the_game() -> None:
    constants = {
        name: number
        for name, number in vars(Inventory).items()
        if not name.startswith("_")
    }
    assert constants == load().defines["inventory"]


@pytest.mark.parametrize("direction", Direction)
def test_turns_of_a_direction_undo_each_other(direction: Direction) -> None:
    assert direction.opposite.opposite is direction
    assert direction.clockwise.counterclockwise is direction
    assert direction.clockwise.clockwise is direction.opposite
    assert direction.clockwise.is_cardinal == direction.is_cardinal


def test_clockwise_goes_from_north_to_east() -> None:
    assert Direction.north.clockwise is Direction.east
    assert Direction.north.counterclockwise is Direction.west


def test_cardinal_directions_are_the_four_that_entities_face() -> None:
    cardinal = [direction for direction in Direction if direction.is_cardinal]
    assert cardinal == [
        Direction.north,
        Direction.east,
        Direction.south,
        Direction.west,
    ]
