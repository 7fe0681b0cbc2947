"""place_entity_next_to."""

import math

import pytest
from conftest import STOCK
from fle.env.entities import Direction, Position
from fle.env.game_types import Prototype, Resource
from scenes import DIRECTIONS, named

SIDES = [(0, -1), (1, 0), (0, 1), (-1, 0)]
SIZES = {
    Prototype.IronChest: 1,
    Prototype.WoodenChest: 1,
    Prototype.BurnerInserter: 1,
    Prototype.TransportBelt: 1,
    Prototype.SmallElectricPole: 1,
    Prototype.StoneFurnace: 2,
    Prototype.AssemblingMachine1: 3,
}


def expected_place(beside, placed, first, quarters, spacing):
    """FLE rounds half tiles up; then the game puts it on its grid."""
    across, along = SIDES[quarters]
    apart = spacing + (SIZES[beside] + SIZES[placed]) / 2
    x = math.ceil((first.x + across * apart) * 2) / 2
    y = math.ceil((first.y + along * apart) * 2) / 2
    if SIZES[placed] % 2:
        return math.floor(x) + 0.5, math.floor(y) + 0.5
    return math.floor(x + 0.5), math.floor(y + 0.5)


@pytest.mark.parametrize("spacing", [0, 2])
@pytest.mark.parametrize("placed", list(SIZES)[1:], ids=named)
@pytest.mark.parametrize(
    "beside",
    [Prototype.IronChest, Prototype.StoneFurnace, Prototype.AssemblingMachine1],
    ids=named,
)
def test_stands_beside(play, beside, placed, spacing):
    play.stand(-6, -6)
    middle = Position(x=0, y=0)
    first = play.tools.place_entity(beside, Direction.UP, middle).position
    name = placed.value[0]
    for quarters, direction in enumerate(DIRECTIONS):
        play.carry(**{name: 2})
        built = play.tools.place_entity_next_to(placed, first, direction, spacing)
        wanted = expected_place(beside, placed, first, quarters, spacing)
        assert (built.position.x, built.position.y) == wanted
        assert play.world.carried(name) == 1
        (real,) = [
            each
            for each in play.world.entities(name)
            if (each["x"], each["y"]) == wanted
        ]
        if placed in (Prototype.BurnerInserter, Prototype.TransportBelt):
            assert built.direction == direction
            turned = placed is Prototype.BurnerInserter
            assert real["direction"] == (quarters * 2 + 4 * turned) % 8
        if beside is not placed:
            play.world.remove(name)


@pytest.mark.parametrize("quarters", range(4), ids=[each.name for each in DIRECTIONS])
def test_an_inserter_goes_between(play, quarters):
    play.stand(-6, -6)
    place = play.tools.place_entity_next_to
    furnace = play.tools.place_entity(Prototype.StoneFurnace)
    furnace = play.tools.insert_item(Prototype.Coal, furnace, 5)
    furnace = play.tools.insert_item(Prototype.IronOre, furnace, 3)
    side = DIRECTIONS[quarters]
    inserter = place(Prototype.BurnerInserter, furnace.position, side)
    inserter = play.tools.insert_item(Prototype.Coal, inserter, 2)
    place(Prototype.WoodenChest, inserter.position, side)
    play.world.wait(seconds=20)
    assert play.world.the("wooden-chest")["items"] == {"iron-plate": 3}


def test_beside_a_mere_place(play):
    built = play.tools.place_entity_next_to(
        Prototype.IronChest, Position(x=5.5, y=3.5), Direction.RIGHT
    )
    assert (built.position.x, built.position.y) == (6.5, 3.5)


def test_however_far(play):
    chest = play.tools.place_entity(Prototype.IronChest, position=Position(x=5, y=5))
    play.stand(-40, 0)
    built = play.tools.place_entity_next_to(
        Prototype.WoodenChest, chest.position, Direction.RIGHT
    )
    assert (built.position.x, built.position.y) == (6.5, 5.5)


def test_another_side_when_one_is_taken(play):
    """Small things go around; `Direction.RIGHT` is where a chest stands already."""
    chest = play.tools.place_entity(Prototype.IronChest, position=Position(x=5, y=5))
    place = play.tools.place_entity_next_to
    place(Prototype.WoodenChest, chest.position, Direction.RIGHT)
    built = place(Prototype.BurnerInserter, chest.position, Direction.RIGHT)
    at = built.position.x - chest.position.x, built.position.y - chest.position.y
    assert at in SIDES
    assert at != (1, 0)
    real = play.world.the("burner-inserter")
    assert (real["x"], real["y"]) == (built.position.x, built.position.y)


@pytest.mark.parametrize(
    ("prototype", "carried"),
    [
        (Prototype.AssemblingMachine1, "assembling-machine-1"),
        (Prototype.StoneFurnace, "stone-furnace"),
    ],
    ids=named,
)
def test_large_things_do_not_go_around(play, prototype, carried):
    chest = play.tools.place_entity(Prototype.IronChest, position=Position(x=5, y=5))
    place = play.tools.place_entity_next_to
    place(Prototype.WoodenChest, chest.position, Direction.RIGHT)
    with pytest.raises(Exception, match=f"Could not place {carried} next to"):
        place(prototype, chest.position, Direction.RIGHT)
    assert play.world.entities(carried) == []
    assert play.world.carried(carried) == STOCK[carried]


def test_drills_need_something_to_mine(play):
    chest = play.tools.place_entity(Prototype.IronChest, position=Position(x=5, y=5))
    drill = Prototype.BurnerMiningDrill
    with pytest.raises(Exception, match="no resources found in mining area"):
        play.tools.place_entity_next_to(drill, chest.position, Direction.RIGHT)
    assert play.world.entities("burner-mining-drill") == []


def test_a_drill_beside_a_drill(play):
    patch = play.tools.get_resource_patch(
        Resource.IronOre, play.tools.nearest(Resource.IronOre)
    )
    middle = patch.bounding_box.center
    play.stand(middle.x, middle.y + 5)
    drill = play.tools.place_entity(Prototype.BurnerMiningDrill, Direction.UP, middle)
    play.tools.place_entity_next_to(
        Prototype.BurnerMiningDrill, drill.position, Direction.LEFT
    )
    at = {(each["x"], each["y"]) for each in play.world.entities("burner-mining-drill")}
    x, y = drill.position.x, drill.position.y
    assert at == {(x, y), (x - 2, y)}


def test_water(play):
    water = play.tools.nearest(Resource.Water)
    play.stand(water.x, water.y + 5)
    with pytest.raises(Exception, match="Could not place iron-chest next to"):
        play.tools.place_entity_next_to(
            Prototype.IronChest, Position(x=water.x, y=water.y - 1), Direction.UP
        )
    assert play.world.entities("iron-chest") == []


@pytest.mark.defect("asks whether there is room for one more, not whether there is one")
def test_what_one_does_not_have(play):
    built = play.tools.place_entity_next_to(
        Prototype.SteelChest, Position(x=5, y=5), Direction.RIGHT
    )
    assert play.world.the("steel-chest")["x"] == built.position.x
    assert play.world.carried("steel-chest") == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (Prototype.IronChest, (1, 2)),
        ("iron-chest", Position(x=1, y=2)),
        (Prototype.IronChest, Position(x=1, y=2), 3),
    ],
)
def test_wrong_arguments(play, arguments):
    with pytest.raises((AssertionError, AttributeError)):
        play.tools.place_entity_next_to(*arguments)
    assert play.world.entities("iron-chest") == []
