"""Walking: how far a tick carries a character, and what stops or turns it.

Straight or diagonal in the eight directions. A character that runs into something stops
at it; straight ahead it slides around a corner that it only just touches, diagonally it
slides along. On belts it is carried.

Source: prototype character (running_speed, maximum_corner_sliding_distance); positions
are multiples of 1/256 tile and walking is 38/256 tile per tick, measured. That the
modifiers of a character and of its force multiply, as those of mining by hand do (wiki,
Mining by hand), is a choice.
"""

import math
from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import COLLISION_LAYERS
from fle_marl.sim.kernels.space import (
    box_is_free,
    collision_box,
    entity_at,
    find_blocker,
    move_links,
    tile_at,
)

__all__ = ["belt_way", "move_character", "walking_speed", "walking_way"]

_BELT_LAYER: Final = 1 << COLLISION_LAYERS.index("transport-belt-layer")
_UNITS_PER_TILE: Final = 256
_DIAGONAL: Final = math.sqrt(0.5)
"""Share of the speed along each axis when walking diagonally; rounded down to 1/256
tile as the straight speed is (27 of 38). A choice: the way is as long as straight."""
_SLIDING_UNITS: Final = 179
"""How far a character moves aside around a corner, 1/256 tile.
Source: prototype character.maximum_corner_sliding_distance, 0.7 tiles."""
_ROUNDING: Final = 1e-9
"""Slack for products of speeds that are not exact in binary."""
_STEP_X: Final = (0, 1, 1, 1, 0, -1, -1, -1)
_STEP_Y: Final = (-1, -1, 0, 1, 1, 1, 0, -1)


@kernel
def _is_free(state: Tables, row: int, dx: int, dy: int) -> bool:
    """Whether a character could stand dx, dy away from where it is."""
    entity = state.entity
    prototype = entity[row].prototype
    box = collision_box(state, prototype, entity[row].x + dx, entity[row].y + dy, 0)
    mask = state.entity_prototype[prototype].collision_mask
    return box_is_free(state, box, mask, row)


@kernel
def _way_to(low: int, high: int, o_low: int, o_high: int, step: int) -> int:
    """How far an interval moves towards another before they touch, at most a step."""
    if step > 0:
        return max(0, min(step, o_low - high))
    return min(0, max(step, o_high - low))


@kernel
def _way_around(low: int, high: int, o_low: int, o_high: int) -> tuple[int, int]:
    """The two ways past an interval, the shorter one first; ties go back (up, left)."""
    back, forth = o_low - high, o_high - low
    if -back <= forth:
        return back, forth
    return forth, back


@kernel
def _straight_step(state: Tables, row: int, dx: int, dy: int) -> tuple[int, int]:
    """How a character moves that wants to go dx or dy: as far as it can, or aside.

    Returns:
        The way that is free, 1/256 tile; 0, 0 when it must stand still.
    """
    entity = state.entity
    prototype = entity[row].prototype
    mask = state.entity_prototype[prototype].collision_mask
    left, top, right, bottom = collision_box(
        state, prototype, entity[row].x, entity[row].y, 0
    )
    found, o_left, o_top, o_right, o_bottom = find_blocker(
        state, (left + dx, top + dy, right + dx, bottom + dy), mask, row
    )
    if not found:
        return dx, dy
    # up to the obstacle first
    near_x = _way_to(left, right, o_left, o_right, dx)
    near_y = _way_to(top, bottom, o_top, o_bottom, dy)
    if (near_x != 0 or near_y != 0) and _is_free(state, row, near_x, near_y):
        return near_x, near_y
    # at the obstacle: aside, if straight ahead is free from there
    if dx != 0:
        ways = _way_around(top, bottom, o_top, o_bottom)
    else:
        ways = _way_around(left, right, o_left, o_right)
    speed = abs(dx) + abs(dy)
    for index in range(2):
        way = ways[index]
        if abs(way) > _SLIDING_UNITS:
            continue
        way_x, way_y = (0, way) if dx != 0 else (way, 0)
        if not _is_free(state, row, way_x + dx, way_y + dy):
            continue
        # by a whole step if it can, so it misses gaps that are hardly wider than it
        for attempt in range(2):
            step = speed if way > 0 else -speed
            if attempt == 1:
                step = max(-speed, min(speed, way))
            step_x, step_y = (0, step) if dx != 0 else (step, 0)
            if _is_free(state, row, step_x, step_y):
                return step_x, step_y
    return 0, 0


@kernel
def move_character(state: Tables, row: int, dx: int, dy: int) -> None:
    """Move a character, around or along what is in the way.

    Args:
        state: ``World.state``, changed.
        row: the character's entity.
        dx: how far it wants to go, 1/256 tile.
        dy: likewise.
    """
    entity = state.entity
    for attempt in range(3):
        # diagonally: both ways at once, else along x, else along y
        way_x = 0 if attempt == 2 else dx
        way_y = 0 if attempt == 1 else dy
        if dx == 0 or dy == 0:
            way_x, way_y = _straight_step(state, row, dx, dy)
        elif not _is_free(state, row, way_x, way_y):
            continue
        if way_x != 0 or way_y != 0:
            entity[row].x += way_x
            entity[row].y += way_y
            x, y = entity[row].x, entity[row].y
            box = collision_box(state, entity[row].prototype, x, y, 0)
            move_links(state, row, box)
        return


@kernel
def walking_speed(state: Tables, row: int) -> float:
    """How fast a character walks where it stands, tiles per tick."""
    character = state.character
    entity = state.entity
    person = character[row].entity
    ground = tile_at(state, entity[person].x >> 8, entity[person].y >> 8)
    force = state.force[entity[person].force]
    return float(
        character[row].running_speed
        * (1.0 + character[row].running_speed_modifier)
        * (1.0 + force.character_running_speed_modifier)
        * state.tile_prototype[ground].walking_speed_modifier
    )


@kernel
def walking_way(state: Tables, row: int) -> tuple[int, int]:
    """How far a walking character wants to go in this tick.

    Args:
        state: ``World.state``.
        row: of the character.

    Returns:
        x and y, 1/256 tile.
    """
    speed = walking_speed(state, row)
    direction = state.character[row].walking_direction & 7
    if direction & 1:
        speed *= _DIAGONAL
    units = int(speed * _UNITS_PER_TILE + _ROUNDING)
    return _STEP_X[direction] * units, _STEP_Y[direction] * units


@kernel
def belt_way(state: Tables, person: int) -> tuple[int, int]:
    """How far the belt under a character carries it in this tick.

    In the direction that the belt faces, also on curves. Source: wiki, "Belts" carry
    characters at their own speed; the way through a curve is a choice.

    Args:
        state: ``World.state``.
        person: the character's entity.

    Returns:
        x and y, 1/256 tile.
    """
    entity = state.entity
    x, y = entity[person].x, entity[person].y
    row = entity_at(state, x, y, _BELT_LAYER)
    if row == 0:
        return 0, 0
    speed = int(state.belt[entity[row].component].speed)
    direction = entity[row].direction & 7
    return _STEP_X[direction] * speed, _STEP_Y[direction] * speed
