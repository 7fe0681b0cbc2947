"""`connect_entities` with pipes: fluids flow, and only where they should."""

import pytest
from conftest import Play
from connections import at, build, fill, fluids, place, places, targets
from fle.env import DirectionInternal as Direction
from fle.env.entities import EntityStatus
from fle.env.game_types import Prototype, RecipeName, Resource

PIPE, UNDER = Prototype.Pipe, Prototype.UndergroundPipe
COUNTED_TWICE = 3
"""A dry run with pipes counts the first one twice and the last one three times."""


@pytest.fixture(autouse=True)
def carried(play: Play) -> None:
    play.carry(
        pipe=200,
        pipe_to_ground=50,
        offshore_pump=1,
        boiler=1,
        steam_engine=1,
        coal=20,
        small_electric_pole=10,
    )


def systems(play: Play) -> dict[str, list]:
    """Where the pipes of each fluid system stand."""
    return play.world.ask(
        "(function() local all = {} "
        "for _, e in pairs(game.surfaces[1].find_entities_filtered{"
        "type = {'pipe', 'pipe-to-ground'}}) do "
        "local id = 's' .. e.fluidbox.get_fluid_system_id(1) "
        "all[id] = all[id] or {} "
        "all[id][#all[id] + 1] = {e.position.x, e.position.y} end "
        "return all end)()"
    )


def tank(play: Play, x: float, y: float, fluid: str = "", amount: float = 0):
    build(play, "storage-tank", x, y)
    found = at(x, y)
    if fluid:
        play.world.run(
            f"game.surfaces[1].find_entity('storage-tank', {{{x}, {y}}})"
            f".fluidbox[1] = {{name = '{fluid}', amount = {amount}}}"
        )
    return play.tools.get_entity(Prototype.StorageTank, found)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        pytest.param((0.5, 5.5), (10.5, 5.5), 11, id="east"),
        pytest.param((3.5, 8.5), (3.5, 1.5), 8, id="north"),
        pytest.param((0.5, 1.5), (6.5, 7.5), 13, id="diagonal"),
    ],
)
def test_a_line_of_pipes(play, start, end, count):
    start, end = at(*start), at(*end)
    amount = play.tools.get_connection_amount(start, end)
    assert amount == count + COUNTED_TWICE
    assert not places(play, "pipe")
    group = play.tools.connect_entities(start, end, PIPE)
    assert len(places(play, "pipe")) == len(group.pipes) == count
    assert play.world.carried("pipe") == 200 - count
    (system,) = systems(play).values()
    assert len(system) == count
    play.world.run(
        f"game.surfaces[1].find_entity('pipe', {{{start.x}, {start.y}}})"
        ".fluidbox[1] = {name = 'water', amount = 100}"
    )
    play.world.wait(seconds=5)
    assert all(each["water"] > 1 for each in fluids(play, "pipe"))
    (known,) = play.tools.get_entities({Prototype.PipeGroup})
    assert {pipe.fluid for pipe in known.pipes} == {"water"}


def test_from_shore_to_power(play):
    shore = play.tools.nearest(Resource.Water)
    play.stand(shore.x, shore.y + 2)
    pump = play.tools.place_entity(Prototype.OffshorePump, Direction.UP, shore)
    # where there is land, whichever shore the nearest is
    boiler = play.tools.place_entity_next_to(
        Prototype.Boiler, pump.position, Direction.DOWN, 5
    )
    boiler = play.tools.insert_item(Prototype.Coal, boiler, 10)
    engine = play.tools.place_entity_next_to(
        Prototype.SteamEngine, boiler.position, Direction.DOWN, 5
    )
    before = play.world.carried("pipe")
    amount = play.tools.get_connection_amount(pump, boiler)
    water = play.tools.connect_entities(pump, boiler, PIPE)
    used = before - play.world.carried("pipe")
    assert len(water.pipes) == used == amount - COUNTED_TWICE
    steam = play.tools.connect_entities(boiler, engine, PIPE)
    assert water.id != steam.id
    assert len(systems(play)) == 2
    play.world.wait(seconds=20)
    (in_boiler,) = fluids(play, "boiler")
    assert in_boiler["water"] > 100
    (in_engine,) = fluids(play, "steam-engine")
    assert in_engine["steam"] == pytest.approx(200, rel=0.1)
    build(play, "lab", engine.position.x + 8, engine.position.y)
    lab = play.tools.get_entity(
        Prototype.Lab, at(engine.position.x + 8, engine.position.y)
    )
    play.tools.connect_entities(engine, lab, Prototype.SmallElectricPole)
    play.world.wait(seconds=2)
    for prototype, position, status in (
        (Prototype.Lab, lab.position, EntityStatus.NO_RESEARCH_IN_PROGRESS),
        (Prototype.SteamEngine, engine.position, EntityStatus.WORKING),
    ):
        assert play.tools.get_entity(prototype, position).status is status


def test_tanks_level_out(play):
    source = tank(play, 0.5, 0.5, "water", 20_000)
    target = tank(play, 12.5, 4.5)
    play.tools.connect_entities(source, target, PIPE)
    play.world.wait(seconds=20)
    first, second = (each["water"] for each in fluids(play, "storage-tank"))
    assert first == pytest.approx(second, rel=0.05)
    in_pipes = sum(each["water"] for each in fluids(play, "pipe"))
    assert first + second + in_pipes == pytest.approx(20_000)


def test_pipes_below_ground(play):
    ends = at(0.5, 0.5), at(15.5, 0.5)
    amount = play.tools.connect_entities(*ends, {PIPE, UNDER}, dry_run=True)
    group = play.tools.connect_entities(*ends, {PIPE, UNDER})
    above, below = places(play, "pipe"), places(play, "pipe-to-ground")
    assert len(below) >= 2
    assert len(above | below) <= amount["number_of_entities_required"] < 16
    assert {place(pipe.position) for pipe in group.pipes} == above | below
    (system,) = systems(play).values()
    assert len(system) == len(above | below)
    fill(play, "pipe", "water", 100)
    play.world.wait(seconds=5)
    assert all(
        each["water"] > 1
        for each in fluids(play, "pipe") + fluids(play, "pipe-to-ground")
    )


@pytest.mark.parametrize("kinds", [{PIPE}, {PIPE, UNDER}], ids=["pipes", "both"])
def test_lines_that_cross_do_not_touch(play, kinds):
    first = play.tools.connect_entities(at(0.5, 0.5), at(10.5, 0.5), PIPE)
    second = play.tools.connect_entities(at(5.5, -5.5), at(5.5, 6.5), kinds)
    assert first.id != second.id
    assert len(first.pipes) == 11
    mine, other = sorted(systems(play).values(), key=len)
    assert {tuple(each) for each in mine} == {(x + 0.5, 0.5) for x in range(11)}
    assert {(5.5, -5.5), (5.5, 6.5)} <= {tuple(each) for each in other}
    # what kept them apart is gone
    assert not play.world.entities("simple-entity-with-owner")


def test_a_group_goes_on(play):
    group = play.tools.connect_entities(at(0.5, 0.5), at(4.5, 0.5), PIPE)
    longer = play.tools.connect_entities(group, at(4.5, 6.5), PIPE)
    (system,) = systems(play).values()
    assert len(longer.pipes) == len(system) == len(places(play, "pipe"))
    assert {(0.5, 0.5), (4.5, 6.5)} <= places(play, "pipe")


# --- machines with recipes


@pytest.mark.parametrize(
    ("name", "prototype", "recipe", "fluid"),
    [
        (
            "chemical-plant",
            Prototype.ChemicalPlant,
            Prototype.PlasticBar,
            "petroleum-gas",
        ),
        (
            "chemical-plant",
            Prototype.ChemicalPlant,
            RecipeName.HeavyOilCracking,
            "water",
        ),
        (
            "chemical-plant",
            Prototype.ChemicalPlant,
            RecipeName.HeavyOilCracking,
            "heavy-oil",
        ),
        (
            "oil-refinery",
            Prototype.OilRefinery,
            RecipeName.AdvancedOilProcessing,
            "crude-oil",
        ),
        (
            "oil-refinery",
            Prototype.OilRefinery,
            RecipeName.AdvancedOilProcessing,
            "water",
        ),
    ],
)
def test_a_fluid_comes_to_its_own_box(play, name, prototype, recipe, fluid):
    build(play, name, 0.5, 0.5)
    machine = play.tools.get_entity(prototype, at(0.5, 0.5))
    machine = play.tools.set_entity_recipe(machine, recipe)
    source = tank(play, 14.5, 4.5, fluid, 5_000)
    play.tools.connect_entities(source, machine, PIPE)
    play.world.wait(seconds=5)
    (inside,) = fluids(play, name)
    assert set(inside) == {fluid}
    assert inside[fluid] > 50


def test_products_leave_by_their_own_box(play):
    build(play, "oil-refinery", 0.5, 0.5)
    refinery = play.tools.get_entity(Prototype.OilRefinery, at(0.5, 0.5))
    refinery = play.tools.set_entity_recipe(refinery, RecipeName.AdvancedOilProcessing)
    target = tank(play, 14.5, -8.5)
    group = play.tools.connect_entities(refinery, target, PIPE)
    out = {place(point): point.type for point in refinery.output_connection_points}
    (fluid,) = {out[end] for end in places(play, "pipe") & set(out)}
    assert set(out) <= targets(play, "oil-refinery")
    play.world.run(
        "local e = game.surfaces[1].find_entities_filtered{name = 'oil-refinery'}[1] "
        "for i = 1, #e.fluidbox do "
        f"if e.fluidbox.get_locked_fluid(i) == '{fluid}' then "
        f"e.fluidbox[i] = {{name = '{fluid}', amount = 50}} end end"
    )
    play.world.wait(seconds=5)
    (inside,) = fluids(play, "storage-tank")
    assert inside[fluid] > 10
    assert len(group.pipes) == len(places(play, "pipe"))


def test_a_machine_without_a_recipe(play):
    build(play, "chemical-plant", 0.5, 0.5)
    plant = play.tools.get_entity(Prototype.ChemicalPlant, at(0.5, 0.5))
    source = tank(play, 14.5, 4.5)
    with pytest.raises(Exception, match="does not have fluid in it"):
        play.tools.connect_entities(source, plant, PIPE)
    fill(play, "storage-tank", "water", 1_000)
    with pytest.raises(Exception, match="until a recipe has been set"):
        play.tools.connect_entities(source, plant, PIPE)
    assert not places(play, "pipe")


def test_a_fluid_that_is_not_needed(play):
    build(play, "chemical-plant", 0.5, 0.5)
    plant = play.tools.get_entity(Prototype.ChemicalPlant, at(0.5, 0.5))
    plant = play.tools.set_entity_recipe(plant, Prototype.PlasticBar)
    source = tank(play, 14.5, 4.5, "water", 1_000)
    with pytest.raises(Exception, match="not needed and expected"):
        play.tools.connect_entities(source, plant, PIPE)
    assert not places(play, "pipe")


def test_too_few_pipes(play):
    play.carry(pipe=3)
    with pytest.raises(Exception, match=r"number - 14, Available .* - 3"):
        play.tools.connect_entities(at(0.5, 0.5), at(10.5, 0.5), PIPE)
    assert not places(play, "pipe")
    assert not play.world.entities("simple-entity-with-owner")
