"""The one character of the run: agents' tools, and habits that use several of them."""

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from fle_marl.errors import ServerError, ToolError
from fle_marl.evaluation.rocket_run.timetable import Milestone, TimeTable
from fle_marl.lua.client import load_tools
from fle_marl.lua.types import (
    Entity,
    Inventory,
    Position,
    Prototype,
    Resource,
    prototype_by_name,
)
from fle_marl.servers.base import GameServer

__all__ = ["Item", "Player", "item_named", "name_of"]

Item = Prototype | str
"""An item by its prototype, or by the game's name where there is none."""

_AGENT: Final = 0
_LONGEST_CALL_TICKS: Final = 60 * 60 * 60 * 2
"""Two hours of game time: nothing that is done in the run takes so long."""
_REACH_TILES: Final = 6.0
"""On each axis: within the 10 tiles that a character reaches."""
_EXACT_TILES: Final = 0.5
_MOVING: Final = frozenset(
    {"move_to", "connect_entities", "harvest_resource", "place_entity"}
)
"""Tools after which the character may stand elsewhere."""


def item_named(name: str) -> Item:
    """An item by the game's name."""
    return prototype_by_name.get(name, name)


def name_of(item: Item) -> str:
    """The game's name of an item."""
    return item if isinstance(item, str) else item.prototype_name


def _distance(one: Position, other: Position) -> float:
    return max(abs(one.x - other.x), abs(one.y - other.y))


class Player:
    """Plays through tools, in game time, without worker processes.

    Args:
        server: a world that was reset with one agent.
        tell: is called with each milestone as it is reached.
    """

    def __init__(
        self, server: GameServer, tell: Callable[[Milestone], None] = lambda _: None
    ) -> None:
        self._server = server
        self._tell = tell
        self.table = TimeTable()
        self._here: Position | None = None
        self.stands: dict[Position, Position] = {}
        """Where to stand for what is at a place, if not beside it."""
        self.detour: Position | None = None
        """Leads around water, where the direct way is not found."""
        self._tools = {
            name: tool.bind(self._call) for name, tool in load_tools().items()
        }

    def __getattr__(self, name: str) -> Callable[..., Any]:
        tools = self.__dict__.get("_tools", {})
        if name not in tools:
            raise AttributeError(f"there is no tool {name!r}")
        return cast(Callable[..., Any], tools[name])

    def _call(self, tool: str, arguments: dict[str, object]) -> object:
        """Call a tool, and let the world pass until the character is free again."""
        server = self._server
        if tool in _MOVING:
            self._here = None
        reply = server.call(tool, _AGENT, arguments)
        end = server.tick + _LONGEST_CALL_TICKS
        while reply.pending:
            if server.tick > end:
                server.cancel(_AGENT)
                raise ServerError(f"{tool} does not end", code="endless-call")
            server.advance(max(reply.ticks, 1))
            reply = server.resume(_AGENT)
        server.advance(reply.ticks)
        return reply.value

    @property
    def tick(self) -> int:
        """Ticks of game time since the world began."""
        return self._server.tick

    def reach(self, name: str) -> None:
        """Note a milestone in the time table."""
        milestone = self.table.reach(name, self.tick)
        if milestone:
            self._tell(milestone)

    # --- habits

    def has(self, item: Item) -> int:
        """How many of an item the character carries."""
        return cast(Inventory, self.inspect_inventory())[item]

    def go(self, position: Position) -> None:
        """Walk to where a place is within reach."""
        stand = self.stands.get(position)
        near = _REACH_TILES if stand is None else _EXACT_TILES
        here, target = self._here, stand or position
        if here is None or _distance(here, target) > near:
            self._here = self._walk(target)

    def _walk(self, position: Position) -> Position:
        """Walk, by the way that was given if it is too far to find one."""
        try:
            return cast(Position, self.move_to(position))
        except ToolError as refused:
            if refused.code != "unreachable" or self.detour is None:
                raise
            self.move_to(self.detour)
            return cast(Position, self.move_to(position))

    def wait(self, seconds: float) -> None:
        """Let game time pass."""
        while seconds > 0:
            self.sleep(min(seconds, 3600))
            seconds -= 3600

    def mine(self, resource: Resource, quantity: int) -> None:
        """Mine by hand where the resource is nearest."""
        left = quantity
        while left > 0:
            place = self.nearest(resource)
            self.move_to(place)
            left -= self.harvest_resource(place, left, 6)

    def craft_up_to(self, item: Item, quantity: int) -> None:
        """Craft until so many are carried."""
        missing = quantity - self.has(item)
        if missing > 0:
            self.craft_item(item, missing)

    def give(self, item: Item, target: Entity, quantity: int) -> None:
        """Put in up to so many, as many as are carried and fit."""
        wanted = min(self.has(item), quantity)
        if wanted < 1:
            return
        try:
            self.insert_item(item, target, wanted)
        except ToolError as refused:
            if refused.code != "not-accepted":
                raise

    def take(self, item: Item, source: Entity, quantity: int = 10_000) -> int:
        """Take up to so many; how many there were, 0 when none."""
        try:
            return cast(int, self.extract_item(item, source, quantity))
        except ToolError as refused:
            if refused.code != "item-missing":
                raise
            return 0

    def top_up(self, item: Item, target: Entity, quantity: int) -> None:
        """Put in what is missing to so many, as many as are carried."""
        held = cast(Inventory, self.inspect_inventory(target))[item]
        if held < quantity:
            self.give(item, target, quantity - held)

    def contents(self) -> Mapping[str, int]:
        """What the character carries, by the game's names."""
        return dict(cast(Inventory, self.inspect_inventory()).items())
