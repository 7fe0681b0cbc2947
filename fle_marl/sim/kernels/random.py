"""The world's random numbers: splitmix64, one 64-bit state in the clock.

Chosen because it is a few integer operations, the same on every machine, and its whole
state is one number in the tables.
"""

from typing import Final

import numpy as np

from fle_marl.sim._jit import Tables, kernel

__all__ = ["next_random", "random_below"]

_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2: Final = np.uint64(0x94D049BB133111EB)
_30: Final = np.uint64(30)
_27: Final = np.uint64(27)
_31: Final = np.uint64(31)
_11: Final = np.uint64(11)
_TO_UNIT: Final = 1.0 / float(1 << 53)


@kernel
def next_random(state: Tables) -> float:
    """Draw a number.

    Returns:
        A float64 from 0 (inclusive) to 1 (exclusive).
    """
    clock = state.clock
    number = clock[0].rng + _STEP
    clock[0].rng = number
    mixed = (number ^ (number >> _30)) * _MIX_1
    mixed = (mixed ^ (mixed >> _27)) * _MIX_2
    mixed = mixed ^ (mixed >> _31)
    return np.float64(mixed >> _11) * _TO_UNIT


@kernel
def random_below(state: Tables, limit: int) -> int:
    """Draw an integer.

    Args:
        state: ``World.state``.
        limit: positive.

    Returns:
        0 to limit - 1.
    """
    return int(next_random(state) * limit)
