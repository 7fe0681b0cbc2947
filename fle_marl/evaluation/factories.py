"""Factories of any size to measure with: a block of machines, laid as often as wanted.

A block has everything that a factory is made of, and all of it works for as long as a
measurement takes: burner drills whose ore goes over belts into furnaces, electric
drills whose ore becomes plates and the plates gears, and the steam power for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from fle_marl.defines import Direction
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, placed_position
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.world import World

__all__ = [
    "ACTIVE_PER_BLOCK",
    "BURNER_LINE",
    "BURNER_LINE_ORE",
    "ENTITIES_PER_BLOCK",
    "ORE_PER_TILE",
    "Part",
    "burner_lines",
    "line_places",
    "mixed_factory",
]

_NORTH, _EAST, _SOUTH, _WEST = (
    Direction.north,
    Direction.east,
    Direction.south,
    Direction.west,
)


@dataclass(frozen=True, slots=True)
class Part:
    """An entity of a block; x and y are tiles from the block's middle."""

    name: str
    x: float
    y: float
    direction: Direction = _NORTH
    item: str = ""
    count: int = 0
    recipe: str = ""


def _belt(x: int, y: int, length: int) -> Iterator[Part]:
    for step in range(length):
        yield Part("transport-belt", x + step, y, _EAST)


def _burner_line(x: int, y: int) -> Iterator[Part]:
    """Drill, belt, inserter, furnace, inserter, chest; the furnace is never short."""
    yield Part("burner-mining-drill", x + 1, y + 1, _SOUTH, "coal", 50)
    yield from _belt(x, y + 2, 10)
    yield Part("burner-inserter", x + 9.5, y + 3.5, _NORTH, "coal", 5)
    yield Part("stone-furnace", x + 9, y + 5, _NORTH, "coal", 50)
    yield Part("burner-inserter", x + 9.5, y + 6.5, _NORTH, "coal", 5)
    yield Part("wooden-chest", x + 9.5, y + 7.5)


def _gear_line() -> Iterator[Part]:
    """Three electric drills, three electric furnaces, two assembling machines."""
    for x in (1.5, 4.5, 7.5):
        yield Part("electric-mining-drill", x, 2.5)
    yield from _belt(0, 0, 18)
    for x in (10.5, 13.5, 16.5):
        yield Part("inserter", x, -0.5, _SOUTH)
        yield Part("electric-furnace", x, -2.5)
        yield Part("inserter", x, -4.5, _SOUTH)
    yield from _belt(10, -6, 14)
    for x in (18.5, 22.5):
        yield Part("fast-inserter", x, -6.5, _SOUTH)
        yield Part("assembling-machine-2", x, -8.5, recipe="iron-gear-wheel")
        yield Part("inserter", x, -10.5, _SOUTH)
        yield Part("steel-chest", x, -11.5)
    for x, y in (
        (3.5, 4.5),
        (9.5, 4.5),
        (12, -0.5),
        (15, -0.5),
        (12, -4.5),
        (15, -4.5),
        (20.5, -6.5),
        (20.5, -10.5),
    ):
        yield Part("medium-electric-pole", x, y)


def _power() -> Iterator[Part]:
    """Water over pipes to a boiler, and two steam engines."""
    yield Part("offshore-pump", -6.5, 14.5, _WEST)
    for x in range(-6, -2):
        yield Part("pipe", x + 0.5, 14.5)
    yield Part("boiler", -0.5, 14, _NORTH, "coal", 50)
    for y in (10.5, 5.5):
        yield Part("steam-engine", -0.5, y)
    yield Part("medium-electric-pole", 1.5, 7.5)


_BLOCK: Final = (
    *_burner_line(-18, -12),
    *_burner_line(-18, 2),
    *_gear_line(),
    *_power(),
)
_ORE: Final = ((-18, -12, -16, -10), (-18, 2, -16, 4), (-1, 0, 10, 6))
"""Where iron ore lies in a block; tiles, right and bottom exclusive."""
ORE_PER_TILE: Final = 1_000_000
_BLOCK_WIDTH: Final = 46
_BLOCK_HEIGHT: Final = 32
_IDLE: Final = frozenset({"steel-chest", "wooden-chest", "medium-electric-pole"})

BURNER_LINE: Final = tuple(_burner_line(0, 0))
"""The parts of one line, from its left top tile on."""
BURNER_LINE_ORE: Final = (0, 0, 2, 2)
"""Where iron ore lies in it; tiles, right and bottom exclusive."""
_LINE_WIDTH: Final = 12
_LINE_HEIGHT: Final = 10
_LINES_IN_A_ROW: Final = 6

ENTITIES_PER_BLOCK: Final = len(_BLOCK)
ACTIVE_PER_BLOCK: Final = sum(part.name not in _IDLE for part in _BLOCK)
"""Without chests and poles, which do nothing by themselves."""


def mixed_factory(blocks: int, *, seed: int = 1) -> World:
    """A world with so many blocks of drills, belts, machines, power and pipes."""
    world = _empty_world(blocks, seed)
    for left, top in _places(blocks):
        _lay_ground(world, left, top)
        for part in _BLOCK:
            _build(world, part, left, top)
    return world


def burner_lines(lines: int, *, seed: int = 1) -> World:
    """A world with so many lines of a burner drill, a belt and a stone furnace."""
    world = _empty_world(lines, seed)
    for left, top in line_places(lines):
        for x, y in _tiles(*BURNER_LINE_ORE):
            add_resource(world, "iron-ore", left + x, top + y, ORE_PER_TILE)
        for part in BURNER_LINE:
            _build(world, part, left, top)
    return world


def line_places(lines: int) -> Iterator[tuple[int, int]]:
    """Left top tiles of so many burner lines, row by row around the origin."""
    left = -_LINES_IN_A_ROW * _LINE_WIDTH // 2
    rows = -(-lines // _LINES_IN_A_ROW)
    top = -rows * _LINE_HEIGHT // 2
    for line in range(lines):
        row, column = divmod(line, _LINES_IN_A_ROW)
        yield left + column * _LINE_WIDTH, top + row * _LINE_HEIGHT


def _columns(blocks: int) -> int:
    return int(np.ceil(np.sqrt(blocks * _BLOCK_HEIGHT / _BLOCK_WIDTH)))


def _places(blocks: int) -> Iterator[tuple[int, int]]:
    """Middles of so many blocks, row by row around the origin."""
    columns = _columns(blocks)
    rows = -(-blocks // columns)
    for block in range(blocks):
        row, column = divmod(block, columns)
        yield (
            (2 * column - columns + 1) * _BLOCK_WIDTH // 2,
            (2 * row - rows + 1) * _BLOCK_HEIGHT // 2,
        )


def _empty_world(blocks: int, seed: int) -> World:
    world = World(seed)
    columns = _columns(blocks)
    reach_x = columns * _BLOCK_WIDTH // 2 // CHUNK_TILES + 2
    reach_y = -(-blocks // columns) * _BLOCK_HEIGHT // 2 // CHUNK_TILES + 2
    grass = np.full((CHUNK_TILES, CHUNK_TILES), load().tiles["grass-1"].id, np.uint8)
    for chunk_y in range(-reach_y, reach_y):
        for chunk_x in range(-reach_x, reach_x):
            world.add_chunk(chunk_x, chunk_y, grass)
    return world


def _tiles(left: int, top: int, right: int, bottom: int) -> Iterator[tuple[int, int]]:
    return ((x, y) for y in range(top, bottom) for x in range(left, right))


def _lay_ground(world: World, left: int, top: int) -> None:
    for area in _ORE:
        for x, y in _tiles(*area):
            add_resource(world, "iron-ore", left + x, top + y, ORE_PER_TILE)


def _build(world: World, part: Part, left: int, top: int) -> None:
    prototype = load().entities[part.name]
    x, y = placed_position(prototype, left + part.x, top + part.y, part.direction)
    entity = create_entity(world, part.name, x, y, direction=part.direction)
    if part.recipe:
        set_recipe(world, entity, load().recipes[part.recipe].id)
    if part.item:
        insert_into(world, entity, load().items[part.item].id, part.count)
