"""The whole examination of a world, from single numbers to how they go together."""

from collections.abc import Mapping

import numpy as np

from fle_marl.sim.integrity.belt_laws import check_belts
from fle_marl.sim.integrity.chains import check_chains, check_free_lists
from fle_marl.sim.integrity.contents import Array, Contents
from fle_marl.sim.integrity.declarations import RULES
from fle_marl.sim.integrity.machine_laws import check_machines
from fle_marl.sim.integrity.map_laws import check_map
from fle_marl.sim.integrity.memory import check_memory
from fle_marl.sim.integrity.rules import Free
from fle_marl.sim.integrity.runs import check_runs

__all__ = ["check_arrays"]


def check_arrays(arrays: Mapping[str, Array]) -> None:
    """Refuse a world that kernels could not be let loose on.

    Each step relies on those before it.

    Args:
        arrays: of a `Snapshot`, whose shapes and dtypes are right.

    Raises:
        SaveError: `inconsistent-save`, with the table, field, row and value.
    """
    contents = Contents(arrays)
    check_memory(contents)
    _check_fields(contents)
    check_free_lists(contents)
    check_chains(contents)
    check_runs(contents)
    check_map(contents)
    check_belts(contents)
    check_machines(contents)


def _check_fields(contents: Contents) -> None:
    for table, fields in RULES.items():
        for name, rule in fields.items():
            column = contents.column(table, name)
            if column.values.dtype.kind == "f":
                column.refuse_any(~np.isfinite(column.values), "a finite number")
            if not isinstance(rule, Free):
                column.refuse_any(rule.broken(column), rule.allowed(column))
