#!/usr/bin/env python3
"""Write docs/entities.md: what is simulated of each of the game's entities.

Usage::

    python scripts/write_entities_page.py
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.refusals import REFUSED, STANDING
from fle_marl.sim.schedule import system_of_kind
from fle_marl.sim.tables import kind_of

PAGE = Path(__file__).parents[1] / "docs/entities.md"

HEAD = """\
# Entities on the embedded simulator

<!-- Written by scripts/write_entities_page.py; do not edit. -->

Every entity prototype of Factorio 1.1.110 is one of these:

* **simulated**: it does what it does in the game, as far as [fidelity](fidelity.md)
  and what is known to be missing ([architecture](architecture.md)) say; the
  module of `fle_marl/sim/systems` that does it is named.
* **placeable only**: it can be placed, stands in the way, can be mined and holds what
  is put into it, and does nothing else.
* **refused**: placing it raises `NotSimulated` (code `not-simulated`), for agents'
  tools and for scripts. Its item can be crafted, carried and stored. So does
  connecting a red or a green wire.
"""

SIMULATED: Final = "simulated"
PLACEABLE: Final = "placeable only"
REFUSED_TITLE: Final = "refused"
_SIMPLE: Final = "simple"


def status(prototype: EntityPrototype) -> tuple[str, str]:
    """What is simulated of an entity, and by which system or why not."""
    if prototype.type in REFUSED:
        return REFUSED_TITLE, REFUSED[prototype.type]
    system = system_of_kind(kind_of(prototype))
    if system is not None and system.name != _SIMPLE:
        return SIMULATED, f"`{system.name}`"
    if prototype.type in STANDING:
        return SIMULATED, "stands, and holds what is put into it"
    return PLACEABLE, "its behaviour is missing"


def page() -> str:
    """The whole page."""
    groups: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for prototype in load().entities.values():
        title, why = status(prototype)
        groups[title][prototype.type, why].append(prototype.name)
    titles = (SIMULATED, PLACEABLE, REFUSED_TITLE)
    counts = [
        f"| [{title}](#{title.replace(' ', '-')}) | {_total(groups[title])} |"
        for title in titles
    ]
    return "\n".join(
        [
            HEAD,
            "| | entities |",
            "|---|--:|",
            *counts,
            *(line for title in titles for line in _section(title, groups[title])),
            "",
        ]
    )


def _total(group: dict[tuple[str, str], list[str]]) -> int:
    return sum(map(len, group.values()))


def _section(title: str, group: dict[tuple[str, str], list[str]]) -> Iterable[str]:
    heading = "by" if title == SIMULATED else "why"
    yield ""
    yield f"## {title.capitalize()}"
    yield ""
    yield f"| type | {heading} | entities |"
    yield "|---|---|---|"
    for (kind, why), names in sorted(group.items()):
        listed = ", ".join(f"`{name}`" for name in sorted(names))
        yield f"| `{kind}` | {why} | {listed} |"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE}: {len(load().entities)} entities")


if __name__ == "__main__":
    main()
