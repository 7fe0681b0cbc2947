"""Worlds to build in: flat ground around the origin."""

from collections.abc import Callable

import numpy as np
import pytest

from fle_marl.defines import Direction
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import (
    create_entity,
    destroy_entity,
    placed_position,
)
from fle_marl.sim.actions.character import (
    create_character,
    main_inventory,
    set_walking,
    start_mining,
)
from fle_marl.sim.actions.crafting import begin_crafting
from fle_marl.sim.actions.inventory import insert_items
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.actions.research import add_research
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.actions.transport_line import insert_at_back, lines_of_belt
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.engine import advance
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.underground_belt import set_belt_to_ground_type
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


# name, x, y (tiles), direction, items: one of everything that the simulator knows
_FACTORY = [
    # ore -> drill -> belts with a curve, a splitter and a tunnel -> furnace -> chest
    ("burner-mining-drill", -20, 0, 2, {"coal": 5}),
    *(("transport-belt", -18.5 + x, -0.5, 2, {}) for x in range(3)),
    ("splitter", -15.5, 0, 2, {}),
    ("transport-belt", -14.5, -0.5, 2, {}),
    ("transport-belt", -14.5, 0.5, 4, {}),
    ("underground-belt", -13.5, -0.5, 2, {}),
    ("underground-belt", -10.5, -0.5, 2, {}),
    ("transport-belt", -9.5, -0.5, 0, {}),
    ("burner-inserter", -8.5, -0.5, 6, {"coal": 2}),
    ("stone-furnace", -7, -1, 0, {"coal": 5, "iron-ore": 9}),
    ("burner-inserter", -5.5, -0.5, 6, {"coal": 2}),
    ("wooden-chest", -4.5, -0.5, 0, {}),
    ("burner-inserter", -3.5, -0.5, 6, {"coal": 2}),  # onto the ground
    # a ring of belts
    *(("transport-belt", 10.5 + x, 10.5, 2, {}) for x in range(2)),
    *(("transport-belt", 12.5, 10.5 + y, 4, {}) for y in range(2)),
    *(("transport-belt", 12.5 - x, 12.5, 6, {}) for x in range(2)),
    *(("transport-belt", 10.5, 12.5 - y, 0, {}) for y in range(2)),
    # water -> steam -> electricity -> assembling machine, drill and inserter
    ("offshore-pump", 2.5, 25.5, 0, {}),
    ("pipe", 2.5, 26.5, 0, {}),
    ("pipe", 3.5, 26.5, 0, {}),
    ("boiler", 5.5, 25.5, 0, {"coal": 5}),
    ("steam-engine", 5.5, 22.5, 0, {}),
    ("storage-tank", -5.5, 25.5, 0, {}),
    ("pipe-to-ground", -9.5, 25.5, 6, {}),
    ("pipe-to-ground", -12.5, 25.5, 2, {}),
    # water on through a pump to a chemical plant
    ("pump", 0.5, 23, 0, {}),
    ("chemical-plant", -0.5, 20.5, 0, {}),
    ("small-electric-pole", 8.5, 21.5, 0, {}),
    ("small-electric-pole", 14.5, 21.5, 0, {}),
    ("solar-panel", 11.5, 24.5, 0, {}),
    ("accumulator", 11, 20, 0, {}),
    ("wooden-chest", 14.5, 22.5, 0, {}),
    ("inserter", 15.5, 22.5, 2, {}),
    ("assembling-machine-1", 17.5, 22.5, 0, {}),
    ("electric-mining-drill", 17.5, 18.5, 0, {}),
    ("lab", 8.5, 18.5, 0, {"automation-science-pack": 20, "speed-module": 1}),
    ("beacon", 13.5, 18.5, 0, {"effectivity-module": 2}),
    # defences, out of the way
    ("gun-turret", -40, -40, 0, {"firearm-magazine": 3}),
    ("flamethrower-turret", -40, -44.5, 0, {}),
    ("gate", -36.5, -40.5, 2, {}),
    ("radar", -30.5, -40.5, 0, {}),
]
_ORES = [("iron-ore", -21, -1), ("iron-ore", -20, 0), ("copper-ore", 17, 18)]
_RECIPES = {
    "assembling-machine-1": ("iron-gear-wheel", "iron-plate"),
    "chemical-plant": ("explosives", "coal"),
}


def make_factory() -> World:
    world = make_flat_world(seed=3, radius_chunks=2)
    items = load().items
    for name, x, y in _ORES:
        add_resource(world, name, x, y, 30)
    built = []
    for name, x, y, direction, stock in _FACTORY:
        built.append((name, place_entity(world, name, x, y, direction)))
        for item, count in stock.items():
            insert_into(world, built[-1][1], items[item].id, count)
    for name, row in built:
        if name in _RECIPES:
            recipe, item = _RECIPES[name]
            set_recipe(world, row, load().recipes[recipe].id)
            insert_into(world, row, items[item].id, 20)
        if name == "transport-belt":
            for line in lines_of_belt(world, row):
                insert_at_back(world, line, items["iron-ore"].id)
    set_belt_to_ground_type(world, built[8][1], "output")
    add_research(world, load().technologies["automation"])
    _add_people(world)
    _leave_gaps(world)
    return world


def _add_people(world: World) -> None:
    items = load().items
    smith = create_character(world, 0, 2560, agent=1)
    insert_items(world, main_inventory(world, smith), items["iron-plate"].id, 40)
    begin_crafting(world, smith, load().recipes["burner-inserter"].id, 9)
    miner = create_character(world, -2560, 2560, agent=2)
    start_mining(world, miner, add_resource(world, "coal", -11, 10, 40))
    walker = create_character(world, 2560, -2560, agent=3)
    set_walking(world, walker, Direction.southwest)


def _leave_gaps(world: World) -> None:
    """Free rows and free runs, by building and taking away again."""
    rows = [
        place_entity(world, name, 30.5 + x, -20.5)
        for x, name in enumerate(["wooden-chest", "transport-belt", "iron-chest"] * 3)
    ]
    for row in rows[::2]:
        destroy_entity(world, row)


@pytest.fixture(scope="session")
def _factory_at_work() -> World:
    world = make_factory()
    advance(world, 200)
    return world


@pytest.fixture
def factory(_factory_at_work: World) -> World:
    """A small factory at work, with one of everything, free rows and full belts."""
    return _factory_at_work.copy()
