"""What the manuals say that calls cost, by what came of a call."""

import math
import re
from dataclasses import dataclass, field
from functools import cache

from fle_marl.lua.client import TOOLS_FOLDER, load_tools
from fle_marl.prototypes import load
from fle_marl.sim.world import World

from .snapshot import Thing

__all__ = ["LOOKING", "Deeds", "check_cost", "manual_cost"]

HANDLING_TICKS = 6
MINING_SPEED = 0.5
FORCE_PLAYER = 1


@cache
def manual_cost(tool: str) -> str:
    """The line of a tool's manual."""
    manual = (TOOLS_FOLDER / tool / "agent.md").read_text()
    found = re.search(r"^Cost: (.*)\.$", manual, re.MULTILINE)
    assert found, tool
    return found[1]


LOOKING = frozenset(name for name in load_tools() if manual_cost(name) == "none")
"""Tools that cost nothing."""


@dataclass
class Deeds:
    """What came of a call until it ended.

    Attributes:
        ticks: game time that it took.
        looks: how often it went on after a wait.
        built: what it placed.
        taken: what it took up.
        turned: how many it gave another direction, as the belts that it leads on.
        crafts: ticks of the crafts that it queued.
        moved: whether its character has moved meanwhile.
    """

    ticks: int = 0
    looks: int = 0
    built: list[Thing] = field(default_factory=list)
    taken: list[Thing] = field(default_factory=list)
    turned: int = 0
    crafts: int = 0
    moved: bool = False


def check_cost(
    world: World, tool: str, arguments: dict[str, object], deeds: Deeds, value: object
) -> None:
    """Compare the game time that a call took with its tool's manual."""
    told = manual_cost(tool)
    if told == "none":
        assert deeds.ticks == 0
    elif told == f"{HANDLING_TICKS} ticks":
        assert deeds.ticks == HANDLING_TICKS
    else:
        CHECKS[tool](world, arguments, deeds, value)


def _sleep(_world, arguments, deeds, _value):
    assert deeds.ticks == math.floor(arguments["seconds"] * 60 + 0.5)


def _craft(_world, _arguments, deeds, _value):
    assert deeds.ticks == deeds.crafts


def _mining_ticks(world: World, seconds: float) -> int:
    faster = float(world.tables["force"]["manual_mining_speed_modifier"][FORCE_PLAYER])
    return math.ceil(seconds / (MINING_SPEED * (1 + faster)) * 60)


def _taking(world: World, deeds: Deeds) -> int:
    if not deeds.taken:
        # a floor
        return _mining_ticks(world, load().tiles["concrete"].minable.mining_time)
    if any(each.prototype.type == "item-entity" for each in deeds.taken):
        return HANDLING_TICKS
    times = [each.prototype.minable.mining_time for each in deeds.taken]
    return sum(_mining_ticks(world, each) for each in times)


def _pick_up(world, arguments, deeds, _value):
    if arguments["walk"]:
        assert deeds.ticks >= _taking(world, deeds)
    else:
        assert deeds.ticks == _taking(world, deeds)


def _shift(world, _arguments, deeds, _value):
    assert deeds.ticks == _taking(world, deeds) + HANDLING_TICKS


def _connect(_world, arguments, deeds, _value):
    pieces = HANDLING_TICKS * (len(deeds.built) + deeds.turned)
    assert deeds.ticks >= pieces, (arguments, deeds)
    if arguments["dry_run"]:
        assert deeds.ticks == 0
    elif not deeds.moved and deeds.looks <= 1:
        assert deeds.ticks == pieces, (arguments, deeds)


def _harvest(world, _arguments, deeds, value):
    # ore takes its time one by one, a tree or rock once for all that is in it
    each = deeds.ticks - deeds.looks
    assert each >= 0
    if value == 0:
        return
    times = {load().entities[name].minable.mining_time for name in HARVESTED}
    assert any(each % _mining_ticks(world, time) == 0 for time in times)


HARVESTED = ("iron-ore", "tree-01", "rock-huge")


def _move(_world, _arguments, deeds, _value):
    assert deeds.moved or deeds.ticks <= deeds.looks + 1


CHECKS = {
    "connect_entities": _connect,
    "craft_item": _craft,
    "harvest_resource": _harvest,
    "move_to": _move,
    "pickup_entity": _pick_up,
    "shift_entity": _shift,
    "sleep": _sleep,
}
