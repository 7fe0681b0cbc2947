"""Programs in real processes: what takes a process down, and what does not."""

import os
import signal
import time

import pytest

from fle_marl.programs.limits import ProgramLimits

from .conftest import QUICK, group_of, wait_for_members

FORGE = "door, os = insider()\n"
"""What a program would do that had reached the code that speaks for it."""


def test_types_and_tools_are_there(run):
    result = run(
        "chest = Inventory({Prototype.Coal: 3})\n"
        "print(chest[Prototype.Coal], echo({'a': [1, None]}), Direction.UP.value)\n"
        "print(sleep(1.5))"
    )

    assert result.text == "2: 3 {'a': [1, None]} 0\n3: True"
    assert (result.error_code, result.ticks, result.tool_calls) == (None, 90, 2)


def test_tools_go_by_the_names_of_the_peers_manuals(run):
    run("all_of_them = game")

    result = run("print(game.sleep(1), get_messages(), all_of_them is game)")

    assert (result.text, result.ticks) == ("1: True [] True", 60)


def test_names_last_between_programs(run):
    run("def f(x):\n    return x + y\ny = 1")

    assert run("y += 1\nprint(f(1))").text == "2: 3"


def test_a_refusing_tool_is_an_exception_with_a_code(run):
    caught = run(
        "try:\n    refuse()\nexcept Exception as e:\n    print(e, '|', e.code)"
    )
    not_caught = run("refuse()")

    assert caught.text == "4: 12 tiles away; 10 are allowed | out-of-reach"
    assert caught.error_code is None
    assert not_caught.error_code == "out-of-reach"
    assert not_caught.text == (
        "Error at line 1: 12 tiles away; 10 are allowed [out-of-reach]\n    refuse()"
    )


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("echo(1, 2)", "too many positional arguments; it is called as echo(value"),
        ("sleep('long')", "seconds must be a number, not 'long' (of type str)"),
        ("echo(print)", "cannot be sent"),
        ("echo(2**80)", "cannot be sent"),
        ("echo('\\ud800')", "cannot be sent"),
    ],
)
def test_bad_arguments_are_refused_in_the_process(run, source, complaint):
    result = run(source)

    assert result.error_code == "bad-argument"
    assert complaint in result.text
    assert run.team.server.trace == []


def test_an_endless_loop_costs_only_its_program(run):
    run("x = [1]")

    result = run("print('before')\nwhile True:\n    pass")

    assert result.error_code == "cpu-limit-reached"
    assert result.error_line in (2, 3)
    assert result.text.startswith("1: before\nError at line ")
    assert "more than 1 s of processor time" in result.text
    assert run("print(x)").text == "1: [1]"


@pytest.mark.parametrize(
    "source",
    [
        "while True:\n    try:\n        while len('a'): n = 1\n    except: n = 2",
        "sum(range(10**12))",
    ],
    ids=["catches everything", "inside compiled code"],
)
def test_a_loop_that_cannot_be_told_to_stop_is_killed(run, source):
    run("x = [1]")

    result = run(f"print('before')\n{source}")

    assert result.error_code == "worker-died"
    assert result.text.startswith("1: before\nError")
    assert run("print(x[0])").text == "1: 1"


def test_a_killed_program_leaves_what_was_before_it(make_team):
    def kill_runner(_agent, _arguments):
        os.kill(team.scheduler._processes["agent_0"]._runner_pid, signal.SIGKILL)
        return 0

    team = make_team({"work": kill_runner})
    run_one = lambda source: team.scheduler.run(  # noqa: E731
        {"agent_0": source}, tick_budget=60, step=0
    )["agent_0"]
    run_one("x = [1]")

    for _ in range(3):  # each time the copy of a copy goes on
        result = run_one("print('before')\nx.append(2)\nwork(1)\nprint('after')")
        assert result.error_code == "worker-died"
        assert result.text.startswith(
            "1: before\nError: the program's process was kill"
        )
        assert result.text.endswith(
            "Variables and functions are as they were before it."
        )

    assert run_one("print(x)").text == "1: [1]"


def test_a_process_killed_between_programs_is_replaced_by_its_copy(run):
    run("x = [1]")
    scheduler = run.team.scheduler
    for _ in range(3):
        os.kill(wait_for_members(group_of(scheduler), 2)[0], signal.SIGKILL)

        assert run("x.append(2)\nprint(x[0])").text == "2: 1"


def test_a_killed_copy_is_renewed(run):
    run("x = [1]")
    group = group_of(run.team.scheduler)
    worker, copy = wait_for_members(group, 2)
    os.kill(copy, signal.SIGKILL)

    assert run("print(x)").text == "1: [1]"
    os.kill(worker, signal.SIGKILL)
    assert run("print(x)").text == "1: [1]"


def test_if_all_is_lost_the_next_program_is_told(run):
    run("x = [1]")
    group = group_of(run.team.scheduler)
    os.killpg(group, signal.SIGKILL)
    wait_for_members(group, 0)

    result = run("print('x' in globals())")

    assert "variables and functions of earlier programs are gone" in result.text
    assert result.text.endswith("1: False")
    assert result.error_code is None


@pytest.mark.parametrize(
    "source",
    [
        "y = 'x' * 10**9",
        "y = []\nwhile True:\n    y.append('x' * 10**6)",
        "y = []\nwhile True:\n    y = [y, y, [0] * 50_000]",
        "y = bytearray(185 * 2**20 - 60 * 2**20)\nz = bytearray(40 * 2**20)\n"
        "w = bytearray(10**7)",
    ],
    ids=["one piece", "many pieces", "small pieces", "just too much"],
)
def test_a_memory_bomb_is_undone(run, source):
    run("x = [1]")

    result = run(f"x.append(2)\nprint('before')\n{source}")

    assert result.text.startswith("2: before\nError")
    assert result.error_code in ("memory-limit-reached", "worker-died")
    assert "as they were before it" in result.text
    assert run("print(x, 'y' in globals())").text == "1: [1] False"


def test_catching_a_memory_error_is_the_programs_own_affair(run):
    result = run("try:\n    'x' * 10**9\nexcept MemoryError:\n    print('caught')")

    assert (result.text, result.error_code) == ("4: caught", None)


@pytest.mark.parametrize(
    "source",
    ["while True:\n    print('x' * 100)", "print('x' * 10**7)\nprint('never')"],
    ids=["many lines", "one line"],
)
def test_a_flood_of_output_is_cut_off(run, source):
    result = run(source)

    assert len(result.text) < QUICK.output_bytes + 500
    assert "[the rest is cut off: a program may print 2000 bytes]" in result.text
    assert "never\n" not in result.text


def test_all_lines_are_kept_that_are_not_too_much(run):
    result = run("for n in range(300):\n    print(n % 10)")

    assert result.text == "\n".join(f"2: {n % 10}" for n in range(300))


def test_words_about_errors_are_no_errors(run):
    result = run("print('Error occurred: no errors found')\nprint('Traceback')")

    assert (result.error_code, result.error_line) == (None, None)


def test_output_may_be_any_text(run):
    assert run("print('ä\\U0001f600\\ud800')").text == "1: ä\U0001f600?"


def test_a_program_may_be_any_text(run):
    assert run("print('a')\ud800").error_code == "syntax-error"
    assert run("print('ä\U0001f600')").text == "1: ä\U0001f600"


def test_printing_and_calling_while_it_ends(run):
    result = run(
        "try:\n    while len('a'): n = 1\nfinally:\n    print('tidying')\n    echo(1)"
    )

    assert result.error_code == "cpu-limit-reached"
    assert "4: tidying" in result.text


def test_an_endless_message_of_an_exception_is_ended(run):
    result = run(
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E"
    )

    assert result.error_code == "cpu-limit-reached"
    assert run("print(1)").text == "1: 1"


def test_an_endless_default_value_does_not_stop_others_from_asking(run):
    run("class D:\n    def __repr__(self):\n        while True: pass\n")
    run("def f(a=D()): pass")

    assert run.team.scheduler.functions("agent_0") == []
    assert run("print(1)").text == "1: 1"


@pytest.mark.parametrize(
    "forged",
    [
        "{'type': 'called', 'tool': '../admin', 'arguments': {}}",
        "{'type': 'nonsense'}",
        "{'type': 'printed', 'text': 'x' * 100000}",
        "{'type': 'printed', 'text': b'bytes'}",
        "{'type': 'finished', 'error': 5}",
        "{'type': 'started', 'pid': 0, 'missing': []}",
    ],
)
def test_forged_frames_end_the_program(run, forged):
    run("x = [1]")

    result = run(f"{FORGE}door._stream.send({forged})\nwhile True: pass")

    assert result.error_code == "bad-frame"
    assert "misbehaved" in result.text
    assert run("print(x)").text == "1: [1]"


def test_a_forged_end_ends_the_program_only(run):
    run(f"x = 1\n{FORGE}door._stream.send({{'type': 'finished', 'error': None}})")

    assert run("print(x)").text == "1: 1"


def test_a_process_cannot_have_others_killed(run):
    claim = f"{{'type': 'started', 'pid': {os.getpid()}, 'missing': []}}"

    result = run(f"{FORGE}door._stream.send({claim})\ndoor._stream.send({{}})")

    assert result.error_code == "bad-frame"  # and this process still lives


def test_a_blocked_program_is_killed_in_the_end(make_team):
    team = make_team(limits=ProgramLimits(silent_seconds=0.3))
    start = time.monotonic()

    result = team.scheduler.run(
        {"agent_0": f"{FORGE}door._stream.receive()"}, tick_budget=60, step=0
    )["agent_0"]

    assert result.error_code == "worker-died"
    assert time.monotonic() - start < 5


def test_random_numbers_follow_seed_and_agent(make_team):
    source = "import random\nprint(random.random())"

    def draw(seed):
        team = make_team(seed=seed)
        programs = dict.fromkeys(("agent_0", "agent_1"), source)
        results = team.scheduler.run(programs, tick_budget=60, step=0)
        return [result.text for result in results.values()]

    first = draw(1)
    assert first[0] != first[1]
    assert draw(1) == first
    assert draw(2) != first


def test_sets_have_the_same_order_in_each_run(make_team):
    source = "print(set('abcdefgh'), {p for p in Prototype if 'Belt' in p.name})"

    texts = {
        make_team()
        .scheduler.run({"agent_0": source}, tick_budget=0, step=0)["agent_0"]
        .text
        for _ in range(2)
    }

    assert len(texts) == 1


def test_nothing_of_the_environment_reaches_a_program(run, monkeypatch):
    monkeypatch.setenv("SECRET", "hidden")

    result = run(f"{FORGE}print(dict(os.environ).get('SECRET'), len(os.environ) < 4)")

    assert result.text == "2: None True"
