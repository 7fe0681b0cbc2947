"""Kernels and entry points: what compiled code is made of."""

import typing
from collections.abc import Callable
from typing import Any, Final, TypeVar

import numba
import numpy as np
from numba import types

from fle_marl.sim._jit.bitcode import BitcodeCompiler
from fle_marl.sim._jit.cache import cache_folder
from fle_marl.sim._jit.state import States, Tables

__all__ = [
    "IS_COMPILED",
    "called_kernel",
    "compile_entry_points",
    "entry_point",
    "kernel",
]

Function = TypeVar("Function", bound=Callable[..., Any])

IS_COMPILED: Final = not numba.config.DISABLE_JIT
"""False under ``NUMBA_DISABLE_JIT=1``, where kernels run as plain Python."""

_ENTRY_POINTS: Final[list[Any]] = []


def _wrapping(function: Function) -> Function:
    """Plain Python in which integers wrap around silently, as in compiled code."""
    wrapping: Function = np.errstate(over="ignore")(function)
    return wrapping


def kernel(function: Function) -> Function:
    """Compile a function that only other kernels and entry points call.

    It holds no GIL and allocates nothing: it is compiled without numba's runtime, which
    would count references to arrays at each call. It is always inlined, which costs a
    tenth more time to compile and makes ticks a quarter faster, and cannot be called
    from Python, which saves a sixth of the time to compile.
    """
    return _kernel(function, is_inlined=True)


def called_kernel(function: Function) -> Function:
    """Compile a `kernel` that is called and not copied: it is large, or seldom needed.

    A call costs some nanoseconds, a copy costs time to compile at each place.
    """
    return _kernel(function, is_inlined=False)


def _kernel(function: Function, *, is_inlined: bool) -> Function:
    if not IS_COMPILED:
        return _wrapping(function)
    compiled: Function = numba.njit(
        nogil=True,
        error_model="numpy",
        forceinline=is_inlined,
        no_cpython_wrapper=True,
        no_cfunc_wrapper=True,
        _nrt=False,
        pipeline_class=BitcodeCompiler,
    )(function)
    return compiled


def entry_point(function: Function) -> Function:
    """Compile a function that Python calls; it is kept on disk and holds no GIL."""
    if not IS_COMPILED:
        return _wrapping(function)
    compiled = _cached(function)
    _ENTRY_POINTS.append(compiled)
    return compiled


def _cached(function: Function) -> Function:
    previous = numba.config.CACHE_DIR
    # numba reads the setting while it decorates: set it for that moment only, so that
    # other users of numba in this process keep their own folder.
    numba.config.CACHE_DIR = str(cache_folder())
    try:
        compiled: Function = numba.njit(nogil=True, error_model="numpy", cache=True)(
            function
        )
    finally:
        numba.config.CACHE_DIR = previous
    return compiled


def compile_entry_points(state: Tables) -> None:
    """Compile every entry point, or load it, without running it.

    The types of arguments are those of the annotations: `Tables`, `States`, numbers,
    tuples of and arrays that have only one dimension (``NDArray[np.bool_]``) or say how
    many (``Annotated[NDArray[np.int32], 2]``).

    Args:
        state: any ``World.state``, for its types.
    """
    for function in _ENTRY_POINTS if IS_COMPILED else ():
        hints = typing.get_type_hints(function.py_func, include_extras=True)
        hints.pop("return")
        given = [_numba_type(hint, state) for hint in hints.values()]
        function.compile(tuple(given))


def _numba_type(hint: object, state: Tables) -> types.Type:
    """What numba calls the type that an annotation names."""
    if hint == Tables:
        return numba.typeof(state)
    if hint == States:
        return types.Array(types.int64, 1, "C")
    dimensions = 1
    if typing.get_origin(hint) is typing.Annotated:
        hint, dimensions = typing.get_args(hint)
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return types.Tuple([_numba_type(each, state) for each in arguments])
    if typing.get_origin(hint) is np.ndarray:
        (scalar,) = typing.get_args(arguments[1])
        return numba.typeof(np.empty((0,) * dimensions, scalar))
    if hint in (bool, int, float):
        return numba.typeof(hint())
    raise TypeError(f"an entry point cannot have an argument of type {hint!r}")
