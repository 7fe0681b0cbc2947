"""Heat: brought in, used, and flowing between neighbours."""

from collections.abc import Callable

import numpy as np
import pytest

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.build import create_entity, destroy_entity, rotate_entity
from fle_marl.sim.engine import advance
from fle_marl.sim.heat_buffers import heat_buffer_of
from fle_marl.sim.kernels.heat import add_heat, take_heat
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.world import World

PIPE_JOULES = 1e6
"""Per degree. Source: prototype heat-pipe."""
TRANSFER_JOULES = 1e9 / 60.0
"""Per tick. Source: prototype heat-pipe, ``max_transfer``."""
EAST = 2

Place = Callable[..., int]


@entry_point
def _add(state: Tables, buffer: int, joules: float) -> None:
    add_heat(state, buffer, joules)


@entry_point
def _take(state: Tables, buffer: int, joules: float) -> float:
    return take_heat(state, buffer, joules)


def temperatures(world: World, *entities: int) -> list[float]:
    rows = [heat_buffer_of(world, entity) for entity in entities]
    return [float(world.tables["heat_buffer"]["temperature"][row]) for row in rows]


def heat_up(world: World, entity: int, degrees: float) -> None:
    row = heat_buffer_of(world, entity)
    world.tables["heat_buffer"]["temperature"][row] = degrees


def pipes(world: World, place: Place, *degrees: float) -> list[int]:
    """A row of heat pipes."""
    row = [place(world, "heat-pipe", x + 0.5, 0.5) for x in range(len(degrees))]
    for entity, each in zip(row, degrees, strict=True):
        heat_up(world, entity, each)
    return row


def test_what_is_above_the_maximum_is_lost(flat_world, place) -> None:
    world = flat_world()
    (pipe,) = pipes(world, place, 999.0)
    buffer = heat_buffer_of(world, pipe)
    _add(world.state, buffer, PIPE_JOULES / 2)
    assert temperatures(world, pipe) == [999.5]
    _add(world.state, buffer, PIPE_JOULES)
    assert temperatures(world, pipe) == [1000.0]
    heat_up(world, pipe, 1200.0)
    _add(world.state, buffer, PIPE_JOULES)
    assert temperatures(world, pipe) == [1200.0]


def test_only_heat_above_the_working_temperature_is_used(flat_world, place) -> None:
    world = flat_world()
    exchanger = place(world, "heat-exchanger", 0.5, 0)
    buffer = heat_buffer_of(world, exchanger)
    heat_up(world, exchanger, 502.0)
    assert _take(world.state, buffer, 0.5e6) == 0.5e6
    assert _take(world.state, buffer, 5e6) == pytest.approx(1.5e6)
    assert _take(world.state, buffer, 5e6) == 0.0
    assert temperatures(world, exchanger) == [pytest.approx(500.0)]


def test_half_of_what_is_beyond_the_gradient_flows(flat_world, place) -> None:
    world = flat_world()
    row = pipes(world, place, 111.0, 100.0)
    advance(world, 1)
    # 10 degrees beyond the gradient of 1; 5 would even them out, 2.5 flow
    assert temperatures(world, *row) == [pytest.approx(108.5), pytest.approx(102.5)]


def test_no_more_flows_than_the_connection_transfers(flat_world, place) -> None:
    world = flat_world()
    row = pipes(world, place, 1000.0, 15.0)
    advance(world, 1)
    degrees = TRANSFER_JOULES / PIPE_JOULES
    assert temperatures(world, *row) == [
        pytest.approx(1000.0 - degrees),
        pytest.approx(15.0 + degrees),
    ]


def test_a_difference_of_a_degree_stays(flat_world, place) -> None:
    world = flat_world()
    row = pipes(world, place, 101.0, 100.0, 100.5)
    advance(world, 5)
    assert temperatures(world, *row) == [101.0, 100.0, 100.5]


def test_heat_that_has_settled_rests_and_is_woken(flat_world, place) -> None:
    world = flat_world()
    row = pipes(world, place, 300.0, 100.0)
    advance(world, 2000)
    assert not world.clock["is_heat_flowing"][0]
    before = temperatures(world, *row)
    heat_up(world, row[0], 400.0)
    advance(world, 1)
    assert world.clock["is_heat_flowing"][0]
    assert temperatures(world, *row) != before


def test_a_world_without_heat_does_not_look_for_it(flat_world, place) -> None:
    world = flat_world()
    place(world, "boiler", 0.5, 0)
    advance(world, 1)
    assert not world.clock["is_heat_flowing"][0]


def test_what_is_taken_away_is_no_longer_joined(flat_world, place) -> None:
    world = flat_world()
    left, middle, right = pipes(world, place, 300.0, 15.0, 15.0)
    advance(world, 10)
    destroy_entity(world, middle)
    before = temperatures(world, right)
    advance(world, 100)
    assert temperatures(world, right) == before
    # its row is used again, elsewhere
    other = place(world, "heat-pipe", 10.5, 0.5)
    advance(world, 100)
    assert temperatures(world, other) == [15.0]
    place(world, "heat-pipe", 1.5, 0.5)
    advance(world, 500)
    assert temperatures(world, right) != before
    assert temperatures(world, left)[0] < 300.0


@pytest.mark.parametrize(("direction", "x", "y"), [(0, 0.5, 1.5), (2, -1.5, 0.5)])
def test_an_exchanger_is_joined_where_it_opens(flat_world, direction, x, y) -> None:
    world = flat_world()
    # facing north it stands on 3 * 2 tiles, and opens south; facing east, west
    centre = (128, 0) if direction == 0 else (0, 128)
    exchanger = create_entity(world, "heat-exchanger", *centre, direction=direction)
    pipe = create_entity(world, "heat-pipe", int(x * 256), int(y * 256))
    refreshed(world)
    buffers = world.tables["heat_buffer"]
    row = buffers[heat_buffer_of(world, exchanger)]
    assert row["connection_count"] == 1
    assert row["connected"][0] == heat_buffer_of(world, pipe)
    assert buffers["connection_count"][heat_buffer_of(world, pipe)] == 1


def test_turning_parts_an_exchanger(flat_world, place) -> None:
    world = flat_world()
    exchanger = place(world, "heat-exchanger", 0.5, 0)
    place(world, "heat-pipe", 0.5, 1.5)
    advance(world, 1)
    row = heat_buffer_of(world, exchanger)
    assert world.tables["heat_buffer"]["connection_count"][row] == 1
    rotate_entity(world, exchanger, EAST)
    advance(world, 1)
    assert world.tables["heat_buffer"]["connection_count"][row] == 0


@pytest.mark.parametrize("step", [1, -1])
def test_a_line_under_load_falls_with_what_it_carries(flat_world, place, step) -> None:
    world = flat_world()
    # with the order of rows, and against it
    row = pipes(world, place, *([700.0] * 12))[::step]
    heat = world.tables["heat_buffer"]["temperature"]
    first, last = (heat_buffer_of(world, row[end]) for end in (0, -1))
    carried = 30e6 / 60.0  # 30 MW, a tick
    for _ in range(6000):
        heat[first] += carried / PIPE_JOULES
        heat[last] -= carried / PIPE_JOULES
        advance(world, 1)
    falls = -np.diff(temperatures(world, *row))
    # the gradient of 1 and a degree for each 20 MW, as docs/architecture.md says; but
    # not at the ends, where the heat comes and goes
    assert falls[1:-1] == pytest.approx(2.5, abs=0.05)
