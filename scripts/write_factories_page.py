#!/usr/bin/env python3
"""Write docs/factories.md: a factory that reaches the quota for each lab-play task.

Everything is measured on the way, which takes about half a minute.

Usage::

    python scripts/write_factories_page.py
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fle_marl.evaluation.reference.building import excess
from fle_marl.evaluation.reference.drawing import draw
from fle_marl.evaluation.reference.format import Factory, factory_keys, read_factory
from fle_marl.evaluation.reference.judging import judge
from fle_marl.tasks import get_task

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/factories.md"

HEAD = """\
# Reference factories

<!-- Written by scripts/write_factories_page.py; do not edit. -->

For each lab-play task a factory that reaches its quota in the embedded simulator, and a
sibling without one of its parts that does not. They are data in
`fle_marl/evaluation/reference/factories`; `pytest
tests/conformance/test_reference_factories.py` builds them on the task's map, entity by
entity as a player may place them, and judges them as the task does: its settling time,
then its hold-out, in which is counted. A factory whose first goods are still on their
way then is judged after so many **steps** in which nobody does anything.

Most are built of what one agent of the task starts with; where that is not enough, the
page says why and what is placed beyond it. Coal is put in by hand at the start.

In the drawings stretches in which nothing changes are one tile long, and electric poles
are left out.
"""


@dataclass(frozen=True)
class Measured:
    """What a factory and its sibling make in the hold-outs of its steps."""

    rates: tuple[float, ...]
    sibling_rates: tuple[float, ...]


def measure(key: str) -> Measured:
    """Run a factory and its sibling."""
    factory, task = read_factory(key), get_task(key)
    return Measured(
        *(
            tuple(each.measured for each in judge(task, entities, factory.steps))
            for entities in (factory.entities(), factory.sibling_entities())
        )
    )


def page(measured: Mapping[str, Measured]) -> str:
    """The whole page."""
    parts = [HEAD, *_overview(measured)]
    for key, each in measured.items():
        parts += _section(key, read_factory(key), each)
    return "\n".join(parts) + "\n"


def _overview(measured: Mapping[str, Measured]) -> Iterator[str]:
    yield "| task | quota | reached | in step | sibling | entities | built of |"
    yield "|---|---|---|---|---|---|---|"
    for key, each in measured.items():
        factory = read_factory(key)
        built_of = "placed entities" if factory.placed else "own inventory"
        yield (
            f"| [{key}](#{key}) | {get_task(key).condition.quota} | {each.rates[-1]:g} "
            f"| {factory.steps} | {each.sibling_rates[-1]:g} "
            f"| {len(factory.entities())} | {built_of} |"
        )
    yield ""


def _section(key: str, factory: Factory, measured: Measured) -> Iterator[str]:
    yield f"## {key}\n"
    yield f"{factory.how}\n"
    rates = ", ".join(f"{rate:g}" for rate in measured.rates)
    yield f"Made in the hold-outs of its steps: {rates}.\n"
    lacking = factory.sibling
    yield (
        f"The sibling lacks {len(lacking.at)} {lacking.name}: {lacking.why} It makes "
        f"{measured.sibling_rates[-1]:g}.\n"
    )
    if factory.placed:
        beyond = excess(factory, get_task(key).scenario["inventory"])
        yield f"Beyond the starting inventory: {_list(beyond)}. {factory.placed}\n"
    yield f"Parts: {_list(factory.items())}.\n"
    yield f"```text\n{draw(factory.entities())}\n```\n"


def _list(items: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(items.items()))


def main() -> int:
    """Write the page."""
    measured = {key: measure(key) for key in factory_keys()}
    PAGE.write_text(page(measured), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(measured)} factories")
    return 0


if __name__ == "__main__":
    sys.exit(main())
