"""The lab-play map: everything is there, near enough and usable, for any seed."""

from collections import Counter
from functools import cache

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, destroy_entity, entities
from fle_marl.sim.components import FORCE_NEUTRAL
from fle_marl.sim.mapgen import build_scenario
from fle_marl.sim.world import World

from .pieces import fingerprint

SEEDS = (0, 1, 2, 3, 2**63 + 5)


@cache
def lab(seed: int) -> World:
    world = World(seed)
    build_scenario(world, {"name": "lab-play"}, 2)
    return world


def named(world: World) -> dict[str, list[tuple[int, int, int]]]:
    """Entity, x and y in 1/256 tile, by name."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for row in entities(world):
        record = world.entity[row]
        name = load().entities.by_id(int(record["prototype"])).name
        found.setdefault(name, []).append((row, int(record["x"]), int(record["y"])))
    return found


def ground(world: World) -> np.ndarray:
    """Names of the tiles, [y, x]; tile (0, 0) is in the middle."""
    names = np.array(["", *load().tiles])
    index = world.chunk_index
    rows, columns = (index >= 0).nonzero()
    return np.block(
        [
            [
                names[world.tables["tile"][index[row, column]]]
                for column in range(columns.min(), columns.max() + 1)
            ]
            for row in range(rows.min(), rows.max() + 1)
        ]
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("ore", "least", "amount"),
    [
        ("iron-ore", 400, 10_000),
        ("copper-ore", 400, 10_000),
        ("coal", 400, 10_000),
        ("stone", 400, 10_000),
        ("uranium-ore", 100, 10_000),
        ("crude-oil", 5, 300_000),
    ],
)
def test_patches(seed, ore, least, amount):
    world = lab(seed)
    patch = named(world)[ore]
    assert len(patch) >= least
    for row, x, y in patch:
        assert np.hypot(x, y) < 150 * 256
        component = int(world.entity["component"][row])
        assert world.tables["resource"]["amount"][component] == amount
    assert len({(x, y) for _, x, y in patch}) == len(patch)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_ground_around_the_origin_is_flat_and_free(seed):
    world = lab(seed)
    names = ground(world)
    middle = names.shape[0] // 2
    around = names[middle - 40 : middle + 40, middle - 40 : middle + 40]
    masks = [load().tiles[name].collision_mask for name in np.unique(around)]
    assert all(set(mask) == {"ground-tile"} for mask in masks)
    for name, things in named(world).items():
        for _, x, y in things:
            assert name == "character" or max(abs(x), abs(y)) > 41 * 256


@pytest.mark.parametrize("seed", SEEDS)
def test_trees_and_rocks_stand_clear(seed):
    found = named(lab(seed))
    trees = [each for name, rows in found.items() if "tree" in name for each in rows]
    assert len(trees) >= 100
    assert len(found["rock-huge"]) >= 2
    assert len(found["rock-big"]) >= 2
    ore = {
        (x >> 8, y >> 8)
        for name in ("iron-ore", "copper-ore", "coal", "stone", "uranium-ore")
        for _, x, y in found[name]
    }
    names = ground(lab(seed))
    middle = names.shape[0] // 2
    for row, x, y in trees:
        assert lab(seed).entity["force"][row] == FORCE_NEUTRAL
        assert (x >> 8, y >> 8) not in ore
        name = names[(y >> 8) + middle, (x >> 8) + middle]
        assert "water" not in name


@pytest.mark.parametrize("seed", SEEDS)
def test_pumps_find_straight_shores_on_all_sides(seed):
    names = ground(lab(seed))
    is_water = np.char.find(names, "water") >= 0
    # turned so that the water is always north of the shore
    for turns in range(4):
        water = np.rot90(is_water, turns)
        wide = water[:, :-2] & water[:, 1:-1] & water[:, 2:]
        deep = wide[:-2] & wide[1:-1]
        dry = ~(water[2:, :-2] | water[2:, 1:-1] | water[2:, 2:])
        assert np.count_nonzero(deep & dry) >= 8


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lake_is_deep_in_its_middle_only(seed):
    names = ground(lab(seed))
    deep = names == "deepwater"
    assert np.count_nonzero(deep) > 400
    beside = deep.copy()
    beside[1:] |= deep[:-1]
    beside[:-1] |= deep[1:]
    beside[:, 1:] |= deep[:, :-1]
    beside[:, :-1] |= deep[:, 1:]
    assert set(np.unique(names[beside])) == {"deepwater", "water"}


def test_seeds_change_details_and_leave_places_alone():
    one, other = (named(lab(seed)) for seed in (1, 2))
    for ore in ("iron-ore", "copper-ore", "coal", "stone", "uranium-ore", "crude-oil"):
        places = [np.array([(x, y) for _, x, y in lab_[ore]]) for lab_ in (one, other)]
        assert sorted(map(tuple, places[0])) != sorted(map(tuple, places[1]))
        apart = places[0].mean(axis=0) - places[1].mean(axis=0)
        assert np.hypot(*apart) < 3 * 256
    assert [(x, y) for _, x, y in one["rock-huge"]] == [
        (x, y) for _, x, y in other["rock-huge"]
    ]


def test_the_same_seed_is_the_same_world():
    world = World(3)
    build_scenario(world, {"name": "lab-play"}, 2)
    assert world.state_hash() == lab(3).state_hash()
    assert world.state_hash() != lab(2).state_hash()


def test_ore_laid_in_bulk_is_like_ore_laid_by_hand():
    world = lab(1)
    first, second, *_ = named(world)["iron-ore"]
    by_hand = World(1)
    build_scenario(by_hand, {"name": "empty"}, 1)
    copy = create_entity(by_hand, "iron-ore", second[1], second[2])
    for field in world.entity.dtype.names or ():
        if field not in ("serial", "component"):
            assert world.entity[field][second[0]] == by_hand.entity[field][copy]
    for row, x, y in (first, second):
        chunk = world.chunk_index[(y >> 13) + 64, (x >> 13) + 64]
        assert world.tables["ore"][chunk, (y >> 8) & 31, (x >> 8) & 31] == row
    serials = [int(world.entity["serial"][row]) for row in entities(world)]
    assert max(Counter(serials).values()) == 1
    assert max(serials) < world.clock["next_serial"][0]


def test_ore_laid_in_bulk_can_be_taken_away_again():
    world = World(1)
    build_scenario(world, {"name": "lab-play"}, 1)
    for row, _, _ in named(world)["stone"]:
        destroy_entity(world, row)
    assert "stone" not in named(world)
    assert np.count_nonzero(world.tables["ore"]) == sum(
        len(rows)
        for name, rows in named(world).items()
        if name.endswith("ore") or name in ("coal", "crude-oil")
    )


def test_the_map_is_the_same_as_ever():
    # tasks and their published results are about this map
    assert fingerprint(lab(1)) == "fb1b20ce7439409b5fb4589121981093"
