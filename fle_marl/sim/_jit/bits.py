"""The one instruction on bits that numba does not offer."""

from typing import Any

import numba
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

__all__ = ["trailing_zeros"]


def _trailing_zeros(bits: int) -> int:
    """Place of the lowest bit that is set in an unsigned 64-bit number, not 0."""
    number = int(bits)
    return (number & -number).bit_length() - 1


@intrinsic
def _compiled_trailing_zeros(_context: Any, bits: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        is_zero_undefined = ir.Constant(ir.IntType(1), 1)
        return builder.cttz(arguments[0], is_zero_undefined)

    return types.int64(types.uint64), generate


trailing_zeros = (
    _trailing_zeros if numba.config.DISABLE_JIT else _compiled_trailing_zeros
)
