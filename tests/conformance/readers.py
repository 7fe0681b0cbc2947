"""Readings of a scene that expectations of cases ask for."""

from collections.abc import Callable, Mapping
from typing import Any

from fle_marl.defines import EntityStatus, Inventory
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import entities
from fle_marl.sim.actions.inventory import count_items, find_inventory
from fle_marl.sim.actions.items import item_count
from fle_marl.sim.actions.transport_line import items_on_line
from fle_marl.sim.components import KINDS

from . import case as format_
from .scene import Scene, area_tiles, item


def read(scene: Scene, expectation: format_.Expectation) -> Any:
    """What an expectation is about, as it is now."""
    reading = expectation.reading
    return READERS[reading](scene, getattr(expectation, reading))


# --- items


def _item_count(scene: Scene, of: format_.ItemsIn) -> int:
    entity = scene.entity(of.entity)
    if of.inventory is None:
        return item_count(scene.world, entity, item(of.item))
    row = find_inventory(scene.world, entity, getattr(Inventory, of.inventory))
    return count_items(scene.world, row, item(of.item))


def _positions(scene: Scene, of: format_.Line) -> list[float]:
    items = items_on_line(scene.world, scene.line(of.entity, of.line))
    return [position for _, position in items]


def _items_on_line(scene: Scene, of: format_.Line) -> list[str]:
    return _names_on_line(scene, of.entity, of.line)


def _names_on_line(scene: Scene, place: format_.Place, line: int) -> list[str]:
    items = items_on_line(scene.world, scene.line(place, line))
    return [load().items.by_id(number).name for number, _ in items]


def _belt_items(scene: Scene, of: format_.LinesOfArea) -> int:
    return sum(
        1
        for tile in area_tiles(of.area)
        for name in _names_on_line(scene, tile, of.line)
        if of.item in (None, name)
    )


def _ground_items(scene: Scene, name: str) -> int:
    return sum(
        item_count(scene.world, row, item(name))
        for row in entities(scene.world)
        if KINDS[scene.world.entity["kind"][row]] == "item_on_ground"
    )


def _resource_amount(scene: Scene, area: format_.Area) -> int:
    tiles = set(area_tiles(area))
    table, total = scene.world.entity, 0
    for row in entities(scene.world):
        place = int(table["x"][row]) >> 8, int(table["y"][row]) >> 8
        if KINDS[table["kind"][row]] == "resource" and place in tiles:
            component = int(table["component"][row])
            total += int(scene.world.tables["resource"]["amount"][component])
    return total


# --- statistics


def _produced(scene: Scene, name: str) -> float:
    return float(scene.world.tables["item_flow"]["produced"][item(name)])


def _consumed(scene: Scene, name: str) -> float:
    return float(scene.world.tables["item_flow"]["consumed"][item(name)])


def _fluid_produced(scene: Scene, name: str) -> float:
    fluid = load().fluids[name].id
    return float(scene.world.tables["fluid_flow"]["produced"][fluid])


def _fluid_consumed(scene: Scene, name: str) -> float:
    fluid = load().fluids[name].id
    return float(scene.world.tables["fluid_flow"]["consumed"][fluid])


# --- fluids


def _fluid_amount(scene: Scene, of: format_.Box) -> float:
    box = scene.fluidbox(of.entity, of.box)
    return float(scene.world.tables["fluidbox"]["amount"][box])


def _fluid_temperature(scene: Scene, of: format_.Box) -> float:
    box = scene.fluidbox(of.entity, of.box)
    return float(scene.world.tables["fluidbox"]["temperature"][box])


def _fluid_drained(scene: Scene, of: format_.Box) -> float:
    return scene.kept_boxes[scene.fluidbox(of.entity, of.box)].drained


# --- machines


def _status(scene: Scene, of: format_.One) -> str:
    return EntityStatus(scene.world.entity["status"][scene.entity(of.entity)]).name


def _field(scene: Scene, of: format_.InnerField) -> float:
    source = int(scene.world.entity["electric"][scene.entity(of.entity)])
    return float(scene.world.tables["electric"][of.name][source])


def _fuel_burnt_joules(scene: Scene, of: format_.One) -> float:
    entity = scene.entity(of.entity)
    return scene.fuel_joules_at_start[entity] - scene.fuel_joules(entity)


def _lua(scene: Scene, expression: str) -> object:
    return scene.api.execute(f"return {expression}")


READERS: Mapping[str, Callable[[Scene, Any], Any]] = {
    "item_count": _item_count,
    "positions": _positions,
    "items_on_line": _items_on_line,
    "belt_items": _belt_items,
    "ground_items": _ground_items,
    "resource_amount": _resource_amount,
    "produced": _produced,
    "consumed": _consumed,
    "fluid_produced": _fluid_produced,
    "fluid_consumed": _fluid_consumed,
    "fluid_amount": _fluid_amount,
    "fluid_temperature": _fluid_temperature,
    "fluid_drained": _fluid_drained,
    "status": _status,
    "field": _field,
    "fuel_burnt_joules": _fuel_burnt_joules,
    "lua": _lua,
}
