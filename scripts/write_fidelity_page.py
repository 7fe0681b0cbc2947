#!/usr/bin/env python3
"""Write docs/fidelity.md: where the simulator agrees with the game, and where not.

The page is the table of all conformance cases; the JSON schema of their format,
tests/conformance/case_schema.json, is written along with it.

Usage::

    python scripts/write_fidelity_page.py
"""

import json
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests/conformance"
PAGE = ROOT / "docs/fidelity.md"
SCHEMA = FOLDER / "case_schema.json"

# the format of cases is the tests' own; it is not part of the package
sys.path.insert(0, str(ROOT))
from tests.conformance.case import Case, read_cases, schema_text  # noqa: E402

HEAD = """\
# Fidelity

<!-- Written by scripts/write_fidelity_page.py; do not edit. -->

What the embedded simulator was held against, case by case. A **case** builds something,
lets ticks pass and says what must be found then; the figures come from prototypes,
from documents or from recordings of the game, never from the simulator. All cases are
data in `tests/conformance/cases`, and `pytest tests/conformance` runs them.

* **agrees**: the simulator does what the source says.
* **gap**: it is known not to. The case runs all the same, and fails once the gap is
  closed, so that this page cannot fall behind.
"""


def page() -> str:
    """The whole page."""
    cases = list(read_cases())
    systems = [
        (name, [case for _, case in group])
        for name, group in groupby(cases, key=lambda each: each[0])
    ]
    parts = [
        HEAD,
        _overview(systems),
        _gaps([case for _, case in cases if case.xfail]),
        *(_section(name, group) for name, group in systems),
        _prototype_figures(),
    ]
    return "\n".join(parts)


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _link(name: str) -> str:
    return f"[{_title(name)}](#{name.replace('_', '-')})"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(map(_cell, line))} |" for line in lines]


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|")


def _overview(systems: Sequence[tuple[str, list[Case]]]) -> str:
    rows = [
        (_link(name), len(group), sum(1 for case in group if case.xfail) or "")
        for name, group in systems
    ]
    total = sum(len(group) for _, group in systems)
    gaps = sum(1 for _, group in systems for case in group if case.xfail)
    figures = len(_figures())
    count = (
        f"{total} cases: {total - gaps} agree, {gaps} are known gaps. Besides, "
        f"{figures} figures of prototypes agree.\n"
    )
    return "\n".join([count, *_table(("system", "cases", "gaps"), rows), ""])


def _gaps(cases: Sequence[Case]) -> str:
    lines = [f"* `{case.id}`: {case.xfail}" for case in cases]
    return "\n".join(["## Known gaps", "", *(lines or ["None."]), ""])


def _section(name: str, cases: Sequence[Case]) -> str:
    rows = [
        (
            f"`{case.id}`",
            case.shows,
            case.source,
            f"gap: {case.xfail}" if case.xfail else "agrees",
        )
        for case in cases
    ]
    table = _table(("case", "shows", "source", "state"), rows)
    return "\n".join([f"## {_title(name)}", "", *table, ""])


def _figures() -> list[dict[str, Any]]:
    text = (FOLDER / "prototype_figures.json").read_text(encoding="utf-8")
    figures: list[dict[str, Any]] = json.loads(text)["figures"]
    return figures


def _prototype_figures() -> str:
    rows = [
        (f"`{each['id']}`", f"{each['equals']} {each['unit']}".strip(), each["source"])
        for each in _figures()
    ]
    table = _table(("figure", "value", "source"), rows)
    return "\n".join(["## Prototype figures", "", *table, ""])


def main() -> None:
    """Write the page and the schema."""
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(schema_text(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}, {SCHEMA.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
