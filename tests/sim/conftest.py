"""Worlds to build in: flat ground around the origin."""

from collections.abc import Callable

import numpy as np
import pytest

from fle_marl.defines import Direction
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, placed_position
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.world import World

WorldFactory = Callable[..., World]
Place = Callable[..., int]
Tiles = dict[tuple[int, int], int]
Belts = Callable[..., Tiles]


def make_flat_world(
    *, seed: int = 0, radius_chunks: int = 1, ground: str = "grass-1"
) -> World:
    world = World(seed)
    tile = load().tiles[ground].id
    tiles = np.full((CHUNK_TILES, CHUNK_TILES), tile, np.uint8)
    for chunk_y in range(-radius_chunks, radius_chunks):
        for chunk_x in range(-radius_chunks, radius_chunks):
            world.add_chunk(chunk_x, chunk_y, tiles)
    return world


@pytest.fixture
def flat_world() -> WorldFactory:
    """``flat_world(seed=0, radius_chunks=1)``: ground of 64 x 64 tiles by default.

    The ground reaches from tile (-32 * radius, -32 * radius) up to but not including
    (32 * radius, 32 * radius).
    """
    return make_flat_world


def place_entity(
    world: World, name: str, x: float, y: float, direction: int = 0
) -> int:
    at_x, at_y = placed_position(load().entities[name], x, y, direction)
    return create_entity(world, name, at_x, at_y, direction=direction)


@pytest.fixture
def place() -> Place:
    """``place(world, name, x, y, direction=0)``: as a player who points at a tile.

    Nothing is asked about whether it may stand there.
    """
    return place_entity


_ARROWS = {"^": Direction.north, ">": Direction.east, "v": Direction.south}
_ARROWS |= {"<": Direction.west}


def lay_belts(
    world: World, picture: str, x: int = 0, y: int = 0, name: str = "transport-belt"
) -> Tiles:
    belts = {}
    for row, line in enumerate(picture.strip("\n").splitlines()):
        for column, sign in enumerate(line):
            if sign in _ARROWS:
                tile = x + column, y + row
                belts[tile] = place_entity(world, name, *tile, _ARROWS[sign])
    return belts


@pytest.fixture
def belts() -> Belts:
    """``belts(world, picture, x=0, y=0, name="transport-belt")``: drawn with ``^>v<``.

    The picture's left top is the tile (x, y). Returns the entity on each tile.
    """
    return lay_belts
