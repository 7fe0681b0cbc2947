"""How long a tool call takes from Python through Lua into the world and back."""

import statistics
import time
from collections.abc import Iterator
from typing import Final

from fle_marl.evaluation.rows import Row
from fle_marl.evaluation.tool_cases import CASES, INVENTORY, SCENE, ToolCase
from fle_marl.lua.types import agent_vocabulary
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

__all__ = ["measure"]

_CALLS: Final = 200
_LONG_CALLS: Final = 20
_TARGETS_US: Final = {"nearest": 200}
_TARGET_US: Final = 300
_TIMES_AS_FAST: Final = 10
_CHESTS: Final = 1000
_LONG_LINE_TILES: Final = 50

_MANY_CHESTS: Final = f"""
for place = 0, {_CHESTS - 1} do
  game.surfaces[1].create_entity{{
    name = "iron-chest", force = "player",
    position = {{place % 40 * 2 - 40, math.floor(place / 40) * 2 - 60}},
  }}
end
"""
_WALLS: Final = """
for x = 6, 46, 8 do
  for y = -6, 2 do
    game.surfaces[1].create_entity{
      name = "stone-wall", force = "player", position = {x, y + x % 16 / 2 - 2},
    }
  end
end
"""
_LONG_LINE: Final = ToolCase(
    "connect_entities(Position(x=0.5, y=-2.5),"
    f" Position(x={_LONG_LINE_TILES}.5, y=-2.5),"
    " connection_type=Prototype.TransportBelt)",
    prepare_lua=_WALLS,
    undo=None,
)
_MANY_ENTITIES: Final = ToolCase("get_entities()", prepare_lua=_MANY_CHESTS)


def measure() -> Iterator[Row]:
    """Measure tools on the lab map; each call finds the world as the one before did.

    A call is timed as a program's is: arguments are checked and encoded, the answer is
    decoded, and the game time that the call takes passes.
    """
    server = EmbeddedServer()
    server.reset({"name": "lab-play", "inventory": INVENTORY}, agents=2, seed=1)
    names = {**agent_vocabulary(), **Driver(server).functions}
    exec(SCENE, names)
    start = server.save()
    for tool, case in CASES.items():
        seconds = _median_seconds(server, start, names, case, _CALLS)
        yield Row(
            f"tool.{tool}.median_us",
            round(1e6 * seconds, 1),
            "us",
            "lower",
            _TARGETS_US.get(tool, _TARGET_US),
        )
        if case.published_per_s is not None:
            ratio = 1 / seconds / case.published_per_s
            yield Row(
                f"tool.{tool}.times_fle", round(ratio, 1), "", "higher", _TIMES_AS_FAST
            )
    for name, case, target_ms in (
        (f"connect_entities.{_LONG_LINE_TILES}_tiles", _LONG_LINE, 10),
        (f"get_entities.{_CHESTS}", _MANY_ENTITIES, 15),
    ):
        seconds = _median_seconds(server, start, names, case, _LONG_CALLS)
        milliseconds = round(1e3 * seconds, 2)
        yield Row(f"tool.{name}.median_ms", milliseconds, "ms", "lower", target_ms)
    server.close()


def _median_seconds(
    server: EmbeddedServer,
    start: bytes,
    names: dict[str, object],
    case: ToolCase,
    calls: int,
) -> float:
    server.restore(start)
    names = dict(names)
    server.lua.execute(case.prepare_lua)
    server.advance(case.prepare_ticks)
    exec(case.prepare, names)
    call = compile(case.call, "<call>", "eval")
    undo = compile(case.undo or "", "<undo>", "exec")
    times = []
    before = server.world.snapshot()
    for _ in range(calls):
        began = time.perf_counter()
        names["done"] = eval(call, names)
        times.append(time.perf_counter() - began)
        if case.undo is None:
            server.world.restore(before)
        else:
            exec(undo, names)
    return statistics.median(times)
