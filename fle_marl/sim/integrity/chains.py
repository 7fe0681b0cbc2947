"""Chains of rows: each row in just one of them, none of them a circle.

A chain begins at a head and goes on from link to link; 0 ends it. Rows that are not in
use are chained as well, into the free list of their table.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.components import FREE_RUNS, TABLE_INDEX, TABLE_NAMES
from fle_marl.sim.integrity.contents import (
    WHOLE_TABLES,
    Array,
    Column,
    Contents,
    refuse,
)

__all__ = ["CHAINS", "Chain", "check_chains", "check_free_lists", "refuse_circles"]


@dataclass(frozen=True, slots=True)
class Chain:
    """Rows of a table that are chained by what they belong to.

    Attributes:
        heads: table whose rows have a chain each.
        head: its field with the first row of the chain.
        table: whose rows are chained.
        link: its field with the next row.
        owner: field of the chained rows that says what they belong to; 0 for nothing,
            and then they are in no chain.
        head_owner: field of the heads that says the same; empty for their row itself.
    """

    heads: str
    head: str
    table: str
    link: str
    owner: str
    head_owner: str = ""


CHAINS: Final = (
    Chain("entity", "first_inventory", "inventory", "next", owner="entity"),
    Chain("entity", "first_fluidbox", "fluidbox", "next", owner="entity"),
    Chain("entity", "first_link", "cell_link", "next_of_entity", owner="entity"),
    Chain("fluidbox", "first_port", "fluid_port", "next", owner="box"),
    Chain(
        "character",
        "first_order",
        "crafting_order",
        "next",
        owner="entity",
        head_owner="entity",
    ),
    Chain("electric_network", "first_group", "electric_group", "next", owner="network"),
    Chain("electric_network", "first_flow", "electric_flow", "next", owner="network"),
    Chain("electric_group", "first_pool", "accumulator_pool", "next", owner="group"),
    Chain("entity", "first_taker", "inserter", "next_taker", owner="pickup_target"),
    Chain("entity", "first_giver", "inserter", "next_giver", owner="drop_target"),
    Chain("entity", "first_drill", "mining_drill", "next_drill", owner="drop_target"),
)
"""All but those of the entities in a tile, whose heads are a layer: see `laws`."""


def check_chains(contents: Contents) -> None:
    """Refuse a world in which a chain is not sound; single references are.

    Raises:
        SaveError: `inconsistent-save`.
    """
    for chain in CHAINS:
        heads = contents.column(chain.heads, chain.head)
        links = contents.column(chain.table, chain.link)
        owners = contents.arrays[chain.table][chain.owner]
        own = heads.beside(chain.head_owner) if chain.head_owner else heads.rows
        for column, mine in ((heads, own), (links, owners[links.rows])):
            is_foreign = (column.values > 0) & (owners[column.values] != mine)
            column.refuse_any(is_foreign, f"in a chain with the same {chain.owner}")
        is_owned = contents.in_use(chain.table) & (owners > 0)
        _refuse_unchained(is_owned, heads.values, links)
        refuse_circles(links)


def _refuse_unchained(is_owned: NDArray[np.bool_], heads: Array, links: Column) -> None:
    """Every row that belongs to something must be named by just one head or link."""
    named = _times_named(heads, links.values, len(is_owned))
    is_wrong = named != is_owned
    is_wrong[0] = False
    if is_wrong.any():
        row = int(is_wrong.argmax())
        times = f"named {named[row]} times"
        refuse(
            links.table, links.name, row, times, "in the chain of what it belongs to"
        )


def _times_named(heads: Array, links: Array, count: int) -> NDArray[np.int64]:
    named: NDArray[np.int64] = np.bincount(heads, minlength=count)
    named += np.bincount(links, minlength=count)
    named[0] = 0
    return named


def refuse_circles(links: Column) -> None:
    """Refuse links that lead round in a circle.

    In each round all rows jump twice as far, so few rounds lead past every end.

    Args:
        links: row numbers of its own table, in range.

    Raises:
        SaveError: `inconsistent-save`.
    """
    jump = np.zeros(links.contents.count(links.table), np.int64)
    jump[links.rows] = links.values
    for _ in range(len(jump).bit_length()):
        jump = jump[jump]
    links.refuse_any(jump[links.rows] != 0, "a link of a chain that ends")


# --- rows that are free


def check_free_lists(contents: Contents) -> None:
    """Refuse a world in which the free list of a table is not all of its free rows.

    Raises:
        SaveError: `inconsistent-save`.
    """
    for table in TABLE_NAMES:
        head = int(contents.arrays["free_head"][TABLE_INDEX[table]])
        if table in WHOLE_TABLES or table in FREE_RUNS:
            if head:
                refuse("free_head", "", TABLE_INDEX[table], head, "0")
            continue
        _check_free_list(contents, table, head)


def _check_free_list(contents: Contents, table: str, head: int) -> None:
    in_use = contents.in_use(table)
    array = contents.arrays[table]
    name = str(array.dtype.names[0])  # type: ignore[index]
    free = np.flatnonzero(~in_use[1:]) + 1
    links = Column(contents, table, name, free, -array[name][free].astype(np.int64))
    if not 0 <= head < len(in_use) or (head and in_use[head]):
        refuse("free_head", "", TABLE_INDEX[table], head, f"0 or a free row of {table}")
    is_outside = (links.values < 0) | (links.values >= len(in_use))
    is_used = in_use[np.where(is_outside, 0, links.values)]
    links.refuse_any(is_outside | is_used, "a free row of the same table, negative")
    named = _times_named(np.array([head]), links.values, len(in_use))
    links.refuse_any(named[free] != 1, "once in the free list of its table")
    refuse_circles(links)
