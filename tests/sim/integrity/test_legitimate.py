"""Worlds that the simulator itself makes are sound: they can be saved and loaded.

What a kernel leaves behind in a row that it gives back would have every saved world
refused from then on.
"""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import destroy_entity, entities, rotate_entity
from fle_marl.sim.actions.entity_settings import Settings, settings_of
from fle_marl.sim.actions.ghosts import (
    create_ghost,
    create_tile_ghost,
    revive,
)
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.actions.tiles import lay_tiles
from fle_marl.sim.components import FIXED_TABLES, KINDS, TABLES
from fle_marl.sim.engine import advance
from fle_marl.sim.mapgen import build_scenario
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.tables import kind_of
from fle_marl.sim.world import World

NAMES = [
    "wooden-chest",
    "iron-ore",
    "character",
    "burner-mining-drill",
    "electric-mining-drill",
    "stone-furnace",
    "assembling-machine-2",
    "rocket-silo",
    "chemical-plant",
    "burner-inserter",
    "stack-filter-inserter",
    "transport-belt",
    "express-underground-belt",
    "splitter",
    "substation",
    "solar-panel",
    "accumulator",
    "radar",
    "small-lamp",
    "lab",
    "beacon",
    "boiler",
    "heat-exchanger",
    "steam-engine",
    "nuclear-reactor",
    "heat-pipe",
    "pumpjack",
    "offshore-pump",
    "pump",
    "pipe",
    "pipe-to-ground",
    "storage-tank",
    "tree-01",
    "cliff",
    "fish",
    "character-corpse",
    "gun-turret",
    "artillery-turret",
    "flamethrower-turret",
    "gate",
]


def kinds() -> set[str]:
    return {KINDS[kind_of(load().entities[name])] for name in NAMES}


def assert_sound(world: World) -> None:
    # row 0 is nothing: who finds no free row writes there, and must not
    for name in sorted(TABLES.keys() - FIXED_TABLES.keys() - {"clock", "force"}):
        if not name.endswith(("_awake", "_touched")):
            assert not any(world.tables[name][:1].tobytes()), name
    assert load_world(save_world(world)).state_hash() == world.state_hash()


def test_every_kind_is_tried():
    # what lies on the ground is tried with the drill that drops it, ghosts on their own
    assert kinds() == set(KINDS) - {"none", "item_on_ground", "ghost"}


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_and_goes_leaves_nothing_behind(flat_world, place, name):
    world = flat_world()
    rows = [place(world, name, 12 * x - 18, 3) for x in range(4)]
    advance(world, 30)
    assert_sound(world)
    for row in rows[1:3]:
        destroy_entity(world, row)
    advance(world, 30)
    assert_sound(world)
    for row in entities(world):
        destroy_entity(world, row)
    advance(world, 30)
    assert_sound(world)


def test_ghosts_that_come_and_go_leave_nothing_behind(flat_world):
    world = flat_world()
    settings = Settings(filters=(0, 5), bar=3, requests={7: 2})
    inner = load().entities["stack-filter-inserter"]
    made = [
        create_ghost(world, inner, 128, y, direction=2, force=1, settings=settings)
        for y in (128, 640, 1152)
    ]
    made.append(create_tile_ghost(world, load().tiles["concrete"], 3, 4, force=1))
    assert_sound(world)
    assert settings_of(world, made[0]) == replace(settings, filters=(0, 5, 0, 0, 0))
    destroy_entity(world, made[1])
    assert revive(world, made[2])
    assert revive(world, made[3]) == 0
    advance(world, 3)
    assert_sound(world)


def test_ore_that_is_mined_up_and_items_on_the_ground_leave_nothing(flat_world, place):
    world = flat_world()
    for x, y in product((-1, 0), repeat=2):
        add_resource(world, "iron-ore", x, y, 1)
    drill = place(world, "burner-mining-drill", 0, 0, 2)
    insert_into(world, drill, load().items["coal"].id, 5)
    picker = place(world, "burner-inserter", 2.5, -0.5, 6)
    place(world, "wooden-chest", 3.5, -0.5)
    for _ in range(8):
        advance(world, 150)
        assert_sound(world)
    assert not world.tables["resource"]["amount"].any()
    destroy_entity(world, picker)
    assert_sound(world)


@pytest.mark.parametrize("direction", [0, 2, 4, 6])
def test_what_turns_stays_sound(flat_world, place, direction):
    world = flat_world()
    for x, name in enumerate(("transport-belt", "inserter", "boiler", "pump")):
        row = place(world, name, 6 * x - 12, 0)
        rotate_entity(world, row, direction)
        advance(world, 5)
        assert_sound(world)


@pytest.mark.parametrize("name", ["lab-play", "empty"])
def test_scenarios_are_sound(name):
    world = World(11)
    build_scenario(world, {"name": name, "all_technologies_researched": True}, 3)
    advance(world, 100)
    assert_sound(world)


@pytest.mark.parametrize("seed", range(6))
def test_a_factory_on_ground_that_changes_stays_sound(factory, seed):
    random = np.random.default_rng(seed)
    names = ("water", "landfill", "concrete", "water-mud", "out-of-map", "grass-1")
    for _ in range(6):
        (left, top), (width, height) = (
            random.integers(-30, 30, 2),
            random.integers(9, size=2),
        )
        area = np.mgrid[left : left + width + 1, top : top + height + 1]
        tile = load().tiles[names[random.integers(len(names))]]
        lay_tiles(factory, area.reshape(2, -1).T, tile.id)
        advance(factory, int(random.integers(10)))
    assert_sound(factory)
    again = load_world(save_world(factory))
    for world in (factory, again):
        advance(world, 30)
    assert again.state_hash() == factory.state_hash()
