"""What agents are told of entities."""

from collections.abc import Callable

import pytest

from fle_marl.lua.types import EntityStatus, Position, Prototype
from fle_marl.prototypes import load
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.sim.refusals import REFUSED
from fle_marl.testing.driver import Driver

Build = Callable[..., object]


def test_agents_know_every_status_of_the_game() -> None:
    known = {status.value for status in EntityStatus}
    assert set(load().defines["entity_status"]) <= known


@pytest.mark.parametrize(
    "prototype",
    [
        each
        for each in Prototype
        if each.prototype_name in load().entities
        and each.entity_class
        and load().entities[each.prototype_name].type not in REFUSED
    ],
)
def test_agents_can_look_at_everything_that_can_stand(
    agent: Driver, build: Build, server: EmbeddedServer, prototype: Prototype
) -> None:
    build(prototype.prototype_name, 20, 20)
    server.advance(2)
    entity = agent.get_entity(prototype, Position(20, 20))
    assert type(entity) is prototype.entity_class
    assert entity.name == prototype.prototype_name
    assert server.admin("observe", {})
    assert server.admin("scene", {})


def test_a_filter_inserter_tells_its_filter(
    agent: Driver, build: Build, server: EmbeddedServer
) -> None:
    build("filter-inserter", 20.5, 20.5)
    (inserter,) = agent.get_entities(name="filter-inserter")
    assert inserter.filter is None
    server.lua.execute(
        """
        local filter = {name = "filter-inserter"}
        local inserter = game.surfaces[1].find_entities_filtered(filter)[1]
        inserter.set_filter(1, "coal")
        """
    )
    (inserter,) = agent.get_entities(name="filter-inserter")
    assert inserter.filter == "coal"


@pytest.mark.parametrize(
    ("name", "ticks", "status", "warning"),
    [
        ("stone-furnace", 1, EntityStatus.NO_FUEL, "out of fuel"),
        ("assembling-machine-1", 1, EntityStatus.NO_POWER, "not connected to an elec"),
        ("inserter", 1, EntityStatus.NO_POWER, "not connected to an electric network"),
        ("boiler", 60, EntityStatus.NO_INPUT_FLUID, "no fluid comes in"),
        ("iron-chest", 1, EntityStatus.NORMAL, None),
    ],
)
def test_the_status_says_what_is_wrong(
    agent: Driver,
    build: Build,
    server: EmbeddedServer,
    name: str,
    ticks: int,
    status: EntityStatus,
    warning: str | None,
) -> None:
    build(name, 20.5, 20.5)
    server.advance(ticks)
    (entity,) = agent.get_entities(name=name)
    assert entity.status is status
    if warning is None:
        assert entity.warnings == []
    else:
        assert entity.warnings[0].startswith(warning)


def test_a_machine_without_a_recipe_says_so(agent: Driver, build: Build) -> None:
    build("assembling-machine-1", 20.5, 20.5)
    (machine,) = agent.get_entities(name="assembling-machine-1")
    assert machine.recipe is None
    assert any("set_entity_recipe" in warning for warning in machine.warnings)


def test_an_arm_that_reaches_nothing_says_so(agent: Driver, build: Build) -> None:
    build("burner-inserter", 20.5, 20.5)
    (inserter,) = agent.get_entities(name="burner-inserter")
    assert any("nothing stands at its pickup" in text for text in inserter.warnings)
    assert any("nothing stands at its drop" in text for text in inserter.warnings)
    build("iron-chest", 20.5, 19.5)
    build("iron-chest", 20.5, 21.5)
    (inserter,) = agent.get_entities(name="burner-inserter")
    assert not any("nothing stands" in text for text in inserter.warnings)


def test_a_full_chest_says_so(
    agent: Driver, build: Build, server: EmbeddedServer
) -> None:
    build("wooden-chest", 20.5, 20.5)
    server.lua.execute(
        """
        local filter = {name = "wooden-chest"}
        local chest = game.surfaces[1].find_entities_filtered(filter)[1]
        chest.insert({name = "coal", count = 10000})
        """
    )
    (chest,) = agent.get_entities(name="wooden-chest")
    assert chest.inventory[Prototype.Coal] == 16 * 50
    assert chest.warnings == ["full: no more items go in"]


def test_a_drill_knows_what_it_mines(
    agent: Driver, build: Build, server: EmbeddedServer
) -> None:
    server.lua.execute(
        """
        for x = 19, 22 do
          game.surfaces[1].create_entity(
            {name = "coal", position = {x + 0.5, 20.5}, amount = 50})
        end
        """
    )
    build("burner-mining-drill", 21, 21)
    (drill,) = agent.get_entities(name="burner-mining-drill")
    # two tiles under its two
    (coal,) = drill.resources
    assert (coal.name, coal.count, coal.type) == ("coal", 100, "item")
    assert (drill.drop_position.x, drill.drop_position.y) == (20.5, 19.5)


def test_power_reaches_what_is_in_a_poles_area(agent: Driver, build: Build) -> None:
    build("small-electric-pole", 20.5, 20.5)
    build("assembling-machine-1", 23.5, 20.5)
    build("solar-panel", 17.5, 20.5)
    by_name = {entity.name: entity for entity in agent.get_entities(radius=100)}
    (pole,) = by_name["electricity-group"].poles
    assert by_name["assembling-machine-1"].electrical_id == pole.electrical_id
    assert by_name["solar-panel"].electrical_id == pole.electrical_id


def test_a_machine_knows_the_fluids_of_its_recipe(agent: Driver, build: Build) -> None:
    build("assembling-machine-2", 4.5, 4.5)
    (machine,) = agent.get_entities(name="assembling-machine-2")
    assert machine.connection_points == []
    machine = agent.set_entity_recipe(machine, Prototype.ElectricEngineUnit)
    assert machine.recipe.name == "electric-engine-unit"
    assert machine.extra["input_fluids"] == ["lubricant"]
    assert not machine.extra["output_fluids"]


def test_a_belt_knows_where_it_comes_from_and_goes(agent: Driver, build: Build) -> None:
    # two belts eastward, and one that turns south
    build("transport-belt", 20.5, 20.5, direction=2)
    build("transport-belt", 21.5, 20.5, direction=2)
    build("transport-belt", 22.5, 20.5, direction=4)
    belts = agent.get_entities({Prototype.TransportBelt})
    ways = [
        (
            belt.input_position.x,
            belt.input_position.y,
            belt.output_position.x,
            belt.output_position.y,
            belt.is_source,
            belt.is_terminus,
        )
        for belt in belts
    ]
    assert ways == [
        (19.5, 20.5, 21.5, 20.5, True, False),
        (20.5, 20.5, 22.5, 20.5, False, False),
        (21.5, 20.5, 22.5, 21.5, False, True),
    ]


def test_a_belt_shows_its_lanes(agent: Driver, build: Build) -> None:
    build("transport-belt", 4.5, 4.5, direction=2)
    (belt,) = agent.get_entities({Prototype.TransportBelt})
    belt = agent.insert_item(Prototype.Coal, belt, 2)
    lanes = belt.inventory
    assert lanes["left"][Prototype.Coal] + lanes["right"][Prototype.Coal] == 2


def test_an_underground_pair_knows_each_other(agent: Driver, build: Build) -> None:
    build("underground-belt", 20.5, 20.5, direction=2, type="input")
    build("underground-belt", 24.5, 20.5, direction=2, type="output")
    entry, way_out = agent.get_entities({Prototype.UndergroundBelt})
    assert (entry.is_input, way_out.is_input) == (True, False)
    assert entry.connected_to == way_out.id
    assert way_out.connected_to == entry.id
    assert (entry.is_source, entry.is_terminus) == (True, False)
    assert (way_out.is_source, way_out.is_terminus) == (False, True)


def test_a_splitter_has_two_ways_in_and_out(agent: Driver, build: Build) -> None:
    build("splitter", 20.5, 20, direction=2)
    (splitter,) = agent.get_entities({Prototype.Splitter})
    ways_in = [(place.x, place.y) for place in splitter.input_positions]
    ways_out = [(place.x, place.y) for place in splitter.output_positions]
    assert sorted(ways_in) == [(19.5, 19.5), (19.5, 20.5)]
    assert sorted(ways_out) == [(21.5, 19.5), (21.5, 20.5)]


@pytest.mark.parametrize("has_work", [True, False])
def test_the_energy_of_a_steam_engine_says_whether_it_makes_any(
    agent: Driver, build: Build, server: EmbeddedServer, *, has_work: bool
) -> None:
    build("steam-engine", 20.5, 20.5)
    server.lua.execute(
        """game.surfaces[1].find_entities_filtered({name = "steam-engine"})[1]
          .insert_fluid({name = "steam", amount = 100, temperature = 165})"""
    )
    if has_work:
        build("medium-electric-pole", 23.5, 20.5)
        build("radar", 25.5, 20.5)
    server.advance(2)
    (engine,) = agent.get_entities(name="steam-engine")
    assert (engine.energy > 0) is has_work
