#!/usr/bin/env python3
"""Draw docs/assets/time.png: three agents' programs side by side in game time.

The programs really run; the picture shows from which tick to which each call took.

Usage::

    python scripts/draw_time.py
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

from fle_marl.lua.wire import ToolReply
from fle_marl.messaging import MessageBus
from fle_marl.programs.scheduler import ProgramScheduler
from fle_marl.servers.embedded import EmbeddedServer

PICTURE: Final = Path(__file__).parents[1] / "docs/assets/time.png"
BUDGET_TICKS: Final = 1200
PROGRAMS: Final = {
    "agent_0": """
move_to(nearest(Resource.IronOre))
harvest_resource(nearest(Resource.IronOre), 4)
send_message("4 iron ore at my place")
craft_item(Prototype.StoneFurnace)
""",
    "agent_1": """
craft_item(Prototype.IronGearWheel, 8)
chest = place_entity(Prototype.WoodenChest, position=Position(3, 4))
insert_item(Prototype.IronGearWheel, chest, 8)
while not read_messages():
    sleep(2)
move_to(Position(-8, 0))
""",
    "agent_2": """
look()
sleep(4)
craft_item(Prototype.TransportBelt, 16)
sleep(60)
""",
}
_COLOURS: Final = {
    "move_to": "#7aa6d8",
    "harvest_resource": "#c99a6b",
    "craft_item": "#e0b84c",
    "sleep": "#c9c9c9",
    "place_entity": "#86bf86",
    "insert_item": "#86bf86",
}
_PAPER, _INK, _PALE, _RED = "#ffffff", "#222222", "#d8d8d8", "#c23b3b"
_LEFT, _TOP, _LANE, _BAR, _WIDTH = 90, 58, 74, 34, 1080
_NARROW_PIXELS: Final = 48


@dataclass
class Span:
    """A call of a tool: from which tick to which."""

    agent: int
    tool: str
    start: int
    end: int
    is_cut: bool = False


class RecordingServer(EmbeddedServer):
    """A server that notes how long each call took."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: list[Span] = []
        self._open: dict[int, Span] = {}

    def call(self, tool: str, agent: int, arguments: Mapping[str, object]) -> ToolReply:
        """Begin a call, and a span."""
        reply = super().call(tool, agent, arguments)
        self._open[agent] = Span(agent, tool, self.tick, self.tick)
        self.spans.append(self._open[agent])
        return self._noted(agent, reply)

    def resume(self, agent: int) -> ToolReply:
        """Go on with a call."""
        return self._noted(agent, super().resume(agent))

    def cancel(self, agent: int) -> None:
        """End a call where the budget ends."""
        if agent in self._open:
            self._open[agent].end = self.tick
            self._open[agent].is_cut = True
        super().cancel(agent)

    def _noted(self, agent: int, reply: ToolReply) -> ToolReply:
        self._open[agent].end = self.tick + reply.ticks
        return reply


def record() -> list[Span]:
    """Run the programs and give what they did."""
    server = RecordingServer()
    inventory = {"iron-plate": 100, "wooden-chest": 2, "stone": 20, "coal": 20}
    server.reset({"name": "lab-play", "inventory": inventory}, agents=3, seed=1)
    agents = tuple(PROGRAMS)
    scheduler = ProgramScheduler(server, MessageBus(agents), agents)
    scheduler.reset(1)
    results = scheduler.run(PROGRAMS, tick_budget=BUDGET_TICKS, step=0)
    scheduler.close()
    errors = {agent: result.error_code for agent, result in results.items()}
    assert errors == {
        "agent_0": None,
        "agent_1": None,
        "agent_2": "tick-budget-spent",
    }, results
    return server.spans


def _x(tick: int) -> float:
    return _LEFT + tick / BUDGET_TICKS * (_WIDTH - _LEFT - 30)


def draw(spans: list[Span]) -> Image.Image:
    """The picture of some spans."""
    height = _TOP + _LANE * len(PROGRAMS) + 20
    picture = Image.new("RGB", (_WIDTH, height), _PAPER)
    pen = ImageDraw.Draw(picture)
    font: Any = ImageFont.load_default(size=14)
    small: Any = ImageFont.load_default(size=12)
    for second in range(BUDGET_TICKS // 60 + 1):
        x = _x(60 * second)
        pen.line((x, _TOP - 14, x, height - 14), fill=_PALE)
        if 60 * second < BUDGET_TICKS:
            pen.text((x, _TOP - 30), f"{second} s", fill=_INK, font=small, anchor="ma")
    for agent, name in enumerate(PROGRAMS):
        top = _TOP + _LANE * agent
        pen.text((12, top + _BAR / 2), name, fill=_INK, font=font, anchor="lm")
        for span in (each for each in spans if each.agent == agent):
            _draw_span(pen, span, top, small)
    pen.line((_x(BUDGET_TICKS), 20, _x(BUDGET_TICKS), height - 14), fill=_RED, width=2)
    pen.text(
        (_x(BUDGET_TICKS) - 6, 12), "the step's budget", fill=_RED, font=small,
        anchor="ra",
    )  # fmt: skip
    return picture


def _draw_span(pen: ImageDraw.ImageDraw, span: Span, top: int, font: Any) -> None:  # noqa: ANN401 - Pillow's
    left, right = _x(span.start), _x(span.end)
    if span.start == span.end:
        # what costs no time is a mark below the lane
        if span.tool in ("send_message", "read_messages"):
            pen.line((left, top, left, top + _BAR + 6), fill=_RED, width=2)
        return
    colour = _COLOURS.get(span.tool, _PALE)
    pen.rectangle((left, top, right, top + _BAR), fill=colour, outline=_INK)
    if right - left >= _NARROW_PIXELS:
        label = span.tool + (" ..." if span.is_cut else "")
        while pen.textlength(label, font=font) > right - left - 6:
            label = label[:-1]
        pen.text((left + 4, top + _BAR / 2), label, fill=_INK, font=font, anchor="lm")


if __name__ == "__main__":
    draw(record()).save(PICTURE, optimize=True)
    print(PICTURE)
