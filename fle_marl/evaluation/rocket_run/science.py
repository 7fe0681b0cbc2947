"""Science: packs, the laboratories that take them, and what is researched when."""

from typing import Final

from fle_marl.evaluation.rocket_run.works import Works
from fle_marl.lua.types import Prototype, prototype_by_name

__all__ = ["assemble_science", "first_research", "research_by_hand"]

_BATCH: Final = 50
"""Packs that are made at once: their materials fit into an inventory many times."""
_LABS: Final = 4
_LOOK_SECONDS: Final = 30.0
_MOST_LOOKS: Final = 1000

_ORDER: Final = (
    "logistics",
    "logistic-science-pack",
    "steel-processing",
    "electronics",
    "automation-2",
    "fluid-handling",
    "advanced-material-processing",
    "engine",
    "oil-processing",
    "railway",
    "logistics-2",
    "concrete",
)
"""What takes red and green packs only, oil before the rest."""


def first_research(works: Works) -> None:
    """One laboratory, packs by hand, and automation."""
    works.add(Prototype.Lab)
    research(works, "automation")


def assemble_science(works: Works) -> None:
    """The first assembling machine, and more laboratories."""
    works.add_assembler(Prototype.IronGearWheel)
    while len(works.labs) < _LABS:
        works.add(Prototype.Lab)


def research_by_hand(works: Works) -> None:
    """Everything that red and green packs give."""
    for technology in _ORDER:
        research(works, technology)


def research(works: Works, technology: str) -> None:
    """Make the packs of a technology batch by batch, and wait until it is known."""
    player = works.base.player
    needed = player.set_research(technology)
    while needed:
        batch = {
            prototype_by_name[part.name]: min(int(part.count), _BATCH) for part in needed
        }
        for pack, count in batch.items():
            works.make(pack, count)
            player.reach(f"first {pack.value[0]}")
        _feed(works, batch)
        _wait_for_labs(works, technology, batch)
        needed = player.get_research_progress(technology)
    player.reach(technology)


def _feed(works: Works, batch: dict[Prototype, int]) -> None:
    player = works.base.player
    works.refuel()
    for place, lab in enumerate(works.labs):
        player.go(lab.position)
        for pack, count in batch.items():
            share = count // len(works.labs) + (place < count % len(works.labs))
            player.give(pack, lab, share)


def _wait_for_labs(works: Works, technology: str, batch: dict[Prototype, int]) -> None:
    """Wait until the labs have used up what they were given."""
    player = works.base.player
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
