"""Entry points: found, typed by their annotations, compiled without being run."""

import typing

import numpy as np
import pytest
from numpy.typing import NDArray

from fle_marl.sim import _jit
from fle_marl.sim._jit import compiler
from fle_marl.sim.engine import compile_kernels
from fle_marl.sim.world import World

compiled_only = pytest.mark.skipif(not _jit.IS_COMPILED, reason="runs as plain Python")


@compiled_only
def test_every_entry_point_is_compiled_ahead():
    compile_kernels()
    for function in compiler._ENTRY_POINTS:
        assert function.signatures, function.py_func.__qualname__


@compiled_only
@pytest.mark.parametrize(
    ("hint", "name"),
    [
        (int, "int64"),
        (float, "float64"),
        (bool, "bool"),
        (tuple[int, int], "UniTuple(int64 x 2)"),
        (NDArray[np.int32], "array(int32, 1d, C)"),
        (typing.Annotated[NDArray[np.uint8], 2], "array(uint8, 2d, C)"),
    ],
)
def test_annotations_name_the_types_of_calls(hint, name):
    assert str(compiler._numba_type(hint, World().state)) == name


@compiled_only
@pytest.mark.parametrize("hint", [str, _jit.Table, list[int]])
def test_other_annotations_are_refused(hint):
    with pytest.raises(TypeError, match="entry point"):
        compiler._numba_type(hint, World().state)


@pytest.mark.skipif(_jit.IS_COMPILED, reason="compiled code has its own records")
def test_rows_of_tables_have_attributes_in_plain_python():
    world = World()
    assert world.state.clock[0].tick == 0
    world.state.clock[0].tick = 3
    assert world.tick == 3
