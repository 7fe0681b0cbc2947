"""Scenes in factory-sim, the simulator that was recorded from the game."""

from collections.abc import Iterator
from typing import Any

from fsim import ITEM_IDS, ITEM_NAMES, SCENE_MACHINES, Sim, lib

from .scene import (
    SETTLING_TICKS,
    Give,
    Item,
    Put,
    Scene,
    Thing,
    by_position,
    ore_left,
    piles,
)

__all__ = ["Theirs"]

QUARTER_TURNS = {"north": 0, "east": 4, "south": 8, "west": 12}
UNITS_PER_TILE = 256
OUT_OF_THE_WAY = (60, 60)


class Theirs:
    """A scene in factory-sim."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._sim = Sim(water=[])
        ore = [
            {"name": item, "position": [x + 0.5, y + 0.5], "amount": amount}
            for item, x, y, amount in scene.ore
        ]
        character = {"position": list(OUT_OF_THE_WAY)}
        self._sim.reset({"resources": ore, "character": character})
        self._rows = {(t.x, t.y): self._build(t) for t in scene.belts}
        self.advance(SETTLING_TICKS)
        self._rows |= {(t.x, t.y): self._build(t) for t in scene.things}

    def _build(self, thing: Thing) -> int:
        x, y = (int(at * UNITS_PER_TILE) for at in thing.centre)
        turn = QUARTER_TURNS[thing.direction]
        row = lib.fsim_add_entity(self._sim.env, SCENE_MACHINES[thing.name], x, y, turn)
        assert row >= 0, thing
        for item, count in thing.contents.items():
            assert self._insert(row, item, count) == count, thing
        return int(row)

    def _insert(self, row: int, item: str, count: int) -> int:
        env = self._sim.env
        return int(lib.fsim_entity_insert(env, row, ITEM_IDS[item], count))

    def advance(self, ticks: int) -> None:
        """Let time pass."""
        lib.fsim_advance(self._sim.env, ticks)

    def happen(self, event: Put | Give) -> int:
        """Do what a scene orders; how many items went where they should."""
        row = self._rows[event.x, event.y]
        if isinstance(event, Give):
            return self._insert(row, event.item, event.count)
        item = ITEM_IDS[event.item]
        env = self._sim.env
        return int(lib.fsim_belt_insert(env, row, event.lane, event.position, item))

    # --- reading

    def seen(self) -> dict[str, Any]:
        """All items there are, by where they are."""
        lib.fsim_refresh(self._sim.env)
        seen: dict[str, Any] = {}
        for (x, y), row in self._rows.items():
            record = self._sim.env.entities[row]
            for part, items in self._parts(self.scene.at(x, y).name, record).items():
                if items:
                    seen[f"({x}, {y}) {part}"] = items
        return seen | piles(self._piles()) | ore_left(self.scene, self._ore())

    def _piles(self) -> Iterator[tuple[tuple[int, int], Item]]:
        for row in range(self._sim.env.entity_count):
            record = self._sim.env.entities[row]
            if record.alive and record.kind == lib.K_PILE:
                tile = record.pos.x // UNITS_PER_TILE, record.pos.y // UNITS_PER_TILE
                yield tile, (ITEM_NAMES[record.pile.item], int(record.pile.count))

    def _ore(self) -> dict[tuple[int, int], int]:
        records = [
            self._sim.env.resources[row] for row in range(self._sim.env.resource_count)
        ]
        return {(r.tx, r.ty): int(r.amount) for r in records if r.alive}

    def _parts(self, name: str, record: Any) -> dict[str, Any]:
        if name == "wooden-chest":
            return {"chest": _chest(record)}
        if name == "transport-belt":
            return {f"lane {lane}": _lane(record, lane) for lane in range(2)}
        parts = {"fuel": _stack(record.fuel)}
        if name == "burner-inserter":
            parts["hand"] = (ITEM_NAMES[record.held], 1) if record.held else None
        if name == "stone-furnace":
            parts["source"] = _stack(record.source)
            parts["result"] = _stack(record.result)
        return parts


def _stack(stack: Any) -> Item | None:
    return (ITEM_NAMES[stack.item], int(stack.count)) if stack.count else None


def _chest(record: Any) -> list[Item | None]:
    slots = [_stack(record.chest[index]) for index in range(lib.FSIM_CHEST_SLOTS)]
    return slots if any(slots) else []


def _lane(record: Any, lane: int) -> list[Item]:
    """Items and their positions from the front end, 1/256 tile."""
    # what does not fit shows at the back end, in the game and here
    last = int(record.lane_length[lane]) - 1
    items = record.lanes[lane].items[0 : record.lanes[lane].count]
    seen = [(ITEM_NAMES[item.item], min(int(item.pos), last)) for item in items]
    return sorted(seen, key=by_position)
