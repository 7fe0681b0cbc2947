"""Gates: who opens them, who is not shut in, and that all others sleep."""

from itertools import groupby

import pytest

from fle_marl.sim.actions.build import rotate_entity
from fle_marl.sim.actions.character import (
    create_character,
    set_walking,
    teleport_character,
)
from fle_marl.sim.actions.path import Walker, character_walker, find_path
from fle_marl.sim.components import (
    FORCE_ENEMY,
    FORCE_PLAYER,
    GATE_CLOSED,
    GATE_CLOSING,
    GATE_OPEN,
    GATE_OPENING,
    TABLE_INDEX,
)
from fle_marl.sim.engine import advance, fork
from fle_marl.sim.kernels.gates import FARTHEST_GATE_TILES
from fle_marl.sim.systems.gate import gate_phase, request_close, request_open

OPENING_TICKS = 15
TIMEOUT_TICKS = 5


@pytest.fixture
def gated(flat_world, place):
    """A wall across the whole map with one gate; the world, and the gate's entity."""
    world = flat_world()
    for y in range(-32, 32):
        if y != 0:
            place(world, "stone-wall", 0.5, y + 0.5)
    return world, place(world, "gate", 0.5, 0.5)


@pytest.mark.parametrize("x", [-FARTHEST_GATE_TILES, FARTHEST_GATE_TILES])
@pytest.mark.parametrize("too_far", [0, 1])
def test_it_opens_for_who_is_near_enough(gated, x, too_far):
    world, gate = gated
    off = x * 256 + (too_far if x > 0 else -too_far)
    person = create_character(world, 128 + off, 128)
    advance(world, OPENING_TICKS)
    assert gate_phase(world, gate) == (GATE_CLOSED if too_far else GATE_OPEN)
    # it closes behind who goes, once the timeout is over
    teleport_character(world, person, 20 * 256, 128)
    advance(world, TIMEOUT_TICKS)
    assert gate_phase(world, gate) == (GATE_CLOSED if too_far else GATE_OPEN)
    advance(world, OPENING_TICKS)
    assert gate_phase(world, gate) == GATE_CLOSED


def test_nobody_near_costs_nothing_and_all_ticks_are_alike(gated):
    world, gate = gated
    person = create_character(world, -12 * 256, 128)
    advance(world, 2)
    awake = world.tables["gate_awake"]["rows"]
    assert not int(awake[0]) >> int(world.entity["component"][gate]) & 1
    set_walking(world, person, 2)
    together = fork(world)
    advance(together, 150)
    phases = []
    for _ in range(150):
        advance(world, 1)
        phases.append(gate_phase(world, gate))
    seen = [phase for phase, _ in groupby(phases)]
    assert seen == [GATE_CLOSED, GATE_OPENING, GATE_OPEN, GATE_CLOSING, GATE_CLOSED]
    for name in ("gate", "character", "entity"):
        used = slice(1, int(world.count[TABLE_INDEX[name]]))
        one, many = world.tables[name][used].copy(), together.tables[name][used].copy()
        if name == "entity":
            one["is_watched"] = many["is_watched"] = False
        assert (one == many).all()
    assert int(world.entity["x"][person]) > 4 * 256


def test_it_does_not_close_on_a_stranger_and_opens_again_from_where_it_is(gated):
    world, gate = gated
    request_open(world, gate)
    stranger = create_character(world, 128, 128)
    world.entity["force"][stranger] = FORCE_ENEMY
    advance(world, 200)
    assert gate_phase(world, gate) == GATE_OPEN
    teleport_character(world, stranger, 640, 128)
    advance(world, TIMEOUT_TICKS + 5)
    assert gate_phase(world, gate) == GATE_CLOSING
    world.entity["force"][stranger] = FORCE_PLAYER
    advance(world, 4)
    assert gate_phase(world, gate) == GATE_OPENING
    advance(world, 1)
    assert gate_phase(world, gate) == GATE_OPEN
    request_close(world, gate)
    advance(world, 30)
    assert gate_phase(world, gate) == GATE_OPEN


def test_ways_lead_through_gates_for_who_opens_them(gated):
    world, gate = gated
    start, goal = (-5 * 256, 3 * 256), (5 * 256, 3 * 256)
    assert find_path(world, start, goal, character_walker()) is None
    walker = character_walker()
    own = Walker(box=walker.box, mask=walker.mask, opener=FORCE_PLAYER)
    assert find_path(world, start, goal, own) is not None
    foreign = Walker(box=walker.box, mask=walker.mask, opener=FORCE_ENEMY)
    assert find_path(world, start, goal, foreign) is None
    rotate_entity(world, gate, 2)
    request_open(world, gate)
    advance(world, OPENING_TICKS)
    assert find_path(world, start, goal, character_walker()) is not None
