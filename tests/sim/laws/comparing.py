"""Whether two worlds are the same in everything that the game would know."""

import numpy as np

from fle_marl.sim.components import AWAKE_TABLES, TABLE_NAMES
from fle_marl.sim.world import World

MARKS = {"is_watched", "is_awake", "was_awake", "is_disturbed"}
"""Fields that say who sleeps; what is the case is the same whoever looks at it."""


def differences(
    one: World, other: World, *, without: frozenset[str] = frozenset()
) -> list[str]:
    """Table, field and row of all that is not the same."""
    found = []
    arrays, others = one.snapshot().arrays, other.snapshot().arrays
    for table in TABLE_NAMES:
        if table in AWAKE_TABLES.values() or table in without:
            continue
        if len(arrays[table]) != len(others[table]):
            found.append(f"{table}: {len(arrays[table])} and {len(others[table])} rows")
            continue
        for field in set(arrays[table].dtype.names) - MARKS:
            unlike = arrays[table][field] != others[table][field]
            found += [
                f"{table}.{field} in row {row}: {arrays[table][field][row]} and "
                f"{others[table][field][row]}"
                for row in np.unique(np.nonzero(unlike)[0])
            ]
    return sorted(found)
