"""An inserter's arm: how its hand gets from one place to another.

The hand turns and stretches at once, stretching first if there is not energy for both,
and goes the shorter way round. Half a turn, from pickup to drop and back, goes over the
west for arms along the north-south axis and over the north for the others.

Source: prototype ``rotation_speed``, ``extension_speed``, ``energy_per_rotation``,
``energy_per_movement``; forum p=601235 (ticks of a cycle), t=49697 (its energy); ways
and order of the two movements from factory-sim 0.3.0, recorded from the game.
"""

import math
from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.kernels.energy import draw_energy, energy_status, refill_burner

__all__ = ["TO_DROP", "TO_PICKUP", "TO_SELF", "aim_at", "move_hand"]

# inserter.phase: where the hand goes
TO_PICKUP: Final = 0
TO_DROP: Final = 1
TO_SELF: Final = 2

_WORKING: Final = int(EntityStatus.working)
_UNITS_PER_TILE: Final = 256
_HALF_TURN: Final = 0.5
_ROUNDING: Final = 1e-9
"""How far from its aim, in turns or tiles, the hand still counts as being there."""
_ENOUGH: Final = 1 - 1e-9
"""Share of the wanted energy that counts as all of it; less is rounding."""


@kernel
def aim_at(state: Tables, row: int, x: float, y: float) -> tuple[float, float]:
    """Which way a hand must point, and how far, to be at a place.

    Args:
        state: ``World.state``.
        row: the inserter.
        x: the place, 1/256 tile.
        y: the place, 1/256 tile.

    Returns:
        Orientation in turns, 0 north and 0.25 east, and length in tiles.
    """
    owner = state.inserter[row].entity
    way_x, way_y = x - state.entity[owner].x, y - state.entity[owner].y
    turn = math.atan2(way_x, -way_y) / (2.0 * math.pi)
    if turn < 0.0:
        turn += 1.0
    return turn, math.hypot(way_x, way_y) / _UNITS_PER_TILE


@kernel
def _way_round(orientation: float, aim: float) -> float:
    """How far to turn, the shorter way; of two equal ways as in the game."""
    way = aim - orientation
    if way >= _HALF_TURN:
        return way - 1.0
    return way + 1.0 if way <= -_HALF_TURN else way


@kernel
def _step(way: float, step: float, nearness: float) -> float:
    """How far a hand moves in a tick: a step, or all of a way that is near enough."""
    if abs(way) <= nearness + _ROUNDING:
        return way
    return step if way > 0.0 else -step


@called_kernel
def move_hand(state: Tables, row: int, aim: float, length: float) -> bool:
    """Move a hand for a tick, as far as the energy goes that is there.

    A fire makes up for it at once, but where the hand arrives only when the inserter
    has acted, and then it may wait.

    Args:
        state: ``World.state``, changed.
        row: the inserter.
        aim: orientation to get to, turns.
        length: distance to get to, tiles.

    Returns:
        Whether it is there.
    """
    inserter = state.inserter
    owner = inserter[row].entity
    way = _way_round(inserter[row].orientation, aim)
    stretch = length - inserter[row].extension
    if way == 0.0 and stretch == 0.0:
        return True
    turn_step, stretch_step = (
        inserter[row].rotation_speed,
        inserter[row].extension_speed,
    )
    per_turn = inserter[row].energy_per_rotation
    per_tile = inserter[row].energy_per_movement
    more_steps = inserter[row].arrival_steps - 1
    wanted = (
        min(abs(stretch), stretch_step) * per_tile + min(abs(way), turn_step) * per_turn
    )
    taken = draw_energy(state, owner, wanted)
    is_fed = taken >= wanted * _ENOUGH
    if not is_fed:
        if per_tile > 0.0:
            stretch_step = min(stretch_step, taken / per_tile)
        left = taken - min(abs(stretch), stretch_step) * per_tile
        turn_step = min(turn_step, max(left, 0.0) / per_turn)
    near = stretch_step + more_steps * inserter[row].extension_speed
    moved = _step(stretch, stretch_step, near)
    inserter[row].extension += moved
    is_stretched = moved == stretch
    if is_stretched:
        inserter[row].extension = length
    near = turn_step
    if is_fed and is_stretched:
        near += more_steps * inserter[row].rotation_speed
    moved = _step(way, turn_step, near)
    is_turned = moved == way
    if is_turned and is_stretched and state.entity[owner].burner > 0:
        state.entity[owner].status = _WORKING
    else:
        refill_burner(state, owner, wanted)
        state.entity[owner].status = energy_status(state, owner, taken, wanted)
    if is_turned:
        inserter[row].orientation = aim
        return bool(is_stretched)
    turned = inserter[row].orientation + moved
    if turned < 0.0:
        turned += 1.0
    inserter[row].orientation = turned if turned < 1.0 else turned - 1.0
    return False
