"""Connecting and beginning anew: scripts, characters, inventories, the map."""

import pytest
from conftest import SPEED, STOCK, connected
from fle.env.entities import Direction, Position
from fle.env.game_types import Prototype


def loaded_scripts(output: str) -> int:
    return output.count("into game")


@pytest.mark.parametrize("caches", [False, True])
def test_a_new_server_gets_all_scripts(own_port, capsys, caches):
    with connected(own_port, cache_scripts=caches) as play:
        assert loaded_scripts(capsys.readouterr().out) > 40
        assert play.tools.score() == (0, "")
        assert play.tools.inspect_inventory()["coal"] == STOCK["coal"]


def test_a_server_that_has_the_scripts_gets_none(own_port, capsys):
    for expected in (True, False):
        with connected(own_port, cache_scripts=True) as play:
            assert (loaded_scripts(capsys.readouterr().out) > 0) is expected
            chest = play.tools.place_entity(Prototype.IronChest, Direction.UP)
            assert play.world.the("iron-chest")["x"] == chest.position.x


def test_connecting_again_takes_the_place_of_the_character(own_port):
    everybody = "#game.surfaces[1].find_entities_filtered{name = 'character'}"
    for _ in range(2):
        with connected(own_port) as play:
            assert play.world.ask(everybody) == 1
            assert play.world.character() == (0, 0)


def test_the_character_has_what_was_asked_for(play):
    for item, count in STOCK.items():
        assert play.world.carried(item) == count


def test_the_speed_is_set(play):
    assert play.world.ask("game.speed") == SPEED
    play.instance.set_speed(3)
    assert (play.world.ask("game.speed"), play.instance.get_speed()) == (3, 3)
    play.instance.pause()
    assert play.world.ask("game.tick_paused")
    tick = play.world.tick
    play.tools.sleep(1)
    assert play.world.tick == tick
    play.instance.set_speed_and_unpause(SPEED)
    play.world.wait(seconds=1)


def test_beginning_anew_takes_away_what_was_built(play):
    chest = play.tools.place_entity(Prototype.IronChest, position=Position(x=3, y=3))
    play.tools.insert_item(Prototype.Coal, chest, 5)
    play.world.run(
        "game.surfaces[1].create_entity{name = 'item-on-ground', position = {9, 9},"
        " stack = {name = 'coal', count = 3}}"
    )
    play.instance.reset()
    assert play.world.entities("iron-chest") == []
    assert play.world.entities("item-on-ground") == []
    assert play.world.carried("coal") == STOCK["coal"]
    assert play.world.carried("iron-chest") == STOCK["iron-chest"]


def test_what_was_built_may_stay(play):
    play.tools.place_entity(Prototype.IronChest, position=Position(x=3, y=3))
    play.instance.reset(clear_entities=False)
    assert len(play.world.entities("iron-chest")) == 1
    assert play.world.carried("iron-chest") == STOCK["iron-chest"]


@pytest.mark.parametrize("goes_home", [True, False])
def test_the_character_may_stay(play, goes_home):
    play.stand(12, 7)
    play.instance.reset(reset_position=goes_home)
    assert play.world.character() == ((0, 0) if goes_home else (12, 7))


@pytest.mark.parametrize("knows_all", [True, False])
def test_technologies(play, knows_all):
    play.begin(all_technologies_researched=knows_all)
    technologies = "game.forces.player.technologies"
    assert play.world.ask(f"{technologies}['rocket-silo'].researched") is knows_all
    assert play.world.ask(f"{technologies}['automation'].researched") is knows_all
    assert (
        play.world.ask("game.forces.player.recipes['solar-panel'].enabled") is knows_all
    )


def test_ore_grows_back(play):
    ore = "game.surfaces[1].find_entities_filtered{name = 'iron-ore'}"
    play.world.run(f"for _, e in pairs({ore}) do e.amount = 5 end")
    play.instance.reset()
    rich = f"""(function() local found = {{}}
        for _, e in pairs({ore}) do found[e.amount] = true end
        return game.table_to_json(found) end)()"""
    assert play.world.ask(rich) == '{"10000":true}'


def test_elapsed_time_begins_anew(play):
    play.tools.sleep(3)
    assert play.instance.get_elapsed_ticks() == 180
    play.instance.reset()
    assert play.instance.get_elapsed_ticks() == 0


def test_programs_are_run(play):
    score, _, printed = play.instance.eval(
        "at = nearest(Resource.Coal)\n"
        "print(craft_item(Prototype.IronGearWheel, 2))\n"
        "if at.x > 1000:\n    print('far')\n"
    )
    assert "(2,)" in printed
    assert "far" not in printed
    assert play.world.carried("iron-gear-wheel") == STOCK["iron-gear-wheel"] + 2
    assert score == play.tools.score()[0]


def test_errors_of_programs_are_told(play):
    _, _, printed = play.instance.eval("print(1)\nplace = nearest(5)\nprint(2)")
    assert "Line 2" in printed
    assert "(2,)" not in printed


@pytest.mark.defect("an error in a mere call, whose value nobody wants, is lost")
def test_errors_of_mere_calls_are_not_told(play):
    assert play.instance.eval("print(1)\nno_such_tool()")[2] == "1: (1,)"
