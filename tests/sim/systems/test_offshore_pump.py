"""Offshore pumps and the shore."""

from collections.abc import Callable

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.systems.offshore_pump import can_place_offshore_pump
from fle_marl.sim.world import World

NORTH, EAST, SOUTH, WEST = 0, 2, 4, 6
WATER = load().fluids["water"].id

Place = Callable[..., int]
WorldFactory = Callable[..., World]


def lay(world: World, tile: str, left: int, top: int, right: int, bottom: int) -> None:
    """Lay tiles in chunks that exist; right and bottom are excluded."""
    number = load().tiles[tile].id
    for y in range(top, bottom):
        for x in range(left, right):
            half = world.chunk_index.shape[0] // 2
            chunk = int(
                world.chunk_index[y // CHUNK_TILES + half, x // CHUNK_TILES + half]
            )
            world.tables["tile"][chunk, y % CHUNK_TILES, x % CHUNK_TILES] = number


def test_pump_gives_1200_water_a_second(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    pump = place(world, "offshore-pump", 0.5, 0.5)
    tank = place(world, "storage-tank", 1.5, 2.5)
    advance(world, 60)
    box = world.tables["fluidbox"][fluidboxes_of(world, tank)[0]]
    assert float(box["amount"]) == pytest.approx(1200.0)
    assert int(box["fluid"]) == WATER
    assert float(box["temperature"]) == 15.0
    assert world.entity["status"][pump] == EntityStatus.working
    assert float(world.tables["fluid_flow"]["produced"][WATER]) == pytest.approx(1200.0)


def test_pump_stops_when_it_is_full(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    pump = place(world, "offshore-pump", 0.5, 0.5)
    pipe = place(world, "pipe", 0.5, 1.5)
    advance(world, 60)
    boxes = [fluidboxes_of(world, entity)[0] for entity in (pump, pipe)]
    amounts = world.tables["fluidbox"]["amount"][boxes]
    assert amounts.tolist() == pytest.approx([100.0, 100.0])
    assert world.entity["status"][pump] == EntityStatus.full_output
    assert float(world.tables["fluid_flow"]["produced"][WATER]) == pytest.approx(200.0)


@pytest.mark.parametrize(
    ("direction", "x", "y"),
    [(NORTH, 0.5, -9.5), (EAST, 9.5, 0.5), (SOUTH, 0.5, 9.5), (WEST, -9.5, 0.5)],
)
def test_pump_stands_on_land_and_looks_at_water(
    flat_world: WorldFactory, direction: int, x: float, y: float
) -> None:
    """An island from -10 to 10 in the water: each shore allows one direction."""
    world = flat_world(ground="water")
    lay(world, "grass-1", -10, -10, 10, 10)
    allowed = [
        way
        for way in (NORTH, EAST, SOUTH, WEST)
        if can_place_offshore_pump(world, int(x * 256), int(y * 256), way)
    ]
    assert allowed == [direction]


@pytest.mark.parametrize(
    ("x", "y", "why"),
    [
        (0.5, 0.5, "inland"),
        (0.5, -10.5, "in the water"),
        (9.5, -9.5, "at a corner, where it is water and land in front"),
        (9.5, -20.5, "outside"),
    ],
)
def test_pump_may_not_stand_elsewhere(
    flat_world: WorldFactory, x: float, y: float, why: str
) -> None:
    world = flat_world(ground="water")
    lay(world, "grass-1", -10, -10, 10, 10)
    # the corner of the island goes on as a tongue of land to the north
    lay(world, "grass-1", 10, -12, 14, -8)
    place_is_right = can_place_offshore_pump(world, int(x * 256), int(y * 256), NORTH)
    assert not place_is_right, why


def test_outlet_must_be_on_land(flat_world: WorldFactory) -> None:
    """A strip of land of one tile has no room for what the pump gives."""
    world = flat_world(ground="water")
    lay(world, "grass-1", -10, 0, 10, 1)
    assert not can_place_offshore_pump(world, 128, 128, NORTH)
    lay(world, "grass-1", -10, 0, 10, 2)
    assert can_place_offshore_pump(world, 128, 128, NORTH)


def test_map_ends_where_no_chunk_is(flat_world: WorldFactory) -> None:
    world = flat_world()
    assert not can_place_offshore_pump(world, 128, -32 * 256 + 128, NORTH)
    assert not can_place_offshore_pump(world, 10**8, 10**8, NORTH)
