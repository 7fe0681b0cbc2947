"""Runs of neighbouring rows: together they are all rows of their table, once."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.components import FREE_RUNS
from fle_marl.sim.integrity.contents import Contents, refuse
from fle_marl.sim.integrity.declarations import RULES
from fle_marl.sim.integrity.rules import Run

__all__ = ["check_runs"]


def check_runs(contents: Contents) -> None:
    """Refuse a world in which runs overlap or leave rows out; each is in its table.

    Raises:
        SaveError: `inconsistent-save`.
    """
    for table in FREE_RUNS:
        _check_runs_of(contents, table)


def _runs_of(table: str) -> Iterator[tuple[str, str, str]]:
    """Table, field of the first row and field of the length of all declared runs."""
    for owner, fields in RULES.items():
        for name, rule in fields.items():
            if isinstance(rule, Run) and rule.table == table:
                yield owner, name, rule.length


def _check_runs_of(contents: Contents, table: str) -> None:
    declared = list(_runs_of(table))
    firsts: list[NDArray[np.int64]] = []
    lengths: list[NDArray[np.int64]] = []
    owners: list[tuple[int, int]] = []
    for which, (owner, name, length) in enumerate(declared):
        column = contents.column(owner, name)
        size = column.beside(length).astype(np.int64)
        firsts.append(column.integers[size > 0])
        lengths.append(size[size > 0])
        owners += [(which, int(row)) for row in column.rows[size > 0]]
    first = np.concatenate(firsts)
    order = np.argsort(first, kind="stable")
    first, end = first[order], (first + np.concatenate(lengths))[order]
    # the end of each run is the beginning of the next, and of what is behind them all
    ends, begins = np.append(1, end), np.append(first, contents.count(table))
    gaps = np.flatnonzero(ends != begins)
    if not len(gaps):
        return
    place = min(int(gaps[0]), len(order) - 1)
    if place < 0:
        refuse(table, "", 1, "in no run", "in one run")
    which, row = owners[order[place]]
    owner, name, _ = declared[which]
    refuse(
        owner,
        name,
        row,
        int(first[place]),
        f"such that runs of {table} lie side by side, {int(ends[gaps[0]])} here",
    )
