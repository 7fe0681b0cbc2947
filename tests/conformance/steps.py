"""Steps of a case, carried out on its scene."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fle_marl.defines import Direction, Inventory
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import (
    create_entity,
    destroy_entity,
    placed_position,
    rotate_entity,
)
from fle_marl.sim.actions.character import set_walking, start_mining
from fle_marl.sim.actions.crafting import begin_crafting
from fle_marl.sim.actions.force import set_researched
from fle_marl.sim.actions.inventory import find_inventory, insert_items, set_bar
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.actions.transport_line import insert_at, lines_of_belt
from fle_marl.sim.parts import inventories_of
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems import splitter
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.inserter import set_filter
from fle_marl.sim.systems.item_on_ground import set_ground_item
from fle_marl.sim.systems.underground_belt import set_belt_to_ground_type
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

from . import case as format_
from .scene import KeptBox, Scene, area_tiles, item

ARROWS: Mapping[str, format_.Heading] = {
    "^": "north",
    ">": "east",
    "v": "south",
    "<": "west",
}
FULL_BELT = (0.0, 0.25, 0.5, 0.75)


def carry_out(scene: Scene, step: format_.Step) -> None:
    BUILDERS[type(step)](scene, step)


# --- entities


def _build_entity(scene: Scene, step: format_.BuildEntity) -> None:
    prototype = load().entities[step.name]
    direction = Direction[step.direction]
    x, y = placed_position(prototype, step.x, step.y, direction)
    entity = create_entity(scene.world, step.name, x, y, direction=int(direction))
    scene.entities[step.x, step.y] = entity
    if step.end:
        set_belt_to_ground_type(scene.world, entity, step.end)
        refreshed(scene.world)
    if step.recipe:
        set_recipe(scene.world, entity, load().recipes[step.recipe].id)
    _set_up(scene, entity, step)
    _fill(scene, entity, step)
    scene.fuel_joules_at_start[entity] = scene.fuel_joules(entity)


def _set_up(scene: Scene, entity: int, step: format_.BuildEntity) -> None:
    for index, name in enumerate(step.filters, start=1):
        set_filter(scene.world, entity, index, item(name))
    if step.bar is not None:
        (inventory,) = inventories_of(scene.world, entity)
        set_bar(scene.world, inventory, step.bar)
    if step.input_priority:
        splitter.set_splitter_input_priority(scene.world, entity, step.input_priority)
    if step.output_priority:
        splitter.set_splitter_output_priority(scene.world, entity, step.output_priority)
    if step.filter:
        splitter.set_splitter_filter(scene.world, entity, item(step.filter))


def _fill(scene: Scene, entity: int, step: format_.BuildEntity) -> None:
    for name, count in step.insert.items():
        assert insert_into(scene.world, entity, item(name), count) == count
    for define, items in step.inventory.items():
        row = find_inventory(scene.world, entity, getattr(Inventory, define))
        for name, count in items.items():
            assert insert_items(scene.world, row, item(name), count) == count


def _remove(scene: Scene, step: format_.Remove) -> None:
    destroy_entity(scene.world, scene.entity(step.remove))


def _turn(scene: Scene, step: format_.Turn) -> None:
    direction = int(Direction[step.direction])
    rotate_entity(scene.world, scene.entity(step.turn), direction)


# --- the ground


def _lay_resource(scene: Scene, step: format_.LayResource) -> None:
    for x, y in area_tiles(step.area):
        scene.resources[x, y] = add_resource(
            scene.world, step.resource, x, y, step.amount
        )


def _lay_tiles(scene: Scene, step: format_.LayTiles) -> None:
    scene.lay_tiles(step.tiles, area_tiles(step.area))


def _put_on_ground(scene: Scene, step: format_.PutOnGround) -> None:
    x, y = (tiles_to_units(tiles) for tiles in step.at)
    entity = create_entity(scene.world, "item-on-ground", x, y)
    set_ground_item(scene.world, entity, item(step.ground), step.count)
    scene.entities[step.at] = entity


# --- belts


def _lay_belts(scene: Scene, step: format_.LayBelts) -> None:
    for y, signs in enumerate(step.belts, start=step.y):
        for x, sign in enumerate(signs, start=step.x):
            if sign in ARROWS:
                belt = format_.BuildEntity(
                    name=step.name, x=x, y=y, direction=ARROWS[sign]
                )
                _build_entity(scene, belt)


def _put_on_belts(scene: Scene, step: format_.PutOnBelts) -> None:
    if step.entity is not None and step.line is not None:
        line = scene.line(step.entity, step.line)
        _put_on_line(scene, line, step.positions, item(step.put))
    for tile in area_tiles(step.area or (0, 0, 0, 0)):
        lines = lines_of_belt(scene.world, scene.entity(tile))
        for number in step.lines:
            _put_on_line(scene, lines[number - 1], FULL_BELT, item(step.put))


def _put_on_line(
    scene: Scene, line: int, positions: Iterable[float], what: int
) -> None:
    # an item makes a step when it is put on
    speed = int(scene.world.tables["transport_line"]["speed"][line])
    for position in positions:
        place = position + speed / POSITION_UNITS_PER_TILE
        assert insert_at(scene.world, line, place, what)


# --- fluids


def _put_fluid(scene: Scene, step: format_.PutFluid) -> None:
    box = scene.fluidbox(step.entity, step.box)
    scene.fill_box(box, step.fluid, step.amount, step.temperature)


def _keep_fluid(scene: Scene, step: format_.KeepFluid) -> None:
    box = scene.fluidbox(step.entity, step.box)
    scene.fill_box(box, step.keep, step.amount, step.temperature)
    scene.kept_boxes[box] = KeptBox(step.keep, step.amount, step.temperature)


# --- everything else


def _research(scene: Scene, step: format_.Research) -> None:
    technology = load().technologies[step.research]
    set_researched(scene.world, technology, is_researched=True)


def _order(scene: Scene, step: format_.Order) -> None:
    character = scene.entity(step.order)
    if step.walk:
        set_walking(scene.world, character, int(Direction[step.walk]))
    if step.mine:
        target = scene.entities.get(step.mine) or scene.resources[step.mine]
        assert start_mining(scene.world, character, target)
    if step.craft:
        recipe = load().recipes[step.craft].id
        started = begin_crafting(scene.world, character, recipe, step.count)
        assert started == step.count


def _set_time(scene: Scene, step: format_.SetTime) -> None:
    scene.world.clock["daytime"] = step.daytime


def _run_lua(scene: Scene, step: format_.RunLua) -> None:
    scene.api.execute(step.lua)


BUILDERS: Mapping[type[format_.Strict], Callable[[Scene, Any], None]] = {
    format_.BuildEntity: _build_entity,
    format_.LayBelts: _lay_belts,
    format_.LayResource: _lay_resource,
    format_.LayTiles: _lay_tiles,
    format_.PutOnBelts: _put_on_belts,
    format_.PutOnGround: _put_on_ground,
    format_.PutFluid: _put_fluid,
    format_.KeepFluid: _keep_fluid,
    format_.Research: _research,
    format_.Order: _order,
    format_.Remove: _remove,
    format_.Turn: _turn,
    format_.SetTime: _set_time,
    format_.RunLua: _run_lua,
}
