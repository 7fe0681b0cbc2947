"""Events about what became of the world: research, and chunks that came to be.

What scripts were told last is compared with what there is now, after everything that
may change it: a call of a script, in which events are raised at once, and each tick in
which something may happen. It costs nothing while nobody listens.

Chunks and research of before a script listens are not told. The game's scripts hear of
the chunks that a map begins with; here maps are made before scripts are there, which is
a choice.

Source: runtime API, on_chunk_generated, on_research_started, on_research_finished,
on_research_reversed, on_research_cancelled, on_force_reset,
on_technology_effects_reset. That research counts as cancelled that leaves the queue for
whatever reason but having been finished, and that ``last_research`` is what was
researched just before, are choices.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.actions.research import queued_research
from fle_marl.sim.components import CHUNK_TILES, DIRECTORY_CHUNKS, FORCE_PLAYER

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["WATCHED", "WorldWatch", "watched"]

WATCHED: Final = frozenset(
    {
        "on_chunk_generated",
        "on_research_started",
        "on_research_finished",
        "on_research_reversed",
        "on_research_cancelled",
        "on_force_reset",
        "on_technology_effects_reset",
    }
)
"""Names of the events that are raised here."""

_HALF: Final = DIRECTORY_CHUNKS // 2

Happened = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What scripts know of.

    Attributes:
        queue: technologies of the research queue.
        levels: int64, by technology: its level, and one more for being researched.
        chunks: how many there are.
    """

    queue: tuple[int, ...]
    levels: NDArray[np.int64]
    chunks: int


class WorldWatch:
    """Finds what has happened since it last looked."""

    def __init__(self, api: "LuaApi") -> None:
        self._api = api
        self._known: _Known | None = None

    def look(self) -> None:
        """Take what there is now as known."""
        self._known = self._seen()

    def _seen(self) -> _Known:
        world = self._api.world
        record = world.tables["force_technology"]
        return _Known(
            tuple(technology.id for technology in queued_research(world)),
            record["level"].astype(np.int64) + record["researched"],
            world.chunk_count,
        )

    @property
    def is_researching(self) -> bool:
        """Whether research may end by itself."""
        return bool(self._api.world.tables["force"]["research_queue"][FORCE_PLAYER, 0])

    def happened(self, *, by_script: bool) -> list[Happened]:
        """Events since the last look, in the order in which they are raised."""
        before = self._known
        now = self._seen()
        # before anything is told: what handlers change is told by itself
        self._known = now
        if before is None:
            return []
        return [
            *self._research(before, now, by_script=by_script),
            *(self._chunk(row) for row in range(before.chunks, now.chunks)),
        ]

    def _research(
        self, before: _Known, now: _Known, *, by_script: bool
    ) -> list[Happened]:
        told: list[Happened] = []
        finished = np.flatnonzero(now.levels > before.levels).tolist()
        reversed_ = np.flatnonzero(now.levels < before.levels).tolist()
        for name, numbers in (
            ("on_research_finished", finished),
            ("on_research_reversed", reversed_),
        ):
            for number in numbers:
                research = self._api.object("LuaTechnology", number)
                told.append((name, {"research": research, "by_script": by_script}))
        technologies = self._api.prototypes.technologies
        cancelled = [
            number
            for number in before.queue
            if number not in now.queue and number not in finished
        ]
        if cancelled:
            counts = {technologies.by_id(number).name: 1 for number in cancelled}
            force = self._api.object("LuaForce", FORCE_PLAYER)
            data = {"force": force, "research": self._api.table(counts)}
            told.append(("on_research_cancelled", data))
        current, last = now.queue[:1], before.queue[:1]
        if current and (current != last or current[0] in finished):
            data = {"research": self._api.object("LuaTechnology", current[0])}
            if last:
                data["last_research"] = self._api.object("LuaTechnology", last[0])
            told.append(("on_research_started", data))
        return told

    def _chunk(self, row: int) -> Happened:
        place = int(np.flatnonzero(self._api.world.chunk_index.reshape(-1) == row)[0])
        down, across = divmod(place, DIRECTORY_CHUNKS)
        x, y = across - _HALF, down - _HALF
        left, top = x * CHUNK_TILES, y * CHUNK_TILES
        return "on_chunk_generated", {
            "position": self._api.position(x, y),
            "area": self._api.box(left, top, left + CHUNK_TILES, top + CHUNK_TILES),
            "surface": self._api.object("LuaSurface", 1),
        }


Member = Callable[..., Any]


def watched(members: Mapping[str, Member]) -> dict[str, Member]:
    """Members of a class that tell what they have changed before they return."""
    return {name: _telling(member) for name, member in members.items()}


def _telling(member: Member) -> Member:
    @wraps(member)
    def told(api: "LuaApi", *arguments: object) -> object:
        answer = member(api, *arguments)
        api.events.tell_changes(by_script=True)
        return answer

    return told
