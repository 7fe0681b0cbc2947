"""place_entity and can_place_entity."""

import pytest
from conftest import STOCK
from fle.env.entities import Direction, Position
from fle.env.game_types import Prototype, Resource
from scenes import DIRECTIONS, NORTH_EAST_SOUTH_WEST, named, prototypes

TURNED = prototypes(
    *("TransportBelt", "FastTransportBelt", "ExpressTransportBelt", "UndergroundBelt"),
    *("Splitter", "Boiler", "HeatExchanger", "OilRefinery"),
)
HALF_TURNED = prototypes("SteamEngine", "StorageTank")
INSERTERS = prototypes(
    *("BurnerInserter", "Inserter", "LongHandedInserter", "FastInserter"),
    *("FilterInserter", "StackInserter", "StackFilterInserter"),
)
BACKWARDS = prototypes("UndergroundPipe", "ChemicalPlant")
UNTURNED = prototypes(
    *("WoodenChest", "IronChest", "SteelChest", "StoneFurnace", "SteelFurnace"),
    *("ElectricFurnace", "Pipe", "SmallElectricPole", "StoneWall", "Lab"),
    *("MediumElectricPole", "BigElectricPole", "SolarPanel", "Accumulator", "Radar"),
    *("GunTurret", "SmallLamp", "NuclearReactor", "AssemblingMachine1", "Centrifuge"),
    *("AssemblingMachine2", "AssemblingMachine3"),
)
SIZES = {
    # tiles from west to east and from north to south, facing north
    **dict.fromkeys(prototypes("Splitter"), (2, 1)),
    **dict.fromkeys(prototypes("Boiler", "HeatExchanger"), (3, 2)),
    **dict.fromkeys(prototypes("SteamEngine"), (3, 5)),
    **dict.fromkeys(prototypes("OilRefinery", "NuclearReactor"), (5, 5)),
    **dict.fromkeys(
        prototypes(
            *("StorageTank", "ChemicalPlant", "ElectricFurnace", "Lab", "SolarPanel"),
            *("Radar", "Centrifuge", "AssemblingMachine1", "AssemblingMachine2"),
            *("AssemblingMachine3",),
        ),
        (3, 3),
    ),
    **dict.fromkeys(
        prototypes(
            *("StoneFurnace", "SteelFurnace", "BigElectricPole", "Accumulator"),
            "GunTurret",
        ),
        (2, 2),
    ),
}


def expected_place(prototype: Prototype, quarters: int) -> tuple[float, float]:
    """Where something stands that is built at a corner of four tiles, (6, 1)."""
    size = SIZES.get(prototype, (1, 1))
    wide, high = size if quarters % 2 == 0 else size[::-1]
    return 6 + wide % 2 / 2, 1 + high % 2 / 2


CASES = [
    *((each, NORTH_EAST_SOUTH_WEST, DIRECTIONS) for each in TURNED),
    *((each, [0, 2, 0, 2], [*DIRECTIONS[:2], *DIRECTIONS[:2]]) for each in HALF_TURNED),
    # inserters are said to face where they drop; the game means where they pick up
    *((each, [4, 6, 0, 2], DIRECTIONS) for each in INSERTERS),
    # FLE has its own idea of these, and turns them around
    *((each, [4, 6, 0, 2], [*DIRECTIONS[2:], *DIRECTIONS[:2]]) for each in BACKWARDS),
    # FLE gives 0 to 3, which mean north, north-east, east and south-east
    (Prototype.Gate, [0, 0, 2, 2], [*DIRECTIONS[:1] * 2, *DIRECTIONS[1:2] * 2]),
    *((each, [0] * 4, [Direction.UP] * 4) for each in UNTURNED),
]


@pytest.mark.parametrize(("prototype", "stands", "said"), CASES, ids=named)
def test_stands_as_asked(play, prototype, stands, said):
    name = prototype.value[0]
    for quarters, direction in enumerate(DIRECTIONS):
        play.carry(**{name: 2})
        built = play.tools.place_entity(prototype, direction, Position(x=6, y=1))
        real = play.world.the(name)
        assert (real["x"], real["y"]) == expected_place(prototype, quarters)
        assert real["direction"] == stands[quarters]
        assert (built.position.x, built.position.y) == (real["x"], real["y"])
        assert (built.name, built.direction) == (name, said[quarters])
        assert play.world.carried(name) == 1
        play.world.remove(name)


@pytest.mark.parametrize(
    ("prototype", "resource"),
    [
        (Prototype.BurnerMiningDrill, Resource.IronOre),
        (Prototype.ElectricMiningDrill, Resource.CopperOre),
        (Prototype.PumpJack, Resource.CrudeOil),
    ],
    ids=named,
)
def test_drills_stand_on_what_they_mine(play, prototype, resource):
    name = prototype.value[0]
    ore = play.tools.nearest(resource)
    for direction, stands in zip(DIRECTIONS, NORTH_EAST_SOUTH_WEST, strict=True):
        play.carry(**{name: 1})
        play.stand(ore.x + 4, ore.y + 4)
        drill = play.tools.place_entity(prototype, direction, ore)
        assert play.world.the(name)["direction"] == stands
        assert drill.position.is_close(ore, 1)
        assert play.world.carried(name) == 0
        play.world.remove(name)


@pytest.mark.parametrize(
    "prototype",
    [Prototype.BurnerMiningDrill, Prototype.ElectricMiningDrill],
    ids=named,
)
def test_drills_stand_nowhere_else(play, prototype):
    with pytest.raises(Exception, match="something is in the way or part of the terr"):
        play.tools.place_entity(prototype, Direction.UP, Position(x=5, y=0))
    assert play.world.entities(prototype.value[0]) == []
    assert play.world.carried(prototype.value[0]) == STOCK[prototype.value[0]]


# --- what cannot be placed


@pytest.mark.parametrize(
    ("prototype", "position", "reason"),
    [
        (Prototype.IronChest, (40, 0), "too far away.*distance is 40.00.*max .* 10"),
        (Prototype.IronChest, (8, 8), "too far away"),
        (Prototype.SteelChest, (4, 0), "No steel_chest in inventory"),
        (Prototype.IronPlate, (4, 0), r"iron_plate isn'?t something that exists"),
    ],
    ids=["far", "a bit far", "not carried", "not a building"],
)
def test_refused(play, prototype, position, reason):
    with pytest.raises(Exception, match=reason):
        play.tools.place_entity(prototype, Direction.UP, position)
    assert play.world.entities("iron-chest") == []
    assert play.world.carried("iron-chest") == STOCK["iron-chest"]


@pytest.mark.parametrize(
    ("prototype", "reason"),
    [
        (Prototype.IronChest, "entity already exists at the target position"),
        (Prototype.WoodenChest, "there is an existing object in the way"),
        (Prototype.StoneFurnace, "there is an existing object in the way"),
    ],
    ids=named,
)
def test_occupied(play, prototype, reason):
    play.tools.place_entity(Prototype.IronChest, position=Position(x=4.5, y=0.5))
    before = play.world.carried(prototype.value[0])
    with pytest.raises(Exception, match=reason):
        play.tools.place_entity(prototype, Direction.UP, Position(x=4.5, y=0.5))
    assert play.world.carried(prototype.value[0]) == before


def test_the_nearest_place_will_do(play):
    play.tools.place_entity(Prototype.IronChest, position=Position(x=4.5, y=0.5))
    built = play.tools.place_entity(
        Prototype.WoodenChest, Direction.UP, Position(x=4.5, y=0.5), exact=False
    )
    real = play.world.the("wooden-chest")
    assert (real["x"], real["y"]) == (built.position.x, built.position.y)
    assert max(abs(real["x"] - 4.5), abs(real["y"] - 0.5)) == 1


def test_water(play):
    water = play.tools.nearest(Resource.Water)
    play.stand(water.x, water.y + 4)
    with pytest.raises(Exception, match="footprint overlaps water"):
        play.tools.place_entity(Prototype.IronChest, Direction.UP, water)
    assert play.world.entities("iron-chest") == []


def test_the_character_makes_room(play):
    built = play.tools.place_entity(Prototype.IronChest, position=Position(x=0, y=0))
    assert (built.position.x, built.position.y) == (0.5, 0.5)
    assert play.world.character() != (0, 0)


@pytest.mark.parametrize(
    ("arguments", "error", "reason"),
    [
        ((Prototype.IronChest, Direction.UP, "x"), ValueError, "Position"),
        ((Prototype.IronChest, 1, Position(x=1, y=1)), ValueError, "Direction"),
        (("iron-chest", Direction.UP), Exception, "not a valid Prototype"),
    ],
)
def test_wrong_arguments(play, arguments, error, reason):
    with pytest.raises(error, match=reason):
        play.tools.place_entity(*arguments)
    assert play.world.entities("iron-chest") == []


@pytest.mark.defect("reads LuaEntity.launch_count, which 1.1 does not have")
def test_a_silo_is_built_and_said_to_be_none(play):
    play.carry(rocket_silo=1)
    with pytest.raises(Exception, match="Could not create rocket-silo object"):
        play.tools.place_entity(Prototype.RocketSilo, position=Position(x=6, y=0))
    assert len(play.world.entities("rocket-silo")) == 1
    assert play.world.carried("rocket-silo") == 0


@pytest.mark.defect("takes a pipe of heat for one of fluids")
def test_a_heat_pipe_is_built_and_said_to_be_none(play):
    play.carry(heat_pipe=1)
    with pytest.raises(Exception, match="Could not create heat-pipe object"):
        play.tools.place_entity(Prototype.HeatPipe, position=Position(x=6, y=0))
    assert len(play.world.entities("heat-pipe")) == 1


# --- asking first


@pytest.mark.parametrize(
    ("prototype", "position", "can"),
    [
        (Prototype.IronChest, (4, 0), True),
        (Prototype.Inserter, (5, 0), True),
        (Prototype.AssemblingMachine1, (5, 5), True),
        (Prototype.IronChest, (40, 0), False),
        (Prototype.SteelChest, (4, 0), False),
        (Prototype.OffshorePump, (4, 0), False),
    ],
)
def test_can_be_placed(play, prototype, position, can):
    assert play.tools.can_place_entity(prototype, Direction.UP, position) is can
    assert play.world.entities(prototype.value[0]) == []
    assert play.world.character() == (0, 0)


@pytest.mark.parametrize("direction", DIRECTIONS, ids=named)
def test_can_be_placed_in_any_direction(play, direction):
    place = Position(x=5, y=5)
    assert play.tools.can_place_entity(Prototype.Boiler, direction, place) is True
    assert play.tools.place_entity(Prototype.Boiler, direction, place)


def test_cannot_be_placed_on_something(play):
    play.tools.place_entity(Prototype.IronChest, position=Position(x=4.5, y=0.5))
    for prototype, x, can in (
        (Prototype.IronChest, 4.5, False),
        (Prototype.AssemblingMachine1, 4.5, False),
        (Prototype.AssemblingMachine1, 5.5, False),
        (Prototype.AssemblingMachine1, 6.5, True),
        (Prototype.WoodenChest, 5.5, True),
    ):
        place = Position(x=x, y=0.5)
        assert play.tools.can_place_entity(prototype, Direction.UP, place) is can


@pytest.mark.defect("an error of Lua that it cannot read means yes")
def test_what_is_no_building_can_be_placed(play):
    place = Position(x=4, y=0)
    assert play.tools.can_place_entity(Prototype.IronPlate, position=place) is True


@pytest.mark.parametrize("arguments", [("iron-chest",), (Prototype.IronChest, 0)])
def test_wrong_questions(play, arguments):
    with pytest.raises(AssertionError):
        play.tools.can_place_entity(*arguments)
