"""pickup_entity."""

import pytest
from conftest import STOCK
from fle.env.entities import Direction, Position
from fle.env.game_types import Prototype
from scenes import named


def place(play, prototype, x=5, y=5, direction=Direction.UP):
    return play.tools.place_entity(prototype, direction, Position(x=x, y=y))


@pytest.mark.parametrize("by_position", [False, True])
@pytest.mark.parametrize(
    "prototype",
    [
        Prototype.IronChest,
        Prototype.StoneFurnace,
        Prototype.BurnerInserter,
        Prototype.AssemblingMachine1,
        Prototype.Boiler,
        Prototype.SteamEngine,
        Prototype.TransportBelt,
        Prototype.Pipe,
        Prototype.SmallElectricPole,
    ],
    ids=named,
)
def test_it_comes_back(play, prototype, by_position):
    name = prototype.value[0]
    built = place(play, prototype)
    assert play.world.carried(name) == STOCK[name] - 1
    what = (prototype, built.position) if by_position else (built,)
    assert play.tools.pickup_entity(*what) is True
    assert play.world.entities(name) == []
    assert play.world.carried(name) == STOCK[name]


def test_a_chest_brings_what_is_in_it(play):
    chest = place(play, Prototype.IronChest)
    for prototype in (Prototype.Coal, Prototype.IronPlate):
        chest = play.tools.insert_item(prototype, chest, 20)
    play.tools.pickup_entity(chest)
    for item in ("coal", "iron-plate", "iron-chest"):
        assert play.world.carried(item) == STOCK[item]


def test_a_belt_brings_what_is_on_it(play):
    belt = place(play, Prototype.TransportBelt)
    belt = play.tools.insert_item(Prototype.IronPlate, belt, 1)
    play.tools.pickup_entity(belt)
    assert play.world.carried("iron-plate") == STOCK["iron-plate"]


@pytest.mark.defect("takes one inventory of a machine, and loses the others")
def test_a_furnace_brings_its_fuel_alone(play):
    furnace = place(play, Prototype.StoneFurnace)
    furnace = play.tools.insert_item(Prototype.IronOre, furnace, 10)
    furnace = play.tools.insert_item(Prototype.Coal, furnace, 5)
    burning = 5 - play.world.the("stone-furnace")["items"]["coal"]
    play.tools.pickup_entity(furnace)
    assert play.world.carried("coal") == STOCK["coal"] - burning
    assert play.world.carried("iron-ore") == STOCK["iron-ore"] - 10


@pytest.mark.parametrize(
    ("prototype", "group", "step"),
    [
        (Prototype.TransportBelt, Prototype.BeltGroup, 1),
        (Prototype.Pipe, Prototype.PipeGroup, 1),
        (Prototype.SmallElectricPole, Prototype.ElectricityGroup, 3),
    ],
    ids=named,
)
def test_groups(play, prototype, group, step):
    name = prototype.value[0]
    for number in range(3):
        place(play, prototype, 1 + number * step, 6, Direction.RIGHT)
    (found,) = play.tools.get_entities({group})
    assert play.tools.pickup_entity(found) is True
    assert play.world.entities(name) == []
    assert play.world.carried(name) == STOCK[name]


def test_both_ends_of_an_underground_belt(play):
    entrance = place(play, Prototype.UndergroundBelt, 2, 5, Direction.RIGHT)
    play.world.run(
        "game.surfaces[1].create_entity{name = 'underground-belt', type = 'output',"
        " direction = 2, force = 'player', position = {5.5, 5.5}}"
    )
    ends = play.tools.get_entities({Prototype.UndergroundBelt})
    assert len(ends) == 2
    for end in ends:
        play.tools.pickup_entity(Prototype.UndergroundBelt, end.position)
    assert play.world.entities("underground-belt") == []
    assert play.world.carried("underground-belt") == STOCK["underground-belt"] + 1
    assert entrance.position.x == 2.5


def test_what_lies_on_the_ground(play):
    play.world.run(
        "game.surfaces[1].create_entity{name = 'item-on-ground',"
        " position = {2.5, 2.5}, stack = {name = 'coal', count = 9}}"
    )
    ground = Position(x=2.5, y=2.5)
    assert play.tools.pickup_entity(Prototype.Coal, ground) is True
    assert play.world.carried("coal") == STOCK["coal"] + 9
    assert play.world.entities("item-on-ground") == []


def test_however_far(play):
    chest = place(play, Prototype.IronChest)
    play.stand(-50, 0)
    assert play.tools.pickup_entity(chest) is True
    assert play.world.carried("iron-chest") == STOCK["iron-chest"]


@pytest.mark.defect("an error of Lua that it cannot read means success")
def test_nothing_is_picked_up_with_success(play):
    assert play.tools.pickup_entity(Prototype.IronChest, Position(x=5, y=5)) is True
    assert play.world.carried("iron-chest") == STOCK["iron-chest"]


def test_a_full_inventory_picks_up_nothing(play):
    chest = place(play, Prototype.IronChest)
    play.carry(iron_plate=100 * 200)
    with pytest.raises(Exception, match="Inventory is full"):
        play.tools.pickup_entity(chest)
    assert len(play.world.entities("iron-chest")) == 1
    assert play.world.carried("iron-chest") == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("iron-chest",), "first argument must be an Entity or Prototype"),
        ((Prototype.IronChest,), "second argument must be a Position"),
        ((Prototype.IronChest, (5, 5)), "second argument must be a Position"),
    ],
)
def test_wrong_arguments(play, arguments, reason):
    with pytest.raises(ValueError, match=reason):
        play.tools.pickup_entity(*arguments)


def test_an_entity_has_its_own_position(play):
    chest = place(play, Prototype.IronChest)
    with pytest.raises(ValueError, match="must be None"):
        play.tools.pickup_entity(chest, chest.position)
    assert len(play.world.entities("iron-chest")) == 1
