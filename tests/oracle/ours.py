"""Scenes in the simulator under test, with the numbers of the version recorded."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from fle_marl.defines import Direction
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, entities, placed_position
from fle_marl.sim.actions.inventory import inventory_slots
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.actions.transport_line import (
    insert_at,
    items_on_line,
    lines_of_belt,
)
from fle_marl.sim.components import (
    CHUNK_TILES,
    KINDS,
    ROLE_FUEL,
    ROLE_RESULT,
    ROLE_SOURCE,
    ROLE_STORAGE,
)
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import inventories_of
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

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

__all__ = ["Ours"]

MAP_CHUNKS = range(-2, 3)
GROUND = "grass-1"
PARTS = {
    ROLE_FUEL: "fuel",
    ROLE_RESULT: "result",
    ROLE_SOURCE: "source",
    ROLE_STORAGE: "chest",
}


class Ours:
    """A scene in a world of this package."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._world = World()
        tiles = np.full((CHUNK_TILES, CHUNK_TILES), load().tiles[GROUND].id, np.uint8)
        for x in MAP_CHUNKS:
            for y in MAP_CHUNKS:
                self._world.add_chunk(x, y, tiles)
        for item, x, y, amount in scene.ore:
            add_resource(self._world, item, x, y, amount)
        self._rows = {(t.x, t.y): self._build(t) for t in scene.belts}
        self.advance(SETTLING_TICKS)
        self._rows |= {(t.x, t.y): self._build(t) for t in scene.things}

    def _build(self, thing: Thing) -> int:
        direction = int(Direction[thing.direction])
        prototype = load().entities[thing.name]
        x, y = placed_position(prototype, *thing.centre, direction)
        row = create_entity(self._world, thing.name, x, y, direction=direction)
        if thing.name == "burner-inserter":
            as_recorded(self._world, row)
        for name, count in thing.contents.items():
            assert insert_into(self._world, row, _id(name), count) == count, thing
        return row

    def advance(self, ticks: int) -> None:
        """Let time pass."""
        advance(self._world, ticks)

    def happen(self, event: Put | Give) -> int:
        """Do what a scene orders; how many items went where they should."""
        row = self._rows[event.x, event.y]
        if isinstance(event, Give):
            return insert_into(self._world, row, _id(event.item), event.count)
        line = lines_of_belt(self._world, row)[event.lane]
        position = event.position / POSITION_UNITS_PER_TILE
        return int(insert_at(self._world, line, position, _id(event.item)))

    # --- reading

    def seen(self) -> dict[str, Any]:
        """All items there are, by where they are."""
        seen: dict[str, Any] = {}
        for (x, y), row in self._rows.items():
            for part, items in self._parts(self.scene.at(x, y).name, row).items():
                if items:
                    seen[f"({x}, {y}) {part}"] = items
        return seen | piles(self._piles()) | ore_left(self.scene, self._ore())

    def _standing(self, kind: str) -> Iterator[tuple[tuple[int, int], Any]]:
        """Tile and record of all entities of a kind."""
        table = self._world.entity
        for row in entities(self._world):
            if KINDS[table["kind"][row]] == kind:
                tile = int(table["x"][row]) >> 8, int(table["y"][row]) >> 8
                yield tile, self._world.tables[kind][int(table["component"][row])]

    def _piles(self) -> Iterator[tuple[tuple[int, int], Item]]:
        for tile, record in self._standing("item_on_ground"):
            yield tile, (_name(int(record["item"])), int(record["count"]))

    def _ore(self) -> dict[tuple[int, int], int]:
        return {t: int(record["amount"]) for t, record in self._standing("resource")}

    def _parts(self, name: str, row: int) -> dict[str, Any]:
        if name == "transport-belt":
            lines = lines_of_belt(self._world, row)
            return {f"lane {n}": self._lane(line) for n, line in enumerate(lines)}
        parts: dict[str, Any] = {}
        for inventory in inventories_of(self._world, row):
            role = int(self._world.tables["inventory"]["role"][inventory])
            slots = [_stack(s) for s in inventory_slots(self._world, inventory)]
            if role in PARTS:
                parts[PARTS[role]] = slots if role == ROLE_STORAGE else slots[0]
        if not any(parts.get("chest", ())):
            parts.pop("chest", None)
        if name == "burner-inserter":
            record = self._world.tables["inserter"][
                self._world.entity["component"][row]
            ]
            hand = int(record["hand_item"]), int(record["hand_count"])
            parts["hand"] = (_name(hand[0]), hand[1]) if hand[1] else None
        return parts

    def _lane(self, line: int) -> list[Item]:
        items = [
            (_name(item), round(position * POSITION_UNITS_PER_TILE))
            for item, position in items_on_line(self._world, line)
        ]
        return sorted(items, key=by_position)


def as_recorded(world: World, inserter: int) -> None:
    """Give a burner inserter the numbers that it had when the game was recorded.

    Source: factory-sim 0.3.0, measured in 2.0: speeds; a hand with less than two steps
    left is there; and what its buffer holds.
    """
    record = world.tables["inserter"][world.entity["component"][inserter]]
    record["rotation_speed"] = 0.013
    record["extension_speed"] = 0.035
    record["arrival_steps"] = 2
    burner = world.tables["burner"][world.entity["burner"][inserter]]
    burner["capacity_joules"] = 2_560.0


def _id(name: str) -> int:
    return load().items[name].id


def _name(item: int) -> str:
    return load().items.by_id(item).name


def _stack(record: Any) -> Item | None:
    count = int(record["count"])
    return (_name(int(record["item"])), count) if count else None
