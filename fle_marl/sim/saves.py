"""Saved worlds: bytes that another process can go on from.

A saved world is a line of text that says what it is, a checksum, the size of its head,
the head (msgpack: versions, layouts and numbers of rows) and the compressed bytes of
every table in order. It holds data only, so loading one can run nothing.

Saved bytes may come from anybody, and a checksum proves nothing. So nothing is unpacked
beyond what its head may hold, nothing is allocated beyond `LARGEST_WORLD_BYTES`, and
the tables are looked through (`fle_marl.sim.integrity`) before any code follows them.
"""

import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import msgpack
import numpy as np
import xxhash
from numpy.typing import NDArray

from fle_marl.errors import SaveError
from fle_marl.prototypes import FACTORIO_VERSION
from fle_marl.sim.components import (
    CHUNK_TILES,
    DIRECTORY_CHUNKS,
    LAYERS,
    PROTOTYPE_TABLES,
    TABLE_NAMES,
    TABLES,
)
from fle_marl.sim.integrity import check_arrays
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.tables import fixed_rows, prototype_tables
from fle_marl.sim.world import Snapshot, World

__all__ = ["LARGEST_WORLD_BYTES", "load_world", "pack_snapshot", "save_world"]

Array = NDArray[Any]

LARGEST_WORLD_BYTES: Final = 1 << 29
"""A map of the largest size takes 150 MB, a million entities as much as this. A limit
of this simulator."""

_SAVE_HEAD: Final = b"fle_marl world\n"
_SAVE_FORMAT: Final = 4
_CHECKSUM_BYTES: Final = 16
_SIZE_BYTES: Final = 4
_LARGEST_HEAD_BYTES: Final = 1 << 14
_COMPRESSION: Final = 1
"""Level of zlib: tables are mostly zeros, more effort gains little."""

_UNREADABLE: Final = "bad-save"
_OTHER_VERSION: Final = "other-version"
_TOO_LARGE: Final = "save-too-large"


def save_world(world: World) -> bytes:
    """The whole world as bytes that `load_world` takes, in this or another process."""
    return pack_snapshot(refreshed(world).snapshot())


def load_world(saved: bytes) -> World:
    """Make a world from saved bytes.

    Raises:
        SaveError: `bad-save`, the bytes are damaged or something else; `other-version`,
            they are of another version of the game or of this package;
            `save-too-large`; or `inconsistent-save`, a number in a table cannot be,
            and ``details`` say in which ``table``, ``field`` and ``row``.
    """
    arrays = _unpack(saved)
    check_arrays(arrays)
    world = World()
    world.restore(Snapshot(arrays))
    return world


# --- packing


def pack_snapshot(snapshot: Snapshot) -> bytes:
    """Saved bytes of a snapshot; nothing is asked about whether it is sound."""
    arrays = snapshot.arrays
    head = msgpack.packb(
        {
            **_versions(),
            "rows": {name: len(arrays[name]) for name in TABLE_NAMES},
            "chunks": len(arrays["tile"]),
        }
    )
    content = b"".join(arrays[name].tobytes() for name in _names())
    packed: bytes = len(head).to_bytes(_SIZE_BYTES, "little") + head
    packed += zlib.compress(content, _COMPRESSION)
    return _SAVE_HEAD + _checksum(packed) + packed


def _names() -> Iterator[str]:
    """Arrays that are saved, in order; ``count`` is in the head."""
    yield from TABLE_NAMES
    yield from LAYERS
    yield "free_head"
    yield "chunk_index"


def _checksum(data: bytes) -> bytes:
    digest: bytes = xxhash.xxh3_128_digest(data)
    return digest


@cache
def _versions() -> Mapping[str, object]:
    """What a saved world and this package must have in common."""
    prototypes = xxhash.xxh3_128()
    for name in PROTOTYPE_TABLES:
        prototypes.update(prototype_tables()[name].tobytes())
    return {
        "format": _SAVE_FORMAT,
        "factorio": FACTORIO_VERSION,
        # rows of saved tables refer to prototypes by number
        "prototypes": prototypes.digest(),
        "layouts": {
            name: xxhash.xxh3_64_digest(str(_dtype(name).descr).encode())
            for name in (*TABLES, *LAYERS)
        },
    }


# --- unpacking


def _unpack(saved: bytes) -> dict[str, Array]:
    """The arrays of a saved world; their shapes are right, their numbers unknown."""
    head, content = _parts(saved)
    _check_versions(head)
    shapes = _shapes(head)
    size = sum(_size(name, shape) for name, shape in shapes.items())
    if size > LARGEST_WORLD_BYTES:
        raise SaveError(
            f"the saved world has {size} bytes; the most is {LARGEST_WORLD_BYTES}",
            code=_TOO_LARGE,
            details={"bytes": size, "most": LARGEST_WORLD_BYTES},
        )
    data = _decompressed(content, size)
    arrays: dict[str, Array] = {}
    start = 0
    for name, shape in shapes.items():
        end = start + _size(name, shape)
        part = np.frombuffer(data[start:end], _dtype(name))
        arrays[name] = part.reshape(shape)
        start = end
    rows = [len(arrays[name]) for name in TABLE_NAMES]
    arrays["count"] = np.array(rows, np.int32)
    return arrays


def _parts(saved: bytes) -> tuple[Mapping[str, Any], bytes]:
    """The head and the compressed content of bytes that are not damaged."""
    if not saved.startswith(_SAVE_HEAD):
        raise _unreadable("they are not a saved world of this package")
    start = len(_SAVE_HEAD) + _CHECKSUM_BYTES
    packed = saved[start:]
    if _checksum(packed) != saved[len(_SAVE_HEAD) : start]:
        raise _unreadable("they are damaged, the checksum does not match")
    size = int.from_bytes(packed[:_SIZE_BYTES], "little")
    end = _SIZE_BYTES + size
    if size > _LARGEST_HEAD_BYTES or end > len(packed):
        raise _unreadable(f"a head of {size} bytes is not one")
    try:
        head = msgpack.unpackb(packed[_SIZE_BYTES:end])
    except (ValueError, msgpack.exceptions.UnpackException) as error:
        raise _unreadable(f"the head is not msgpack: {error}") from error
    if not isinstance(head, dict):
        raise _unreadable(f"the head is a {type(head).__name__}, not a mapping")
    return head, packed[end:]


def _unreadable(why: str) -> SaveError:
    return SaveError(f"the bytes of the saved world cannot be read: {why}")


def _check_versions(head: Mapping[str, Any]) -> None:
    for key, expected in _versions().items():
        found = head.get(key)
        if found == expected:
            continue
        what = key
        if key == "layouts" and isinstance(found, dict):
            what = f"the layout of table {_first_difference(found)!r}"
        raise SaveError(
            f"the saved world is of another version: {what} is {found!r:.80}, this "
            f"version reads {expected!r:.80}",
            code=_OTHER_VERSION,
            details={"key": key},
        )


def _first_difference(found: Mapping[object, object]) -> object:
    expected: Any = _versions()["layouts"]
    names = [name for name in expected if found.get(name) != expected[name]]
    return names[0] if names else next(name for name in found if name not in expected)


def _shapes(head: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """Shapes of the saved arrays, in order, from the numbers in the head."""
    rows, chunks = head.get("rows"), head.get("chunks")
    if not isinstance(rows, dict) or set(rows) != set(TABLE_NAMES):
        raise _unreadable("the head does not name the tables of this version")
    for name, count in (*rows.items(), ("chunks", chunks)):
        if type(count) is not int or not 0 <= count <= LARGEST_WORLD_BYTES:
            raise _unreadable(f"{name!r} cannot have {count!r:.80} rows")
    _check_fixed(rows)
    return {
        **{name: (rows[name],) for name in TABLE_NAMES},
        **dict.fromkeys(LAYERS, (chunks, CHUNK_TILES, CHUNK_TILES)),
        "free_head": (len(TABLE_NAMES),),
        "chunk_index": (DIRECTORY_CHUNKS, DIRECTORY_CHUNKS),
    }


def _check_fixed(rows: Mapping[str, int]) -> None:
    """Tables whose size is not free must have it; others have their row 0."""
    for name, count in rows.items():
        if count != (fixed_rows(name) or max(count, 1)):
            raise _unreadable(f"table {name!r} cannot have {count} rows")


def _dtype(name: str) -> np.dtype[Any]:
    return TABLES.get(name) or LAYERS.get(name) or np.dtype(np.int32)


def _size(name: str, shape: tuple[int, ...]) -> int:
    size = _dtype(name).itemsize
    for length in shape:
        size *= length
    return size


def _decompressed(content: bytes, size: int) -> bytes:
    """The content, which must have just this size; no more is ever unpacked."""
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(content, size + 1)
    except zlib.error as error:
        raise _unreadable(f"the tables cannot be unpacked: {error}") from error
    if len(data) != size or not stream.eof or stream.unused_data:
        raise _unreadable(f"the tables do not have the {size} bytes that they should")
    return data
