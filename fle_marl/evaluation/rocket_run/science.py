"""Science: packs, the laboratories that take them, and what is researched when."""

from typing import Final

from fle_marl.evaluation.rocket_run.works import Works
from fle_marl.lua.types import Prototype, prototype_by_name
from fle_marl.prototypes import load

__all__ = [
    "RED_AND_GREEN",
    "assemble_science",
    "first_research",
    "research_with",
    "way_to",
]

_BATCH: Final = 50
"""Packs that are made at once: their materials fit into an inventory many times."""
_LABS: Final = 6
_MACHINES: Final = 8
_FURNACES: Final = 8
_LOOK_SECONDS: Final = 30.0
_MOST_LOOKS: Final = 1000

_GOAL: Final = "rocket-silo"
RED_AND_GREEN: Final = frozenset({"automation-science-pack", "logistic-science-pack"})


def way_to(goal: str) -> list[str]:
    """Technologies that a goal needs, itself last, each after what it needs."""
    way: list[str] = []

    def add(name: str) -> None:
        if name not in way:
            for before in load().technologies[name].prerequisites:
                add(before)
            way.append(name)

    add(goal)
    return way


def first_research(works: Works) -> None:
    """One laboratory, packs by hand, and automation."""
    works.add_lab()
    research(works, "automation")


def assemble_science(works: Works) -> None:
    """The first assembling machines, more laboratories, and furnaces for steel."""
    for _ in range(_MACHINES):
        works.add_machine()
    while len(works.labs) < _LABS:
        works.add_lab()
    works.add_power()
    for _ in range(_FURNACES):
        works.add_furnace()


def research_with(works: Works, packs: frozenset[str]) -> None:
    """Everything on the way to the rocket that takes no other packs than these."""
    for technology in way_to(_GOAL):
        needed = {part.name for part in load().technologies[technology].ingredients}
        if needed <= packs and works.player.get_research_progress(technology):
            research(works, technology)


def research(works: Works, technology: str) -> None:
    """Make the packs of a technology batch by batch, and wait until it is known."""
    player = works.player
    needed = player.set_research(technology)
    while needed:
        batch = {
            prototype_by_name[part.name]: min(int(part.count), _BATCH)
            for part in needed
        }
        for pack, count in batch.items():
            works.make(pack, count)
            player.reach(f"first {pack.value[0]}")
        _feed(works, batch)
        _wait_for_labs(works, technology, batch)
        needed = player.get_research_progress(technology)
    player.reach(technology)


def _feed(works: Works, batch: dict[Prototype, int]) -> None:
    player = works.player
    works.refuel()
    for place, lab in enumerate(works.labs):
        player.go(lab.position)
        for pack, count in batch.items():
            share = count // len(works.labs) + (place < count % len(works.labs))
            player.give(pack, lab, share)


def _wait_for_labs(works: Works, technology: str, batch: dict[Prototype, int]) -> None:
    """Wait until the labs have used up what they were given."""
    player = works.player
    for _ in range(_MOST_LOOKS):
        if not player.get_research_progress(technology):
            return
        labs = [player.get_entity(Prototype.Lab, lab.position) for lab in works.labs]
        if all(lab.lab_input[pack] == 0 for lab in labs for pack in batch):
            # the last pack of each lab is still being used up
            player.wait(_LOOK_SECONDS)
            return
        works.refuel()
        player.wait(_LOOK_SECONDS)
    raise RuntimeError(f"the labs stand still at {technology}: {labs}")
