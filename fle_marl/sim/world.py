"""A world: every table, and nothing else.

`World` owns the arrays, hands out rows, grows tables between ticks, and copies,
compares and restores itself. It knows no rules of the game.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any, Final

import numpy as np
import xxhash
from numpy.typing import NDArray

from fle_marl.errors import CapacityError
from fle_marl.sim import _jit
from fle_marl.sim.components import (
    AWAKE_TABLES,
    BITS_PER_WORD,
    CHUNK_TABLES,
    CHUNK_TILES,
    DAWN,
    DIRECTORY_CHUNKS,
    DUSK,
    EVENING,
    FREE_RUNS,
    LAYERS,
    MORNING,
    PROTOTYPE_TABLES,
    REBUILT_TABLES,
    TABLE_INDEX,
    TABLE_NAMES,
    TABLES,
    TICKS_PER_DAY,
)
from fle_marl.sim.tables import fixed_rows, prototype_tables

__all__ = ["Snapshot", "World", "row_template"]

Array = NDArray[Any]

_LEAST_SPARE_ROWS: Final = 64
_LEAST_SPARE_BYTES: Final = 8192
"""Tables begin with room for so much, and grow by at least so much: the lesser of the
two, but by a row."""
_LEAST_SPARE_CHUNKS: Final = 8
_SPARE_OF_COPIES: Final = 32
"""Copies have room for a 32nd more: memory that is new costs more than the copying."""
_ALIGNMENT: Final = 16
"""Of tables in a block, bytes: as of memory that the system gives."""
_DIRECTORY_HALF: Final = DIRECTORY_CHUNKS // 2
_EMPTY_ROWS: Final = {name: np.zeros((), dtype) for name, dtype in TABLES.items()}
_FIRST_FIELDS: Final = {name: str(dtype.names[0]) for name, dtype in TABLES.items()}  # type: ignore[index]

_LAYOUTS: Final[dict[str, _jit.Layout]] = {
    **{name: _jit.Layout(dtype) for name, dtype in TABLES.items()},
    "count": _jit.Layout(np.dtype(np.int32)),
    "free_head": _jit.Layout(np.dtype(np.int32)),
    "chunk_index": _jit.Layout(np.dtype(np.int32), (DIRECTORY_CHUNKS,)),
    **{
        name: _jit.Layout(dtype, (CHUNK_TILES, CHUNK_TILES))
        for name, dtype in LAYERS.items()
    },
    **{name: _jit.Layout(dtype) for name, dtype in PROTOTYPE_TABLES.items()},
}
"""What kernels find in a state, in its order."""
_jit.define_state(_LAYOUTS)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of everything that decides a world's future.

    Attributes:
        arrays: the used part of each table and layer, by name.
    """

    arrays: dict[str, Array]

    @property
    def nbytes(self) -> int:
        """Size of the copied arrays, bytes."""
        return sum(array.nbytes for array in self.arrays.values())


class World:
    """All state of one game world, in arrays.

    Each table of `components` is an attribute of the same name: a structured array
    whose rows up to ``count[TABLE_INDEX[name]]`` (exclusive) are or were in use.

    Args:
        seed: of everything random in this world.
    """

    entity: Array
    clock: Array

    def __init__(self, seed: int = 0) -> None:
        self.prototypes = prototype_tables()
        self.tables: dict[str, Array] = {}
        self.count = np.ones(len(TABLE_NAMES), np.int32)
        self.free_head = np.zeros(len(TABLE_NAMES), np.int32)
        for name, dtype in TABLES.items():
            rows = fixed_rows(name)
            self._set_table(name, np.zeros(rows or _roomy(1, dtype), dtype))
            if rows:
                self.count[TABLE_INDEX[name]] = rows
        self.chunk_index = np.full((DIRECTORY_CHUNKS, DIRECTORY_CHUNKS), -1, np.int32)
        self.chunk_count = 0
        for name, layer in LAYERS.items():
            self._set_table(name, np.zeros((0, CHUNK_TILES, CHUNK_TILES), layer))
        self._state: _jit.Tables = None
        # rows of free runs by their table and length, lowest first; found when needed
        self._fitting_runs: dict[tuple[str, int], list[int]] = {}
        clock = self.clock[0]
        clock["rng"] = np.uint64(seed & 0xFFFF_FFFF_FFFF_FFFF)
        clock["next_unit_number"] = 1
        clock["next_serial"] = 1
        clock["ticks_per_day"] = TICKS_PER_DAY
        clock["dusk"], clock["evening"] = DUSK, EVENING
        clock["morning"], clock["dawn"] = MORNING, DAWN
        clock["solar_power_multiplier"] = 1.0
        for kind in ("recipe", "technology"):
            start = self.prototypes[f"{kind}_prototype"]["enabled"]
            self.tables[f"force_{kind}"]["enabled"] = start
        self.tables["force_technology"]["visible_when_disabled"] = self.prototypes[
            "technology_prototype"
        ]["visible_when_disabled"]
        self.tables["force"]["research_enabled"] = True

    def _set_table(self, name: str, array: Array) -> None:
        self.tables[name] = array
        setattr(self, name, array)
        self._state = None

    def __getattr__(self, name: str) -> Array:
        # only reached for names that are not set; tells mypy that tables are arrays
        raise AttributeError(f"World has no table {name!r}")

    @property
    def state(self) -> _jit.Tables:
        """The arrays as kernels take them; do not keep it across a build."""
        if self._state is None:
            arrays = [self.tables[name] for name in TABLE_NAMES]
            arrays += [self.count, self.free_head, self.chunk_index]
            arrays += [self.tables[name] for name in LAYERS]
            arrays += [self.prototypes[name] for name in PROTOTYPE_TABLES]
            self._state = _jit.make_state(tuple(arrays))
        return self._state

    @property
    def tick(self) -> int:
        """Ticks since the world began."""
        return int(self.clock["tick"][0])

    # --- rows

    def reserve(self, name: str, rows: int = 1) -> None:
        """Make room for so many more rows; call it between ticks only.

        Tables grow by an eighth: little lies idle, and a copied row is cheap.

        Args:
            name: of a table.
            rows: new rows that must fit beyond those that the free list holds.
        """
        needed = self.count.item(TABLE_INDEX[name]) + rows
        table = self.tables[name]
        if needed > len(table):
            self._set_table(
                name, _copied(table, len(table), _roomy(needed, table.dtype))
            )

    def allocate(self, name: str) -> int:
        """Take a row of a table; it is all zeros.

        Returns:
            The row, from 1. Its first field must be set to a positive number at once.
        """
        return self.add(name, _EMPTY_ROWS[name])

    def add(self, name: str, template: Array) -> int:
        """Take a row of a table and fill it.

        Args:
            name: of the table.
            template: what the row becomes, of no dimension; see `row_template`.

        Returns:
            The row, from 1. Its first field must be set to a positive number at once.
        """
        index = TABLE_INDEX[name]
        row: int = self.free_head.item(index)
        if row:
            self.free_head[index] = -self.tables[name][_FIRST_FIELDS[name]].item(row)
        else:
            row = self.count.item(index)
            if row >= len(self.tables[name]):
                self.reserve(name)
            self.count[index] = row + 1
            if row % BITS_PER_WORD == 0 and name in AWAKE_TABLES:
                self._cover(AWAKE_TABLES[name], row)
        self.tables[name][row] = template
        return row

    def _cover(self, name: str, row: int) -> None:
        """Have a bitmap reach a row; a bit of its last word may stand for no row."""
        words = row // BITS_PER_WORD + 1
        index = TABLE_INDEX[name]
        self.reserve(name, words - int(self.count[index]))
        self.count[index] = words

    def free(self, name: str, row: int) -> None:
        """Give a row back; every reference to it must be gone."""
        index = TABLE_INDEX[name]
        table = self.tables[name]
        table[row] = _EMPTY_ROWS[name]
        table[_FIRST_FIELDS[name]][row] = -self.free_head.item(index)
        self.free_head[index] = row

    def allocate_run(self, name: str, length: int) -> int:
        """Take neighbouring rows of ``slot`` or ``line_item``; they are all zeros.

        Runs come back by `free_run` and are reused for the same length only, so that
        none is ever cut up; tables hold at most what each length once needed.

        Returns:
            The first row.
        """
        fitting = self._runs_of(name, length)
        if fitting:
            row = heappop(fitting)
            first = int(self.tables[FREE_RUNS[name]]["first"][row])
            self.free(FREE_RUNS[name], row)
            return first
        self.reserve(name, length)
        index = TABLE_INDEX[name]
        first = self.count.item(index)
        self.count[index] = first + length
        return first

    def free_run(self, name: str, first: int, length: int) -> None:
        """Give back a run of rows that `allocate_run` handed out."""
        fitting = self._runs_of(name, length)
        self.tables[name][first : first + length] = _EMPTY_ROWS[name]
        row = self.allocate(FREE_RUNS[name])
        self.tables[FREE_RUNS[name]][row] = (1, first, length)
        heappush(fitting, row)

    def _runs_of(self, name: str, length: int) -> list[int]:
        """Rows of the free runs of a length, as a heap; they follow from the tables."""
        key = (name, length)
        if key not in self._fitting_runs:
            runs = self._used(FREE_RUNS[name])
            rows = np.flatnonzero((runs["entity"] > 0) & (runs["length"] == length))
            self._fitting_runs[key] = rows.tolist()
        return self._fitting_runs[key]

    # --- chunks and tiles

    def add_chunk(self, chunk_x: int, chunk_y: int, tiles: Array) -> None:
        """Add a chunk of the map, or lay the tiles of one anew, with none hidden.

        Args:
            chunk_x: chunk coordinate, 0 begins at tile 0.
            chunk_y: likewise.
            tiles: uint8[32, 32] (y, x), tile prototypes.

        Raises:
            CapacityError: the chunk is outside the directory.
        """
        column, row = chunk_x + _DIRECTORY_HALF, chunk_y + _DIRECTORY_HALF
        if not (0 <= column < DIRECTORY_CHUNKS and 0 <= row < DIRECTORY_CHUNKS):
            reach = _DIRECTORY_HALF * CHUNK_TILES
            raise CapacityError(
                f"chunk ({chunk_x}, {chunk_y}) is outside the map of this simulator, "
                f"which reaches {reach} tiles from the origin",
                code="map-too-large",
            )
        index = int(self.chunk_index[row, column])
        if index < 0:
            index = self.chunk_count
            if index >= len(self.tables["tile"]):
                self._grow_layers(index + 1 + max(index // 8, _LEAST_SPARE_CHUNKS))
            self.chunk_count = index + 1
            self.chunk_index[row, column] = index
            for name in CHUNK_TABLES:
                counter = self.allocate(name)
                self.tables[name]["entity"][counter] = 1
        self.tables["tile"][index] = tiles
        self.tables["hidden_tile"][index] = 0

    def _grow_layers(self, chunks: int) -> None:
        for name in LAYERS:
            layer = self.tables[name]
            self._set_table(name, _copied(layer, len(layer), chunks))

    # --- copies

    def _used_rows(self) -> Iterator[tuple[str, int]]:
        yield from zip(TABLE_NAMES, self.count.tolist(), strict=True)
        for name in LAYERS:
            yield name, self.chunk_count

    def _used(self, name: str) -> Array:
        if name in LAYERS:
            return self.tables[name][: self.chunk_count]
        return self.tables[name][: self.count[TABLE_INDEX[name]]]

    def _arrays(self) -> dict[str, Array]:
        arrays = {name: self.tables[name][:used] for name, used in self._used_rows()}
        arrays["count"] = self.count
        arrays["free_head"] = self.free_head
        arrays["chunk_index"] = self.chunk_index
        return arrays

    def _least_rows(self, name: str, rows: int) -> int:
        """Rows that a table must have room for when so many of them are in use."""
        source = REBUILT_TABLES.get(name)
        return max(rows, int(self.count[TABLE_INDEX[source]])) if source else rows

    def snapshot(self) -> Snapshot:
        """Copy the world."""
        return Snapshot(
            {
                name: _copied(each, len(each), len(each))
                for name, each in self._arrays().items()
            }
        )

    def restore(self, snapshot: Snapshot) -> None:
        """Become the copied world again; tables keep their capacity."""
        arrays = snapshot.arrays
        used_before = dict(self._used_rows())
        self.count[:] = arrays["count"]
        self.free_head[:] = arrays["free_head"]
        self.chunk_index[:] = arrays["chunk_index"]
        self.chunk_count = len(arrays["tile"])
        self._fitting_runs.clear()
        for name, before in used_before.items():
            copied = arrays[name]
            least = self._least_rows(name, len(copied))
            table = self.tables[name]
            if least > len(table):
                self._set_table(name, _copied(copied, len(copied), least))
                continue
            _bytes_of(table[: len(copied)])[:] = _bytes_of(copied)
            _bytes_of(table[len(copied) : before])[:] = 0

    def copy(self) -> "World":
        """A second world that is now the same and shares nothing that changes.

        Its tables have some room to grow, but not all that they have here.
        """
        rooms = {}
        for name, used in self._used_rows():
            room = min(len(self.tables[name]), used + used // _SPARE_OF_COPIES + 1)
            rooms[name] = used, self._least_rows(name, room)
        tables = _copied_together(self.tables, rooms)
        twin = World.__new__(World)
        # not by the constructor, which would make a new world first
        vars(twin).update(
            tables,
            tables=tables,
            prototypes=self.prototypes,
            count=self.count.copy(),
            free_head=self.free_head.copy(),
            chunk_index=self.chunk_index.copy(),
            chunk_count=self.chunk_count,
            _state=None,
            _fitting_runs={},
        )
        return twin

    def state_hash(self) -> str:
        """Hex digest over the bytes of everything that decides the world's future.

        It tells states apart; it is no protection against somebody who forges one.
        """
        digest = xxhash.xxh3_128()
        for array in self._arrays().values():
            digest.update(_bytes_of(array).data)
        return digest.hexdigest()


def row_template(table: str, **fields: object) -> Array:
    """A row of a table to make others of (`World.add`); what is not given is zero."""
    row = np.zeros((), TABLES[table])
    for name, value in fields.items():
        row[name] = value
    return row


def _roomy(rows: int, dtype: np.dtype[np.void]) -> int:
    """Rows to make room for when so many are needed."""
    least = min(_LEAST_SPARE_ROWS, max(_LEAST_SPARE_BYTES // dtype.itemsize, 1))
    return rows + max(rows // 8, least)


def _copied(array: Array, used: int, capacity: int) -> Array:
    """A new array with the first rows of another and zeros behind them."""
    shape = (capacity, *array.shape[1:])
    if capacity > 2 * used:
        # zeros that are not touched cost nothing
        copied = np.zeros(shape, array.dtype)
    else:
        copied = np.empty(shape, array.dtype)
        _bytes_of(copied[used:])[:] = 0
    _bytes_of(copied[:used])[:] = _bytes_of(array[:used])
    return copied


def _copied_together(
    arrays: Mapping[str, Array], rooms: Mapping[str, tuple[int, int]]
) -> dict[str, Array]:
    """Like `_copied` for many arrays, but all in one block of memory.

    One large block is taken and given back much faster than many small ones: most of
    the time of a copy is the system's, for memory that the process has not used before.

    Args:
        arrays: by name.
        rooms: rows in use and rows to make room for, by name.
    """
    parts: list[Array] = []
    places: dict[str, int] = {}
    end = 0
    for name, (used, room) in rooms.items():
        rows = arrays[name][:used]
        row_bytes = rows.strides[0]
        size = -(-room * row_bytes // _ALIGNMENT) * _ALIGNMENT
        parts += _bytes_of(rows), np.zeros(size - rows.nbytes, np.uint8)
        places[name] = end
        end += size
    block = bytearray().join(part.data for part in parts)
    return {
        name: np.ndarray(
            (room, *arrays[name].shape[1:]), arrays[name].dtype, block, places[name]
        )
        for name, (_, room) in rooms.items()
    }


def _bytes_of(array: Array) -> Array:
    """The memory of an array, the gaps between fields included.

    numpy's own copies leave those gaps to chance, and a hash would see it.
    """
    return array.view(np.uint8)
