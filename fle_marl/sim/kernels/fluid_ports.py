"""Which ports of fluid boxes face each other.

A port opens to the tile outside its entity. Two ports are partners when each opens to
the tile just inside the other, or, under the ground, when they look at each other along
a row of tiles and nothing that looks back lies nearer. One must let out and the other
let in.

Source: prototype API, PipeConnectionDefinition (``position``, ``type``,
``max_underground_distance``).
"""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import CHUNK_TILES, TABLE_INDEX
from fle_marl.sim.kernels.space import chunk_at

__all__ = ["inside_tile", "join_ports", "side_of_port", "tiles_ahead"]

_PORT: Final = TABLE_INDEX["fluid_port"]
_MASK: Final = CHUNK_TILES - 1
_LETS_IN: Final = 1
_LETS_OUT: Final = 2
_EAST: Final = 2
_SOUTH: Final = 4
_WEST: Final = 6


@kernel
def tiles_ahead(side: int) -> tuple[int, int]:
    """One step to a side: 0 north, 2 east, 4 south, 6 west."""
    if side == _EAST:
        return 1, 0
    if side == _SOUTH:
        return 0, 1
    if side == _WEST:
        return -1, 0
    return 0, -1


@kernel
def side_of_port(state: Tables, port: int) -> int:
    """Direction that a port opens to as its entity faces now."""
    fluid_port = state.fluid_port
    facing = state.entity[fluid_port[port].entity].direction // 2 * 2
    return int((fluid_port[port].side + facing) % 8)


@kernel
def inside_tile(state: Tables, port: int) -> tuple[int, int]:
    """The tile of the entity that a port is in; the one ahead is outside."""
    entity = state.entity
    fluid_port = state.fluid_port
    row = fluid_port[port].entity
    quarter = entity[row].direction // 2
    x = (entity[row].x + fluid_port[port].outside_x[quarter]) >> 8
    y = (entity[row].y + fluid_port[port].outside_y[quarter]) >> 8
    step_x, step_y = tiles_ahead(side_of_port(state, port))
    return int(x) - step_x, int(y) - step_y


@kernel
def _port_in_tile(state: Tables, port: int, tile_x: int, tile_y: int) -> int:
    """The port in a tile that looks back at a port and goes with it; 0 for none."""
    fluidbox = state.fluidbox
    fluid_port = state.fluid_port
    cell_link = state.cell_link
    chunk = chunk_at(state, tile_x, tile_y)
    if chunk < 0:
        return 0
    back = (side_of_port(state, port) + 4) % 8
    is_underground = fluid_port[port].maximum_distance > 0
    direction = fluid_port[port].flow_direction
    link = state.cell[chunk, tile_y & _MASK, tile_x & _MASK]
    while link > 0:
        box = state.entity[cell_link[link].entity].first_fluidbox
        link = cell_link[link].next_in_cell
        while box > 0:
            other = fluidbox[box].first_port
            box = fluidbox[box].next
            while other > 0:
                candidate = other
                other = fluid_port[candidate].next
                if side_of_port(state, candidate) != back:
                    continue
                if (fluid_port[candidate].maximum_distance > 0) != is_underground:
                    continue
                x, y = inside_tile(state, candidate)
                if x != tile_x or y != tile_y:
                    continue
                others = fluid_port[candidate].flow_direction
                if direction & _LETS_OUT and others & _LETS_IN:
                    return int(candidate)
                if direction & _LETS_IN and others & _LETS_OUT:
                    return int(candidate)
    return 0


@kernel
def join_ports(state: Tables) -> None:
    """Find the partner of every port; the flow of a pair that is new begins at 0."""
    fluid_port = state.fluid_port
    count = state.count
    for port in range(1, count[_PORT]):
        if fluid_port[port].entity <= 0:
            continue
        step_x, step_y = tiles_ahead(side_of_port(state, port))
        x, y = inside_tile(state, port)
        partner = 0
        for _ in range(max(1, fluid_port[port].maximum_distance)):
            x, y = x + step_x, y + step_y
            partner = _port_in_tile(state, port, x, y)
            if partner > 0:
                break
        if partner != fluid_port[port].partner:
            fluid_port[port].partner = partner
            fluid_port[port].flow = 0.0
    for port in range(1, count[_PORT]):
        if fluid_port[port].entity <= 0 or fluid_port[port].partner == 0:
            continue
        # what a port finds under the ground may itself have found something nearer
        if fluid_port[fluid_port[port].partner].partner != port:
            fluid_port[port].partner = 0
            fluid_port[port].flow = 0.0
