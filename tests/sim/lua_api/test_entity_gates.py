"""What scripts see of gates and walls, and ask of them."""

import pytest


@pytest.fixture
def gate(api, run, place):
    """The globals ``gate``, and ``wall`` to its north."""
    for name, y in (("gate", 0.5), ("stone-wall", -0.5)):
        row = place(api.world, name, 0.5, y)
        api.environment[name.removeprefix("stone-")] = api.entity(row)


def test_a_gate_opens_and_closes_on_request(run, gate, go_on):
    ask = "return gate.is_closed(), gate.is_opening(), gate.is_opened(), "
    ask += "gate.is_closing()"
    run("gate.request_to_open(gate.force, 1000)")
    assert run(ask) == (True, False, False, False)
    go_on(10)
    assert run(ask) == (False, True, False, False)
    go_on(100)
    assert run(ask) == (False, False, True, False)
    run("gate.request_to_close('neutral')")
    go_on(1)
    assert run("return gate.is_opened()")
    run("gate.request_to_close('player')")
    go_on(1)
    assert run(ask) == (False, False, False, True)


def test_what_is_no_gate_says_so(run, gate, refusal):
    for use in ("wall.is_closed()", "wall.request_to_open('player')"):
        assert "not a gate" in refusal(use)
    assert "Unknown force" in refusal("gate.request_to_open('ants')")
    assert "extra_time" in refusal("gate.request_to_open('player', -1)")
    assert run("return game.max_gate_activation_distance") == 3


def test_neighbours_are_named_by_their_side(run, gate):
    assert run("return gate.neighbours.north[1] == wall")
    assert run("return wall.neighbours.south[1] == gate")
    assert run("return next(wall.neighbours, 'south')") is None
    run("gate.direction = defines.direction.east")
    assert run("return next(gate.neighbours), next(wall.neighbours)") == (None, None)
    run("gate.force, gate.direction = 'enemy', defines.direction.north")
    assert run("return next(gate.neighbours)") is None
