"""Worlds keep how their map is generated."""

import pytest

from fle_marl.sim.mapgen.generator import (
    generator_of,
    has_generator,
    has_requests,
    request_chunks,
    take_requests,
)
from fle_marl.sim.mapgen.settings import map_preset_names, read_map_gen_settings
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.world import World

from .pieces import generated


@pytest.mark.parametrize("preset", map_preset_names())
def test_settings_come_back_from_a_saved_world(preset):
    world = load_world(save_world(generated(2**63 + 1, preset)))
    kept = generator_of(world)
    assert kept is not None
    given = read_map_gen_settings(preset).plain()
    assert kept.plain() == {**given, "seed": 2**63 + 1}


def test_settings_of_cliffs_come_back():
    given = {"cliff_elevation_0": -3.5, "cliff_elevation_interval": 8, "richness": 0}
    world = load_world(save_world(generated(1, {"cliff_settings": given})))
    kept = generator_of(world)
    assert kept is not None
    assert kept.plain()["cliff_settings"] == {"name": "cliff", **given}


def test_settings_may_have_a_seed_of_their_own():
    kept = generator_of(generated(5, {"seed": 77}))
    assert kept is not None
    assert kept.seed == 77


def test_worlds_drawn_by_hand_have_none():
    assert not has_generator(World())
    assert generator_of(World()) is None


def test_requests_are_kept_until_they_are_taken():
    world = generated(1)
    request_chunks(world, -1, 4, 2)
    request_chunks(world, 9, 9, 1)
    world = load_world(save_world(world))
    assert has_requests(world)
    assert take_requests(world) == [(-1, 4), (0, 4), (-1, 5), (0, 5), (9, 9)]
    assert not has_requests(world)
    request_chunks(world, 1, 2, 1)
    assert take_requests(world) == [(1, 2)]
