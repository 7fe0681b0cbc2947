"""Runs groups of measurements and collects their rows.

A group is a module in `fle_marl.evaluation.benchmarks` with a function ``measure()``
that yields rows; it is found by its file, and its docstring says what it measures.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType

from fle_marl.errors import FleMarlError
from fle_marl.evaluation import benchmarks
from fle_marl.evaluation.rows import Row

__all__ = ["describe_groups", "group_names", "run_groups"]


def group_names() -> list[str]:
    """Names of all groups, in the order of the alphabet."""
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))


def describe_groups() -> dict[str, str]:
    """What each group measures, in one line."""
    return {
        name: (inspect.getdoc(_module(name)) or "").partition("\n")[0]
        for name in group_names()
    }


def run_groups(
    names: Sequence[str], on_row: Callable[[Row], None] | None = None
) -> list[Row]:
    """Run groups one after the other.

    Args:
        names: of groups; all when empty.
        on_row: called with each row as soon as it is measured.

    Raises:
        FleMarlError: `no-such-group`; nothing has been measured.
    """
    known = group_names()
    for name in names:
        if name not in known:
            raise FleMarlError(
                f"there is no group of measurements {name!r}; there are "
                f"{', '.join(known)}",
                code="no-such-group",
            )
    rows = []
    for row in _measure_all(names or known):
        rows.append(row)
        if on_row is not None:
            on_row(row)
    return rows


def _measure_all(names: Sequence[str]) -> Iterator[Row]:
    for name in names:
        yield from _module(name).measure()


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{benchmarks.__name__}.{name}")
