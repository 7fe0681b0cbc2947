"""Belt pieces on their tiles, and how their lines are led into each other.

Where scripts build one piece over another, other pieces see only the one whose entity
has the lowest row, and of several lines that lead straight on into one, the line of the
lowest entity does. So what leads where follows from what stands, not from the order in
which it is found.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import BELT_KIND_SPLITTER, COLLISION_LAYERS, KINDS
from fle_marl.sim.kernels.space import entity_at
from fle_marl.sim.kernels.transport_line import position_on_line, step_x, step_y

__all__ = [
    "TILE",
    "belt_at",
    "cut_line",
    "lead_on",
    "piece_of",
    "set_length",
    "tile_ahead",
]

TILE: Final = 256
"""1/256 tile."""

_BELT_KIND: Final = KINDS.index("belt")
_BELT_LAYER: Final = 1 << COLLISION_LAYERS.index("transport-belt-layer")


@kernel
def belt_at(state: Tables, x: int, y: int) -> int:
    """Row of the belt piece at a point; 0 when there is none."""
    return piece_of(state, entity_at(state, x, y, _BELT_LAYER))


@kernel
def piece_of(state: Tables, entity: int) -> int:
    """Belt row of an entity; 0 when it is no belt piece."""
    if state.entity[entity].kind == _BELT_KIND:
        return int(state.entity[entity].component)
    return 0


@kernel
def tile_ahead(state: Tables, row: int, half: int) -> tuple[int, int]:
    """Middle of the tile that a piece feeds; of a splitter's left (0) or right half."""
    belt = state.belt
    facing = int(belt[row].direction)
    x = int(belt[row].x) + TILE * step_x(facing)
    y = int(belt[row].y) + TILE * step_y(facing)
    if belt[row].kind == BELT_KIND_SPLITTER:
        aside = TILE // 2 if half == 1 else -(TILE // 2)
        to_right = (facing + 2) % 8
        x += aside * step_x(to_right)
        y += aside * step_y(to_right)
    return x, y


@called_kernel
def set_length(state: Tables, line: int, length: int) -> None:
    """Change a line's length; items on it keep their order and share of the way."""
    transport_line = state.transport_line
    before = int(transport_line[line].length)
    transport_line[line].length = length
    if before == length or before == 0:
        return
    first = transport_line[line].first_item
    front = max(1, int(transport_line[line].front) * length // before)
    distance = 0
    for index in range(transport_line[line].count):
        position = position_on_line(state, line, index)
        distance = front - max(1, position * length // before)
        state.line_item[first + index].distance = distance
    if transport_line[line].count > 0:
        transport_line[line].front = front
        transport_line[line].span = distance
        transport_line[line].is_squashed = True


@called_kernel
def cut_line(state: Tables, line: int) -> None:
    """Let a line lead nowhere."""
    transport_line = state.transport_line
    following = transport_line[line].next_line
    if following > 0 and transport_line[line].next_position == 0:
        transport_line[following].previous_line = 0
    transport_line[line].next_line = 0
    transport_line[line].next_position = 0


@called_kernel
def lead_on(state: Tables, line: int, goal: int) -> None:
    """Lead a line straight on into another, which has only one such line."""
    transport_line = state.transport_line
    rival = transport_line[goal].previous_line
    if rival > 0:
        if transport_line[rival].entity < transport_line[line].entity:
            return
        cut_line(state, rival)
    transport_line[line].next_line = goal
    transport_line[goal].previous_line = line
