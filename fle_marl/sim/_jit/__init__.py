"""How kernels are compiled; the only package that imports numba.

`compiler` turns functions into kernels and entry points, `cache` keeps what was
compiled on disk, `state` hands all tables of a world to kernels as one argument,
`numba_types` tells numba what that argument is, `bitcode` keeps it from compiling
kernels that are only parts of entry points, and `bits` adds two instructions.
"""

from fle_marl.sim._jit.bits import highest_bit, lowest_bit
from fle_marl.sim._jit.cache import cache_folder, is_cache_warm, mark_cache_warm
from fle_marl.sim._jit.compiler import (
    IS_COMPILED,
    called_kernel,
    compile_entry_points,
    entry_point,
    kernel,
)
from fle_marl.sim._jit.state import (
    Layout,
    States,
    Table,
    Tables,
    bundle_states,
    define_state,
    make_state,
    state_at,
)

__all__ = [
    "IS_COMPILED",
    "Layout",
    "States",
    "Table",
    "Tables",
    "bundle_states",
    "cache_folder",
    "called_kernel",
    "compile_entry_points",
    "define_state",
    "entry_point",
    "highest_bit",
    "is_cache_warm",
    "kernel",
    "lowest_bit",
    "make_state",
    "mark_cache_warm",
    "state_at",
]
