"""How long a tool call takes from Python through Lua into the world and back."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from fle_marl.evaluation.rows import Row
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.tasks import get_task

__all__ = ["measure"]

_CALLS: Final = 200
_TARGET_US: Final = 400
_AGENT: Final = 0
_PLACE: Final = {"x": 3.5, "y": 5.5}
_CHEST: Final = {"name": "wooden-chest", "position": _PLACE}

Arguments = Mapping[str, object]

_TIMED: Final[Mapping[str, tuple[Arguments, float | None]]] = {
    "place_entity": (
        {"entity": "wooden-chest", "direction": 0, "position": _PLACE, "exact": True},
        _TARGET_US,
    ),
    "insert_item": ({"entity": "coal", "target": _CHEST, "quantity": 1}, _TARGET_US),
    "inspect_inventory": ({}, _TARGET_US),
    "get_entity": ({"entity": "wooden-chest", "position": _PLACE}, None),
    "extract_item": ({"entity": "coal", "source": _CHEST, "quantity": 1}, None),
    "can_place_entity": (
        {"entity": "stone-furnace", "direction": 0, "position": {"x": 6, "y": 8}},
        None,
    ),
    "nearest": ({"type": "iron-ore"}, None),
    "get_prototype_recipe": ({"prototype": "iron-gear-wheel"}, None),
}


def measure() -> Iterator[Row]:
    """Measure tools on the lab map; each call starts from the same world."""
    server = EmbeddedServer()
    task = get_task("iron_plate_throughput_16")
    server.reset(task.scenario, agents=2, seed=1)
    for tool, (arguments, target) in _TIMED.items():
        seconds = _median_seconds(server, tool, arguments)
        yield Row(
            f"tool.{tool}.median_us", round(1e6 * seconds, 1), "us", "lower", target
        )
    server.close()


def _median_seconds(server: EmbeddedServer, tool: str, arguments: Arguments) -> float:
    world = server.world
    snapshot = world.snapshot()
    if tool != "place_entity":
        server.call("place_entity", _AGENT, _TIMED["place_entity"][0])
        server.call(
            "insert_item", _AGENT, {"entity": "coal", "target": _CHEST, "quantity": 50}
        )
    times = []
    before = world.snapshot()
    for _ in range(_CALLS):
        world.restore(before)
        times.append(_seconds(lambda: server.call(tool, _AGENT, arguments)))
    world.restore(snapshot)
    return statistics.median(times)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
