"""Checks that the items and fluids that a task names are Factorio's."""

from collections.abc import Iterable, Iterator, Mapping

from fle_marl.errors import TaskError
from fle_marl.prototypes import load
from fle_marl.tasks.file_format import (
    StartFile,
    TaskConfig,
    ThroughputConfig,
    UnboundedThroughputConfig,
)
from fle_marl.tasks.reasons import did_you_mean

__all__ = ["check_names"]


def check_names(config: TaskConfig, start: StartFile) -> None:
    """Check every name of a task and of its start.

    Raises:
        TaskError: `bad-task`; the message has every name that the game does not have.
    """
    problems = list(_unknown_names(config, start))
    if problems:
        raise TaskError("; ".join(problems))


def _unknown_names(config: TaskConfig, start: StartFile) -> Iterator[str]:
    prototypes = load()
    if isinstance(config, ThroughputConfig | UnboundedThroughputConfig):
        known = [*prototypes.items, *prototypes.fluids]
        yield from _unknown(
            "config.throughput_entity", [config.throughput_entity], known
        )
    inventories: Mapping[str, Iterable[str]] = {
        "config.starting_inventory": config.starting_inventory or (),
        "the inventory of its start": start.inventory,
    }
    for where, names in inventories.items():
        yield from _unknown(where, names, prototypes.items)


def _unknown(where: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    have = set(known)
    for name in names:
        if name not in have:
            yield f"{where}: the game has no {name!r}{did_you_mean(name, have)}"
