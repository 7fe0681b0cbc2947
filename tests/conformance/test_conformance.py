"""Cases of ``cases/*.json``: build this, wait so many ticks, expect these figures.

A case is::

    {"id": "...", "source": "...", "factorio": "1.1.110",
     "build": [...], "wait_ticks": 600, "expect": [...],
     "then": [{"wait_ticks": 1, "expect": [...]}, ...]}

``build`` is a list of

* ``{"name": entity, "x": .., "y": .., "direction": "north", "recipe": name,
  "insert": {item: count}, "inventory": {define: {item: count}}}``: x and y are where a
  player would ask for it; ``insert`` puts items where they belong, ``inventory`` into a
  certain one by its name in ``defines.inventory``;
* ``{"resource": entity, "area": [left, top, right, bottom], "amount": each}``;
* ``{"belts": picture, "name": entity, "x": .., "y": ..}``: belts drawn with ``^>v<``
  from a left top tile on; ``"end": "output"`` with the name of an underground makes it
  an exit;
* ``{"put": item, "entity": [x, y], "line": n, "positions": [...]}``: onto a transport
  line, in tiles from its front end; ``"area"`` instead fills all lines of all belts on
  its tiles, four items a tile;
* ``{"tiles": tile, "area": [...]}``; areas are tiles, right and bottom excluded;
* ``{"research": technology}``, whose effects the force gets;
* ``{"order": {"entity": [x, y], ...}}``, what a character shall do: ``"walk": "east"``,
  ``"mine": [x, y]`` (an entity, or the tile of a resource) or ``"craft": recipe`` with
  ``"count"``.

``expect`` is a list of figures with ``equals`` and, if need be, ``tolerance``:

* ``{"item_count": {"entity": [x, y], "item": name, "inventory": define}}``, without
  ``inventory`` all that is in the entity;
* ``{"positions": {"entity": [x, y], "line": n}}``, a list: of the items on a line, in
  tiles from its front end;
* ``{"belt_items": {"area": [...], "line": n}}``, items on belts on tiles of an area;
* ``{"ground_items": item}``, how many lie about;
* ``{"resource_amount": [left, top, right, bottom]}``, what is left in an area;
* ``{"produced": item}`` and ``{"consumed": item}``;
* ``{"fluid_produced": fluid}`` and ``{"fluid_consumed": fluid}``, units;
* ``{"flow": {"kind": "item", "name": name, "field": "produced", "precision": span}}``,
  the sum of all samples of a precision by its name in ``defines.flow_precision_index``;
  with ``"sample": n`` only of that one, 1 is the newest; also of kind ``fluid``, and
  ``"consumed"``;
* ``{"fluid_amount": {"entity": [x, y], "box": index}}``, units, boxes counted from 1;
* ``{"status": {"entity": [x, y]}}``, by its name in ``defines.entity_status``;
* ``{"field": {"entity": [x, y], "name": field}}``, of the entity's row, its component,
  its burner or its electric energy source;
* ``{"fuel_burnt_joules": {"entity": [x, y]}}``, since it was built, buffer excluded.

Entities are named by the x and y of their build.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fle_marl.defines import (
    Direction,
    EntityStatus,
    FlowPrecisionIndex,
    Inventory,
)
from fle_marl.prototypes import FACTORIO_VERSION, load
from fle_marl.sim.actions.build import (
    create_entity,
    entities,
    placed_position,
    refreshed,
)
from fle_marl.sim.actions.character import set_walking, start_mining
from fle_marl.sim.actions.crafting import begin_crafting
from fle_marl.sim.actions.force import give_effects
from fle_marl.sim.actions.inventory import (
    count_items,
    find_inventory,
    insert_items,
    inventory_contents,
)
from fle_marl.sim.actions.items import insert_into, item_count
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.actions.transport_line import (
    insert_at,
    items_on_line,
    lines_of_belt,
)
from fle_marl.sim.components import CHUNK_TILES, KINDS
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.flow_statistics import flow_samples
from fle_marl.sim.systems.underground_belt import set_belt_to_ground_type
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

CASES = Path(__file__).with_name("cases")
MAP_CHUNKS = range(-2, 2)
GROUND = "grass-1"
ARROWS = {"^": "north", ">": "east", "v": "south", "<": "west"}


def read_cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            yield pytest.param(case, id=case["id"])


class Scene:
    """The world of a case, and its entities by where they were asked for."""

    def __init__(self) -> None:
        self.world = World()
        self.tiles = {
            (x, y): np.full((CHUNK_TILES, CHUNK_TILES), load().tiles[GROUND].id, "u1")
            for x in MAP_CHUNKS
            for y in MAP_CHUNKS
        }
        self._lay_tiles()
        self.entities: dict[tuple[float, float], int] = {}
        self.resources: dict[tuple[int, int], int] = {}
        self.fuel_joules_at_start: dict[int, float] = {}

    def _lay_tiles(self) -> None:
        for (x, y), tiles in self.tiles.items():
            self.world.add_chunk(x, y, tiles)

    def entity(self, place: list[float]) -> int:
        return self.entities[place[0], place[1]]

    # --- building

    def build(self, step: Mapping[str, Any]) -> None:
        if "resource" in step:
            for x, y in area_tiles(step["area"]):
                self.resources[x, y] = add_resource(
                    self.world, step["resource"], x, y, step["amount"]
                )
        elif "tiles" in step:
            for x, y in area_tiles(step["area"]):
                chunk = self.tiles[x // CHUNK_TILES, y // CHUNK_TILES]
                chunk[y % CHUNK_TILES, x % CHUNK_TILES] = load().tiles[step["tiles"]].id
            self._lay_tiles()
        elif "research" in step:
            give_effects(self.world, load().technologies[step["research"]])
        elif "order" in step:
            self._order(step["order"])
        elif "belts" in step or "put" in step:
            self._fill_or_lay_belts(step)
        else:
            self._build_entity(step)

    def _order(self, order: Mapping[str, Any]) -> None:
        character = self.entity(order["entity"])
        if "walk" in order:
            set_walking(self.world, character, int(Direction[order["walk"]]))
        if "mine" in order:
            x, y = order["mine"]
            target = self.entities.get((x, y)) or self.resources[x, y]
            assert start_mining(self.world, character, target)
        if "craft" in order:
            recipe = load().recipes[order["craft"]].id
            count = order["count"]
            assert begin_crafting(self.world, character, recipe, count) == count

    def _fill_or_lay_belts(self, step: Mapping[str, Any]) -> None:
        if "belts" in step:
            self._lay_belts(step)
        else:
            self._put_on_belts(step)

    def _lay_belts(self, step: Mapping[str, Any]) -> None:
        for y, signs in enumerate(step["belts"], start=step.get("y", 0)):
            for x, sign in enumerate(signs, start=step.get("x", 0)):
                if sign in ARROWS:
                    name = step.get("name", "transport-belt")
                    belt = {"name": name, "x": x, "y": y, "direction": ARROWS[sign]}
                    self._build_entity(belt | {"end": step.get("end")})

    def _put_on_belts(self, step: Mapping[str, Any]) -> None:
        if "area" not in step:
            lines = lines_of_belt(self.world, self.entity(step["entity"]))
            line = lines[step["line"] - 1]
            self._put(line, step["positions"], item(step["put"]))
            return
        for x, y in area_tiles(step["area"]):
            for line in lines_of_belt(self.world, self.entities[x, y]):
                self._put(line, (0.0, 0.25, 0.5, 0.75), item(step["put"]))

    def _put(self, line: int, positions: Iterable[float], what: int) -> None:
        # an item makes a step when it is put on
        step = int(self.world.transport_line["speed"][line]) / POSITION_UNITS_PER_TILE
        for position in positions:
            assert insert_at(self.world, line, position + step, what)

    def _build_entity(self, step: Mapping[str, Any]) -> None:
        prototype = load().entities[step["name"]]
        direction = Direction[step.get("direction") or "north"]
        x, y = placed_position(prototype, step["x"], step["y"], direction)
        entity = create_entity(self.world, step["name"], x, y, direction=int(direction))
        self.entities[step["x"], step["y"]] = entity
        if step.get("end"):
            set_belt_to_ground_type(self.world, entity, step["end"])
            refreshed(self.world)
        if step.get("recipe"):
            set_recipe(self.world, entity, load().recipes[step["recipe"]].id)
        for name, count in step.get("insert", {}).items():
            assert insert_into(self.world, entity, item(name), count) == count
        for define, items in step.get("inventory", {}).items():
            row = find_inventory(self.world, entity, getattr(Inventory, define))
            for name, count in items.items():
                assert insert_items(self.world, row, item(name), count) == count
        self.fuel_joules_at_start[entity] = self._fuel_joules(entity)

    def _fuel_joules(self, entity: int) -> float:
        burner = int(self.world.entity["burner"][entity])
        if not burner:
            return 0.0
        record = self.world.tables["burner"][burner]
        values = self.world.prototypes["item_prototype"]["fuel_value_joules"]
        fuel = inventory_contents(self.world, int(record["fuel_inventory"]))
        stored = sum(float(values[row]) * count for row, count in fuel.items())
        return stored + float(record["remaining_joules"])

    # --- reading

    def item_count(self, of: Mapping[str, Any]) -> int:
        entity = self.entity(of["entity"])
        if "inventory" not in of:
            return item_count(self.world, entity, item(of["item"]))
        row = find_inventory(self.world, entity, getattr(Inventory, of["inventory"]))
        return count_items(self.world, row, item(of["item"]))

    def positions(self, of: Mapping[str, Any]) -> list[float]:
        line = lines_of_belt(self.world, self.entity(of["entity"]))[of["line"] - 1]
        return [position for _, position in items_on_line(self.world, line)]

    def belt_items(self, of: Mapping[str, Any]) -> int:
        return sum(
            len(self.positions({"entity": tile, "line": of["line"]}))
            for tile in area_tiles(of["area"])
        )

    def ground_items(self, name: str) -> int:
        return sum(
            item_count(self.world, row, item(name))
            for row in entities(self.world)
            if KINDS[self.world.entity["kind"][row]] == "item_on_ground"
        )

    def resource_amount(self, area: list[int]) -> int:
        tiles = set(area_tiles(area))
        table, total = self.world.entity, 0
        for row in entities(self.world):
            place = int(table["x"][row]) >> 8, int(table["y"][row]) >> 8
            if KINDS[table["kind"][row]] == "resource" and place in tiles:
                component = int(table["component"][row])
                total += int(self.world.tables["resource"]["amount"][component])
        return total

    def produced(self, name: str) -> float:
        return float(self.world.tables["item_flow"]["produced"][item(name)])

    def consumed(self, name: str) -> float:
        return float(self.world.tables["item_flow"]["consumed"][item(name)])

    def fluid_produced(self, name: str) -> float:
        fluid = load().fluids[name].id
        return float(self.world.tables["fluid_flow"]["produced"][fluid])

    def fluid_consumed(self, name: str) -> float:
        fluid = load().fluids[name].id
        return float(self.world.tables["fluid_flow"]["consumed"][fluid])

    def flow(self, of: Mapping[str, Any]) -> float:
        names = load().items if of["kind"] == "item" else load().fluids
        samples = flow_samples(
            self.world,
            of["kind"],
            names[of["name"]].id,
            of["field"],
            FlowPrecisionIndex[of["precision"]],
        )
        return float(samples[of["sample"] - 1] if "sample" in of else samples.sum())

    def fluid_amount(self, of: Mapping[str, Any]) -> float:
        box = fluidboxes_of(self.world, self.entity(of["entity"]))[of["box"] - 1]
        return float(self.world.tables["fluidbox"]["amount"][box])

    def status(self, of: Mapping[str, Any]) -> str:
        return EntityStatus(self.world.entity["status"][self.entity(of["entity"])]).name

    def field(self, of: Mapping[str, Any]) -> float:
        row = self.entity(of["entity"])
        record = self.world.entity[row]
        sources = {
            "entity": row,
            KINDS[record["kind"]]: int(record["component"]),
            "burner": int(record["burner"]),
            "electric": int(record["electric"]),
        }
        for table, index in sources.items():
            names = self.world.tables[table].dtype.names if index else ()
            if of["name"] in names:
                return float(self.world.tables[table][of["name"]][index])
        raise KeyError(of["name"])

    def fuel_burnt_joules(self, of: Mapping[str, Any]) -> float:
        entity = self.entity(of["entity"])
        return self.fuel_joules_at_start[entity] - self._fuel_joules(entity)


READERS: Mapping[str, Callable[[Scene, Any], Any]] = {
    "item_count": Scene.item_count,
    "positions": Scene.positions,
    "belt_items": Scene.belt_items,
    "ground_items": Scene.ground_items,
    "resource_amount": Scene.resource_amount,
    "produced": Scene.produced,
    "consumed": Scene.consumed,
    "fluid_produced": Scene.fluid_produced,
    "fluid_consumed": Scene.fluid_consumed,
    "flow": Scene.flow,
    "fluid_amount": Scene.fluid_amount,
    "status": Scene.status,
    "field": Scene.field,
    "fuel_burnt_joules": Scene.fuel_burnt_joules,
}


def item(name: str) -> int:
    return load().items[name].id


def area_tiles(area: list[int]) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = area
    return ((x, y) for y in range(top, bottom) for x in range(left, right))


def check(scene: Scene, expectation: Mapping[str, Any], tick: int) -> None:
    (kind,) = set(expectation) - {"equals", "tolerance"}
    found = READERS[kind](scene, expectation[kind])
    equals, tolerance = expectation["equals"], expectation.get("tolerance", 0)
    where = f"tick {tick}: {kind} {expectation[kind]}"
    if isinstance(equals, str):
        assert found == equals, where
    else:
        assert found == pytest.approx(equals, rel=0, abs=tolerance), where


@pytest.mark.parametrize("case", list(read_cases()))
def test_case(case: Mapping[str, Any]) -> None:
    assert case["factorio"] == FACTORIO_VERSION
    assert case["source"]
    scene = Scene()
    for step in case["build"]:
        scene.build(step)
    for part in (case, *case.get("then", ())):
        advance(scene.world, part["wait_ticks"])
        for expectation in part["expect"]:
            check(scene, expectation, scene.world.tick)


def test_every_case_has_its_own_name() -> None:
    names = [parameters.id for parameters in read_cases()]
    assert len(names) == len(set(names))
