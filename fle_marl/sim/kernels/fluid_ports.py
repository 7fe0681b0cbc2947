"""Which ports of fluid boxes face each other.

A port opens to the tile outside its entity. Two ports are partners when each opens to
the tile just inside the other, or, under the ground, when they look at each other along
a row of tiles and nothing that looks back lies nearer. One must let out and the other
let in.

Source: prototype API, PipeConnectionDefinition (``position``, ``type``,
``max_underground_distance``).
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import CHUNK_TILES, TABLE_INDEX
from fle_marl.sim.kernels.space import chunk_at

__all__ = ["facing_port", "inside_tile", "join_ports", "side_of_port", "tiles_ahead"]

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
def _port_in_tile(
    state: Tables, at: tuple[int, int], back: int, goes: tuple[int, bool], besides: int
) -> int:
    """The port in a tile that another one may be joined to; 0 for none.

    Args:
        state: ``World.state``.
        at: the tile.
        back: side that it must open to.
        goes: ``flow_direction`` of the other, and whether that is underground.
        besides: entity whose ports do not count; 0 for none.
    """
    tile_x, tile_y = at
    direction, is_underground = goes
    fluidbox = state.fluidbox
    fluid_port = state.fluid_port
    cell_link = state.cell_link
    chunk = chunk_at(state, tile_x, tile_y)
    if chunk < 0:
        return 0
    link = state.cell[chunk, tile_y & _MASK, tile_x & _MASK]
    while link > 0:
        owner = cell_link[link].entity
        link = cell_link[link].next_in_cell
        box = state.entity[owner].first_fluidbox if owner != besides else 0
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


@called_kernel
def facing_port(
    state: Tables,
    inside: tuple[int, int],
    side: int,
    goes: tuple[int, int],
    besides: int,
) -> int:
    """The nearest port that a port looks at and may be joined to; 0 for none.

    Args:
        state: ``World.state``.
        inside: tile of its entity that the port is in, x and y.
        side: direction that it opens to.
        goes: its ``flow_direction`` and its ``maximum_distance``.
        besides: entity whose ports do not count; 0 for none.
    """
    step_x, step_y = tiles_ahead(side)
    x, y = inside
    direction, reach = goes
    for _ in range(max(1, reach)):
        x, y = x + step_x, y + step_y
        back = (side + 4) % 8
        found = _port_in_tile(state, (x, y), back, (direction, reach > 0), besides)
        if found > 0:
            return found
    return 0


@kernel
def join_ports(state: Tables) -> None:
    """Find the partner of every port; the flow of a pair that is new begins at 0."""
    fluid_port = state.fluid_port
    count = state.count
    for port in range(1, count[_PORT]):
        if fluid_port[port].entity <= 0:
            continue
        side, inside = side_of_port(state, port), inside_tile(state, port)
        goes = (
            int(fluid_port[port].flow_direction),
            int(fluid_port[port].maximum_distance),
        )
        partner = facing_port(state, inside, side, goes, 0)
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
