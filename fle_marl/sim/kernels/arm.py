"""An inserter's arm: how its hand gets from one place to another.

Source: prototype ``rotation_speed``, ``extension_speed``, ``energy_per_rotation``,
``energy_per_movement``; forum p=601235 (ticks of a cycle), t=49697 (its energy).
"""

import math
from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import KINDS
from fle_marl.sim.kernels.energy import energy_status, take_energy

__all__ = ["TO_DROP", "TO_PICKUP", "TO_SELF", "is_over_belt", "move_hand"]

# inserter.phase: where the hand goes
TO_PICKUP: Final = 0
TO_DROP: Final = 1
TO_SELF: Final = 2

_BELT: Final = KINDS.index("belt")
_HALF_TURN: Final = 0.5
_ROUNDING: Final = 1e-9
"""How far from its aim, in turns or tiles, the hand still counts as being there."""
_ENOUGH: Final = 1 - 1e-9
"""Share of the wanted energy that counts as all of it; less is rounding."""

_BELT_REACH_TILES: Final = 0.37
"""How far from its pickup position a hand on its way back takes an item off a belt.
Source: measured in the game: 34 ticks there and 34 back at 0.013 turns a tick, so that
it takes items 0.058 of a turn (and not 0.071) before the end, at a tile's distance."""


@kernel
def _step(value: float, aim: float, speed: float) -> float:
    """How far a hand moves in a tick towards its aim, at full speed."""
    way = aim - value
    if abs(way) <= speed + _ROUNDING:
        return way
    return speed if way > 0.0 else -speed


@kernel
def move_hand(state: Tables, row: int) -> bool:
    """Move the hand for a tick, as far as the energy goes.

    Returns:
        Whether it is where it should be.
    """
    inserter = state.inserter
    phase = inserter[row].phase
    aim, length = 0.0, inserter[row].pickup_extension
    if phase == TO_DROP:
        aim, length = _HALF_TURN, inserter[row].drop_extension
    elif phase == TO_SELF:
        aim, length = inserter[row].orientation, 0.0
    turn = _step(inserter[row].orientation, aim, inserter[row].rotation_speed)
    stretch = _step(inserter[row].extension, length, inserter[row].extension_speed)
    if turn == 0.0 and stretch == 0.0:
        return True
    wanted = (
        abs(turn) * inserter[row].energy_per_rotation
        + abs(stretch) * inserter[row].energy_per_movement
    )
    owner = inserter[row].entity
    taken = take_energy(state, owner, wanted)
    state.entity[owner].status = energy_status(state, owner, taken, wanted)
    if taken < wanted * _ENOUGH:
        inserter[row].orientation += turn * (taken / wanted)
        inserter[row].extension += stretch * (taken / wanted)
        return False
    inserter[row].orientation += turn
    inserter[row].extension += stretch
    if abs(inserter[row].orientation - aim) <= _ROUNDING:
        inserter[row].orientation = aim
    if abs(inserter[row].extension - length) <= _ROUNDING:
        inserter[row].extension = length
    return bool(inserter[row].orientation == aim and inserter[row].extension == length)


@kernel
def is_over_belt(state: Tables, row: int) -> bool:
    """Whether a hand on its way back is already near enough to take from a belt."""
    inserter = state.inserter
    if inserter[row].phase != TO_PICKUP:
        return False
    target = inserter[row].pickup_target
    if target == 0 or state.entity[target].kind != _BELT:
        return False
    length = inserter[row].pickup_extension
    way_tiles = inserter[row].orientation * 2.0 * math.pi * length
    return bool(way_tiles <= _BELT_REACH_TILES and inserter[row].extension == length)
