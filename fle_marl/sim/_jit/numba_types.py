"""What numba knows about a state: its type, its fields, and how they are read.

A state is a pointer to a block of two words for each array, its address and its number
of rows. The block does not change while compiled code runs, and is said to be
invariant, so that an address is loaded once a function and not once an access.

A table (structured array of one dimension) is a type of its own and not an array of
numba's: its rows are found without asking whether the row is negative, and nothing
counts references to it. Other arrays of a state are numba's.
"""

import operator
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.imputils import (
    lower_builtin,
    lower_getattr,
    lower_getattr_generic,
)
from numba.core.typing.templates import (
    AbstractTemplate,
    AttributeTemplate,
    infer_getattr,
    infer_global,
    signature,
)
from numba.extending import (
    NativeValue,
    intrinsic,
    models,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np.arrayobj import make_array, populate_array
from numpy.typing import NDArray

__all__ = ["State", "define_fields", "state_at"]

_WORD: Final = ir.IntType(64)
_WORDS_PER_ARRAY: Final = 2

_Field = tuple[int, types.Type, tuple[int, ...], int]
_FIELDS: Final[dict[str, _Field]] = {}
"""By name: its first word in the block, its type, its tail shape and its item size."""


class StateType(types.Type):  # type: ignore[misc]
    """numba's type of `State`."""

    def __init__(self) -> None:
        super().__init__("World.state")


class TableType(types.Type):  # type: ignore[misc]
    """numba's type of a table in a state."""

    def __init__(self, record: types.Record) -> None:
        self.record = record
        super().__init__(f"Table({record})")


_STATE_TYPE: Final = StateType()


class State:
    """A state for compiled code.

    Args:
        arrays: in the order of `define_fields`; kept alive by the state.
    """

    __slots__ = ("_arrays", "_block", "address")

    _numba_type_ = _STATE_TYPE

    def __init__(self, arrays: Sequence[NDArray[Any]]) -> None:
        self._arrays = tuple(arrays)
        self._block = np.array(
            [[array.ctypes.data, len(array)] for array in arrays], np.int64
        )
        self.address = self._block.ctypes.data


def define_fields(
    fields: Iterable[tuple[str, np.dtype[Any], tuple[int, ...]]],
) -> None:
    """Fix what a state holds: name, element type and tail shape of each array."""
    for place, (name, dtype, tail) in enumerate(fields):
        element = numba.from_dtype(dtype)
        if dtype.names is not None and not tail:
            kind = TableType(element)
        else:
            kind = types.Array(element, 1 + len(tail), "C")
        _FIELDS[name] = _WORDS_PER_ARRAY * place, kind, tail, dtype.itemsize


@register_model(StateType)
class _StateModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _WORD.as_pointer())


@register_model(TableType)
class _TableModel(models.StructModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        members = [("data", types.voidptr), ("rows", types.intp)]
        super().__init__(manager, kind, members)


@typeof_impl.register(State)
def _type_of_state(_value: State, _context: Any) -> StateType:
    return _STATE_TYPE


@unbox(StateType)
def _unbox_state(_kind: Any, value: Any, context: Any) -> NativeValue:
    address = context.pyapi.object_getattr_string(value, "address")
    pointer = context.pyapi.long_as_voidptr(address)
    context.pyapi.decref(address)
    return NativeValue(
        context.builder.bitcast(pointer, _WORD.as_pointer()),
        is_error=cgutils.is_not_null(context.builder, context.pyapi.err_occurred()),
    )


@intrinsic
def state_at(_context: Any, addresses: Any, index: Any) -> Any:
    """The state at one of several addresses, int64[n]."""

    def generate(context: Any, builder: Any, sig: Any, values: Any) -> Any:
        array = make_array(sig.args[0])(context, builder, values[0])
        row = context.cast(builder, values[1], sig.args[1], types.intp)
        address = builder.load(builder.gep(array.data, [row]))
        return builder.inttoptr(address, _WORD.as_pointer())

    return _STATE_TYPE(addresses, index), generate


# --- state.table


@infer_getattr
class _StateAttributes(AttributeTemplate):  # type: ignore[misc]
    key = StateType

    def generic_resolve(self, _state: StateType, name: str) -> types.Type | None:
        return _FIELDS[name][1] if name in _FIELDS else None


def _load_word(builder: Any, block: Any, index: int) -> Any:
    word = builder.load(builder.gep(block, [ir.Constant(_WORD, index)]))
    word.set_metadata("invariant.load", builder.module.add_metadata([]))
    return word


@lower_getattr_generic(StateType)
def _lower_field(context: Any, builder: Any, _kind: Any, block: Any, name: str) -> Any:
    first, kind, tail, item_size = _FIELDS[name]
    address = _load_word(builder, block, first)
    rows = _load_word(builder, block, first + 1)
    if isinstance(kind, TableType):
        table = cgutils.create_struct_proxy(kind)(context, builder)
        table.data = builder.inttoptr(address, cgutils.voidptr_t)
        table.rows = rows
        return table._getvalue()  # noqa: SLF001 - numba's interface
    array = make_array(kind)(context, builder)
    strides = [item_size * int(np.prod(tail[index:])) for index in range(len(tail) + 1)]
    populate_array(
        array,
        data=builder.inttoptr(address, array.data.type),
        shape=[rows, *(ir.Constant(_WORD, size) for size in tail)],
        strides=[ir.Constant(_WORD, stride) for stride in strides],
        itemsize=ir.Constant(_WORD, item_size),
        meminfo=None,
    )
    return array._getvalue()  # noqa: SLF001 - numba's interface


# --- table.shape, table[row], table[row] = table[other]


@infer_getattr
class _TableAttributes(AttributeTemplate):  # type: ignore[misc]
    key = TableType

    def resolve_shape(self, _table: TableType) -> types.Type:
        return types.UniTuple(types.intp, 1)


@lower_getattr(TableType, "shape")
def _lower_shape(context: Any, builder: Any, kind: Any, table: Any) -> Any:
    proxy = cgutils.create_struct_proxy(kind)(context, builder, value=table)
    return context.make_tuple(builder, types.UniTuple(types.intp, 1), (proxy.rows,))


@infer_global(operator.getitem)
class _GetRow(AbstractTemplate):  # type: ignore[misc]
    def generic(self, args: Sequence[types.Type], _kws: Any) -> Any:
        table, row = args
        if isinstance(table, TableType) and isinstance(row, types.Integer):
            return signature(table.record, table, row)
        return None


@infer_global(operator.setitem)
class _SetRow(AbstractTemplate):  # type: ignore[misc]
    def generic(self, args: Sequence[types.Type], _kws: Any) -> Any:
        table, row, value = args
        is_row = isinstance(table, TableType) and isinstance(row, types.Integer)
        if is_row and value == table.record:
            return signature(types.none, table, row, value)
        return None


def _row_pointer(
    context: Any, builder: Any, kinds: Sequence[Any], values: Sequence[Any]
) -> Any:
    table_kind, row_kind = kinds[:2]
    proxy = cgutils.create_struct_proxy(table_kind)(context, builder, value=values[0])
    row = context.cast(builder, values[1], row_kind, types.intp)
    offset = builder.mul(row, ir.Constant(_WORD, table_kind.record.size))
    return builder.gep(proxy.data, [offset])


@lower_builtin(operator.getitem, TableType, types.Integer)
def _lower_get_row(context: Any, builder: Any, sig: Any, values: Any) -> Any:
    pointer = _row_pointer(context, builder, sig.args, values)
    return builder.bitcast(pointer, context.get_value_type(sig.return_type))


@lower_builtin(operator.setitem, TableType, types.Integer, types.Record)
def _lower_set_row(context: Any, builder: Any, sig: Any, values: Any) -> Any:
    pointer = _row_pointer(context, builder, sig.args, values)
    source = builder.bitcast(values[2], pointer.type)
    size = ir.Constant(_WORD, sig.args[0].record.size)
    cgutils.raw_memcpy(builder, pointer, source, size, 1)
    return context.get_dummy_value()
