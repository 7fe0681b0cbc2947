"""FLE's own client on a served world, held against the speeds that FLE publishes.

Not a test: ``make bench-peer`` prints a table. Of each call it says how long the client
sleeps on purpose, how long it waits for answers, and what is left: its own Python.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from conftest import ROOT, Play, connected
from factorio_rcon import RCONClient
from fle.env.entities import Direction, Position
from fle.env.game_types import Prototype, Resource
from serving import serve

CALLS = 100
SPEED = 10
"""`game.speed`, FLE's own default: it sleeps a tenth of what its actions take."""
PUBLISHED = {
    "place_entity_next_to": 80.94,
    "place_entity": 372.21,
    "move_to": 266.76,
    "harvest_resource": 545.45,
    "craft_item": 603.73,
    "connect_entities": 48.77,
    "rotate_entity": 391.12,
    "insert_item": 419.24,
    "extract_item": 549.95,
    "inspect_inventory": 473.36,
    "get_resource_patch": 145.61,
}
"""Operations a second, headless, without FLE's interpreter, on a MacBook Pro M4.
Source: FLE's README at its tag v0.2.2."""
STOCK = {
    "burner-inserter": 200,
    "coal": 100,
    "iron-chest": 200,
    "iron-plate": 2000,
    "transport-belt": 1500,
    "wooden-chest": 400,
}
FACING = [Direction.UP, Direction.RIGHT, Direction.DOWN, Direction.LEFT]


@dataclass
class Clock:
    """Where the time of calls goes, seconds."""

    calls: list[float] = field(default_factory=list)
    asleep: list[float] = field(default_factory=list)
    waiting: list[float] = field(default_factory=list)
    _asleep: float = 0.0
    _waiting: float = 0.0

    @contextmanager
    def watching(self, play: Play) -> Iterator[None]:
        """Add up what FLE sleeps and waits for."""
        sleep, send = time.sleep, RCONClient.send_command

        def sleeping(seconds: float) -> None:
            began = time.perf_counter()
            sleep(seconds)
            self._asleep += time.perf_counter() - began

        def sending(client: RCONClient, command: str) -> str | None:
            began = time.perf_counter()
            try:
                return send(client, command)
            finally:
                self._waiting += time.perf_counter() - began

        with replaced_sleep(play, sleeping):
            RCONClient.send_command = sending
            try:
                yield
            finally:
                RCONClient.send_command = send

    def measure(self, call: Callable[[], object]) -> None:
        self._asleep = self._waiting = 0.0
        began = time.perf_counter()
        call()
        self.calls.append(time.perf_counter() - began)
        self.asleep.append(self._asleep)
        self.waiting.append(self._waiting)


@contextmanager
def replaced_sleep(play: Play, sleeping: Callable[[float], None]) -> Iterator[None]:
    """Let FLE sleep by another function; its modules have the name of their own."""
    tools = play.instance.controllers.values()
    places = [vars(module) for module in sys.modules.values()]
    # tools are loaded from files, not imported
    places += [type(tool).__call__.__globals__ for tool in tools]
    places = [each for each in places if each.get("sleep") is time.sleep]
    for place in places:
        if place is not vars(time):
            place["sleep"] = sleeping
    try:
        yield
    finally:
        for place in places:
            place["sleep"] = time.sleep


class Scene:
    """What is measured, one method an operation; each undoes what it needs to."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.tools = play.tools
        ore = self.tools.nearest(Resource.IronOre)
        self.ore = ore
        self.x, self.y = int(ore.x) + 12, int(ore.y)
        self.stand()
        self.chest = self.tools.place_entity(
            Prototype.IronChest, position=self.at(0, -6)
        )
        self.tools.insert_item(Prototype.IronPlate, self.chest, 500)
        self.inserter = self.tools.place_entity(
            Prototype.BurnerInserter, position=self.at(3, -6)
        )

    def at(self, x: float, y: float) -> Position:
        return Position(x=self.x + x + 0.5, y=self.y + y + 0.5)

    def stand(self) -> None:
        self.play.stand(self.x, self.y)

    def place_entity(self, turn: int) -> Callable[[], object]:
        where = self.at(turn % 8 - 4, turn // 8 % 4 + 1)
        if turn % 32 == 0:
            self.clear("wooden-chest")
        return lambda: self.tools.place_entity(Prototype.WoodenChest, position=where)

    def place_entity_next_to(self, turn: int) -> Callable[[], object]:
        if turn % 4 == 0:
            self.clear("wooden-chest")
        return lambda: self.tools.place_entity_next_to(
            Prototype.WoodenChest,
            self.inserter.position,
            direction=FACING[turn % 4],
            spacing=1,
        )

    def move_to(self, turn: int) -> Callable[[], object]:
        where = self.at(turn % 2 * 5, 8)
        return lambda: self.tools.move_to(where)

    def harvest_resource(self, _turn: int) -> Callable[[], object]:
        self.play.stand(self.ore.x + 1, self.ore.y)
        return lambda: self.tools.harvest_resource(self.ore, 1)

    def craft_item(self, _turn: int) -> Callable[[], object]:
        return lambda: self.tools.craft_item(Prototype.IronGearWheel, 1)

    def connect_entities(self, turn: int) -> Callable[[], object]:
        self.clear("transport-belt")
        start, end = self.at(-4, 10), self.at(4, 10 + turn % 3)
        return lambda: self.tools.connect_entities(start, end, Prototype.TransportBelt)

    def rotate_entity(self, turn: int) -> Callable[[], object]:
        return lambda: self.tools.rotate_entity(self.inserter, FACING[turn % 4])

    def insert_item(self, _turn: int) -> Callable[[], object]:
        return lambda: self.tools.insert_item(Prototype.IronPlate, self.chest, 1)

    def extract_item(self, _turn: int) -> Callable[[], object]:
        return lambda: self.tools.extract_item(
            Prototype.IronPlate, self.chest.position, 1
        )

    def inspect_inventory(self, _turn: int) -> Callable[[], object]:
        return self.tools.inspect_inventory

    def get_resource_patch(self, _turn: int) -> Callable[[], object]:
        return lambda: self.tools.get_resource_patch(Resource.IronOre, self.ore)

    def clear(self, name: str) -> None:
        """Take all of a name away, without anybody's time."""
        self.play.world.run(
            "for _, e in pairs(game.surfaces[1].find_entities_filtered{"
            f"name = '{name}'}}) do e.destroy() end"
        )


def row(name: str, clock: Clock) -> str:
    took, asleep, waiting = (
        statistics.median(part) for part in (clock.calls, clock.asleep, clock.waiting)
    )
    own = statistics.median(
        whole - slept - waited
        for whole, slept, waited in zip(
            clock.calls, clock.asleep, clock.waiting, strict=True
        )
    )
    published = PUBLISHED[name]
    # what would be left if the server took no time at all
    most = 1 / (asleep + own)
    return (
        f"| `{name}` | {1 / took:.0f} | {published:.0f} | {1 / took / published:.2f} "
        f"| {asleep * 1e3:.2f} | {own * 1e3:.2f} | {waiting * 1e3:.2f} "
        f"| {most / published:.1f} |"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--server-python", type=Path, default=ROOT / ".venv/bin/python"
    )
    python = options.parse_args().server_python.absolute()
    lines = [
        "| operation | a second | published | ratio | sleeps, ms | own Python, ms "
        "| waits for the server, ms | ratio at most |",
        "|---|---|---|---|---|---|---|---|",
    ]
    with (
        serve(python, "--scenario", "lab-play", "--seed", "4") as port,
        connected(port, inventory=STOCK, reset_speed=SPEED) as play,
    ):
        for name in PUBLISHED:
            play.begin()
            scene, clock = Scene(play), Clock()
            with clock.watching(play):
                for turn in range(CALLS):
                    clock.measure(getattr(scene, name)(turn))
            lines.append(row(name, clock))
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
