"""Time, copies and saved worlds."""

import hashlib
import zlib

import msgpack
import numpy as np
import pytest

from fle_marl.errors import SaveError
from fle_marl.sim import _jit
from fle_marl.sim.actions.character import (
    character_of_agent,
    main_inventory,
    set_walking,
    start_mining,
)
from fle_marl.sim.actions.crafting import begin_crafting
from fle_marl.sim.actions.inventory import insert_items
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.engine import (
    advance,
    advance_many,
    compile_kernels,
    fork,
    load_world,
    save_world,
)
from fle_marl.sim.mapgen import build_scenario
from fle_marl.sim.world import World

HEAD = b"fle_marl world\n"


def busy_world(seed: int = 1) -> World:
    """A world in which much goes on: walking, mining, crafting, burning, moving."""
    world = World(seed)
    scenario = {
        "name": "empty",
        "inventory": {"iron-plate": 100, "copper-plate": 100},
    }
    build_scenario(world, scenario, 3)
    walker, miner, crafter = (character_of_agent(world, agent) for agent in (1, 2, 3))
    set_walking(world, walker, seed % 8)
    start_mining(world, miner, add_resource(world, "stone", 0, 2, 5))
    begin_crafting(world, crafter, 102, 4)
    insert_items(world, main_inventory(world, walker), 1, 5)
    return world


def test_time_passes():
    world = World()
    advance(world, 0)
    assert world.tick == 0
    advance(world, 5)
    assert world.tick == 5
    with pytest.raises(ValueError, match="-1"):
        advance(world, -1)


def test_the_same_seed_and_actions_are_the_same_bytes():
    one, other = busy_world(), busy_world()
    for world in (one, other):
        advance(world, 700)
    assert one.state_hash() == other.state_hash()
    assert one.state_hash() != busy_world(seed=2).state_hash()


def test_restoring_goes_back_and_the_same_follows():
    world = busy_world()
    advance(world, 50)
    snapshot, before = world.snapshot(), world.state_hash()
    advance(world, 650)
    after = world.state_hash()
    assert after != before
    world.restore(snapshot)
    assert world.state_hash() == before
    advance(world, 650)
    assert world.state_hash() == after


def test_a_fork_goes_its_own_way():
    world = busy_world()
    advance(world, 50)
    copy = fork(world)
    assert copy.state_hash() == world.state_hash()
    advance(copy, 100)
    assert copy.state_hash() != world.state_hash()
    advance(world, 100)
    assert copy.state_hash() == world.state_hash()
    for name, table in world.tables.items():
        assert not np.shares_memory(table, copy.tables[name])


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_many_worlds_at_once_are_the_same_as_one_by_one(threads):
    together = [busy_world(seed) for seed in range(4)]
    alone = [busy_world(seed) for seed in range(4)]
    advance_many(together, 300, threads=threads)
    for world in alone:
        advance(world, 300)
    assert [each.state_hash() for each in together] == [
        each.state_hash() for each in alone
    ]


def test_many_worlds_must_be_different_ones():
    world = busy_world()
    with pytest.raises(ValueError, match="twice"):
        advance_many([world, world], 1, threads=2)
    with pytest.raises(ValueError, match="threads"):
        advance_many([world], 1, threads=0)
    with pytest.raises(ValueError, match="-3"):
        advance_many([world, busy_world()], -3, threads=2)


def test_kernels_are_compiled_once_and_marked():
    compile_kernels()
    assert _jit.is_cache_warm()
    assert compile_kernels() < 0.1


# --- saved worlds


@pytest.mark.parametrize("name", ["empty", "lab-play"])
def test_a_saved_world_goes_on_the_same(name):
    world = World(9)
    build_scenario(world, {"name": name}, 2)
    for agent in (1, 2):
        set_walking(world, character_of_agent(world, agent), 3 * agent)
    advance(world, 40)
    loaded = load_world(save_world(world))
    assert loaded.state_hash() == world.state_hash()
    for each in (world, loaded):
        advance(each, 100)
    assert loaded.state_hash() == world.state_hash()
    assert save_world(loaded) == save_world(world)


def test_a_loaded_world_can_be_built_on():
    loaded = load_world(save_world(busy_world()))
    for x in range(300):
        add_resource(loaded, "coal", x % 100, 10 + x // 100, 5)
    advance(loaded, 300)


def saved_with(change) -> bytes:
    """A saved world whose body was changed, with the right checksum."""
    saved = save_world(busy_world())
    body = msgpack.unpackb(zlib.decompress(saved[len(HEAD) + 32 :]))
    change(body)
    packed = zlib.compress(msgpack.packb(body))
    return HEAD + hashlib.blake2b(packed, digest_size=32).digest() + packed


def _without_table(body):
    del body["arrays"]["belt"]


def _other_layout(body):
    body["arrays"]["belt"][0] = body["arrays"]["entity"][0]


def _short_data(body):
    body["arrays"]["entity"][2] = body["arrays"]["entity"][2][:-8]


def _no_array(body):
    body["arrays"]["entity"] = None


def _long_count(body):
    body["arrays"]["count"][2] = np.full(
        body["arrays"]["count"][1], 9999, np.int32
    ).tobytes()


def _short_count(body):
    body["arrays"]["count"][1] = [3]
    body["arrays"]["count"][2] = body["arrays"]["count"][2][:12]


def _far_chunk(body):
    body["arrays"]["chunk_index"][2] = np.full((128, 128), 77, np.int32).tobytes()


def _other_game(body):
    body["factorio"] = "2.0.60"


def _other_format(body):
    body["format"] = 99


def _other_prototypes(body):
    body["prototypes"] = b"?"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_without_table, "tables"),
        (_other_layout, "'belt'"),
        (_short_data, "'entity'"),
        (_no_array, "'entity'"),
        (_long_count, "shape"),
        (_short_count, "shape"),
        (_far_chunk, "chunks"),
        (_other_game, "2.0.60"),
        (_other_format, "99"),
        (_other_prototypes, "prototypes"),
        (dict.clear, "version"),
    ],
)
def test_worlds_from_elsewhere_are_refused(change, words):
    with pytest.raises(SaveError) as refusal:
        load_world(saved_with(change))
    assert refusal.value.code == "bad-save"
    assert words in refusal.value.message


@pytest.mark.parametrize(
    "damage",
    [
        lambda saved: b"",
        lambda saved: b"\x80\x04N.",
        lambda saved: saved[:20],
        lambda saved: saved[:-1],
        lambda saved: saved + b"!",
        lambda saved: saved[:200] + bytes([saved[200] ^ 1]) + saved[201:],
        lambda saved: HEAD + hashlib.blake2b(b"?", digest_size=32).digest() + b"?",
    ],
)
def test_damaged_worlds_are_refused(damage):
    with pytest.raises(SaveError) as refusal:
        load_world(damage(save_world(busy_world())))
    assert refusal.value.code == "bad-save"


def gap_bytes(world: World) -> int:
    """Sum of the bytes between the fields of all tables."""
    total = 0
    for table in world.tables.values():
        used = np.zeros(table.dtype.itemsize, bool)
        for field, offset, *_ in (table.dtype.fields or {}).values():
            used[offset : offset + field.itemsize] = True
        if table.dtype.names:
            raw = table.view(np.uint8).reshape(len(table), -1)
            total += int(raw[:, ~used].sum())
    return total


def test_gaps_between_fields_stay_empty():
    world = World(1)
    build_scenario(world, {"name": "lab-play", "inventory": {"iron-plate": 50}}, 2)
    begin_crafting(world, character_of_agent(world, 1), 102, 4)
    advance(world, 10)
    loaded = load_world(save_world(world))
    world.restore(fork(world).snapshot())
    for each in (world, loaded, fork(loaded)):
        assert gap_bytes(each) == 0
