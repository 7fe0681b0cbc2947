"""How kernels are compiled; the only module that imports numba.

numba's disk cache does not notice that a function called from another file changed.
The cache folder's name therefore holds a hash of all sources that kernels can see, so
an edited kernel is compiled anew and a stale one can never run.
"""

import hashlib
import os
import shutil
import tempfile
import typing
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import numba
import numpy as np
from numba import types
from numba.experimental import structref

__all__ = [
    "IS_COMPILED",
    "State",
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
]

Table = Any
"""A structured array as kernels see it: ``table[row].field``. numba infers the fields,
mypy cannot, so kernels say which tables they take by name and dtype (`components`)."""

Tables = typing.Annotated[Any, "World.state"]
"""All arrays of a world as one argument of an entry point: ``state.inserter`` and so on
(`World.state`). Entry points take it apart and hand the kernels single tables."""

Function = TypeVar("Function", bound=Callable[..., Any])

IS_COMPILED: Final = not numba.config.DISABLE_JIT
"""False under ``NUMBA_DISABLE_JIT=1``, where kernels run as plain Python."""

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_KEPT_FOLDERS: Final = 4
_ENTRY_POINTS: Final[list[Any]] = []


def _source_hash() -> str:
    digest = hashlib.blake2b(digest_size=12)
    digest.update(numba.__version__.encode())
    sources = [
        *sorted(_PACKAGE.glob("*.py")),
        *sorted((_PACKAGE / "sim").rglob("*.py")),
    ]
    for path in sources:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _writable_root() -> Path:
    """The user's cache folder, or one in the temporary folder if that is read-only."""
    base = os.environ.get("XDG_CACHE_HOME")
    candidates = [
        (Path(base) if base else Path.home() / ".cache") / "fle_marl" / "kernels",
        Path(tempfile.gettempdir()) / f"fle_marl-kernels-{os.getuid()}",
    ]
    for candidate in candidates:
        try:
            candidate.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            continue
        if os.access(candidate, os.W_OK):
            return candidate
    return Path(tempfile.mkdtemp(prefix="fle_marl-kernels-"))


def _open_cache_folder() -> Path:
    root = _writable_root()
    folder = root / _source_hash()
    folder.mkdir(exist_ok=True)
    others = sorted(
        (entry for entry in root.iterdir() if entry != folder and entry.is_dir()),
        key=lambda entry: entry.stat().st_mtime,
        reverse=True,
    )
    for stale in others[_KEPT_FOLDERS:]:
        shutil.rmtree(stale, ignore_errors=True)
    return folder


_FOLDER: Final = _open_cache_folder()
_WARM_MARK: Final = _FOLDER / "warm"


def cache_folder() -> Path:
    """Where the compiled kernels of exactly these sources are kept."""
    return _FOLDER


def is_cache_warm() -> bool:
    """Whether all entry points of these sources have been compiled on this machine."""
    return not IS_COMPILED or _WARM_MARK.exists()


def mark_cache_warm() -> None:
    """Note that all entry points have been compiled."""
    _WARM_MARK.touch()


def _wrapping(function: Function) -> Function:
    """Plain Python in which integers wrap around silently, as in compiled code."""
    wrapping: Function = np.errstate(over="ignore")(function)
    return wrapping


def kernel(function: Function) -> Function:
    """Compile a function that only other kernels call; it holds no GIL."""
    if not IS_COMPILED:
        return _wrapping(function)
    # Without numba's runtime, so arrays are not reference-counted at each call: that
    # was most of the time of a tick. It is why kernels cannot allocate; whoever calls
    # an entry point holds the arrays.
    # Always inlined: each array costs seven words at a call, and kernels take a dozen;
    # machines ran two to five times slower without, and compiled in 4/5 of the time.
    compiled: Function = numba.njit(
        nogil=True, error_model="numpy", _nrt=False, forceinline=True
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
    numba.config.CACHE_DIR = str(_FOLDER)
    try:
        compiled: Function = numba.njit(nogil=True, error_model="numpy", cache=True)(
            function
        )
    finally:
        numba.config.CACHE_DIR = previous
    return compiled


def compile_entry_points(state: Tables) -> None:
    """Compile every entry point, or load it, without running it.

    The types of arguments are those of the annotations: `Tables`, numbers, tuples of
    them, and arrays that have only one dimension (``NDArray[np.bool_]``) or say how
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


def _untyped_literals(
    _self: object, fields: Sequence[tuple[str, Any]]
) -> tuple[tuple[str, Any], ...]:
    return tuple((field, types.unliteral(kind)) for field, kind in fields)


if IS_COMPILED:

    @structref.register
    class StateType(types.StructRef):  # type: ignore[misc]
        """numba's type of `State`."""

        preprocess_fields = _untyped_literals

    class State(structref.StructRefProxy):  # type: ignore[misc]
        """All arrays that kernels may touch, handed over as one argument.

        A tuple of 40 arrays costs 17 microseconds at each call from Python, this 0.7.
        Kernels read its fields by name; Python keeps the arrays elsewhere.
        """

    structref.define_boxing(StateType, State)

    @_cached
    def _bundle(tables: Tables) -> Tables:
        return State(*tables)

    def define_state(fields: Sequence[str]) -> None:
        """Fix the names of the arrays in a `State`, once, in order."""
        structref.define_constructor(State, StateType, list(fields))

    def make_state(tables: tuple[Any, ...]) -> Tables:
        """Bundle arrays, in the order of `define_state`."""
        return _bundle(tables)

else:
    _FIELDS: list[str] = []

    class _Row(np.void):  # type: ignore[misc]
        """A row whose fields are its attributes, as in compiled code.

        numpy's own records have theirs hidden by methods of the same name: ``item``.
        """

        def __getattribute__(self, name: str) -> Any:  # noqa: ANN401
            fields = np.void.__getattribute__(self, "dtype").fields
            return self[name] if name in fields else super().__getattribute__(name)

        def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401
            self[name] = value

    class State:  # type: ignore[no-redef]
        """The same for plain Python: an object with the arrays as attributes."""

    def define_state(fields: Sequence[str]) -> None:
        """Fix the names of the arrays in a `State`, once, in order."""
        _FIELDS[:] = fields

    def make_state(tables: tuple[Any, ...]) -> Tables:
        """Bundle arrays, in the order of `define_state`."""
        state = State()
        for field, table in zip(_FIELDS, tables, strict=True):
            if table.dtype.names is not None:
                table = table.view(np.dtype((_Row, table.dtype)))
            setattr(state, field, table)
        return state
