"""How fast a served world answers RCON clients: round trips, and finding entities."""

import multiprocessing
import statistics
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final

from fle_marl.errors import MissingExtraError
from fle_marl.evaluation.rows import Row
from fle_marl.servers.rcon_port import RconPort, new_game

if TYPE_CHECKING:
    from factorio_rcon import RCONClient

__all__ = ["measure"]

_PASSWORD: Final = "bench"
_ROUND_TRIPS: Final = 1000
_REPEATS: Final = 100
_FINDS: Final = 3
_LEAST_ROUND_TRIPS: Final = 3000
_MOST_AREA_MS: Final = 0.3
_MOST_NAME_MS: Final = 5

_BUILD: Final = """
local surface, count = game.surfaces[1], 0
for y = -50, 49 do for x = -50, 49 do
  local name = (x * 7 + y) % 10 == 0 and "iron-chest" or "wooden-chest"
  surface.create_entity{name = name, position = {x, y}}
end end
"""
_FIND_AREA: Final = "find_entities_filtered{area = {{-16, -16}, {16, 16}}}"
_FIND_NAME: Final = "find_entities_filtered{name = 'iron-chest'}"


def measure() -> Iterator[Row]:
    """Measure a world that stands still, with 10,000 entities."""
    game = new_game({"name": "empty"}, characters=1, seed=1)
    with RconPort(game, _PASSWORD) as port:
        thread = threading.Thread(target=port.serve)
        thread.start()
        try:
            yield from _rows(port.address)
        finally:
            port.stop()
            thread.join()


def _rows(address: tuple[str, int]) -> Iterator[Row]:
    """What a client in a process of its own measures."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    client = context.Process(target=_ask, args=(address, theirs))
    client.start()
    theirs.close()
    try:
        rate, area_ms, name_ms = ours.recv()
    finally:
        client.join()
    yield Row(
        "rcon.round_trips_per_s", round(rate), "1/s", "higher", _LEAST_ROUND_TRIPS
    )
    yield Row("rcon.find_area_ms", round(area_ms, 3), "ms", "lower", _MOST_AREA_MS)
    yield Row("rcon.find_name_ms", round(name_ms, 3), "ms", "lower", _MOST_NAME_MS)


def _ask(address: tuple[str, int], result: Connection) -> None:
    try:
        from factorio_rcon import RCONClient
    except ImportError as error:
        raise MissingExtraError(
            "the group rcon needs factorio-rcon-py: pip install 'fle-marl[rcon]'"
        ) from error
    with RCONClient(*address, _PASSWORD) as client:
        client.send_command(f"/sc game.tick_paused = true {_BUILD}")
        began = time.perf_counter()
        for _ in range(_ROUND_TRIPS):
            client.send_command("/sc rcon.print(game.tick)")
        rate = _ROUND_TRIPS / (time.perf_counter() - began)
        finds = (_find_ms(client, find) for find in (_FIND_AREA, _FIND_NAME))
        result.send((rate, *finds))


def _find_ms(client: "RCONClient", find: str) -> float:
    """Median of a search, in commands with several of them."""
    search = f"local found = game.surfaces[1].{find}"
    times = []
    for _ in range(_REPEATS):
        began = time.perf_counter()
        client.send_command(f"/sc for _ = 1, {_FINDS} do {search} end")
        times.append((time.perf_counter() - began) / _FINDS)
    return 1000 * statistics.median(times)
