"""Offshore pumps: water without end, on the shore.

Source: prototype ``pumping_speed``, ``fluid``; prototype API, OffshorePumpPrototype,
for where it may stand.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np

from fle_marl.defines import Direction, EntityStatus
from fle_marl.geometry import BoundingBox, MapPosition, TilePosition, rotate_vector
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.cells import find_cells
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.kernels.flow import produce_fluid
from fle_marl.sim.kernels.fluid import put_fluid
from fle_marl.sim.parts import add_fluidbox
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import units_to_tiles

__all__ = ["SYSTEM", "can_place_offshore_pump", "update_offshore_pumps"]

_PUMP: Final = TABLE_INDEX["offshore_pump"]
_WORKING: Final = int(EntityStatus.working)
_FULL_OUTPUT: Final = int(EntityStatus.full_output)


@kernel
def update_offshore_pumps(state: Tables) -> None:
    """Pump for one tick; a pump whose box is full has the status ``full_output``."""
    entity = state.entity
    for row in range(1, state.count[_PUMP]):
        pump = state.offshore_pump[row]
        if pump.entity <= 0 or not entity[pump.entity].active:
            continue
        fluid = int(pump.fluid)
        temperature = state.fluid_prototype[fluid].default_temperature
        pumped = put_fluid(state, pump.box, fluid, pump.fluid_per_tick, temperature)
        produce_fluid(state, fluid, pumped)
        entity[pump.entity].status = _WORKING if pumped > 0.0 else _FULL_OUTPUT


def create_offshore_pump(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Make the pump's component and its fluid box."""
    box: Any = prototype.properties["fluid_box"]
    box_row = add_fluidbox(world, entity, box)
    row = world.allocate("offshore_pump")
    record = world.tables["offshore_pump"][row]
    record["entity"] = entity
    record["box"] = box_row
    record["fluid"] = load().fluids[prototype.text("fluid")].id
    record["fluid_per_tick"] = prototype.number("pumping_speed")
    world.entity["component"][entity] = row


def destroy_offshore_pump(world: World, entity: int) -> None:
    """Free the pump's component."""
    world.free("offshore_pump", int(world.entity["component"][entity]))


# --- where it may stand


def can_place_offshore_pump(
    world: World,
    x: int,
    y: int,
    direction: int,
    *,
    prototype: EntityPrototype | None = None,
) -> bool:
    """Whether the ground is right for an offshore pump; other entities are not asked.

    It stands on land. All tiles of the box in front of it are water, and the tile that
    its fluid comes out to is land. The prototype says so by masks: ``.._test`` names
    layers of which tiles must have one, ``.._mask`` those of which they must have none.

    Args:
        world: not changed.
        x: centre, 1/256 tile.
        y: centre, 1/256 tile.
        direction: 0, 2, 4 or 6: where the water is.
        prototype: of the pump; the game's only one by default.

    Source: OffshorePumpPrototype.center_collision_mask, adjacent_tile_collision_box,
    adjacent_tile_collision_test, adjacent_tile_collision_mask and
    fluid_box_tile_collision_test.
    """
    pump = prototype or load().entities["offshore-pump"]
    centre = MapPosition(units_to_tiles(x), units_to_tiles(y))
    facing = Direction(direction)
    ahead: Any = pump.properties["adjacent_tile_collision_box"]
    front = BoundingBox.from_json(ahead).rotated(facing).translated(centre)
    if not _allows(world, [centre.tile()], mask=pump.names("center_collision_mask")):
        return False
    if not _allows(
        world,
        front.tiles(),
        test=pump.names("adjacent_tile_collision_test"),
        mask=pump.names("adjacent_tile_collision_mask"),
    ):
        return False
    return _allows(
        world,
        _outlets(pump, centre, facing),
        test=pump.names("fluid_box_tile_collision_test"),
    )


def _outlets(
    pump: EntityPrototype, centre: MapPosition, facing: Direction
) -> Iterator[TilePosition]:
    """Tiles that the pump's fluid comes out to."""
    box: Any = pump.properties["fluid_box"]
    for connection in box["pipe_connections"]:
        outside = MapPosition.from_json(connection["position"])
        yield (centre + rotate_vector(outside, facing)).tile()


def _allows(
    world: World,
    tiles: Iterable[TilePosition],
    *,
    test: Iterable[str] = (),
    mask: Iterable[str] = (),
) -> bool:
    """Whether all tiles have a layer of the test, if any, and none of the mask."""
    wanted, refused = set(test), set(mask)
    places = np.array([tuple(tile) for tile in tiles])
    cells = find_cells(world.chunk_index, places[:, 0], places[:, 1])
    if (cells.chunk < 0).any():
        return False
    for number in np.unique(world.tables["tile"][cells]).tolist():
        layers = load().tiles.by_id(number).collision_mask
        if layers & refused or (wanted and not layers & wanted):
            return False
    return True


SYSTEM: Final = System(
    name="offshore_pump",
    kinds=("offshore_pump",),
    create=create_offshore_pump,
    destroy=destroy_offshore_pump,
    reads=("count", "offshore_pump", "fluid_prototype"),
    writes=("entity", "fluidbox", "fluid_flow", "fluid_flow_touched"),
)
