"""All tables of a world as the one argument that kernels take.

In compiled code ``state`` is a pointer to a block of addresses, so handing it on costs
a register, and ``state.inserter[row].phase`` is two loads. In plain Python it is an
object with the arrays as attributes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

import numba
import numpy as np
from numpy.typing import NDArray

from fle_marl.sim._jit import numba_types

__all__ = [
    "Layout",
    "States",
    "Table",
    "Tables",
    "bundle_states",
    "define_state",
    "make_state",
    "state_at",
]

Table = Any
"""A structured array as kernels see it: ``table[row].field``. numba infers the fields,
mypy cannot."""

Tables = Annotated[Any, "World.state"]
"""All arrays of a world as one argument, `World.state`: ``state.inserter``, ..."""


States = Annotated[Any, "World.state of several worlds"]
"""What `bundle_states` makes; kernels get the states out with `state_at`."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What does not change about an array of a state.

    Attributes:
        dtype: of its elements.
        tail: its shape without the first dimension, which may grow.
    """

    dtype: np.dtype[Any]
    tail: tuple[int, ...] = ()


_LAYOUTS: Final[dict[str, Layout]] = {}


def define_state(layouts: Mapping[str, Layout]) -> None:
    """Fix the names, order and layouts of the arrays in a state, once."""
    _LAYOUTS.clear()
    _LAYOUTS.update(layouts)
    numba_types.define_fields(
        [(name, each.dtype, each.tail) for name, each in layouts.items()]
    )


def make_state(arrays: Sequence[NDArray[Any]]) -> Tables:
    """Bundle arrays, in the order of `define_state`; the state keeps them alive.

    Raises:
        TypeError: an array is not laid out as was defined. Kernels check nothing.
    """
    for (name, layout), array in zip(_LAYOUTS.items(), arrays, strict=True):
        is_right = array.dtype == layout.dtype and array.shape[1:] == layout.tail
        if not (is_right and array.flags.c_contiguous):
            raise TypeError(
                f"array {name!r} must be contiguous, of {layout.dtype} and shape "
                f"(rows, *{layout.tail}), not of {array.dtype} and {array.shape}"
            )
    if not numba.config.DISABLE_JIT:
        return numba_types.State(arrays)
    return _PlainState(dict(zip(_LAYOUTS, arrays, strict=True)))


def bundle_states(states: Sequence[Tables]) -> States:
    """Several states as one argument; who bundles them keeps them alive."""
    if numba.config.DISABLE_JIT:
        return states
    return np.fromiter((state.address for state in states), np.int64, len(states))


def _state_at(states: States, index: int) -> Tables:
    """One of several states."""
    return states[index]


state_at = _state_at if numba.config.DISABLE_JIT else numba_types.state_at


class _Row(np.void):  # type: ignore[misc]
    """A row whose fields are its attributes, as in compiled code.

    numpy's own records have theirs hidden by methods of the same name: ``item``.
    """

    def __getattribute__(self, name: str) -> Any:
        fields = np.void.__getattribute__(self, "dtype").fields
        return self[name] if name in fields else super().__getattribute__(name)

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value


class _PlainState:
    """A state for plain Python."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        for name, array in arrays.items():
            if array.dtype.names is not None:
                array = array.view(np.dtype((_Row, array.dtype)))
            setattr(self, name, array)
