"""`connect_entities` with poles: one network, and power at its other end."""

import pytest
from conftest import Play
from connections import at, build, place, places
from fle.env.entities import EntityStatus
from fle.env.game_types import Prototype

POLES = {
    "small-electric-pole": (Prototype.SmallElectricPole, 7.5),
    "medium-electric-pole": (Prototype.MediumElectricPole, 9.0),
    "big-electric-pole": (Prototype.BigElectricPole, 30.0),
}
"""How far a wire of each reaches."""
SMALL = Prototype.SmallElectricPole


@pytest.fixture(autouse=True)
def carried(play: Play) -> None:
    play.carry(small_electric_pole=50, medium_electric_pole=30, big_electric_pole=20)


def networks(play: Play) -> list[int]:
    """Of each pole that stands, its network."""
    return play.world.ask(
        "(function() local all = {} "
        "for _, e in pairs(game.surfaces[1].find_entities_filtered{"
        "type = 'electric-pole'}) do all[#all + 1] = e.electric_network_id end "
        "return all end)()"
    )


def energy(play: Play, name: str) -> float:
    return play.world.ask(
        f"game.surfaces[1].find_entities_filtered{{name = '{name}'}}[1].energy"
    )


@pytest.fixture
def engine(play):
    """A steam engine with steam, at the origin."""
    build(play, "steam-engine", 0.5, 0.5)
    play.world.run(
        "game.surfaces[1].find_entities_filtered{name = 'steam-engine'}[1]"
        ".fluidbox[1] = {name = 'steam', amount = 200, temperature = 165}"
    )
    return play.tools.get_entity(Prototype.SteamEngine, at(0.5, 0.5))


@pytest.mark.parametrize("name", POLES)
@pytest.mark.parametrize(
    "end",
    [pytest.param((30.5, 0.5), id="far"), pytest.param((12.5, 16.5), id="aslant")],
)
def test_a_line_of_poles(play, name, end):
    prototype, reach = POLES[name]
    before = play.world.carried(name)
    amount = play.tools.get_connection_amount(at(0.5, 0.5), at(*end), prototype)
    assert not places(play, name)
    group = play.tools.connect_entities(at(0.5, 0.5), at(*end), prototype)
    stand = places(play, name)
    assert amount <= len(stand) <= amount + 1
    assert play.world.carried(name) == before - len(stand)
    assert len(set(networks(play))) == 1
    assert {place(pole.position) for pole in group.poles} == stand
    for x, y in ((0.5, 0.5), end):
        assert min(abs(x - px) + abs(y - py) for px, py in stand) <= reach


def test_near_places_need_one_pole(play):
    play.tools.connect_entities(at(0.5, 0.5), at(2.5, 0.5), SMALL)
    assert len(places(play, "small-electric-pole")) == 1


@pytest.mark.parametrize(
    ("name", "prototype", "status"),
    [
        ("inserter", Prototype.Inserter, EntityStatus.WAITING_FOR_SOURCE_ITEMS),
        ("lab", Prototype.Lab, EntityStatus.NO_RESEARCH_IN_PROGRESS),
        ("assembling-machine-2", Prototype.AssemblingMachine2, EntityStatus.NO_RECIPE),
    ],
)
@pytest.mark.parametrize("x", [24.5, -20.5])
def test_power_reaches_a_machine(play, engine, name, prototype, status, x):
    build(play, name, x, 8.5)
    machine = play.tools.get_entity(prototype, at(x, 8.5))
    assert energy(play, name) == 0
    group = play.tools.connect_entities(engine, machine, SMALL)
    play.world.wait(seconds=1)
    assert energy(play, name) > 0
    assert play.tools.get_entity(prototype, at(x, 8.5)).status is status
    assert len(set(networks(play))) == 1
    (known,) = play.tools.get_entities({Prototype.ElectricityGroup})
    assert known.id == networks(play)[0]
    assert known.status is EntityStatus.WORKING
    assert {place(pole.position) for pole in group.poles} == places(
        play, "small-electric-pole"
    )


@pytest.mark.defect("connection points of these are tables that no set can hold")
@pytest.mark.parametrize(
    ("name", "prototype"),
    [
        ("assembling-machine-1", Prototype.AssemblingMachine1),
        ("chemical-plant", Prototype.ChemicalPlant),
    ],
)
def test_machines_with_bare_connection_points(play, engine, name, prototype):
    build(play, name, 20.5, 8.5)
    machine = play.tools.get_entity(prototype, at(20.5, 8.5))
    with pytest.raises(TypeError, match="unhashable"):
        play.tools.connect_entities(engine, machine, SMALL)
    # the other way round they are only a place
    play.tools.connect_entities(machine, engine, SMALL)
    play.world.wait(seconds=1)
    assert energy(play, name) > 0


def test_connecting_again_builds_nothing(play, engine):
    build(play, "lab", 20.5, 8.5)
    lab = play.tools.get_entity(Prototype.Lab, at(20.5, 8.5))
    first = play.tools.connect_entities(engine, lab, SMALL)
    stand = places(play, "small-electric-pole")
    second = play.tools.connect_entities(engine, lab, SMALL)
    assert places(play, "small-electric-pole") == stand
    assert second.id == first.id
    assert len(second.poles) == len(stand)


def test_a_group_goes_on(play, engine):
    group = play.tools.connect_entities(engine, at(14.5, 0.5), SMALL)
    build(play, "lab", 26.5, 10.5)
    lab = play.tools.get_entity(Prototype.Lab, at(26.5, 10.5))
    longer = play.tools.connect_entities(group, lab, SMALL)
    play.world.wait(seconds=1)
    assert energy(play, "lab") > 0
    assert longer.id == group.id
    assert len(set(networks(play))) == 1


@pytest.fixture
def two_networks(play):
    groups = [
        play.tools.connect_entities(at(0.5, y), at(14.5, y), SMALL) for y in (0.5, 20.5)
    ]
    assert len(set(networks(play))) == 2
    return groups


def test_two_networks_become_one(play, two_networks):
    play.tools.connect_entities(*two_networks, SMALL)
    assert len(set(networks(play))) == 1
    assert len(play.tools.get_entities({Prototype.ElectricityGroup})) == 1


@pytest.mark.defect("where no pole is due, the target counts as the last of them")
def test_two_poles_of_different_networks(play, two_networks):
    play.tools.connect_entities(at(12.5, 0.5), at(12.5, 20.5), SMALL)
    ys = sorted(y for x, y in places(play, "small-electric-pole") if x == 12.5)
    assert ys[-1] - ys[-2] > 7.5  # no wire is that long
    assert len(set(networks(play))) == 2


def test_poles_go_around_what_stands_there(play):
    for x in range(4, 14, 2):
        build(play, "stone-furnace", x, 0)
    play.tools.connect_entities(at(0.5, 0.5), at(20.5, 0.5), SMALL)
    assert len(set(networks(play))) == 1
    assert len(play.world.entities("stone-furnace")) == 5


def test_too_few_poles(play):
    play.carry(small_electric_pole=2)
    with pytest.raises(Exception, match=r"number - 8, Available .* - 2"):
        play.tools.connect_entities(at(0.5, 0.5), at(30.5, 0.5), SMALL)
    assert not places(play, "small-electric-pole")
    assert play.world.carried("small-electric-pole") == 2


def test_walls(play):
    play.carry(stone_wall=30)
    amount = play.tools.get_connection_amount(
        at(0.5, 0.5), at(10.5, 0.5), Prototype.StoneWall
    )
    group = play.tools.connect_entities(
        at(0.5, 0.5), at(10.5, 0.5), Prototype.StoneWall
    )
    stand = {(x + 0.5, 0.5) for x in range(11)}
    assert places(play, "stone-wall") == stand
    assert {place(wall.position) for wall in group.entities} == stand
    assert amount == 11
    assert play.world.carried("stone-wall") == 19
