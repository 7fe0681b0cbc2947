"""Two instructions on bits that numba does not offer."""

from typing import Any

import numba
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

__all__ = ["highest_bit", "lowest_bit"]

_IS_ZERO_UNDEFINED = ir.Constant(ir.IntType(1), 1)
_SIGNATURE = types.int64(types.uint64)


def _lowest_bit(bits: int) -> int:
    """Place of the lowest bit that is set in an unsigned 64-bit number, not 0."""
    number = int(bits)
    return (number & -number).bit_length() - 1


def _highest_bit(bits: int) -> int:
    """Place of the highest bit that is set in an unsigned 64-bit number, not 0."""
    return int(bits).bit_length() - 1


@intrinsic
def _compiled_lowest_bit(_context: Any, bits: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], _IS_ZERO_UNDEFINED)

    return _SIGNATURE, generate


@intrinsic
def _compiled_highest_bit(_context: Any, bits: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        zeros = builder.ctlz(arguments[0], _IS_ZERO_UNDEFINED)
        return builder.sub(ir.Constant(zeros.type, zeros.type.width - 1), zeros)

    return _SIGNATURE, generate


lowest_bit = _lowest_bit if numba.config.DISABLE_JIT else _compiled_lowest_bit
highest_bit = _highest_bit if numba.config.DISABLE_JIT else _compiled_highest_bit
