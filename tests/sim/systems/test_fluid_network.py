"""Fluid in pipes, tanks and under the ground."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from fle_marl.geometry import MapPosition
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_fluidbox, fluidboxes_of
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.fluid_network import (
    box_flow,
    connected_boxes,
    pipe_connections,
    system_contents,
)
from fle_marl.sim.world import World

NORTH, EAST, SOUTH, WEST = 0, 2, 4, 6
WATER = load().fluids["water"].id
OIL = load().fluids["crude-oil"].id

Place = Callable[..., int]
WorldFactory = Callable[..., World]


def box_of(world: World, entity: int) -> int:
    return fluidboxes_of(world, entity)[0]


def fill(
    world: World,
    entity: int,
    amount: float,
    *,
    fluid: int = WATER,
    temperature: float = 15.0,
) -> None:
    record = world.tables["fluidbox"][box_of(world, entity)]
    record["fluid"] = fluid if amount else 0
    record["amount"] = amount
    record["temperature"] = temperature


def amount_in(world: World, entity: int) -> float:
    return float(world.tables["fluidbox"]["amount"][box_of(world, entity)])


def total(world: World) -> float:
    boxes = world.tables["fluidbox"][1 : world.count[TABLE_INDEX["fluidbox"]]]
    return float(boxes["amount"][boxes["entity"] > 0].sum())


def connection_count(world: World) -> int:
    return int(world.count[TABLE_INDEX["fluid_connection"]]) - 1


def line(world: World, place: Place, length: int, y: float = 0.5) -> list[int]:
    return [place(world, "pipe", x + 0.5 - length // 2, y) for x in range(length)]


@pytest.mark.parametrize(
    ("pipes", "units_per_second"),
    # XKnight's published maximum throughputs
    [(2, 3000.0), (17, 1200.0), (200, 1004.18)],
)
def test_pipe_passes_what_was_published(
    flat_world: WorldFactory, place: Place, pipes: int, units_per_second: float
) -> None:
    world = flat_world(radius_chunks=4)
    entities = line(world, place, pipes)
    drained = 0.0
    settling, measured = 6000, 600
    for tick in range(settling + measured):
        fill(world, entities[0], 100.0)
        advance(world, 1)
        if tick >= settling:
            drained += amount_in(world, entities[-1])
        fill(world, entities[-1], 0.0)
    assert drained * 60 / measured == pytest.approx(units_per_second, abs=0.01)


def test_fluid_is_conserved_and_levels_out(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    entities = line(world, place, 10)
    place(world, "pipe", 0.5, 1.5)  # a branch
    fill(world, entities[3], 100.0)
    for _ in range(20):
        advance(world, 1)
        assert total(world) == pytest.approx(100.0, abs=1e-9)
    advance(world, 3000)
    used = world.tables["fluidbox"]["amount"][1:12]
    assert used == pytest.approx([100.0 / 11] * 11, abs=1e-3)


def test_tank_and_pipe_come_to_the_same_level(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    tank = place(world, "storage-tank", 0.5, 0.5)
    pipe = place(world, "pipe", 2.5, 1.5)
    fill(world, tank, 12_500.0)
    advance(world, 600)
    assert amount_in(world, pipe) == pytest.approx(50.0, abs=0.2)
    assert total(world) == pytest.approx(12_500.0)


def test_different_fluids_do_not_mix(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    one, other = line(world, place, 2)
    fill(world, one, 80.0, fluid=WATER)
    fill(world, other, 20.0, fluid=OIL)
    advance(world, 60)
    assert (amount_in(world, one), amount_in(world, other)) == (80.0, 20.0)
    system = int(world.tables["fluidbox"]["system"][box_of(world, one)])
    assert system_contents(world, system) == {WATER: 80.0, OIL: 20.0}


def test_temperatures_mix_by_amount(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    one, other = line(world, place, 2)
    fill(world, one, 75.0, temperature=15.0)
    fill(world, other, 25.0, temperature=95.0)
    heat = 75.0 * 15.0 + 25.0 * 95.0
    for _ in range(50):
        advance(world, 1)
        boxes = world.tables["fluidbox"][1:3]
        held = float((boxes["amount"] * boxes["temperature"]).sum())
        assert held == pytest.approx(heat)


def test_emptied_box_takes_another_fluid(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    pump = place(world, "offshore-pump", 0.5, 0.5)
    pipe = place(world, "pipe", 0.5, 1.5)
    advance(world, 1)
    pumped = world.tables["fluidbox"]
    assert int(pumped["fluid"][box_of(world, pipe)]) == WATER
    # the first tick drains the pump's box: it only gives, at a higher pressure
    assert amount_in(world, pump) == 0.0
    assert int(pumped["fluid"][box_of(world, pump)]) == 0


def test_filter_keeps_other_fluids_out(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    engine = place(world, "steam-engine", 0.5, 0.5)
    pipe = place(world, "pipe", 0.5, 3.5)
    fill(world, pipe, 100.0, fluid=WATER, temperature=100.0)
    advance(world, 60)
    assert connected_boxes(world, box_of(world, pipe)) == [box_of(world, engine)]
    assert amount_in(world, engine) == 0.0


def test_too_cold_steam_stays_out(flat_world: WorldFactory, place: Place) -> None:
    steam = load().fluids["steam"].id
    world = flat_world()
    engine = place(world, "steam-engine", 0.5, 0.5)
    pipe = place(world, "pipe", 0.5, 3.5)
    fill(world, pipe, 100.0, fluid=steam, temperature=99.0)
    advance(world, 60)
    assert amount_in(world, engine) == 0.0
    fill(world, pipe, 100.0, fluid=steam, temperature=100.0)
    advance(world, 60)
    assert amount_in(world, engine) > 0.0


def test_systems_split_and_join(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    entities = line(world, place, 5)

    def systems() -> list[int]:
        rows = [box_of(world, entity) for entity in entities]
        return [int(refreshed(world).tables["fluidbox"]["system"][row]) for row in rows]

    assert len(set(systems())) == 1
    destroy_entity(world, entities.pop(2))
    left, right = systems()[:2], systems()[2:]
    assert len(set(left)) == len(set(right)) == 1
    assert left[0] != right[0]
    entities.append(place(world, "pipe", 0.5, 0.5))
    assert len(set(systems())) == 1


def test_flow_goes_on_through_builds_elsewhere(
    flat_world: WorldFactory, place: Place
) -> None:
    """Inertia belongs to a pair of pipes; building beside it changes nothing."""
    alone, beside = flat_world(), flat_world()
    for world in (alone, beside):
        entities = line(world, place, 3)
        fill(world, entities[0], 100.0)
        advance(world, 3)
    place(beside, "pipe", 10.5, 10.5)
    for world in (alone, beside):
        advance(world, 3)
    for column in ("amount", "temperature"):
        expected = alone.tables["fluidbox"][column][1:4]
        assert beside.tables["fluidbox"][column][1:4].tolist() == expected.tolist()


def test_new_pair_begins_without_flow(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    one, other = line(world, place, 2)
    fill(world, one, 100.0)
    advance(world, 1)
    destroy_entity(world, other)
    place(world, "pipe", 0.5, 0.5)
    row = refreshed(world).tables["fluid_connection"][1]
    assert connection_count(world) == 1
    assert float(row["flow"]) == 0.0


@pytest.mark.parametrize("quarter", range(4))
def test_turned_layout_flows_alike(
    flat_world: WorldFactory, place: Place, quarter: int
) -> None:
    """A network turned around the origin holds the same fluid in the same places."""
    layout: list[tuple[str, float, float, int]] = [
        ("offshore-pump", 0.5, -3.5, NORTH),
        ("pipe", 0.5, -2.5, NORTH),
        ("pipe", 0.5, -1.5, NORTH),
        ("pipe", 1.5, -1.5, NORTH),
        ("pipe", -0.5, -1.5, NORTH),
        ("pipe-to-ground", 0.5, -0.5, NORTH),
        ("pipe-to-ground", 0.5, 4.5, SOUTH),
        ("storage-tank", 1.5, 6.5, NORTH),
    ]
    world = flat_world()
    for name, x, y, direction in layout:
        for _ in range(quarter):
            x, y = -y, x
        place(world, name, x, y, (direction + 2 * quarter) % 8)
    straight = flat_world()
    for name, x, y, direction in layout:
        place(straight, name, x, y, direction)
    for each in (world, straight):
        advance(each, 100)
    assert connection_count(world) == len(layout) - 1
    amounts = world.tables["fluidbox"]["amount"][1:9]
    assert amounts.tolist() == straight.tables["fluidbox"]["amount"][1:9].tolist()


def test_many_single_ticks_are_one_long_wait(
    flat_world: WorldFactory, place: Place
) -> None:
    worlds = [flat_world(), flat_world()]
    for world in worlds:
        place(world, "offshore-pump", -5.5, 0.5, WEST)
        line(world, place, 9)
    advance(worlds[0], 50)
    for _ in range(50):
        advance(worlds[1], 1)
    assert worlds[0].state_hash() == worlds[1].state_hash()


def test_restored_world_goes_on_alike(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    place(world, "offshore-pump", -5.5, 0.5, WEST)
    entities = line(world, place, 9)
    advance(world, 7)
    snapshot = world.snapshot()
    twin = flat_world()
    twin.restore(snapshot)
    for each in (world, twin):
        destroy_entity(each, entities[4])
        place(each, "pipe", 0.5, 0.5)
        advance(each, 7)
    assert world.state_hash() == twin.state_hash()


def test_box_flow_is_what_passes_through(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    place(world, "offshore-pump", 0.5, 0.5)
    pipe = place(world, "pipe", 0.5, 1.5)
    place(world, "storage-tank", 1.5, 3.5)
    advance(world, 300)
    assert box_flow(world, box_of(world, pipe)) == pytest.approx(20.0, abs=1e-6)


# --- where boxes open


@pytest.mark.parametrize(
    ("name", "direction", "box", "expected"),
    [
        # (inside, outside) of the entity at (0.5, 0.5) or, for boilers, (0.5, 1)
        (
            "pipe-to-ground",
            NORTH,
            0,
            [((0.5, 0.5), (0.5, -0.5)), ((0.5, 0.5), (0.5, 1.5))],
        ),
        (
            "pipe-to-ground",
            EAST,
            0,
            [((0.5, 0.5), (1.5, 0.5)), ((0.5, 0.5), (-0.5, 0.5))],
        ),
        ("boiler", NORTH, 0, [((-0.5, 1.5), (-1.5, 1.5)), ((1.5, 1.5), (2.5, 1.5))]),
        ("boiler", NORTH, 1, [((0.5, 0.5), (0.5, -0.5))]),
        (
            "steam-engine",
            NORTH,
            0,
            [((0.5, 2.5), (0.5, 3.5)), ((0.5, -1.5), (0.5, -2.5))],
        ),
        (
            "steam-engine",
            EAST,
            0,
            [((-1.5, 0.5), (-2.5, 0.5)), ((2.5, 0.5), (3.5, 0.5))],
        ),
        ("offshore-pump", SOUTH, 0, [((0.5, 0.5), (0.5, -0.5))]),
    ],
)
def test_pipe_connections(
    flat_world: WorldFactory,
    place: Place,
    name: str,
    direction: int,
    box: int,
    expected: list[tuple[tuple[float, float], tuple[float, float]]],
) -> None:
    world = flat_world()
    entity = place(world, name, 0.5, 0.5, direction)
    found = pipe_connections(world, fluidboxes_of(world, entity)[box])
    places = [(tuple(each.position), tuple(each.target_position)) for each in found]
    assert places == expected


def test_pipe_connections_tell_the_other_end(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    pump = place(world, "offshore-pump", 0.5, 0.5)
    pipe = place(world, "pipe", 0.5, 1.5)
    (outlet,) = pipe_connections(world, box_of(world, pump))
    assert outlet.flow_direction == "output"
    assert outlet.connection_type == "normal"
    assert outlet.target_box == box_of(world, pipe)
    assert outlet.target_index == 1  # the pipe's first connection is to the north
    ends = pipe_connections(world, box_of(world, pipe))
    assert [end.target_box for end in ends] == [box_of(world, pump), 0, 0, 0]
    assert ends[2].target_position == MapPosition(0.5, 2.5)
    assert ends[2].target_index == 0


@pytest.mark.parametrize(
    ("direction", "target"),
    [
        (NORTH, (1.5, -1.5)),
        (EAST, (2.5, -0.5)),
        (SOUTH, (-0.5, 2.5)),
        (WEST, (-1.5, 1.5)),
    ],
)
def test_positions_given_for_each_direction(
    flat_world: WorldFactory,
    place: Place,
    direction: int,
    target: tuple[float, float],
) -> None:
    """A pumpjack's prototype lists its outlet for all four directions."""
    world = flat_world()
    entity = place(world, "wooden-chest", 0.5, 0.5, direction)
    box: Any = load().entities["pumpjack"].properties["output_fluid_box"]
    (outlet,) = pipe_connections(world, add_fluidbox(world, entity, box))
    assert tuple(outlet.target_position) == target


def test_random_networks_conserve_fluid(flat_world: WorldFactory, place: Place) -> None:
    random = np.random.default_rng(5)
    for _ in range(5):
        world = flat_world()
        for x in range(8):
            for y in range(8):
                if random.random() < 0.6:
                    entity = place(world, "pipe", x + 0.5, y + 0.5)
                    fill(world, entity, float(random.uniform(0, 100)))
        before = total(world)
        for _ in range(30):
            advance(world, 1)
            amounts = world.tables["fluidbox"]["amount"]
            assert amounts.min() >= 0.0
            assert amounts.max() <= 100.0 + 1e-9
        assert total(world) == pytest.approx(before)
