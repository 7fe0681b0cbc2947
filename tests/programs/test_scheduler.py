"""Several agents' programs in one world, side by side in game time."""

import random
import time

import pytest

from fle_marl.errors import ServerError, ToolFault
from fle_marl.lua.wire import ToolReply
from fle_marl.programs.limits import ProgramLimits

from .conftest import QUICK, group_of, refuse, wait_for_members

BOTH = ("agent_0", "agent_1")


def run_both(team, first, second, *, tick_budget=3600, step=0):
    results = team.scheduler.run(
        {"agent_0": first, "agent_1": second}, tick_budget=tick_budget, step=step
    )
    return results["agent_0"], results["agent_1"]


def timeline(team):
    return [(c.tick, c.agent, c.arguments.get("value")) for c in team.server.trace
            if c.tool == "echo"]  # fmt: skip


def test_agents_work_side_by_side_in_game_time(team):
    walker = "echo('w0')\nsleep(2)\necho('w1')"
    worker = "".join(f"echo('b{n}')\nwork(40)\n" for n in range(5))

    slow, busy = run_both(team, walker, worker)

    assert sorted(timeline(team)[:2]) == [(0, 0, "w0"), (0, 1, "b0")]
    assert sorted(timeline(team)[2:]) == sorted(
        [
            (40, 1, "b1"),
            (80, 1, "b2"),
            (120, 0, "w1"),
            (120, 1, "b3"),
            (160, 1, "b4"),
        ]
    )
    assert [tick for tick, _, _ in timeline(team)] == sorted(
        tick for tick, _, _ in timeline(team)
    )
    assert (slow.ticks, busy.ticks) == (120, 200)
    assert team.server.tick == 200


def test_the_world_ends_where_the_last_one_is_done(team):
    team.server.advance(1000)

    first, second = run_both(team, "sleep(1)", "pass")

    assert (first.ticks, second.ticks) == (60, 0)
    assert team.server.tick == 1060


def test_no_programs_take_no_time(team):
    assert team.scheduler.run({}, tick_budget=60, step=0) == {}
    assert run_both(team, "", "  \n# nothing\n")[0].text == ""
    assert team.server.tick == 0


PROGRAMS = (
    "for n in range(6):\n    echo(f'a{n}')\n    work(10 + n % 3)",
    "for n in range(6):\n    x = sum(range(20000 * n))\n    echo(f'b{n}')\n"
    "    sleep(0.2)\n    send_message(str(n))",
)


def play(make_team, seed, delay):
    """The trace, messages and results of two steps, with delays all over the place."""

    def echo(_agent, arguments):
        time.sleep(delay * random.random())
        return arguments

    team = make_team({"echo": echo}, seed=seed)
    results = [run_both(team, *PROGRAMS, step=step) for step in range(2)]
    return team.server.trace, team.bus.transcript, results


def test_what_happens_depends_on_the_seed_and_not_on_the_machine(make_team):
    played = [play(make_team, 7, delay) for delay in (0, 0.01, 0.02)]

    assert played[0] == played[1] == played[2]


def test_who_is_first_at_the_same_tick_changes_with_seed_and_step(make_team):
    def firsts(seed):
        team = make_team(seed=seed)
        order = []
        for step in range(12):
            team.server.trace.clear()
            run_both(team, "echo(1)", "echo(1)", step=step)
            order.append(team.server.trace[0].agent)
        return order

    assert set(firsts(1)) == {0, 1}
    assert firsts(1) == firsts(1) != firsts(2)


def test_a_pending_call_is_resumed_until_it_is_done(make_team):
    team = make_team()
    replies = iter([ToolReply(None, 30, True), ToolReply("there", 5, False)])
    team.server.resume = lambda _agent: next(replies)

    result, _ = run_both(team, "print(sleep(1))", "")

    assert result.text == "1: True"
    assert result.ticks == 60 + 30 + 5


def test_a_call_that_is_refused_while_pending_is_an_exception(make_team):
    team = make_team()
    team.server.resume = lambda agent: refuse(agent, {})
    result, _ = run_both(
        team, "try:\n    sleep(1)\nexcept ToolError as e:\n    print(e.code)", ""
    )

    assert result.text == "4: out-of-reach"


def test_a_tool_that_fails_inside_costs_only_the_call(make_team, caplog):
    team = make_team()

    def break_down(agent):
        raise ToolFault("a tool failed on the server: attempt to index nil")

    team.server.resume = break_down
    first, second = run_both(
        team, "try:\n    sleep(1)\nexcept ToolError as e:\n    print(e.code, e)", "1"
    )

    assert first.text.startswith("4: tool-failed the tool failed inside")
    assert "index nil" not in first.text
    assert second.error_code is None
    assert "attempt to index nil" in caplog.text


def test_a_program_is_cut_off_when_the_budget_is_spent(team):
    first, second = run_both(
        team,
        "print('a')\nsleep(10)\nprint('b')",
        "sleep(1)\nsend_message('done')\nprint('c')",
        tick_budget=100,
    )

    assert first.error_code == "tick-budget-spent"
    assert (first.error_line, first.ticks) == (2, 100)
    assert first.text.startswith("1: a\nError at line 2: the game time of this step")
    assert "spent during sleep" in first.text
    assert (second.text, second.ticks) == ("3: c", 60)
    assert team.server.tick == 100
    assert team.server.cancelled == [(100, 0)]


def test_an_agent_that_is_busy_beyond_the_budget_is_cut_off_there(team):
    result, _ = run_both(team, "work(60)\nwork(60)\necho(1)", "", tick_budget=100)

    assert (result.error_code, result.error_line) == ("tick-budget-spent", 2)
    assert (result.ticks, team.server.tick) == (100, 100)
    assert timeline(team) == []


def test_what_ends_exactly_with_the_budget_is_done(team):
    result, _ = run_both(team, "work(40)\nsleep(1)\nprint(1)", "", tick_budget=100)

    assert (result.text, result.error_code, result.ticks) == ("3: 1", None, 100)


def test_a_program_cannot_go_on_after_the_budget(team):
    result, _ = run_both(
        team,
        "try:\n    sleep(9)\nexcept:\n    print('caught')\n"
        "try:\n    echo(1)\nexcept: pass\nx = 5",
        "",
        tick_budget=60,
    )

    assert result.error_code == "tick-budget-spent"
    assert result.text.startswith("4: caught\nError: the game time")
    assert timeline(team) == []
    assert team.scheduler.names("agent_0") == ["x"]


def test_a_budget_of_nothing_lets_programs_look(team):
    result, _ = run_both(team, "print(echo(1))\nsleep(1)", "", tick_budget=0)

    assert result.text.startswith("1: 1\nError at line 2")
    assert team.server.tick == 0


def test_a_program_that_was_cut_off_keeps_what_it_did(team):
    run_both(team, "x = 1\nsleep(9)\nx = 2", "", tick_budget=60)

    assert run_both(team, "print(x)", "")[0].text == "1: 1"


def test_messages_go_out_at_their_tick(team):
    run_both(team, "sleep(1)\nsend_message('hi', 1, {'n': 1})", "send_message('all')")

    assert [m.to_plain() for m in team.bus.transcript] == [
        {
            "tick": 0,
            "sequence": 0,
            "sender": "agent_1",
            "recipient": None,
            "text": "all",
            "metadata": {},
        },
        {
            "tick": 60,
            "sequence": 1,
            "sender": "agent_0",
            "recipient": "agent_1",
            "text": "hi",
            "metadata": {"n": 1},
        },
    ]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("send_message('x', 7)", "no-such-recipient"),
        ("send_message('x', 'nobody')", "no-such-recipient"),
        ("send_message('x' * 4500)", "message-too-long"),
        ("for n in range(101): send_message('x')", "too-many-messages"),
    ],
)
def test_messages_that_cannot_be_sent_are_refused(make_team, call, code):
    team = make_team(limits=ProgramLimits())

    result, _ = run_both(team, call, "")

    assert result.error_code == code


def test_messages_are_read_from_their_tick_on(team):
    reader = (
        "def heard(): return [(m['sender'], m['message'], m['tick'])\n"
        "                     for m in read_messages()]\n"
        "print(heard())\nsleep(2)\nprint(heard())\nprint(heard())"
    )
    writer = "sleep(1)\nsend_message('hi', 0)\nsend_message('all')"

    result, _ = run_both(team, reader, writer)

    assert result.text.splitlines() == [
        "3: []",
        "5: [('agent_1', 'hi', 60), ('agent_1', 'all', 60)]",
        "6: []",
    ]
    # they are in the next observation all the same
    assert [m.text for m in team.bus.collect("agent_0")] == ["hi", "all"]


def test_messages_are_counted_anew_in_each_step(team):
    for step in range(3):
        result, _ = run_both(
            team, "for n in range(49): send_message('x')", "", step=step
        )
        assert result.error_code is None


def test_a_tool_may_be_called_so_often(team):
    result, _ = run_both(team, "n = 0\nwhile True:\n    echo(n)\n    n += 1", "")

    assert result.error_code == "too-many-tool-calls"
    assert (result.error_line, result.tool_calls) == (3, QUICK.tool_calls)
    assert "may call 50 tools" in result.text
    assert run_both(team, "print(n)", "")[0].text == "1: 50"


def test_a_program_may_be_so_long(team):
    result, _ = run_both(team, "#" * 5001, "")

    assert result.error_code == "program-too-long"
    assert result.text == "Error: a program may have 5000 characters; this one has 5001"


def test_one_agents_trouble_is_not_the_others(team):
    first, second = run_both(
        team, "while True: pass", "sleep(1)\nprint(echo('fine'))"
    )  # fmt: skip

    assert first.error_code == "cpu-limit-reached"
    assert (second.text, second.error_code) == ("2: fine", None)


def test_every_refusal_is_told_to_whoever_called(team):
    calls = (
        "told = 0\nfor n in range(25):\n    try:\n        refuse()\n"
        "    except ToolError:\n        told += 1\nprint(told)"
    )

    first, second = run_both(team, calls, calls)

    assert first.text == second.text == "7: 25"
    assert (first.tool_calls, second.tool_calls) == (25, 25)


def test_endless_programs_of_all_agents_leave_nothing_running(team):
    endless = (
        "while True:\n    try:\n        while len('a'): pass\n    finally: echo(1)"
    )
    for result in run_both(team, endless, endless):
        assert result.error_code in ("cpu-limit-reached", "worker-died")
    calls = len(team.server.trace)

    first, second = run_both(team, "sleep(1)\nprint('next')", "print('next')")

    assert (first.text, second.text) == ("2: next", "1: next")
    assert [call.tool for call in team.server.trace[calls:]] == ["sleep"]
    groups = [group_of(team.scheduler, agent) for agent in BOTH]
    team.scheduler.close()
    for group in groups:
        wait_for_members(group, 0)


def test_agents_do_not_see_each_others_names(team):
    run_both(team, "x = 'mine'", "y = 'yours'")

    assert team.scheduler.names("agent_0") == ["x"]
    assert team.scheduler.names("agent_1") == ["y"]


def test_functions_are_listed_with_their_source(team):
    assert team.scheduler.functions("agent_0") == []
    run_both(team, "def f(a):\n    '''Do it.'''\n    return a\nx = 1", "")

    source = "def f(a):\n    '''Do it.'''\n    return a"
    assert team.scheduler.functions("agent_0") == [
        {"name": "f", "signature": "(a)", "docstring": "Do it.", "source": source}
    ]


def test_reset_forgets_everything(team):
    run_both(team, "x = 1\ndef f(): pass", "")
    group = group_of(team.scheduler)

    team.scheduler.reset(0)

    wait_for_members(group, 0)
    assert team.scheduler.names("agent_0") == []
    assert run_both(team, "print('x' in globals())", "")[0].text == "1: False"


def test_close_leaves_no_process(team):
    run_both(team, "x = 1", "y = 1")
    groups = [group_of(team.scheduler, agent) for agent in BOTH]

    team.scheduler.close()
    team.scheduler.close()

    for group in groups:
        wait_for_members(group, 0)


def test_a_failing_server_ends_the_run_and_nothing_else(make_team):
    def fail(_agent, _arguments):
        raise ServerError("the cable is out", code="lost")

    team = make_team({"work": fail})
    run_both(team, "x = 1", "y = 1")

    with pytest.raises(ServerError, match="the cable is out"):
        run_both(team, "sleep(1)\nx = 2", "x = 3\nwork(1)\nwhile True: pass")

    first, second = run_both(team, "print(x)", "print('x' in globals(), y)")
    assert (first.text, second.text) == ("1: 1", "1: False 1")


def test_a_program_that_was_never_served_is_ended_with_the_others(make_team):
    def fail(_agent, _arguments):
        raise ServerError("the cable is out")

    team = make_team({"work": fail}, limits=ProgramLimits(cpu_seconds=100))
    step = 0
    while not team.server.trace or team.server.trace[-2].agent != 0:
        step += 1
        run_both(team, "echo(1)", "echo(1)", step=step)

    with pytest.raises(ServerError):
        run_both(team, "work(1)", "y = 1\nwhile True: pass", step=step)

    assert run_both(team, "", "print('y' in globals())")[1].text == "1: False"


@pytest.mark.parametrize("value", [None, "text", {"recipient": 1}, {"message": 5}])
def test_a_message_tool_that_gives_no_message_is_the_servers_fault(make_team, value):
    team = make_team({"send_message": lambda _agent, _arguments: value})

    with pytest.raises(ServerError, match="send_message gave no message"):
        run_both(team, "send_message('x')", "")


def test_programs_for_strangers_are_refused(team):
    with pytest.raises(ValueError, match="'agent_9'"):
        team.scheduler.run({"agent_9": "pass"}, tick_budget=1, step=0)
