"""Electric poles and the copper wires between them.

A new pole is wired to the nearest poles that both can reach, five at most, but not to a
pole that already shares a neighbour with it. When a pole goes, its neighbours are wired
to each other by the same rule, as far as they reach; otherwise the network falls apart.

Both rules are from playing the game, there is no written source; poles that are equally
far are taken in the order of their rows.

Source: wiki.factorio.com/Electric_system (five connections, the shorter reach counts);
prototype ``maximum_wire_distance``, ``supply_area_distance``.
"""

from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, entry_point, kernel
from fle_marl.sim.components import (
    CHUNK_TILES,
    KINDS,
    MAXIMUM_COPPER_WIRES,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.space import chunk_at
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

__all__ = [
    "SYSTEM",
    "can_reach",
    "connect_poles",
    "disconnect_all",
    "disconnect_poles",
    "pole_neighbours",
]

_POLE: Final = KINDS.index("pole")
_MASK: Final = CHUNK_TILES - 1


def create_pole(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Make the pole's component and wire it to its surroundings."""
    row = world.allocate("pole")
    record = world.tables["pole"][row]
    record["entity"] = entity
    world.clock["last_pole_number"] += 1
    record["number"] = world.clock["last_pole_number"][0]
    record["wire_reach"] = prototype.number("maximum_wire_distance")
    record["supply_distance"] = tiles_to_units(prototype.number("supply_area_distance"))
    world.entity["component"][entity] = row
    _wires_changed(world)
    for other in _poles_in_reach(world, entity):
        if int(world.tables["pole"]["wire_count"][row]) == MAXIMUM_COPPER_WIRES:
            break
        if not _share_neighbour(world, entity, other):
            connect_poles(world, entity, other)


def _poles_in_reach(world: World, entity: int) -> list[int]:
    """Entities of the other poles that a wire from a pole can reach, nearest first."""
    most = int(world.count[TABLE_INDEX["pole"]])
    found, squares = np.empty(most, np.int64), np.empty(most, np.int64)
    count = int(_find_poles(world.state, entity, found, squares))
    # by distance, then by row
    order = np.lexsort((found[:count], squares[:count]))
    near: list[int] = found[order].tolist()
    return near


@kernel
def _find_in_tile(
    state: Tables,
    center: int,
    tile_x: int,
    tile_y: int,
    count: int,
    found: NDArray[np.int64],
    squares: NDArray[np.int64],
) -> int:
    """Add the poles whose centre is in a tile to those that a wire can reach."""
    entity, pole = state.entity, state.pole
    chunk = chunk_at(state, tile_x, tile_y)
    link = 0
    if chunk >= 0:
        link = int(state.cell[chunk, tile_y & _MASK, tile_x & _MASK])
    while link > 0:
        other = int(state.cell_link[link].entity)
        link = int(state.cell_link[link].next_in_cell)
        x, y = int(entity[other].x), int(entity[other].y)
        if entity[other].kind != _POLE or x >> 8 != tile_x or y >> 8 != tile_y:
            continue
        x -= int(entity[center].x)
        y -= int(entity[center].y)
        mine = pole[entity[center].component].wire_reach
        theirs = pole[entity[other].component].wire_reach
        reach = min(mine, theirs) * POSITION_UNITS_PER_TILE
        is_near = x * x + y * y <= reach * reach
        if other != center and is_near and count < found.shape[0]:
            found[count] = other
            squares[count] = x * x + y * y
            count += 1
    return count


@entry_point
def _find_poles(
    state: Tables, center: int, found: NDArray[np.int64], squares: NDArray[np.int64]
) -> int:
    """Find the poles that a wire from a pole can reach.

    Args:
        state: ``World.state``.
        center: entity of the pole.
        found: written: entities of the others; as long as ``pole`` has rows.
        squares: written: squares of their distances, 1/256 tile.

    Returns:
        How many were found.
    """
    entity = state.entity
    tile_x, tile_y = int(entity[center].x) >> 8, int(entity[center].y) >> 8
    reach = int(state.pole[entity[center].component].wire_reach) + 1
    count = 0
    for y in range(tile_y - reach, tile_y + reach + 1):
        for x in range(tile_x - reach, tile_x + reach + 1):
            count = _find_in_tile(state, center, x, y, count, found, squares)
    return count


def can_reach(world: World, pole: int, other: int) -> bool:
    """Whether a wire between two poles (entities) is short enough for both."""
    a, b = world.entity[pole], world.entity[other]
    distance = np.hypot(int(a["x"]) - int(b["x"]), int(a["y"]) - int(b["y"]))
    poles = world.tables["pole"]["wire_reach"]
    reach = min(poles[int(a["component"])], poles[int(b["component"])])
    return bool(distance <= reach * POSITION_UNITS_PER_TILE)


def pole_neighbours(world: World, pole: int) -> list[int]:
    """Entities of the poles that a pole is wired to, in the order of wiring."""
    record = world.tables["pole"][int(world.entity["component"][pole])]
    return [int(other) for other in record["wires"][: int(record["wire_count"])]]


def connect_poles(world: World, pole: int, other: int) -> bool:
    """Wire two poles; ``LuaEntity.connect_neighbour``.

    `schedule.refresh` must run before the next tick.

    Args:
        world: changed.
        pole: entity.
        other: entity.

    Returns:
        False when nothing was done: they are the same, wired already, too far apart, or
        one of them has all the wires that it can take.
    """
    if pole == other or other in pole_neighbours(world, pole):
        return False
    if not can_reach(world, pole, other):
        return False
    poles = world.tables["pole"]
    rows = [int(world.entity["component"][each]) for each in (pole, other)]
    if any(int(poles["wire_count"][row]) >= MAXIMUM_COPPER_WIRES for row in rows):
        return False
    for row, end in zip(rows, (other, pole), strict=True):
        poles["wires"][row, int(poles["wire_count"][row])] = end
        poles["wire_count"][row] += 1
    _wires_changed(world)
    return True


def disconnect_poles(world: World, pole: int, other: int) -> bool:
    """Cut the wire between two poles; ``LuaEntity.disconnect_neighbour``.

    `schedule.refresh` must run before the next tick.

    Returns:
        False when there was none.
    """
    if other not in pole_neighbours(world, pole):
        return False
    for one, end in ((pole, other), (other, pole)):
        record = world.tables["pole"][int(world.entity["component"][one])]
        kept = [left for left in pole_neighbours(world, one) if left != end]
        record["wires"] = 0
        record["wires"][: len(kept)] = kept
        record["wire_count"] = len(kept)
    _wires_changed(world)
    return True


def disconnect_all(world: World, pole: int) -> None:
    """Cut all wires of a pole; `schedule.refresh` must run before the next tick."""
    for other in pole_neighbours(world, pole):
        disconnect_poles(world, pole, other)


def destroy_pole(world: World, entity: int) -> None:
    """Cut the pole's wires, wire its neighbours to each other, free its component."""
    neighbours = pole_neighbours(world, entity)
    disconnect_all(world, entity)
    _hand_on_number(world, entity, neighbours)
    world.free("pole", int(world.entity["component"][entity]))
    for one, other in sorted(
        combinations(neighbours, 2), key=lambda pair: _square(world, *pair)
    ):
        if not _share_neighbour(world, one, other):
            connect_poles(world, one, other)
    _wires_changed(world)


def _hand_on_number(world: World, entity: int, neighbours: list[int]) -> None:
    """Let a network that loses the pole it is named after keep its name."""
    poles = world.tables["pole"]
    row = int(world.entity["component"][entity])
    others = [int(world.entity["component"][each]) for each in neighbours]
    if not others:
        return
    heir = min(others, key=lambda other: int(poles["number"][other]))
    if poles["number"][row] < poles["number"][heir]:
        for field in ("number", "network"):
            poles[field][heir] = poles[field][row]


def _square(world: World, one: int, other: int) -> int:
    a, b = world.entity[one], world.entity[other]
    x, y = int(a["x"]) - int(b["x"]), int(a["y"]) - int(b["y"])
    return x * x + y * y


def _share_neighbour(world: World, one: int, other: int) -> bool:
    """Whether two poles are wired to the same third pole."""
    mine = pole_neighbours(world, one)
    return any(each in mine for each in pole_neighbours(world, other))


def _wires_changed(world: World) -> None:
    world.clock["electric_dirty"] = True


SYSTEM: Final = System(
    name="electric_pole", kinds=("pole",), create=create_pole, destroy=destroy_pole
)
