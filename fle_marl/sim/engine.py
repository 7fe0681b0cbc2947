"""The simulator's face in Python: time, copies and saved worlds.

A saved world is one line of text that says what it is, a checksum, and msgpack with the
bytes of every table. It holds data only, so loading one can run nothing.
"""

import hashlib
import importlib
import logging
import os
import pkgutil
import time
import zlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Final

import msgpack
import numpy as np
from numpy.typing import NDArray

from fle_marl.errors import SaveError
from fle_marl.prototypes import FACTORIO_VERSION
from fle_marl.sim import _jit, actions
from fle_marl.sim.actions.character import finish_mining
from fle_marl.sim.components import (
    CHUNK_TILES,
    DIRECTORY_CHUNKS,
    LAYERS,
    PROTOTYPE_TABLES,
    TABLE_NAMES,
    TABLES,
)
from fle_marl.sim.schedule import NEEDS_FLOW_SERIES, NEEDS_MINING, NEEDS_ROOM
from fle_marl.sim.schedule import advance as _advance
from fle_marl.sim.systems.flow_statistics import reserve_flow_series
from fle_marl.sim.systems.item_on_ground import reserve_ground_items
from fle_marl.sim.tables import prototype_tables
from fle_marl.sim.world import Snapshot, World

__all__ = [
    "advance",
    "advance_many",
    "compile_kernels",
    "fork",
    "load_world",
    "save_world",
]

_LOG: Final = logging.getLogger(__name__)
_SAVE_FORMAT: Final = 1
_SAVE_HEAD: Final = b"fle_marl world\n"
_CHECKSUM_BYTES: Final = 32
_COMPRESSION: Final = 1
"""Level of zlib: tables are mostly zeros, more effort gains little."""


def compile_kernels() -> float:
    """Have every entry point compiled or loaded, before the first tick needs it.

    The first time on a machine this takes a while, and says so as a warning. From the
    second time in a process on it does nothing.

    Returns:
        Seconds that it took.
    """
    started = time.perf_counter()
    _compile_once()
    return time.perf_counter() - started


@cache
def _compile_once() -> None:
    if _jit.IS_COMPILED and not _jit.is_cache_warm():
        _LOG.warning(
            "compiling the simulator for this machine; this happens once and takes "
            "about a minute"
        )
    # actions are catalogued by their folder; all entry points but the tick are in them
    for module in pkgutil.iter_modules(actions.__path__):
        importlib.import_module(f"{actions.__name__}.{module.name}")
    _jit.compile_entry_points(World().state)
    _jit.mark_cache_warm()


def advance(world: World, ticks: int) -> None:
    """Let game time pass in a world; other Python threads run meanwhile.

    Args:
        world: changed.
        ticks: how many, 0 or more.

    Raises:
        ValueError: ticks is negative.
    """
    _check_ticks(ticks)
    _advance_in_turn([world], ticks)


def advance_many(worlds: Sequence[World], ticks: int, *, threads: int = 1) -> None:
    """Let the same time pass in several worlds at once.

    The worlds are dealt out to the threads, and each thread works through its own in
    one call of compiled code, without the GIL.

    Args:
        worlds: changed; no world may be in it twice.
        ticks: how many, 0 or more.
        threads: how many worlds to work on at a time.

    Raises:
        ValueError: ticks is negative, threads is less than 1, or a world comes twice.
    """
    _check_ticks(ticks)
    if threads < 1:
        raise ValueError(f"threads must be 1 or more, not {threads}")
    if len({id(world) for world in worlds}) != len(worlds):
        raise ValueError("a world can be advanced by one thread only; one comes twice")
    hands = min(threads, len(worlds))
    if hands <= 1:
        _advance_in_turn(worlds, ticks)
        return
    shares = [worlds[hand::hands] for hand in range(hands)]
    others = [
        _thread_pool(hands - 1).submit(_advance_in_turn, share, ticks)
        for share in shares[1:]
    ]
    _advance_in_turn(shares[0], ticks)
    for other in others:
        other.result()


def _check_ticks(ticks: int) -> None:
    if ticks < 0:
        raise ValueError(f"time runs forwards: ticks must be 0 or more, not {ticks}")


@cache
def _thread_pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, "fle_marl-advance")


# threads do not live on in a forked process
os.register_at_fork(after_in_child=_thread_pool.cache_clear)


def _advance_in_turn(worlds: Sequence[World], ticks: int) -> None:
    """Let time pass in worlds, and see to what kernels cannot do."""
    left = np.full(len(worlds), ticks, np.int64)
    needs = np.empty(len(worlds), np.uint8)
    while True:
        states = [world.state for world in worlds]
        _advance(_jit.bundle_states(states), left, needs)
        if not needs.any():
            return
        for world, need in zip(worlds, needs, strict=True):
            if need == NEEDS_ROOM:
                reserve_ground_items(world)
            elif need == NEEDS_MINING:
                finish_mining(world)
            elif need == NEEDS_FLOW_SERIES:
                reserve_flow_series(world)


def fork(world: World) -> World:
    """A second world that is now the same and goes its own way from here."""
    return world.copy()


# --- saved worlds


def save_world(world: World) -> bytes:
    """The whole world as bytes that `load_world` takes, in this or another process."""
    body = {
        "format": _SAVE_FORMAT,
        "factorio": FACTORIO_VERSION,
        "prototypes": _prototypes_digest(),
        "arrays": {
            name: [_layout(array), list(array.shape), array.view(np.uint8).tobytes()]
            for name, array in world.snapshot().arrays.items()
        },
    }
    packed = zlib.compress(msgpack.packb(body), _COMPRESSION)
    return _SAVE_HEAD + _checksum(packed) + packed


def load_world(saved: bytes) -> World:
    """Make a world from saved bytes.

    Raises:
        SaveError: code ``bad-save``; the message says what is wrong with the bytes.
    """
    world = World()
    world.restore(Snapshot(_checked_arrays(_unpacked(saved), world)))
    return world


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECKSUM_BYTES).digest()


def _prototypes_digest() -> bytes:
    """Of the prototypes' numbers, which rows of saved tables refer to."""
    digest = hashlib.blake2b(digest_size=_CHECKSUM_BYTES)
    for name in PROTOTYPE_TABLES:
        digest.update(prototype_tables()[name].tobytes())
    return digest.digest()


def _layout(array: NDArray[Any]) -> str:
    """Names, types and places of the fields of a dtype."""
    return str(array.dtype.descr) if array.dtype.names else array.dtype.str


def _unpacked(saved: bytes) -> Mapping[str, Any]:
    """The body of a saved world whose checksum and versions are right."""
    if not saved.startswith(_SAVE_HEAD):
        raise SaveError("these bytes are not a saved world of this package")
    start = len(_SAVE_HEAD) + _CHECKSUM_BYTES
    packed = saved[start:]
    if _checksum(packed) != saved[len(_SAVE_HEAD) : start]:
        raise SaveError("the saved world is damaged: its checksum does not match")
    try:
        body = msgpack.unpackb(zlib.decompress(packed))
    except (zlib.error, ValueError, msgpack.exceptions.UnpackException) as error:
        raise SaveError(f"the saved world cannot be read: {error}") from error
    expected = {
        "format": _SAVE_FORMAT,
        "factorio": FACTORIO_VERSION,
        "prototypes": _prototypes_digest(),
    }
    for key, value in expected.items():
        found = body.get(key) if isinstance(body, dict) else None
        if found != value:
            raise SaveError(
                f"the saved world is of another version: {key} is {found!r}, this "
                f"version reads {value!r}",
                details={"key": key},
            )
    return dict(body)


def _checked_arrays(body: Mapping[str, Any], world: World) -> dict[str, NDArray[Any]]:
    """The arrays of a saved world, if they are what a world is made of."""
    expected = world.snapshot().arrays
    saved = body.get("arrays")
    if not isinstance(saved, dict) or set(saved) != set(expected):
        raise SaveError("the saved world does not hold the tables of this version")
    arrays = {
        name: _checked_array(name, saved[name], empty)
        for name, empty in expected.items()
    }
    _check_sizes(arrays)
    return arrays


def _checked_array(name: str, saved: Any, empty: NDArray[Any]) -> NDArray[Any]:  # noqa: ANN401 - whatever msgpack holds
    try:
        layout, shape, data = saved
        if layout == _layout(empty):
            return np.frombuffer(data, empty.dtype).reshape(shape)
    except (TypeError, ValueError) as error:
        raise SaveError(
            f"table {name!r} of the saved world cannot be read: {error}",
            details={"table": name},
        ) from error
    raise SaveError(
        f"table {name!r} of the saved world is laid out in another way",
        details={"table": name},
    )


def _check_sizes(arrays: Mapping[str, NDArray[Any]]) -> None:
    """Sizes must fit each other, or kernels would read outside of the tables."""
    chunks = len(arrays["tile"])
    wanted: dict[str, tuple[int, ...]] = {
        "count": (len(TABLES),),
        "free_head": (len(TABLES),),
    }
    wanted |= dict.fromkeys(LAYERS, (chunks, CHUNK_TILES, CHUNK_TILES))
    wanted["chunk_index"] = (DIRECTORY_CHUNKS, DIRECTORY_CHUNKS)
    if arrays["count"].shape == wanted["count"]:
        counts = arrays["count"].tolist()
        rows = dict(zip(TABLE_NAMES, counts, strict=True))
        wanted |= {name: (count,) for name, count in rows.items() if name != "clock"}
        wanted["clock"] = (1,)
    for name, shape in wanted.items():
        if arrays[name].shape != shape:
            raise SaveError(
                f"table {name!r} of the saved world has shape {arrays[name].shape}, "
                f"it should have {shape}",
                details={"table": name},
            )
    if arrays["chunk_index"].max(initial=-1) >= chunks:
        raise SaveError("the saved world's map points to chunks that it does not hold")
