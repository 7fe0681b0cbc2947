"""sleep, print, score, send_message; and shift_entity, which FLE does not register."""

import pytest
from fle.env.entities import Position
from fle.env.game_types import Prototype

# --- sleeping


@pytest.mark.parametrize("seconds", [1, 5, 0.5])
def test_sleeping_lets_time_pass(play, seconds):
    tick, elapsed = play.world.tick, play.instance.get_elapsed_ticks()
    assert play.tools.sleep(seconds) is True
    assert play.instance.get_elapsed_ticks() - elapsed == seconds * 60
    # a busy machine may fall behind for a moment
    play.world.wait(seconds=0.1)
    assert play.world.tick - tick > seconds * 30


@pytest.mark.parametrize("seconds", [0, -5])
def test_no_time_passes(play, seconds):
    elapsed = play.instance.get_elapsed_ticks()
    assert play.tools.sleep(seconds) is True
    assert play.instance.get_elapsed_ticks() == elapsed


# --- printing


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (("a",), "a"),
        (("a", "b"), "a\tb"),
        ((True,), "True"),
        (([1, "b"],), "[1, 'b']"),
        (({"x": 1},), "{'x': 1}"),
        ((Position(x=1, y=2),), "x=1.0 y=2.0"),
        (((1, 2),), "(1, 2)"),
        ((), ""),
    ],
    ids=repr,
)
def test_printing(play, value, printed):
    assert play.print(*value) == printed


@pytest.mark.defect("never loads the action that it calls for numbers")
@pytest.mark.parametrize("number", [1, 1.5, None])
def test_numbers_are_not_printed(play, number):
    assert play.print(number) == "attempt to call a nil value"


def test_entities_are_printed(play):
    chest = play.tools.place_entity(Prototype.IronChest, position=Position(x=4, y=4))
    assert "iron-chest" in play.print(chest)
    assert "coal=100" in play.print(play.tools.inspect_inventory())


# --- scoring


def test_the_score_begins_at_nothing(play):
    assert play.tools.score() == (0, "")


def test_crafting_scores(play):
    play.tools.craft_item(Prototype.IronGearWheel, 5)
    first, _ = play.tools.score()
    assert first > 0
    play.tools.craft_item(Prototype.ElectronicCircuit, 5)
    assert play.tools.score()[0] > first


def test_smelting_scores(play):
    furnace = play.tools.place_entity(
        Prototype.StoneFurnace, position=Position(x=5, y=5)
    )
    furnace = play.tools.insert_item(Prototype.Coal, furnace, 5)
    before, _ = play.tools.score()
    play.tools.insert_item(Prototype.IronOre, furnace, 10)
    play.world.wait(seconds=20)
    assert play.tools.score()[0] > before


def test_placing_does_not_score(play):
    play.tools.place_entity(Prototype.IronChest, position=Position(x=4, y=4))
    assert play.tools.score() == (0, "")


# --- talking


def test_nobody_to_talk_to(play):
    assert play.tools.send_message("hello") is True
    assert play.tools.send_message("hello", recipient="1") is True


# --- what is not there


@pytest.mark.defect("has a client and a manual, but no server")
def test_shift_entity_is_not_there(play):
    assert not hasattr(play.tools, "shift_entity")
    assert "shift_entity" not in play.instance.controllers
