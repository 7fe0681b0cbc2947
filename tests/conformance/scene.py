"""The world of a case: flat ground, what was built on it, and time that passes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fle_marl.prototypes import load
from fle_marl.sim.actions.inventory import inventory_contents
from fle_marl.sim.actions.transport_line import lines_of_belt
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.engine import advance
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.world import World

MAP_CHUNKS = range(-4, 4)
GROUND = "grass-1"


def item(name: str) -> int:
    return load().items[name].id


def area_tiles(area: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = area
    return ((x, y) for y in range(top, bottom) for x in range(left, right))


@dataclass
class KeptBox:
    """A fluid box that is set to the same amount after every tick."""

    fluid: str
    amount: float
    temperature: float | None
    drained: float = 0.0


class Scene:
    """A world, and its entities by where they were asked for."""

    def __init__(self) -> None:
        self.world = World()
        self.tiles = {
            (x, y): np.full((CHUNK_TILES, CHUNK_TILES), load().tiles[GROUND].id, "u1")
            for x in MAP_CHUNKS
            for y in MAP_CHUNKS
        }
        self.lay_ground()
        self.entities: dict[tuple[float, float], int] = {}
        self.resources: dict[tuple[float, float], int] = {}
        self.kept_boxes: dict[int, KeptBox] = {}
        self.fuel_joules_at_start: dict[int, float] = {}

    def entity(self, place: tuple[float, float]) -> int:
        return self.entities[place]

    # --- the ground

    def lay_ground(self) -> None:
        for (x, y), tiles in self.tiles.items():
            self.world.add_chunk(x, y, tiles)

    def lay_tiles(self, name: str, tiles: Iterable[tuple[int, int]]) -> None:
        for x, y in tiles:
            chunk = self.tiles[x // CHUNK_TILES, y // CHUNK_TILES]
            chunk[y % CHUNK_TILES, x % CHUNK_TILES] = load().tiles[name].id
        self.lay_ground()

    # --- time

    def advance(self, ticks: int) -> None:
        if not self.kept_boxes:
            advance(self.world, ticks)
            return
        for _ in range(ticks):
            advance(self.world, 1)
            for box, kept in self.kept_boxes.items():
                found = float(self.world.tables["fluidbox"]["amount"][box])
                kept.drained += found - kept.amount
                self.fill_box(box, kept.fluid, kept.amount, kept.temperature)

    # --- parts of entities

    def line(self, place: tuple[float, float], line: int) -> int:
        return lines_of_belt(self.world, self.entity(place))[line - 1]

    def fluidbox(self, place: tuple[float, float], box: int) -> int:
        boxes = fluidboxes_of(self.world, self.entity(place))
        assert box <= len(boxes), f"the entity at {place} has {len(boxes)} fluid boxes"
        return boxes[box - 1]

    def fill_box(
        self, box: int, name: str, amount: float, temperature: float | None = None
    ) -> None:
        fluid = load().fluids[name]
        degrees = fluid.default_temperature if temperature is None else temperature
        record = self.world.tables["fluidbox"][box]
        record["fluid"] = fluid.id if amount else 0
        record["amount"] = amount
        record["temperature"] = degrees if amount else 0.0

    def fuel_joules(self, entity: int) -> float:
        """In a burner's slots and in its fire; its buffer not included."""
        burner = int(self.world.entity["burner"][entity])
        if not burner:
            return 0.0
        record = self.world.tables["burner"][burner]
        values = self.world.prototypes["item_prototype"]["fuel_value_joules"]
        fuel = inventory_contents(self.world, int(record["fuel_inventory"]))
        stored = sum(float(values[row]) * count for row, count in fuel.items())
        return stored + float(record["remaining_joules"])

    # --- the game's API

    @cached_property
    def api(self) -> LuaApi:
        api = LuaApi(self.world, {})
        api.environment["at"] = lambda x, y: api.entity(self.entity((x, y)))
        api.environment["surface"] = api.execute("return game.surfaces[1]")
        api.environment["force"] = api.execute("return game.forces.player")
        return api
