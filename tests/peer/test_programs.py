"""Programs of agents: how they are run, what is kept, what is told of errors."""

import time

import pytest
from agent import ProgramError
from conftest import SPEED, connected


def test_lines_are_run_in_order_and_prints_are_told(agent):
    assert agent.run("print('one', 1)\n\nx = 2\nprint(x, [x])") == (
        "1: ('one', 1)\n4: (2, [2])"
    )


def test_names_are_kept_between_programs(agent):
    agent.run("count = 3\nspot = Position(x=1, y=2)")
    agent.run("count += 4")
    assert agent.run("print(count, spot.y)") == "1: (7, 2.0)"


def test_functions_are_kept_between_programs(agent):
    agent.run(
        '''
def greet(name: str, times: int = 2) -> str:
    """Say hello."""
    return " ".join(["hello", name] * times)

def twice(name):
    return greet(name, times=1)
'''
    )
    assert agent.run("print(greet('you'), twice('me'))") == (
        "1: ('hello you hello you', 'hello me')"
    )
    told = {str(each) for each in agent.namespace.get_functions()}
    assert any("greet(name: str, times: int=2) -> str" in text for text in told)


def test_functions_build(play, agent):
    agent.run(
        """
def row(prototype, number):
    for place in range(number):
        place_entity(prototype, position=Position(x=2 + place, y=3))
"""
    )
    agent.run("row(Prototype.WoodenChest, 3)")
    places = {each["x"] for each in play.world.entities("wooden-chest")}
    assert places == {2.5, 3.5, 4.5}


@pytest.mark.parametrize(
    ("program", "printed"),
    [
        ("for n in range(3):\n    if n == 1:\n        print(n)", "3: (1,)"),
        ("n = 0\nwhile n < 3:\n    n += 1\nprint(n)", "4: (3,)"),
        (
            "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    print(e)",
            "4: (ZeroDivisionError('division by zero'),)",
        ),
        ("import math\nprint(math.floor(2.5))", "2: (2,)"),
        ("print([n * n for n in range(4) if n % 2])", "1: ([1, 9],)"),
        ("first, (second, third) = 1, (2, 3)\nprint(third)", "2: (3,)"),
        ("print(sum(map(lambda n: n + 1, [1, 2])))", "1: (5,)"),
        ("return 5\nprint(6)", "1: (5,)"),
    ],
)
def test_language(agent, program, printed):
    assert agent.run(program) == printed


@pytest.mark.defect("FLE ends a loop only after the rest of the body has run")
def test_break_within_a_condition(agent):
    program = "for n in range(3):\n    if n == 1:\n        break\n    print(n)"
    assert agent.run(program) == "4: (0,)\n4: (1,)"


@pytest.mark.defect("FLE goes on with the rest of the body")
def test_continue_within_a_condition(agent):
    program = "for n in range(2):\n    if n == 0:\n        continue\n    print(n)"
    assert "(0,)" in agent.run(program)


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("x = 1\ny = x / 0\nprint(y)", ["Line 2: y = x / 0", "ZeroDivisionError"]),
        ("\n\nprint(chesst)", ["Line 3: print(chesst)", "NameError"]),
        ("assert 1 > 2, 'too small'", ["AssertionError: too small"]),
        ("raise ValueError('mine')", ["ValueError: mine"]),
        ("get_entity(Prototype.Lab, Position(x=1, y=1))", ["Lab"]),
        ("x = (1,\n", ["was never closed"]),
    ],
)
def test_errors_say_where_and_what(agent, program, told):
    with pytest.raises(ProgramError) as failed:
        agent.run(program)
    assert all(text in str(failed.value) for text in told)


def test_names_that_are_nearly_right_are_told(agent):
    with pytest.raises(ProgramError, match="Did you mean one of these") as failed:
        agent.run("print(inspect_inventry())")
    assert "inspect_inventory" in str(failed.value)


def test_what_was_done_before_an_error_is_done(play, agent):
    with pytest.raises(ProgramError, match="NameError"):
        agent.run(
            "place_entity(Prototype.WoodenChest, position=Position(x=3, y=3))\n"
            "kept = 5\n"
            "never = no_such_function()\n"
            "place_entity(Prototype.WoodenChest, position=Position(x=5, y=5))"
        )
    assert play.world.the("wooden-chest")["x"] == 3.5
    assert agent.run("print(kept)") == "1: (5,)"


@pytest.mark.defect("FLE passes over calls of names that it does not know")
def test_a_call_of_nothing_is_passed_over(agent):
    assert agent.run("no_such_function()\nprint('done')") == "2: ('done',)"


def test_the_answer_has_the_score(play):
    play.carry(iron_plate=4)
    score, goal, output = play.instance.eval("craft_item(Prototype.IronGearWheel, 2)")
    assert score > 0
    assert (goal, output) == ("", "")


def test_sleep_lets_time_pass_in_the_game(play, agent):
    began = play.world.tick
    elapsed = play.instance.get_elapsed_ticks()
    agent.run("sleep(10)")
    assert play.world.tick - began >= 600
    assert play.instance.get_elapsed_ticks() - elapsed == 600


def test_published_sleep_waits_as_long_as_the_game_should_need(play):
    began = time.monotonic()
    play.tools.sleep(30)
    assert time.monotonic() - began >= 30 / play.instance.get_speed()


def test_speed_and_pause(play):
    instance, world = play.instance, play.world
    instance.pause()
    stands = world.tick
    time.sleep(0.1)
    assert world.tick == stands
    instance.set_speed(5)
    assert world.ask("game.speed") == SPEED
    instance.unpause()
    assert (world.ask("game.speed"), instance.get_speed()) == (5, 5)
    instance.set_speed_and_unpause(60)
    assert world.ask("game.tick_paused") is False
    with pytest.raises(ValueError, match="greater than 0"):
        instance.set_speed(0)


@pytest.mark.defect("FLE's thread goes on, and keeps the connection from the next")
def test_a_program_that_takes_too_long(port):
    with connected(port) as play:
        program = "for n in range(9):\n    sleep(15)"
        answer = play.instance.eval(program, timeout=1)
        assert answer == (-1, "", "Error: Evaluation timed out")
        output = play.instance.eval("print('still here')")[2]
        assert "('still here',)" in output
