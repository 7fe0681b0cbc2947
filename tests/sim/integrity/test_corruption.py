"""Corrupted worlds are refused, or nothing bad comes of them.

Numbers of a saved world are changed at random and it is loaded by a process that then
lets it run, takes everything in it apart and builds in it. A mistake of the checks is
a crash of that process, or that it answers no more.
"""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fle_marl.sim.components import TABLES
from fle_marl.sim.saves import pack_snapshot
from fle_marl.sim.world import Snapshot, World

WORKER = Path(__file__).with_name("corruption_worker.py")
FEW, MANY = 150, 3_000
SIZE_BYTES = 8

# what a number is changed to: something near, something special, anything
NEAR = st.integers(-70, 70)
SPECIAL = st.sampled_from(
    [0, 1, -1, 255, 256, 0x7FFF, 0xFFFF, 1 << 20, 0x7FFFFFFF, -(1 << 31), 1 << 63]
)
ANYTHING = st.integers(0, (1 << 64) - 1)


class Worker:
    """A process that tries saved worlds out."""

    def __init__(self) -> None:
        self.answers: Counter[str] = Counter()
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def answer(self, saved: bytes) -> str:
        """What became of a saved world: refused, went on, or died."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(len(saved).to_bytes(SIZE_BYTES, "little") + saved)
        stdin.flush()
        answer = stdout.readline().decode().strip()
        if not answer:
            self.close()
            answer = f"died with {self._process.returncode}"
            self._process = self._start()
        self.answers[answer] += 1
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.communicate()  # closes its input, at the end of which it ends


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture(scope="module")
def sound(_factory_at_work: World) -> Snapshot:
    return _factory_at_work.snapshot()


def copies(sound: Snapshot) -> dict[str, np.ndarray]:
    """Its arrays with the gaps between fields, which numpy's copies leave to chance."""
    return {
        name: np.frombuffer(bytearray(array.tobytes()), array.dtype).reshape(
            array.shape
        )
        for name, array in sound.arrays.items()
    }


def with_fields_changed(sound: Snapshot, data: st.DataObject) -> Snapshot:
    """One number changed, or a few."""
    arrays = copies(sound)
    names = sorted({*TABLES, "cell", "ore", "tile", "chunk_index", "free_head"})
    for _ in range(data.draw(st.integers(1, 3), "changes")):
        array = arrays[data.draw(st.sampled_from(names), "table")]
        if array.dtype.names:
            array = array[data.draw(st.sampled_from(array.dtype.names), "field")]
        if not array.size:
            continue
        place = np.unravel_index(
            data.draw(st.integers(0, array.size - 1), "place"), array.shape
        )
        array[place] = drawn(array.dtype, data)
    return Snapshot(arrays)


def drawn(dtype: np.dtype, data: st.DataObject) -> object:
    """A number of a type; whole ones are cut to what fits."""
    if dtype.kind == "f":
        return data.draw(st.floats(width=8 * dtype.itemsize), "value")
    bits = data.draw(NEAR | SPECIAL | ANYTHING, "value") & ((1 << 64) - 1)
    return np.uint64(bits).astype(np.dtype(f"u{dtype.itemsize}")).view(dtype)


def with_bytes_changed(sound: Snapshot, data: st.DataObject) -> Snapshot:
    """A stretch of memory of one table overwritten."""
    arrays = copies(sound)
    raw = arrays[data.draw(st.sampled_from(sorted(TABLES)), "table")].view(np.uint8)
    stretch = data.draw(st.binary(min_size=1, max_size=8), "bytes")
    place = data.draw(st.integers(0, max(len(raw) - len(stretch), 0)), "place")
    raw[place : place + len(stretch)] = np.frombuffer(stretch, np.uint8)[: len(raw)]
    return Snapshot(arrays)


def with_rows_swapped(sound: Snapshot, data: st.DataObject) -> Snapshot:
    """Two numbers of one field change places: each of them is possible somewhere."""
    arrays = copies(sound)
    array = arrays[data.draw(st.sampled_from(sorted(TABLES)), "table")]
    field = array[data.draw(st.sampled_from(array.dtype.names), "field")]
    rows = st.integers(0, len(field) - 1)
    one, other = data.draw(rows, "one"), data.draw(rows, "other")
    field[[one, other]] = field[[other, one]]
    return Snapshot(arrays)


CORRUPTIONS = [with_fields_changed, with_bytes_changed, with_rows_swapped]


def check(worker: Worker, sound: Snapshot, corrupt, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=examples == FEW,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def nothing_bad_happens(data: st.DataObject) -> None:
        answer = worker.answer(pack_snapshot(corrupt(sound, data)))
        assert answer in {"refused", "went on"}

    worker.answers.clear()
    nothing_bad_happens()
    # both happen, or this would test nothing
    assert min(worker.answers["refused"], worker.answers["went on"]) > examples // 50


def test_what_is_not_corrupted_goes_on(worker, sound):
    assert worker.answer(pack_snapshot(sound)) == "went on"


@pytest.mark.parametrize("corrupt", CORRUPTIONS)
def test_corrupted_worlds_do_no_harm(worker, sound, corrupt):
    check(worker, sound, corrupt, FEW)


@pytest.mark.hunt
@pytest.mark.parametrize("corrupt", CORRUPTIONS)
def test_many_corrupted_worlds_do_no_harm(worker, sound, corrupt):
    check(worker, sound, corrupt, MANY)
