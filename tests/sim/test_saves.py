"""Saved worlds: they go on elsewhere, and what is not one is refused."""

import os
import subprocess
import sys
import tracemalloc
import zlib

import msgpack
import pytest
import xxhash

from fle_marl.errors import SaveError
from fle_marl.sim import saves
from fle_marl.sim.actions.character import character_of_agent, set_walking
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.components import TABLE_NAMES
from fle_marl.sim.engine import advance
from fle_marl.sim.mapgen import build_scenario
from fle_marl.sim.saves import load_world, pack_snapshot, save_world
from fle_marl.sim.world import Snapshot, World

HEAD = b"fle_marl world\n"
CHECKSUM_BYTES = 16
SIZE_BYTES = 4

GO_ON = """
import sys
from pathlib import Path
from fle_marl.sim.engine import advance
from fle_marl.sim.saves import load_world
world = load_world(Path(sys.argv[1]).read_bytes())
advance(world, 300)
print(world.tick, world.state_hash())
"""


def test_a_saved_world_goes_on_the_same_in_another_process(factory, tmp_path):
    file = tmp_path / "world"
    file.write_bytes(save_world(factory))
    output = subprocess.run(
        [sys.executable, "-c", GO_ON, str(file)],
        check=True,
        capture_output=True,
        text=True,
        # another order of sets and dicts must not matter
        env={**os.environ, "PYTHONHASHSEED": "77"},
    ).stdout
    advance(factory, 300)
    assert output.split() == [str(factory.tick), factory.state_hash()]


@pytest.mark.parametrize("name", ["empty", "lab-play"])
def test_a_saved_scenario_goes_on_the_same(name):
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


def test_an_empty_world_is_saved():
    world = World(4)
    assert load_world(save_world(world)).state_hash() == world.state_hash()


def test_a_loaded_world_can_be_built_on(factory):
    loaded = load_world(save_world(factory))
    for x in range(300):
        add_resource(loaded, "coal", x % 60 - 30, -40 - x // 60, 5)
    advance(loaded, 100)
    assert loaded.tick == factory.tick + 100


# --- bytes that are something else


@pytest.mark.parametrize(
    "damage",
    [
        lambda saved: b"",
        lambda saved: b"\x80\x04N.",
        lambda saved: saved[: len(HEAD)],
        lambda saved: saved[:20],
        lambda saved: saved[:-1],
        lambda saved: saved + b"!",
        lambda saved: saved[:200] + bytes([saved[200] ^ 1]) + saved[201:],
        lambda saved: saved.replace(b"world", b"werld", 1),
    ],
)
def test_damaged_bytes_are_refused(factory, damage):
    with pytest.raises(SaveError) as refusal:
        load_world(damage(save_world(factory)))
    assert refusal.value.code == "bad-save"


def packed(head: bytes, content: bytes, size: int | None = None) -> bytes:
    """Saved bytes with a checksum that is right."""
    size = len(head) if size is None else size
    body = size.to_bytes(SIZE_BYTES, "little") + head + content
    return HEAD + xxhash.xxh3_128_digest(body) + body


def parts(saved: bytes) -> tuple[dict, bytes]:
    """Head and compressed content of saved bytes."""
    body = saved[len(HEAD) + CHECKSUM_BYTES :]
    end = SIZE_BYTES + int.from_bytes(body[:SIZE_BYTES], "little")
    return msgpack.unpackb(body[SIZE_BYTES:end]), body[end:]


def refusal_of(saved: bytes) -> SaveError:
    with pytest.raises(SaveError) as caught:
        load_world(saved)
    return caught.value


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xc1",
        msgpack.packb([1, 2, 3]),
        msgpack.packb("world"),
        msgpack.packb({}) + b"\x00",
        b"\x91" * 5000,  # lists in lists
        b"\xdd\xff\xff\xff\xff",  # a list of four billion
    ],
)
def test_heads_that_are_none_are_refused(head):
    assert refusal_of(packed(head, b"")).code == "bad-save"


@pytest.mark.parametrize("size", [3, 1 << 16, (1 << 32) - 1])
def test_sizes_of_heads_are_checked(size):
    assert refusal_of(packed(b"\x80", b"", size)).code == "bad-save"


def test_a_head_is_not_unpacked_beyond_what_heads_have():
    """Of a megabyte of head nothing is looked at, though all of it is there."""
    assert "1000000 bytes" in refusal_of(packed(b"\xc0" * 1_000_000, b"")).message


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", 1),
        ("factorio", "2.0.60"),
        ("prototypes", b"?"),
        ("layouts", {}),
        ("layouts", None),
    ],
)
def test_other_versions_are_refused(factory, key, value):
    head, content = parts(save_world(factory))
    error = refusal_of(packed(msgpack.packb({**head, key: value}), content))
    assert (error.code, error.details["key"]) == ("other-version", key)


def test_a_table_with_another_layout_is_named(factory):
    head, content = parts(save_world(factory))
    head["layouts"]["belt"] = b"12345678"
    error = refusal_of(packed(msgpack.packb(head), content))
    assert error.code == "other-version"
    assert "'belt'" in error.message


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("belt", None),
        ("belt", "9"),
        ("belt", True),
        ("belt", -1),
        ("belt", 0),
        ("belt", 1 << 62),
        ("clock", 2),
        ("item_flow", 3),
        ("no_such_table", 1),
    ],
)
def test_numbers_of_rows_are_checked(factory, table, rows):
    head, content = parts(save_world(factory))
    head["rows"][table] = rows
    assert refusal_of(packed(msgpack.packb(head), content)).code == "bad-save"


def test_tables_must_have_their_size(factory):
    head, content = parts(save_world(factory))
    head["rows"]["belt"] += 1
    assert "bytes" in refusal_of(packed(msgpack.packb(head), content)).message
    head["rows"]["belt"] -= 2
    assert "bytes" in refusal_of(packed(msgpack.packb(head), content)).message


@pytest.mark.parametrize("tail", [b"more", zlib.compress(b"more")])
def test_nothing_comes_after_the_tables(factory, tail):
    head, content = parts(save_world(factory))
    assert refusal_of(packed(msgpack.packb(head), content + tail)).code == "bad-save"


def test_content_that_is_not_compressed_is_refused(factory):
    head, content = parts(save_world(factory))
    assert refusal_of(packed(msgpack.packb(head), b"?" + content)).code == "bad-save"


def test_worlds_that_are_too_large_are_refused(factory):
    head, content = parts(save_world(factory))
    head["rows"]["entity"] = 100_000_000
    error = refusal_of(packed(msgpack.packb(head), content))
    assert error.code == "save-too-large"
    assert error.details["bytes"] > error.details["most"] == saves.LARGEST_WORLD_BYTES


def test_a_bomb_is_not_unpacked(factory):
    """Content that is far larger than the head says: only that much comes out."""
    head, _ = parts(save_world(factory))
    bomb = zlib.compress(bytes(1 << 28), 1)
    saved = packed(msgpack.packb(head), bomb)
    tracemalloc.start()
    try:
        assert refusal_of(saved).code == "bad-save"
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    size = sum(array.nbytes for array in factory.snapshot().arrays.values())
    assert peak < 3 * (len(saved) + size) < 1 << 27


# --- numbers that cannot be


def test_a_world_with_an_evil_number_is_refused_and_no_other_is_touched(factory):
    before = factory.state_hash()
    arrays = factory.snapshot().arrays
    arrays["inserter"]["drop_target"][2] = 1_000_000
    error = refusal_of(pack_snapshot(Snapshot(arrays)))
    assert error.code == "inconsistent-save"
    assert error.details == {
        "table": "inserter",
        "field": "drop_target",
        "row": 2,
        "value": 1_000_000,
    }
    assert "inserter.drop_target of row 2 is 1000000" in error.message
    assert factory.state_hash() == before


def test_kernels_find_room_in_a_loaded_world(factory):
    """Marked as dirty, all lines are chained anew: more chains than were saved."""
    lines = int(factory.count[TABLE_NAMES.index("transport_line")])
    factory.clock["belts_dirty"] = True
    loaded = load_world(save_world(factory))
    assert len(loaded.tables["line_chain"]) >= lines
    assert len(loaded.copy().tables["line_chain"]) >= lines
