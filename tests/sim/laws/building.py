"""Factories come into the world, as planned, turned or mirrored."""

from dataclasses import dataclass

import numpy as np

from fle_marl.defines import Direction
from fle_marl.geometry import MapPosition, rotate_vector
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import (
    can_place,
    create_entity,
    placed_position,
)
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.actions.transport_line import insert_at, lines_of_belt
from fle_marl.sim.components import CHUNK_TILES, KINDS
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.underground_belt import set_belt_to_ground_type
from fle_marl.sim.world import World
from fle_marl.units import tiles_to_units, units_to_tiles

from .factories import Factory, Piece

MAP_CHUNKS = range(-1, 1)
GROUND = "grass-1"
BELT = KINDS.index("belt")
PLACES_ON_A_LANE = (0.0, 0.25, 0.5, 0.75)


@dataclass(frozen=True)
class View:
    """How a plan is laid onto the map: mirrored, east for west, and then turned."""

    turn: Direction = Direction.north
    is_mirrored: bool = False

    def place(self, at: MapPosition) -> MapPosition:
        if self.is_mirrored:
            at = MapPosition(-at.x, at.y)
        return rotate_vector(at, self.turn)

    def heading(self, piece: Piece) -> int:
        direction = piece.direction
        if self.is_mirrored:
            # a tank's connections are mirrored by a quarter turn
            direction = 2 - direction if piece.name == "storage-tank" else -direction
        return (direction + self.turn) % 8


STRAIGHT = View()


def build(plan: Factory, view: View = STRAIGHT, seed: int = 0) -> World:
    world = World(seed)
    ground = np.full((CHUNK_TILES, CHUNK_TILES), load().tiles[GROUND].id, np.uint8)
    for x in MAP_CHUNKS:
        for y in MAP_CHUNKS:
            world.add_chunk(x, y, ground)
    for each in plan.fields:
        for x in range(each.left, each.right):
            for y in range(each.top, each.bottom):
                tile = view.place(MapPosition(x + 0.5, y + 0.5)).tile()
                add_resource(world, each.ore, tile.x, tile.y, each.amount)
    for piece in plan.pieces:
        _build_piece(world, piece, view)
    return world


def _build_piece(world: World, piece: Piece, view: View) -> None:
    prototype = load().entities[piece.name]
    planned = placed_position(prototype, piece.x, piece.y, piece.direction)
    at = view.place(MapPosition(*map(units_to_tiles, planned)))
    x, y = map(tiles_to_units, at)
    direction = view.heading(piece)
    if not can_place(world, prototype, x, y, direction):
        return
    entity = create_entity(world, piece.name, x, y, direction=direction)
    if piece.end:
        set_belt_to_ground_type(world, entity, piece.end)
        refreshed(world)
    if piece.recipe:
        set_recipe(world, entity, load().recipes[piece.recipe].id)
    if piece.fluid:
        _fill_box(world, entity, *piece.fluid)
    for name, count in piece.items.items():
        item = load().items[name].id
        if world.entity["kind"][entity] == BELT:
            _put_on_belt(world, entity, item, count)
        else:
            insert_into(world, entity, item, count)


def _put_on_belt(world: World, entity: int, item: int, count: int) -> None:
    lines = lines_of_belt(world, entity)[:2]
    places = [(line, place) for place in PLACES_ON_A_LANE for line in lines]
    for line, place in places[:count]:
        insert_at(world, line, place, item)


def _fill_box(world: World, entity: int, name: str, amount: float) -> None:
    if amount:
        fluid = load().fluids[name]
        record = world.tables["fluidbox"][fluidboxes_of(world, entity)[0]]
        record["fluid"] = fluid.id
        record["amount"] = amount
        record["temperature"] = fluid.default_temperature
