"""What FLE counts of what is made, against what really is."""

import pytest
from fle.commons.models.achievements import ProductionFlows
from fle.env.entities import Direction, Position
from fle.env.game_types import Prototype, Resource
from fle.env.utils.achievements import (
    calculate_achievements,
    eval_program_with_achievements,
)


def counted(play, kind: str, item: str) -> int:
    """What the game itself has counted: `input` is made, `output` is used."""
    return play.world.ask(
        f"game.forces.player.item_production_statistics.get_{kind}_count('{item}')"
    )


def flows(play) -> ProductionFlows:
    return ProductionFlows.from_dict(play.tools._get_production_stats())


@pytest.fixture
def furnace(play):
    """A furnace that smelts twenty ores, built by the second client."""
    play.world.run(
        """local furnace = game.surfaces[1].create_entity{name = 'stone-furnace',
          position = {6, 6}, force = 'player'}
        furnace.insert{name = 'coal', count = 5}
        furnace.insert{name = 'iron-ore', count = 20}"""
    )


def test_nothing_is_made_at_first(play):
    assert play.tools._get_production_stats() == {
        "input": {},
        "output": {},
        "harvested": {},
        "crafted": {},
    }
    assert play.tools.score() == (0, "")


def test_what_a_machine_makes(play, furnace):
    play.world.wait(seconds=40)
    made = play.world.the("stone-furnace")["items"]["iron-plate"]
    assert made >= 8
    play.world.run("game.tick_paused = true")
    stats = play.tools._get_production_stats()
    play.world.run("game.tick_paused = false")
    assert stats["output"]["iron-plate"] == counted(play, "input", "iron-plate") >= made
    assert stats["input"]["iron-ore"] == counted(play, "output", "iron-ore")
    assert stats["harvested"] == stats["crafted"] == {}


def test_what_hands_make(play):
    play.carry(iron_plate=20)
    play.tools.craft_item(Prototype.IronGearWheel, 3)
    stats = play.tools._get_production_stats()
    assert stats["output"] == {"iron-gear-wheel": 3}
    assert stats["input"] == {"iron-plate": 6}
    assert list(stats["crafted"].values()) == [
        {
            "crafted_count": 3,
            "inputs": {"iron-plate": 6},
            "outputs": {"iron-gear-wheel": 3},
        }
    ]
    assert counted(play, "input", "iron-gear-wheel") == 3
    assert counted(play, "output", "iron-plate") == 6


def test_what_hands_harvest(play):
    play.carry()
    place = play.tools.move_to(play.tools.nearest(Resource.Stone))
    assert play.tools.harvest_resource(place, 6) == 6
    stats = play.tools._get_production_stats()
    assert stats["harvested"] == {"stone": 6}
    assert stats["output"]["stone"] == counted(play, "input", "stone") == 6
    assert play.world.carried("stone") == 6


def test_fluids_are_counted(play):
    play.world.run(
        """local plant = game.surfaces[1].create_entity{name = 'chemical-plant',
          position = {6.5, 6.5}, force = 'player'}
        plant.set_recipe('heavy-oil-cracking')
        plant.fluidbox[1] = {name = 'water', amount = 300}
        plant.fluidbox[2] = {name = 'heavy-oil', amount = 200}
        local function make(name, x, y)
          return game.surfaces[1].create_entity{
            name = name, position = {x, y}, force = 'player'}
        end
        make('small-electric-pole', 8.5, 6.5)
        make('steam-engine', 11.5, 6.5).fluidbox[1] =
          {name = 'steam', amount = 200, temperature = 165}"""
    )
    play.world.wait(seconds=8)
    stats = play.tools._get_production_stats()
    crafts = stats["output"]["light-oil"] / 30
    assert crafts >= 2
    assert stats["input"]["heavy-oil"] >= 40 * crafts


def test_a_new_game_counts_from_nothing(play, furnace):
    play.world.wait(seconds=10)
    assert play.tools._get_production_stats()["output"]
    play.begin()
    assert play.tools._get_production_stats()["output"] == {}


def test_the_score_is_worth_what_is_made(play, furnace):
    play.world.wait(seconds=10)
    few, _ = play.tools.score()
    play.world.wait(seconds=30)
    many, _ = play.tools.score()
    assert many > few > 0
    # plates are worth more than the ores and the coal that were used
    assert play.tools._get_production_stats()["output"]["iron-plate"] >= 10


def test_taking_from_a_chest_is_worth_nothing(play):
    chest = play.tools.place_entity(Prototype.IronChest, position=Position(x=4, y=4))
    play.tools.insert_item(Prototype.IronPlate, chest, 9)
    play.tools.extract_item(Prototype.IronPlate, chest, 9)
    assert play.tools.score()[0] == 0


def test_flows_over_time(play, furnace):
    """Three windows of a burner drill that fills a chest, against the chest."""
    place = play.tools.nearest(Resource.IronOre)
    play.tools.move_to(place)
    drill = play.tools.place_entity(Prototype.BurnerMiningDrill, Direction.RIGHT, place)
    play.tools.insert_item(Prototype.Coal, drill, 5)
    play.tools.place_entity(Prototype.IronChest, position=drill.drop_position)
    play.world.run(
        "game.surfaces[1].find_entities_filtered{name = 'stone-furnace'}[1].destroy()"
    )
    bonus = play.world.ask("game.forces.player.mining_drill_productivity_bonus")
    for _ in range(3):
        play.world.run("game.tick_paused = true")
        before, held = flows(play), play.world.the("iron-chest")["items"]
        began = play.world.tick
        play.world.run("game.tick_paused = false")
        play.world.wait(seconds=30)
        play.world.run("game.tick_paused = true")
        new = before.get_new_flows(flows(play))
        now, ticks = play.world.the("iron-chest")["items"], play.world.tick - began
        play.world.run("game.tick_paused = false")
        mined = now["iron-ore"] - dict(held).get("iron-ore", 0)
        assert new.output["iron-ore"] == mined
        # a burner drill mines one in four seconds, without bonuses
        assert mined == pytest.approx(ticks / 240 * (1 + bonus), abs=1)


def test_achievements_tell_hands_from_machines(play, furnace):
    before = flows(play)
    play.tools.craft_item(Prototype.IronGearWheel, 2)
    play.world.wait(seconds=20)
    made = calculate_achievements(before, flows(play))
    assert made["static"]["iron-gear-wheel"] == 2
    assert made["dynamic"]["iron-plate"] >= 4
    assert "iron-gear-wheel" not in made["dynamic"]


def test_achievements_of_a_program(play, agent, furnace):
    lines, output, has_failed, made = eval_program_with_achievements(
        play.instance, "print(craft_item(Prototype.IronGearWheel, 2))\nsleep(20)"
    )
    assert (lines, output, has_failed) == (["1: (2,)"], "1: (2,)", False)
    assert made["static"] == {"iron-gear-wheel": 2}
    assert made["dynamic"]["iron-plate"] >= 4
