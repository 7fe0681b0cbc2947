"""The modules that programs can import.

Programs get copies that hold a module's public names and nothing else. Python's own
modules keep the modules that they import as attributes, so the originals would hand out
the whole interpreter (``dataclasses.sys``, ``json.codecs.open``). What depends on the
clock or on the system's random numbers is replaced, so that a program does the same in
each run.
"""

import importlib
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any, Final, NoReturn

from fle_marl.programs.guard import SafeFormatter

__all__ = [
    "COMPILER_MODULE",
    "IMPORTABLE_MODULES",
    "load_lazy_modules",
    "make_importer",
]

IMPORTABLE_MODULES: Final = (
    "bisect",
    "collections",
    "collections.abc",
    "copy",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "heapq",
    "itertools",
    "json",
    "math",
    "random",
    "re",
    "statistics",
    "string",
    "typing",
)
COMPILER_MODULE: Final = "__future__"
_LAZY: Final = (
    *("_strptime", "calendar", "decimal", "difflib", "fractions", "inspect", "locale"),
    *("numbers", "types", "unicodedata", "weakref", "encodings.ascii"),
    *("encodings.latin_1", "encodings.utf_8", "encodings.unicode_escape"),
)
"""What Python's own modules and its compiler import only when they need it."""

Importer = Callable[..., ModuleType]


def load_lazy_modules() -> None:
    """Import all that programs can make Python import, before there are no files."""
    for name in (*IMPORTABLE_MODULES, COMPILER_MODULE, *_LAZY):
        importlib.import_module(name)


def make_importer(seed: str) -> Importer:
    """What stands for ``__import__`` in programs.

    Args:
        seed: of the module ``random``, and of generators that are given no seed.

    Returns:
        A function with the signature of ``__import__`` that raises ImportError for all
        but `IMPORTABLE_MODULES`.
    """
    shelf: dict[str, ModuleType] = {}

    def import_module(
        name: str,
        _globals: Mapping[str, object] | None = None,
        _locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if level or name not in (*IMPORTABLE_MODULES, COMPILER_MODULE):
            raise ImportError(
                f"programs cannot import {name!r}; allowed are "
                f"{', '.join(IMPORTABLE_MODULES)}",
                name=name,
            )
        root = name.partition(".")[0]
        for needed in (root, name):
            if needed not in shelf:
                shelf[needed] = _copy_module(needed, seed)
        if name != root:
            setattr(shelf[root], name.rpartition(".")[2], shelf[name])
        return shelf[name] if fromlist else shelf[root]

    return import_module


def _copy_module(name: str, seed: str) -> ModuleType:
    original = importlib.import_module(name)
    public: Iterable[str] = getattr(original, "__all__", None) or [
        key
        for key, value in vars(original).items()
        if not key.startswith("_") and not isinstance(value, ModuleType)
    ]
    copy = ModuleType(name, original.__doc__)
    names = {key: getattr(original, key) for key in public}
    if name == "random":
        names = _seeded(names, seed)
    if name == "datetime":
        names |= _without_clock(original)
    if name == "string":
        names["Formatter"] = SafeFormatter
    vars(copy).update(names)
    vars(copy)["__all__"] = sorted(names)
    return copy


def _seeded(names: dict[str, Any], seed: str) -> dict[str, Any]:
    """The module ``random`` on a generator that never asks the system for a seed."""

    class Random(random.Random):
        def seed(self, a: Any = None, version: int = 2) -> None:  # noqa: ANN401 - as in random
            super().seed(seed if a is None else a, version)

    shared = Random()
    bound = {
        name: getattr(shared, name)
        for name, value in names.items()
        if callable(value) and hasattr(shared, name)
    }
    return {**bound, "Random": Random}


def _without_clock(original: ModuleType) -> dict[str, Any]:
    """``datetime`` and ``date`` that do not know what time it is outside the game."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise RuntimeError("programs have no clock; game time passes with tools")

    clocks = dict.fromkeys(("now", "utcnow", "today"), staticmethod(refuse))
    return {
        name: type(name, (getattr(original, name),), dict(clocks))
        for name in ("date", "datetime")
    }
