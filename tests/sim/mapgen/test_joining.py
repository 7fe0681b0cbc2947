"""Entities beside new chunks are entered into those of their tiles that are on them."""

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import can_place, create_entity, destroy_entity
from fle_marl.sim.mapgen.chunks import generate_chunks
from fle_marl.sim.saves import load_world, save_world

from .pieces import generated, pieces

CHEST = load().entities["iron-chest"]
PLAIN = {"water": 0, "autoplace_controls": {"trees": {"size": 0}}}


def test_large_buildings_reach_into_chunks_that_come_later():
    world = generated(1, PLAIN)
    generate_chunks(world, [(0, 0)])
    # five by five, centred two tiles from the border, stands over it by half a tile
    create_entity(world, "oil-refinery", 30 * 256 + 128, 4 * 256 + 128)
    generate_chunks(world, [(1, 0)])
    assert not can_place(world, CHEST, 32 * 256 + 128, 4 * 256 + 128, 0)
    assert can_place(world, CHEST, 33 * 256 + 128, 4 * 256 + 128, 0)
    load_world(save_world(world))


@pytest.mark.parametrize("direction", [0, 2, 4, 6])
def test_turned_buildings_reach_as_far_as_built_ones(direction):
    late, early = generated(1, PLAIN), generated(1, PLAIN)
    for world in (late, early):
        generate_chunks(world, [(0, 0)])
        if world is early:
            generate_chunks(world, [(1, 0), (1, 1), (0, 1)])
        at = 31 * 256 + 128
        create_entity(world, "boiler", at, at, direction=direction)
        generate_chunks(world, [(1, 0), (1, 1), (0, 1)])
    assert pieces(late) == pieces(early)


def test_what_was_joined_can_go_again():
    world = generated(1, PLAIN)
    generate_chunks(world, [(0, 0)])
    refinery = create_entity(world, "oil-refinery", 30 * 256 + 128, 4 * 256 + 128)
    generate_chunks(world, [(1, 0)])
    destroy_entity(world, refinery)
    assert can_place(world, CHEST, 32 * 256 + 128, 4 * 256 + 128, 0)
    load_world(save_world(world))
