"""Several characters in one game, and messages between their agents."""

import contextlib
import logging
import socket

import pytest
from agent import Agent
from conftest import connected
from fle.commons.asyncio_utils import run_async_safely
from fle.commons.models.game_state import GameState
from fle.env.entities import Position
from fle.env.game_types import Prototype
from serving import serve

CARRIED = {"iron-plate": 50, "wooden-chest": 2, "coal": 20}


@pytest.fixture(scope="module")
def team_connection(server_python):
    """Three agents on a server of their own."""
    with (
        serve(server_python, "--scenario", "lab-play", "--seed", "4") as port,
        connected(port, num_agents=3, inventory=CARRIED) as play,
    ):
        yield play


@pytest.fixture
def team(team_connection):
    """A fresh game for three, at their places; their tools by number."""
    team_connection.tools._create_agent_characters(3)
    team_connection.instance.reset(reset_position=True)
    for place, tools in enumerate(team_connection.instance.namespaces):
        tools.player_location = Position(x=0, y=2 * place)
    return team_connection


def agents(play):
    return play.instance.namespaces


def each(play, expression: str) -> list:
    """An expression about each character, ``it``."""
    return play.world.ask(
        f"""(function()
          local said = {{}}
          for number, it in pairs(global.agent_characters) do
            said[number] = {expression}
          end
          return said
        end)()"""
    )


def test_each_has_a_character(team):
    assert len(team.world.entities("character")) == 3
    assert each(team, "it.position") == [
        {"x": 0, "y": 0},
        {"x": 0, "y": 2},
        {"x": 0, "y": 4},
    ]
    colors = [tuple(color.values()) for color in each(team, "it.color")]
    assert len(set(colors)) == 3
    assert each(team, "it.get_item_count('iron-plate')") == [50, 50, 50]


def test_new_characters_take_the_places_of_all(team):
    team.tools._create_agent_characters(2)
    assert len(team.world.entities("character")) == 2
    assert each(team, "it.get_item_count('iron-plate')") == [0, 0]


@pytest.mark.parametrize("number", [2, 4])
def test_teams_of_other_sizes(team, number):
    port = team.instance.tcp_port
    with connected(port, num_agents=number, inventory=CARRIED) as play:
        assert len(agents(play)) == number
        assert len(play.world.entities("character")) == number
        assert agents(play)[-1].craft_item(Prototype.IronGearWheel, 2) == 2
        counts = each(play, "it.get_item_count('iron-gear-wheel')")
        assert counts == [0] * (number - 1) + [2]


def test_each_has_an_inventory_of_its_own(team):
    first, second, third = agents(team)
    third._set_inventory({"stone": 5})
    second.craft_item(Prototype.IronGearWheel, 3)
    assert each(team, "it.get_item_count('iron-plate')") == [50, 44, 0]
    assert second.inspect_inventory()[Prototype.IronGearWheel] == 3
    assert first.inspect_inventory()[Prototype.IronGearWheel] == 0
    assert third.inspect_inventory()[Prototype.Stone] == 5
    seen = first.inspect_inventory(all_players=True)
    assert [one[Prototype.IronPlate] for one in seen] == [50, 44, 0]


def test_each_walks_on_its_own(team):
    first, second, _ = agents(team)
    first.move_to(Position(x=10, y=0))
    second.move_to(Position(x=-10, y=2))
    at = each(team, "it.position.x")
    assert at[0] > 9
    assert at[1] < -9
    assert at[2] == 0


def test_each_builds_from_its_own_place(team):
    first, second, _ = agents(team)
    first.move_to(Position(x=20, y=0))
    far = Position(x=25, y=0)
    with pytest.raises(Exception, match="too far away"):
        second.place_entity(Prototype.WoodenChest, position=far)
    first.place_entity(Prototype.WoodenChest, position=far)
    second.place_entity(Prototype.WoodenChest, position=Position(x=-5, y=0))
    assert {chest["x"] for chest in team.world.entities("wooden-chest")} == {25.5, -4.5}
    assert each(team, "it.get_item_count('wooden-chest')") == [1, 1, 2]


def test_what_one_builds_another_uses(team):
    first, second, _ = agents(team)
    chest = first.place_entity(Prototype.WoodenChest, position=Position(x=3, y=3))
    first.insert_item(Prototype.IronPlate, chest, 7)
    assert second.extract_item(Prototype.IronPlate, chest, 3) == 3
    assert team.world.the("wooden-chest")["items"] == {"iron-plate": 4}
    assert each(team, "it.get_item_count('iron-plate')") == [43, 53, 50]
    assert second.get_entities() and first.get_entities()


@pytest.mark.defect("FLE does not ask how far away it is that somebody picks up")
def test_what_one_builds_another_takes_from_afar(team):
    first, second, _ = agents(team)
    first.move_to(Position(x=30, y=0))
    first.place_entity(Prototype.WoodenChest, position=Position(x=33, y=0))
    assert second.pickup_entity(Prototype.WoodenChest, Position(x=33.5, y=0.5))
    assert not team.world.entities("wooden-chest")
    assert each(team, "it.get_item_count('wooden-chest')") == [1, 3, 2]


def test_programs_run_in_their_agents_names(team):
    first, second = (Agent(team.instance, number) for number in (0, 1))
    with first.forgetting(), second.forgetting():
        first.run("mine = craft_item(Prototype.IronGearWheel, 1)")
        assert "iron-gear-wheel=1" in first.run("print(inspect_inventory())")
        assert "iron-gear-wheel" not in second.run("print(inspect_inventory())")
        assert "mine" not in second.namespace.persistent_vars
    with pytest.raises(ValueError, match="single-agent"):
        team.instance.namespace  # noqa: B018 - a property that refuses


def test_games_of_teams_are_saved_and_restored(team):
    agents(team)[2]._set_inventory({"stone": 5})
    agents(team)[1].move_to(Position(x=9, y=9))
    chest = agents(team)[0].place_entity(
        Prototype.WoodenChest, position=Position(x=-3, y=-3)
    )
    agents(team)[0].insert_item(Prototype.Coal, chest, 5)
    before = each(team, "{it.position, it.color, it.get_item_count('stone')}")
    state = GameState.from_instance(team.instance)
    assert (state.num_agents, state.is_multiagent) == (3, True)
    team.instance.reset(reset_position=True)
    team.instance.reset(state)
    assert each(team, "{it.position, it.color, it.get_item_count('stone')}") == before
    assert team.world.the("wooden-chest")["items"] == {"coal": 5}


# --- messages


def test_alone_there_is_nobody_to_tell(play):
    assert play.tools.send_message("is anybody there?") is True
    assert play.tools.get_messages() == []


def test_without_a_message_server_nothing_is_sent(team, caplog):
    with caplog.at_level(logging.ERROR):
        assert agents(team)[0].send_message("hello") is False
    assert "No A2A handler available" in caplog.text


@contextlib.contextmanager
def talking(port: int):
    """Two agents with FLE's message server on a free port of this machine."""
    a2a = pytest.importorskip("fle.env.a2a_instance", exc_type=ImportError)
    from fle.env.protocols.a2a.server import ServerManager

    with socket.socket() as free:
        free.bind(("localhost", 0))
        messages = free.getsockname()[1]
    a2a.A2AFactorioInstance._server_manager = ServerManager(port=messages)
    instance = run_async_safely(
        a2a.A2AFactorioInstance.create(
            address="127.0.0.1",
            tcp_port=port,
            num_agents=2,
            inventory=CARRIED,
            reset_speed=60,
        )
    )
    try:
        yield instance
    finally:
        run_async_safely(instance._unregister_agents())
        instance.rcon_client.close()
        a2a.A2AFactorioInstance.cleanup_server()


def test_agents_tell_each_other(team):
    with talking(team.instance.tcp_port) as instance:
        first, second = instance.namespaces
        assert first.send_message("to all") is True
        assert second.send_message("to you", recipient="0") is True
        assert [
            (told["sender"], told["message"], told["recipient"])
            for told in second.get_messages()
        ] == [("0", "to all", None)]
        assert [
            (told["sender"], told["message"], told["recipient"])
            for told in first.get_messages()
        ] == [("1", "to you", "0")]
        assert first.send_message("to nobody", recipient="7") is False
        state = GameState.from_instance(instance)
        assert [len(inbox) for inbox in state.agent_messages] == [1, 1]
        second.load_messages([])
        assert second.get_messages() == []
        instance.reset(state)
        assert [told["message"] for told in second.get_messages()] == ["to all"]
