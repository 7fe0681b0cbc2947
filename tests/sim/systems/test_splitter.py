"""What can be set on a splitter."""

from collections.abc import Callable

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.systems.splitter import (
    set_splitter_filter,
    set_splitter_input_priority,
    set_splitter_output_priority,
    splitter_filter,
    splitter_input_priority,
    splitter_output_priority,
)
from fle_marl.sim.world import World

IRON_ORE = load().items["iron-ore"].id

Scene = tuple[World, int]


@pytest.fixture
def scene(flat_world: Callable[..., World], place: Callable[..., int]) -> Scene:
    world = flat_world()
    return world, place(world, "splitter", 1, 0.5)


def test_a_new_splitter_has_no_settings(scene: Scene) -> None:
    assert splitter_input_priority(*scene) == "none"
    assert splitter_output_priority(*scene) == "none"
    assert splitter_filter(*scene) == 0


@pytest.mark.parametrize("side", ["left", "right", "none"])
def test_priorities_are_kept(scene: Scene, side: str) -> None:
    set_splitter_input_priority(*scene, side)
    set_splitter_output_priority(*scene, side)
    assert splitter_input_priority(*scene) == side
    assert splitter_output_priority(*scene) == side


@pytest.mark.parametrize(
    "setter", [set_splitter_input_priority, set_splitter_output_priority]
)
def test_there_are_only_two_sides(
    scene: Scene, setter: Callable[[World, int, str], None]
) -> None:
    with pytest.raises(ValueError, match="'up'"):
        setter(*scene, "up")


def test_a_filter_is_on_the_left_unless_the_right_has_priority(scene: Scene) -> None:
    set_splitter_filter(*scene, IRON_ORE)
    assert splitter_output_priority(*scene) == "left"
    set_splitter_output_priority(*scene, "right")
    assert splitter_filter(*scene) == IRON_ORE


def test_without_a_side_there_is_no_filter(scene: Scene) -> None:
    set_splitter_filter(*scene, IRON_ORE)
    set_splitter_output_priority(*scene, "none")
    assert splitter_filter(*scene) == 0
