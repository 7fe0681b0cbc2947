"""The whole run: its phases one after the other, on one fixed map."""

from collections.abc import Callable, Iterator
from typing import Final

from fle_marl.evaluation.rocket_run.base import Base
from fle_marl.evaluation.rocket_run.oil import OilField
from fle_marl.evaluation.rocket_run.player import Player
from fle_marl.evaluation.rocket_run.rocket import build_silo, fill_rocket, launch
from fle_marl.evaluation.rocket_run.science import (
    RED_AND_GREEN,
    assemble_science,
    first_research,
    grow,
    open_mines,
    research_with,
)
from fle_marl.evaluation.rocket_run.start import bare_hands, first_cells
from fle_marl.evaluation.rocket_run.timetable import Milestone, TimeTable
from fle_marl.evaluation.rocket_run.works import Works
from fle_marl.servers.embedded import EmbeddedServer

__all__ = ["PHASES", "SEED", "play"]

SEED: Final = 4
"""A map with oil near the start: 200 tiles east of it."""
SCENARIO: Final = {
    "name": "open-play",
    "map_gen_settings": "default",
    "inventory": {},
    "all_technologies_researched": False,
}
PHASES: Final = (
    "start",
    "cells",
    "power",
    "automation",
    "assembler",
    "mines",
    "works",
    "science",
    "oil",
    "chemical",
    "advanced oil",
    "production",
    "utility",
    "rocket-silo",
    "silo",
    "launch",
)


def play(
    server: EmbeddedServer,
    until: str = PHASES[-1],
    tell: Callable[[Milestone], None] = lambda _: None,
) -> TimeTable:
    """Reset a server to the run's map, and play up to the end of a phase.

    Args:
        server: is reset.
        until: the last phase, one of `PHASES`.
        tell: is called with each milestone.
    """
    server.reset(SCENARIO, agents=1, seed=SEED)
    player = Player(server, tell)
    phases = _phases(Base(player))
    for _ in range(PHASES.index(until) + 1):
        next(phases)
    return player.table


def _phases(base: Base) -> Iterator[None]:
    """Play phase after phase, each up to a yield, in the order of `PHASES`."""
    base.survey()
    bare_hands(base)
    yield
    first_cells(base)
    yield
    works = Works.at(base)
    works.add_power(1)
    yield
    first_research(works)
    yield
    assemble_science(works)
    yield
    open_mines(works)
    yield
    grow(works)
    yield
    research_with(works, RED_AND_GREEN)
    yield
    oil = OilField.find(works)
    oil.build()
    yield
    packs = RED_AND_GREEN | {"chemical-science-pack"}
    research_with(works, packs)
    yield
    oil.advance()
    yield
    research_with(works, packs | {"production-science-pack"})
    yield
    research_with(works, packs | {"utility-science-pack"})
    yield
    research_with(works, packs | {"production-science-pack", "utility-science-pack"})
    yield
    silo = build_silo(works)
    yield
    fill_rocket(works, silo)
    launch(works, silo)
    yield
