"""How kernels are compiled; the only package that imports numba.

`compiler` turns functions into kernels and entry points, `cache` keeps what was
compiled on disk, `state` hands all tables of a world to kernels as one argument,
`numba_types` tells numba what that argument is, and `bits` adds an instruction.
"""

from fle_marl.sim._jit.bits import trailing_zeros
from fle_marl.sim._jit.cache import cache_folder, is_cache_warm, mark_cache_warm
from fle_marl.sim._jit.compiler import (
    IS_COMPILED,
    compile_entry_points,
    entry_point,
    kernel,
    seldom,
)
from fle_marl.sim._jit.state import Layout, Table, Tables, define_state, make_state

__all__ = [
    "IS_COMPILED",
    "Layout",
    "Table",
    "Tables",
    "cache_folder",
    "compile_entry_points",
    "define_state",
    "entry_point",
    "is_cache_warm",
    "kernel",
    "make_state",
    "mark_cache_warm",
    "seldom",
    "trailing_zeros",
]
