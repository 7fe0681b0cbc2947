"""Finding ground to build on."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import (
    BoundingBox,
    BuildingBox,
    Direction,
    Position,
    Prototype,
    Resource,
)
from fle_marl.testing.driver import Driver

Build = Callable[..., object]

ORES = [Resource.IronOre, Resource.CopperOre, Resource.Coal, Resource.Stone]
DRILLS = [Prototype.BurnerMiningDrill, Prototype.ElectricMiningDrill]


def own_box(prototype: Prototype) -> BuildingBox:
    return BuildingBox(height=prototype.HEIGHT, width=prototype.WIDTH)


def corners(box: BoundingBox) -> tuple[float, float, float, float]:
    first, last = box.left_top, box.right_bottom
    return first.x, first.y, last.x, last.y


@pytest.mark.parametrize("ore", ORES)
@pytest.mark.parametrize("prototype", DRILLS)
def test_a_drill_at_the_center_mines_what_was_asked_for(
    agent: Driver, prototype: Prototype, ore: Resource
) -> None:
    ground = agent.nearest_buildable(prototype, own_box(prototype), agent.nearest(ore))
    agent.move_to(ground.center)
    assert agent.can_place_entity(prototype, position=ground.center)
    drill = agent.place_entity(prototype, position=ground.center)
    assert [part.name for part in drill.resources] == [ore[0]]
    assert corners(ground) == (
        drill.position.x - prototype.WIDTH / 2,
        drill.position.y - prototype.HEIGHT / 2,
        drill.position.x + prototype.WIDTH / 2,
        drill.position.y + prototype.HEIGHT / 2,
    )


@pytest.mark.parametrize("prototype", DRILLS)
def test_a_row_of_drills_from_the_left_top_on(
    agent: Driver, prototype: Prototype
) -> None:
    box = BuildingBox(width=3 * prototype.WIDTH, height=prototype.HEIGHT + 2)
    ground = agent.nearest_buildable(prototype, box, agent.nearest(Resource.IronOre))
    left_top = ground.left_top
    agent.move_to(Position(left_top.x, left_top.y - 5))
    for index in range(3):
        place = Position(left_top.x + index * prototype.WIDTH, left_top.y)
        drill = agent.place_entity(prototype, Direction.DOWN, place)
        assert drill.resources[0].name == "iron-ore"


def test_the_box_is_all_ore(agent: Driver) -> None:
    box = BuildingBox(width=6, height=5)
    ground = agent.nearest_buildable(
        Prototype.BurnerMiningDrill, box, agent.nearest(Resource.CopperOre)
    )
    left, top, right, bottom = map(int, corners(ground))
    assert (right - left, bottom - top) == (6, 5)
    for x in range(left, right):
        for y in range(top, bottom):
            place = Position(x + 0.5, y + 0.5)
            patch = agent.get_resource_patch(Resource.CopperOre, place, radius=0)
            assert patch.name == "copper-ore"


def test_a_pumpjack_stands_on_its_well(agent: Driver) -> None:
    well = agent.nearest(Resource.CrudeOil)
    prototype = Prototype.PumpJack
    ground = agent.nearest_buildable(prototype, own_box(prototype), well)
    assert (ground.center.x, ground.center.y) == (well.x, well.y)


def test_a_building_needs_no_ore(agent: Driver) -> None:
    prototype = Prototype.StoneFurnace
    ground = agent.nearest_buildable(prototype, own_box(prototype), Position(30, 5))
    assert corners(ground) == (29, 4, 31, 6)


def test_what_is_built_on_is_not_free(agent: Driver, build: Build) -> None:
    build("stone-furnace", 30, 5)
    prototype = Prototype.StoneFurnace
    ground = agent.nearest_buildable(prototype, own_box(prototype), Position(30, 5))
    left, top, right, bottom = corners(ground)
    assert right <= 29 or left >= 31 or bottom <= 4 or top >= 6
    assert abs(ground.center.x - 30) <= 3
    assert abs(ground.center.y - 5) <= 3


def test_water_is_not_free(agent: Driver) -> None:
    water = agent.nearest(Resource.Water)
    prototype = Prototype.AssemblingMachine1
    ground = agent.nearest_buildable(prototype, own_box(prototype), water)
    left, top, right, bottom = map(int, corners(ground))
    for x in range(left, right):
        for y in range(top, bottom):
            with pytest.raises(ToolError):
                agent.get_resource_patch(Resource.Water, Position(x + 0.5, y + 0.5), 0)


def test_the_same_question_has_the_same_answer(agent: Driver) -> None:
    question = (Prototype.Lab, BuildingBox(5, 9), Position(-49.5, -13.5))
    first = corners(agent.nearest_buildable(*question))
    assert first == corners(agent.nearest_buildable(*question))


@pytest.mark.parametrize(
    ("prototype", "box", "code"),
    [
        (Prototype.BurnerMiningDrill, BuildingBox(2, 2), "nothing-found"),
        (Prototype.PumpJack, BuildingBox(3, 3), "nothing-found"),
        (Prototype.BurnerMiningDrill, BuildingBox(1, 1), "bad-argument"),
        (Prototype.StoneFurnace, BuildingBox(61, 2), "bad-argument"),
        (Prototype.OffshorePump, BuildingBox(2, 2), "not-placeable"),
        (Prototype.IronPlate, BuildingBox(2, 2), "not-placeable"),
    ],
)
def test_refuses(
    agent: Driver, prototype: Prototype, box: BuildingBox, code: str
) -> None:
    with pytest.raises(ToolError) as caught:
        agent.nearest_buildable(prototype, box, Position(0, 0))
    assert caught.value.code == code
