"""Buffers that are kept full, and what is drawn from them."""

from collections.abc import Callable

import pytest

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.components import USAGE_SECONDARY_INPUT
from fle_marl.sim.engine import advance
from fle_marl.sim.kernels.awake import is_awake
from fle_marl.sim.kernels.electric_buffer import (
    QUANTA_PER_JOULE,
    draw_from_buffer,
    is_lit,
)
from fle_marl.sim.kernels.power_flow import update_networks
from fle_marl.sim.kernels.power_settle import begin_power, settle_power
from fle_marl.sim.parts import add_electric
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

CAPACITY = 1000.0
DRAIN = 7.0
OFFER = 5000.0


@entry_point
def _draw_in_ticks(
    state: Tables, row: int, first: float, second: float, ticks: int
) -> tuple[float, float, float]:
    """Draw twice in a tick, let ticks pass; gives what was got, and the last demand."""
    begin_power(state)
    state.clock[0].tick += 1
    update_networks(state)
    one = draw_from_buffer(state, row, first)
    other = draw_from_buffer(state, row, second)
    demand = 0.0
    for _ in range(ticks):
        state.clock[0].tick += 1
        update_networks(state)
        demand = state.electric_network[1].demand_joules
    settle_power(state)
    return one, other, demand


@entry_point
def _is_awake(state: Tables, row: int) -> bool:
    return is_awake(state.electric_awake, row)


@entry_point
def _is_lit(state: Tables) -> bool:
    return is_lit(state)


@pytest.fixture
def consumer(flat_world: WorldFactory, place: Place) -> tuple[World, int]:
    """A world with one consumer on a network, and its row of ``electric``."""
    world = flat_world()
    place(world, "substation", 0, 0)
    producer = place(world, "wooden-chest", 3.5, 0.5)
    add_electric(world, producer, "secondary-output", output_limit_joules=OFFER)
    row = add_electric(
        world,
        place(world, "wooden-chest", 3.5, 2.5),
        "secondary-input",
        drain_joules=DRAIN,
        capacity_joules=CAPACITY,
    )
    refreshed(world)
    return world, row


def field(world: World, row: int, name: str) -> float:
    return float(world.tables["electric"][name][row])


@pytest.mark.parametrize(
    ("first", "second", "got"),
    [
        (100.0, 30.0, (100.0, 30.0)),
        (0.0, 0.1, (0.0, 0.1)),
        (600.0, 600.0, (600.0, 400.0)),  # no more than there is
        (CAPACITY, 1.0, (CAPACITY, 0.0)),
    ],
)
def test_what_is_drawn_is_wanted_in_the_next_tick(
    consumer: tuple[World, int], first: float, second: float, got: tuple[float, float]
) -> None:
    world, row = consumer
    *taken, demand = _draw_in_ticks(world.state, row, first, second, 1)
    assert tuple(taken) == pytest.approx(got)
    assert demand == pytest.approx(sum(got) + DRAIN, abs=1 / QUANTA_PER_JOULE)
    assert field(world, row, "buffer_joules") == CAPACITY
    assert field(world, row, "flow_joules") == pytest.approx(sum(got) + DRAIN)
    assert not _is_awake(world.state, row)


@pytest.mark.parametrize("ticks", [2, 3, 10])
def test_it_is_wanted_once(consumer: tuple[World, int], ticks: int) -> None:
    world, row = consumer
    *_, demand = _draw_in_ticks(world.state, row, 100.0, 30.0, ticks)
    assert demand == DRAIN
    assert field(world, row, "flow_joules") == DRAIN
    assert field(world, row, "buffer_joules") == CAPACITY


def test_what_cannot_be_filled_in_a_tick_is_filled_in_several(
    consumer: tuple[World, int],
) -> None:
    world, row = consumer
    world.tables["electric"]["buffer_joules"][row] = CAPACITY
    world.tables["electric"]["input_limit_joules"][row] = 40.0
    *_, demand = _draw_in_ticks(world.state, row, 100.0, 0.0, 1)
    assert demand == pytest.approx(40.0 + DRAIN)
    assert field(world, row, "buffer_joules") == pytest.approx(CAPACITY - 60.0)
    assert _is_awake(world.state, row)
    advance(world, 2)
    assert field(world, row, "buffer_joules") == CAPACITY
    assert field(world, row, "flow_joules") == pytest.approx(20.0 + DRAIN)


def test_a_shortage_finds_what_was_drawn(consumer: tuple[World, int]) -> None:
    """A buffer that was kept full is looked at as soon as there is too little."""
    world, row = consumer
    world.tables["electric"]["output_limit_joules"][1] = 57.0
    world.tables["electric"]["buffer_joules"][row] = CAPACITY
    world.clock["electric_dirty"] = True
    advance(world, 1)
    *_, demand = _draw_in_ticks(world.state, row, 93.0, 0.0, 1)
    assert demand == pytest.approx(93.0 + DRAIN)
    # 57 of 100 joules: the drain is lost in full, the rest goes to the buffer
    assert field(world, row, "buffer_joules") == pytest.approx(CAPACITY - 93 + 57 - 7)
    assert field(world, row, "satisfaction") == pytest.approx(0.57)


def test_drawing_without_a_network(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    row = add_electric(
        world,
        place(world, "wooden-chest", 3.5, 2.5),
        "secondary-input",
        capacity_joules=CAPACITY,
    )
    world.tables["electric"]["buffer_joules"][row] = 50.0
    advance(world, 1)
    assert world.tables["electric"]["usage"][row] == USAGE_SECONDARY_INPUT
    assert _draw_in_ticks(world.state, row, 20.0, 40.0, 1)[:2] == (20.0, 30.0)
    assert field(world, row, "buffer_joules") == 0.0


@pytest.mark.parametrize(
    ("light", "is_off"),
    [(1.0, True), (0.54, True), (0.52, False), (0.0, False)],
)
def test_lamps_are_off_while_there_is_light(light: float, is_off: bool) -> None:
    """Darkness 0.4, between the prototype's 0.3 and 0.5, is a light of 1 - 0.4/0.85."""
    world = World()
    world.clock["light"] = light
    assert _is_lit(world.state) == is_off
