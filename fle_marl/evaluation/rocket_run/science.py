"""Science: packs, the laboratories that take them, and what is researched when."""

from typing import Final

from fle_marl.evaluation.rocket_run.player import Item, item_named, name_of
from fle_marl.evaluation.rocket_run.works import Works
from fle_marl.lua.types import Prototype
from fle_marl.prototypes import load

__all__ = [
    "RED_AND_GREEN",
    "assemble_science",
    "first_research",
    "grow",
    "open_mines",
    "research_with",
    "way_to",
]

_BATCH: Final = 100
"""Packs that are made at once: their materials fit into an inventory many times."""
_LABS: Final = 6
_MACHINES: Final = 8
_FURNACES: Final = 8
_FIRST_MINES: Final = (
    (Prototype.IronPlate, 3),
    (Prototype.Coal, 2),
    (Prototype.CopperPlate, 3),
    (Prototype.Stone, 1),
    (Prototype.IronPlate, 3),
)
_MORE_MINES: Final = (
    (Prototype.SteelPlate, 4),
    (Prototype.StoneBrick, 1),
    (Prototype.IronPlate, 6),
    (Prototype.CopperPlate, 6),
    (Prototype.Coal, 3),
    (Prototype.SteelPlate, 4),
)
_MORE_BOILERS: Final = 4
_FAST_MACHINES: Final = 16
_MORE_LABS: Final = 12
_CHEST_COAL: Final = 600
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
    works.labs += works.add(Prototype.Lab)
    research(works, "automation")


def assemble_science(works: Works) -> None:
    """The first assembling machines, and more laboratories."""
    works.bank.machines += works.add(Prototype.AssemblingMachine1, _MACHINES)
    works.labs += works.add(Prototype.Lab, _LABS - len(works.labs))
    works.smelter.furnaces += works.add(Prototype.StoneFurnace, _FURNACES)


def open_mines(works: Works) -> None:
    """Electric drills, which give more than all burner cells, instead of those."""
    _add_mines(works, _FIRST_MINES)
    works.base.take_up_burner_cells()
    works.player.reach("mines")


def grow(works: Works) -> None:
    """Steel furnaces and faster machines, and more of everything."""
    for technology in ("advanced-material-processing", "automation-2"):
        for name in way_to(technology):
            if works.player.get_research_progress(name):
                research(works, name)
    works.add_power(_MORE_BOILERS)
    works.chest_coal = _CHEST_COAL
    _add_mines(works, _MORE_MINES)
    works.upgrade_machines(_FAST_MACHINES)
    works.labs += works.add(Prototype.Lab, _MORE_LABS - len(works.labs))
    works.player.reach("works")


def _add_mines(works: Works, mines: tuple[tuple[Prototype, int], ...]) -> None:
    for product, count in mines:
        for _ in range(count):
            works.add_mine(product)


def research_with(works: Works, packs: frozenset[str]) -> None:
    """Everything on the way to the rocket that takes no other packs than these."""
    for technology in way_to(_GOAL):
        needed = {part.name for part in load().technologies[technology].ingredients}
        if needed <= packs and works.player.get_research_progress(technology):
            research(works, technology)


def research(works: Works, technology: str) -> None:
    """Make the packs of a technology batch by batch until it is known.

    Laboratories work on a batch while the next is made.
    """
    player = works.player
    needed = player.set_research(technology)
    while needed:
        left = {item_named(part.name): int(part.count) for part in needed}
        while any(left.values()):
            batch = {pack: min(count, _BATCH) for pack, count in left.items()}
            for pack, count in batch.items():
                works.make(pack, count)
                player.reach(f"first {name_of(pack)}")
            _feed(works, batch)
            left = {pack: count - batch[pack] for pack, count in left.items()}
        _wait_for_labs(works, technology)
        needed = player.get_research_progress(technology)
    player.reach(technology)


def _feed(works: Works, batch: dict[Item, int]) -> None:
    player = works.player
    works.refuel()
    for place, lab in enumerate(works.labs):
        player.go(lab.position)
        for pack, count in batch.items():
            share = count // len(works.labs) + (place < count % len(works.labs))
            player.give(pack, lab, share)


def _wait_for_labs(works: Works, technology: str) -> None:
    """Wait until the labs have used up what they were given."""
    player = works.player
    for _ in range(_MOST_LOOKS):
        needed = player.get_research_progress(technology)
        if not needed:
            return
        labs = [player.get_entity(Prototype.Lab, lab.position) for lab in works.labs]
        if not any(lab.lab_input[part.name] for lab in labs for part in needed):
            # the last pack of each lab is still being used up
            player.wait(_LOOK_SECONDS)
            return
        works.refuel()
        player.wait(_LOOK_SECONDS)
    raise RuntimeError(f"the labs stand still at {technology}: {labs}")
