"""Agents whose calls go on side by side, watched at every step by the laws."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from fle_marl.errors import SaveError, ToolError
from fle_marl.lua.client import load_tools
from fle_marl.lua.wire import ToolReply
from fle_marl.prototypes import load
from fle_marl.sim.actions.character import character_of_agent
from fle_marl.sim.actions.crafting import crafting_queue
from fle_marl.sim.integrity import check_arrays
from fle_marl.sim.schedule import refreshed
from fle_marl.testing.counting import CountedServer

from .costs import LOOKING, Deeds, check_cost
from .measures import (
    check_put_back,
    craft_ticks,
    fastest_ground,
    has_belts,
    ore_and_mined,
)
from .snapshot import Change, Place, Snapshot, Thing

__all__ = ["Crew", "Refused"]

TOOLS = load_tools()
CHARACTER = load().entities["character"]
BUILD_TILES = CHARACTER.number("build_distance")
REACH_TILES = CHARACTER.number("reach_distance")
RESOURCE_TILES = CHARACTER.number("reach_resource_distance")
WALK_TILES = CHARACTER.number("running_speed")
"""In a tick, on grass."""
BELT_TILES = 16 / 256
"""What a fast belt carries in a tick, the fastest that there is here."""
UNIT_TILES = 1 / 256
LONGEST_TICKS = 3600
"""A call may wait for ever, as for room in an inventory; steps end."""
TRIED = {
    ("rotate_entity", "not-rotatable"),
    ("set_entity_recipe", "would-mix-fluids"),
    ("shift_entity", "blocked"),
}
"""What the game lets nobody ask beforehand: it is tried, and put back if it fails. What
flows comes to life then, a craft that goes on begins anew, and what was in an entity is
in the inventory."""
STEP_ASIDE_TILES = 1.0
"""How far from the tiles of what is built somebody may be set who stood there."""


class Refused(Exception):  # noqa: N818 - as a word for what happened, not a fault
    """A tool refused; what it said is of no interest to the laws."""


class _Captured(Exception):  # noqa: N818 - it carries what a client would send
    def __init__(self, arguments: dict[str, object]) -> None:
        super().__init__()
        self.arguments = arguments


@dataclass
class Job:
    """A call that goes on."""

    tool: str
    arguments: dict[str, object]
    decode: Callable[[object], object]
    deeds: Deeds = field(default_factory=Deeds)


class Crew:
    """Lets agents call tools, as the scheduler does, and holds every step to the laws.

    A call begins when its agent is free, and goes on while others act.

    Args:
        server: with a world for so many agents.
        agents: how many.

    Attributes:
        done: tools that have done what was asked.
    """

    def __init__(self, server: CountedServer, agents: int) -> None:
        self.server = server
        self.done: set[str] = set()
        self._people = [
            character_of_agent(server.world, each + 1) for each in range(agents)
        ]
        self._jobs: list[Job | None] = [None] * agents
        self._clocks = [server.tick] * agents
        self._balance = server.balance()
        self._ore = ore_and_mined(server.world)
        self._last = self._look()

    def things_near(self, agent: int) -> list[Thing]:
        """What is built and what lies about, the nearest to an agent first."""
        place = self.place_of(agent)
        found = [
            each
            for each in self._last.things.values()
            if not each.is_natural and each.name != "character"
        ]
        return sorted(found, key=lambda each: (each.away_from(place), each.serial))

    def place_of(self, agent: int) -> Place:
        """Where an agent's character is."""
        return self._last.people[agent]

    def _look(self) -> Snapshot:
        return Snapshot(self.server.world, self._people)

    # --- what rules do

    def call(self, agent: int, tool: str, *args: Any, **more: Any) -> None:
        """Let an agent begin a call as soon as it is free.

        Raises:
            Refused: the tool refused, and nothing is another than before.
        """
        self.wait_for(agent)
        job = self._prepared(tool, args, more)
        before = self.server.state_hash()
        is_look = tool in LOOKING or bool(job.arguments.get("dry_run"))
        try:
            if is_look:
                reply = self.server.call(job.tool, agent, job.arguments)
            else:
                reply = self._serve(agent, job, is_first=True)
        except ToolError as error:
            is_same = self.server.state_hash() == before
            assert is_same or (tool, error.code) in TRIED, f"{tool} did and refused"
            raise Refused from None
        if is_look:
            assert self.server.state_hash() == before, f"{tool} did more than look"
        self._go_on(agent, job, reply)

    def cut_off(self, agent: int) -> None:
        """End what an agent is at, as at the end of a step."""
        if self._jobs[agent] is None:
            raise Refused
        with self._no_time() as found:
            self.server.cancel(agent)
        self._jobs[agent] = None
        change = found[0]
        assert not change.come and not change.gone
        assert all(each.name == "character" for each in change.other)

    def wait_for(self, agent: int) -> None:
        """Let time pass until an agent is free; what takes too long is cut off."""
        latest = self.server.tick + LONGEST_TICKS
        while self._jobs[agent] is not None or self._next_due() <= self._clocks[agent]:
            if self._next_due() > latest:
                self.cut_off(agent)
            else:
                self._resume_next()
        self._pass_to(self._clocks[agent])

    def pass_time(self, ticks: int) -> None:
        """Let time pass; calls that go on do so."""
        end = self.server.tick + ticks
        while self._next_due() <= end:
            self._resume_next()
        self._pass_to(end)

    def check_world(self) -> None:
        """Whether the world could be saved and loaded again."""
        try:
            check_arrays(refreshed(self.server.world).snapshot().arrays)
        except SaveError as error:
            raise AssertionError(f"the world is not sound: {error}") from error

    # --- calls

    def _next_due(self) -> float:
        """When the next call is to go on."""
        jobs = zip(self._jobs, self._clocks, strict=True)
        return min((clock for job, clock in jobs if job is not None), default=math.inf)

    def _resume_next(self) -> None:
        due = self._next_due()
        self._pass_to(int(due))
        self._resume(
            next(
                agent
                for agent, job in enumerate(self._jobs)
                if job is not None and self._clocks[agent] == due
            )
        )

    def _prepared(self, tool: str, args: Any, more: Any) -> Job:
        """The call that a tool's client would send."""

        def capture(_tool: str, arguments: dict[str, object]) -> object:
            raise _Captured(arguments)

        try:
            TOOLS[tool].bind(capture)(*args, **more)
        except ToolError:
            raise Refused from None
        except _Captured as sent:
            return Job(
                tool,
                sent.arguments,
                lambda value: TOOLS[tool].bind(lambda *_: value)(*args, **more),
            )
        raise AssertionError(f"{tool} calls nothing")

    def _resume(self, agent: int) -> None:
        job = self._jobs[agent]
        assert job is not None
        job.deeds.looks += 1
        try:
            reply = self._serve(agent, job, is_first=False)
        except ToolError:
            self._jobs[agent] = None
            return
        self._go_on(agent, job, reply)

    def _go_on(self, agent: int, job: Job, reply: ToolReply) -> None:
        ticks = max(reply.ticks, 1) if reply.pending else reply.ticks
        job.deeds.ticks += ticks
        self._clocks[agent] = self.server.tick + ticks
        self._jobs[agent] = job if reply.pending else None
        if not reply.pending:
            self.done.add(job.tool)
            check_cost(
                self.server.world, job.tool, job.arguments, job.deeds, reply.value
            )
            job.decode(reply.value)

    def _serve(self, agent: int, job: Job, *, is_first: bool) -> ToolReply:
        """A step of a call, and what may come of it."""
        refusal = None
        with self._no_time() as found:
            try:
                if is_first:
                    reply = self.server.call(job.tool, agent, job.arguments)
                else:
                    reply = self.server.resume(agent)
            except ToolError as error:
                refusal = error
        (change,) = found
        if refusal is not None:
            if (job.tool, refusal.code) in TRIED:
                check_put_back(change)
            else:
                assert change == Change([], [], []), f"{job.tool} did and refused"
            raise refusal
        self._check_reach(agent, change)
        self._note(agent, job, change, is_first=is_first)
        return reply

    def _note(self, agent: int, job: Job, change: Change, *, is_first: bool) -> None:
        deeds = job.deeds
        deeds.built += change.come
        deeds.taken += change.gone
        deeds.turned += sum(
            self._last.things[each.serial].direction != each.direction
            for each in change.other
        )
        if is_first and job.tool == "craft_item":
            queue = crafting_queue(self.server.world, self._people[agent])
            deeds.crafts = sum(craft_ticks(each.recipe) * each.count for each in queue)

    # --- laws

    @contextmanager
    def _no_time(self) -> Iterator[list[Change]]:
        """What is done in it takes no time: nothing but that is another afterwards."""
        found: list[Change] = []
        before = self._last
        yield found
        after = self._last = self._look()
        assert after.tick == before.tick
        found.append(before.changed_to(after))
        self._check_standing(before, after, found[0].come)
        self._check_items()

    def _check_items(self) -> None:
        balance = self.server.balance()
        names = balance.keys() | self._balance.keys()
        wrong = {
            name: balance.get(name, 0) - self._balance.get(name, 0)
            for name in sorted(names)
            if abs(balance.get(name, 0) - self._balance.get(name, 0)) > 1e-6
        }
        assert not wrong, f"from nowhere or gone: {wrong}"
        ore = ore_and_mined(self.server.world)
        assert ore == self._ore, f"mined or lost: {ore}, {self._ore}"

    def _check_standing(
        self, before: Snapshot, after: Snapshot, built: list[Thing]
    ) -> None:
        """Nobody moves in no time but off the place where something is built."""
        for was, now in zip(before.people, after.people, strict=True):
            if was == now:
                continue
            assert any(
                each.away_from(was, margin=0.5) == 0
                and each.away_from(now) <= STEP_ASIDE_TILES
                for each in built
            ), f"moved from {was} to {now}"

    def _check_reach(self, agent: int, change: Change) -> None:
        person = self._people[agent]
        place = self.place_of(agent)
        for each in change.come:
            dx, dy = each.at[0] - place[0], each.at[1] - place[1]
            # who stood there has stepped aside since
            room = STEP_ASIDE_TILES + max(each.prototype.tile_width, 1)
            assert (dx * dx + dy * dy) ** 0.5 <= BUILD_TILES + room
        for each in change.gone:
            reach = RESOURCE_TILES if each.is_natural else REACH_TILES
            assert each.away_from(place) <= reach + UNIT_TILES, each
        self._check_mining(person, place)

    def _check_mining(self, person: int, place: Place) -> None:
        world = self.server.world
        row = int(world.entity["component"][person])
        target = int(world.tables["character"]["mining_target"][row])
        if target:
            serial = int(world.entity["serial"][target])
            thing = self._last.things.get(serial)
            assert thing is None or thing.away_from(place) <= RESOURCE_TILES

    def _pass_to(self, tick: int) -> None:
        """Let time pass: only who has a call that goes on walks."""
        ticks = tick - self.server.tick
        if ticks <= 0:
            return
        before = self._last
        self.server.advance(ticks)
        after = self._last = self._look()
        self._check_items()
        for agent, (was, now) in enumerate(
            zip(before.people, after.people, strict=True)
        ):
            job = self._jobs[agent]
            speed = BELT_TILES if has_belts(before) else 0
            if job is not None:
                speed += WALK_TILES * fastest_ground(self.server.world, was, now)
            moved = ((was[0] - now[0]) ** 2 + (was[1] - now[1]) ** 2) ** 0.5
            assert moved <= speed * ticks + UNIT_TILES, f"{job}: {was} to {now}"
            if job is not None and moved:
                job.deeds.moved = True
