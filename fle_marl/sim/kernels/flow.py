"""Counting what is made and used up, for the production statistics.

Whoever makes or uses up items or fluids says so here: the totals grow at once, and
`systems.flow_statistics` samples them at the end of the tick.

Source: runtime API, LuaFlowStatistics.
"""

from typing import Final

import numpy as np

from fle_marl.sim._jit import Table, Tables, kernel

__all__ = [
    "consume_fluid",
    "consume_item",
    "mark_flow",
    "produce_fluid",
    "produce_item",
]

_WORD_SHIFT: Final = 6
_WORD_MASK: Final = 63
_ONE: Final = np.uint64(1)


@kernel
def mark_flow(touched: Table, first_word: int, subject: int) -> None:
    """Have an item or fluid sampled.

    Args:
        touched: ``item_flow_touched`` or ``fluid_flow_touched``.
        first_word: where the bitmap of a precision begins; 0 for the finest.
        subject: the item or fluid.
    """
    bit = _ONE << np.uint64(subject & _WORD_MASK)
    touched[first_word + (subject >> _WORD_SHIFT)].subjects |= bit


@kernel
def produce_item(state: Tables, item: int, count: float) -> None:
    """Count items that were made."""
    state.item_flow[item].produced += count
    mark_flow(state.item_flow_touched, 0, item)


@kernel
def consume_item(state: Tables, item: int, count: float) -> None:
    """Count items that were used up."""
    state.item_flow[item].consumed += count
    mark_flow(state.item_flow_touched, 0, item)


@kernel
def produce_fluid(state: Tables, fluid: int, amount: float) -> None:
    """Count fluid that was made."""
    state.fluid_flow[fluid].produced += amount
    mark_flow(state.fluid_flow_touched, 0, fluid)


@kernel
def consume_fluid(state: Tables, fluid: int, amount: float) -> None:
    """Count fluid that was used up."""
    state.fluid_flow[fluid].consumed += amount
    mark_flow(state.fluid_flow_touched, 0, fluid)
