"""Events about what became of the world: research, and chunks made and charted.

What scripts were told last is compared with what there is now, after everything that
may change it: a call of a script, in which events are raised at once, and each tick in
which something may happen. It costs nothing while nobody listens.

Chunks and research of before a script listens are not told. The game's scripts hear of
the chunks that a map begins with; here maps are made before scripts are there, which is
a choice.

Source: runtime API, on_chunk_generated, on_chunk_charted ("charted or re-charted"),
on_sector_scanned, on_research_started, on_research_finished,
on_research_reversed, on_research_cancelled, on_force_reset,
on_technology_effects_reset. That research counts as cancelled that leaves the queue for
whatever reason but having been finished, and that ``last_research`` is what was
researched just before, are choices.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.actions.research import queued_research
from fle_marl.sim.components import (
    CHUNK_TILES,
    DIRECTORY_CHUNKS,
    FORCE_PLAYER,
    TABLE_INDEX,
)
from fle_marl.sim.systems.radar import CHARACTER_CHART_TICKS

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["OF_CHARTS", "WATCHED", "WorldWatch", "watched"]

WATCHED: Final = frozenset(
    {
        "on_chunk_generated",
        "on_chunk_charted",
        "on_sector_scanned",
        "on_research_started",
        "on_research_finished",
        "on_research_reversed",
        "on_research_cancelled",
        "on_force_reset",
        "on_technology_effects_reset",
    }
)
"""Names of the events that are raised here."""

OF_CHARTS: Final = frozenset({"on_chunk_charted", "on_sector_scanned"})
"""Those of them that are about charts."""

_HALF: Final = DIRECTORY_CHUNKS // 2
_NEVER: Final = -1

Happened = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Known:
    """What scripts know of.

    Attributes:
        queue: technologies of the research queue.
        levels: int64, by technology: its level, and one more for being researched.
        chunks: how many there are.
        charted: int64, by row of ``chunk_chart``: tick in which it was charted last, or
            `_NEVER`.
        scans: how many sectors a radar has scanned, by its handle.
    """

    queue: tuple[int, ...]
    levels: NDArray[np.int64]
    chunks: int
    charted: NDArray[np.int64]
    scans: Mapping[int, int]


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
            self._charted(),
            {handle: int(radar["scanned_sectors"]) for handle, radar in self._radars()},
        )

    def _charted(self) -> NDArray[np.int64]:
        chart = self._api.world.tables["chunk_chart"][: self._api.world.chunk_count + 1]
        return np.where(chart["is_charted"], chart["charted_tick"], _NEVER)

    def _radars(self) -> Iterator[tuple[int, Any]]:
        """Handle and row of each radar."""
        world = self._api.world
        for radar in world.tables["radar"][: world.count[TABLE_INDEX["radar"]]]:
            if radar["entity"] > 0:
                yield self._api.handle(int(radar["entity"])), radar

    @property
    def is_researching(self) -> bool:
        """Whether research may end by itself."""
        return bool(self._api.world.tables["force"]["research_queue"][FORCE_PLAYER, 0])

    def ticks_until_charting(self) -> int:
        """Ticks that may pass at once without a chart being told of too late."""
        if any(self._radars()):
            return 1
        # characters look around in the first tick of so many
        tick = self._api.world.tick
        return CHARACTER_CHART_TICKS - (tick - 1) % CHARACTER_CHART_TICKS

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
            *self._charting(before, now),
            *self._scanning(before),
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
        place = self._place_and_area(*self._place_of(row))
        return "on_chunk_generated", {
            **place,
            "surface": self._api.object("LuaSurface", 1),
        }

    def _place_of(self, chunk: int) -> tuple[int, int]:
        index = self._api.world.chunk_index.reshape(-1)
        place = int(np.flatnonzero(index == chunk)[0])
        down, across = divmod(place, DIRECTORY_CHUNKS)
        return across - _HALF, down - _HALF

    def _place_and_area(self, x: int, y: int) -> dict[str, Any]:
        left, top = x * CHUNK_TILES, y * CHUNK_TILES
        return {
            "position": self._api.position(x, y),
            "area": self._api.box(left, top, left + CHUNK_TILES, top + CHUNK_TILES),
        }

    def _charting(self, before: _Known, now: _Known) -> Iterator[Happened]:
        known = np.full(len(now.charted), _NEVER)
        known[: len(before.charted)] = before.charted
        for row in np.flatnonzero(now.charted > known).tolist():
            yield (
                "on_chunk_charted",
                {
                    "surface_index": 1,
                    **self._place_and_area(*self._place_of(row - 1)),
                    "force": self._api.object("LuaForce", FORCE_PLAYER),
                },
            )

    def _scanning(self, before: _Known) -> Iterator[Happened]:
        for handle, radar in self._radars():
            if int(radar["scanned_sectors"]) > before.scans.get(handle, 0):
                place = self._place_and_area(
                    int(radar["scanned_x"]), int(radar["scanned_y"])
                )
                yield (
                    "on_sector_scanned",
                    {
                        "radar": self._api.object("LuaEntity", handle),
                        "chunk_position": place["position"],
                        "area": place["area"],
                    },
                )


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
