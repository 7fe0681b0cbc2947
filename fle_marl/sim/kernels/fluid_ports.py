"""Which ports of fluid boxes face each other.

A port opens to the tile outside its entity. Two ports are partners when each opens to
the tile just inside the other, or, under the ground, when they look at each other along
a row of tiles and nothing that looks back lies nearer. One must let out and the other
let in.

When an entity comes, goes or turns, only ports that look at one of its own are looked
at again. Which boxes are one system then is found before the next tick
(`kernels.fluid_order`).

Source: prototype API, PipeConnectionDefinition (``position``, ``type``,
``max_underground_distance``).
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.kernels.fluid_order import save_flows
from fle_marl.sim.kernels.space import first_link_at

__all__ = [
    "facing_port",
    "inside_tile",
    "join_ports",
    "part_ports",
    "side_of_port",
    "tiles_ahead",
]

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
def _goes_with(state: Tables, goes: tuple[int, int], other: int, distance: int) -> bool:
    """Whether a port can be the partner of one that it looks at, so far apart.

    Args:
        state: ``World.state``.
        goes: of the one, its ``flow_direction`` and its ``maximum_distance``.
        other: row of the other.
        distance: tiles.
    """
    ways, reach = goes
    fluid_port = state.fluid_port
    others_reach = fluid_port[other].maximum_distance
    if (reach > 0) != (others_reach > 0) or (reach > 0 and others_reach < distance):
        return False
    others = fluid_port[other].flow_direction
    can_leave = ways & _LETS_OUT and others & _LETS_IN
    can_enter = ways & _LETS_IN and others & _LETS_OUT
    return bool(can_leave or can_enter)


@kernel
def _goes(state: Tables, port: int) -> tuple[int, int]:
    """The ``flow_direction`` and ``maximum_distance`` of a port."""
    fluid_port = state.fluid_port
    return int(fluid_port[port].flow_direction), int(fluid_port[port].maximum_distance)


@called_kernel
def _next_facing(
    state: Tables,
    back: int,
    goes: tuple[int, int],
    tile: tuple[int, int],
    distance: int,
    after: int,
) -> int:
    """The next port in a tile that looks back at another one and goes with it.

    Args:
        state: ``World.state``.
        back: side that it must open to.
        goes: of the other, its ``flow_direction`` and its ``maximum_distance``.
        tile: x and y.
        distance: of that tile from the other port, tiles.
        after: the one that came before; 0 to begin.

    Returns:
        0 at the end.
    """
    fluidbox = state.fluidbox
    fluid_port = state.fluid_port
    tile_x, tile_y = tile
    is_due = after == 0
    link = first_link_at(state, tile_x, tile_y)
    while link > 0:
        box = state.entity[state.cell_link[link].entity].first_fluidbox
        link = state.cell_link[link].next_in_cell
        while box > 0:
            other = fluidbox[box].first_port
            box = fluidbox[box].next
            while other > 0:
                candidate = other
                other = fluid_port[candidate].next
                if side_of_port(state, candidate) != back:
                    continue
                x, y = inside_tile(state, candidate)
                if x != tile_x or y != tile_y:
                    continue
                if is_due and _goes_with(state, goes, candidate, distance):
                    return int(candidate)
                is_due = is_due or candidate == after
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
    back = (side + 4) % 8
    for distance in range(1, max(1, goes[1]) + 1):
        x, y = x + step_x, y + step_y
        found = _next_facing(state, back, goes, (x, y), distance, 0)
        while found > 0 and state.fluid_port[found].entity == besides:
            found = _next_facing(state, back, goes, (x, y), distance, found)
        if found > 0:
            return found
    return 0


@kernel
def _seen_from(state: Tables, port: int) -> int:
    """The first port that looks back at a port; 0 when there is none."""
    inside, side = inside_tile(state, port), side_of_port(state, port)
    return facing_port(state, inside, side, _goes(state, port), 0)


@called_kernel
def _part(state: Tables, port: int) -> None:
    """Part a port from its partner, if it has one."""
    fluid_port = state.fluid_port
    other = fluid_port[port].partner
    fluid_port[port].partner = 0
    fluid_port[port].flow = 0.0
    if other > 0:
        fluid_port[other].partner = 0
        fluid_port[other].flow = 0.0


@called_kernel
def _join(state: Tables, port: int) -> None:
    """Find the partner of a port again; the flow of a new pair begins at 0."""
    fluid_port = state.fluid_port
    partner = _seen_from(state, port)
    # what a port finds under the ground may itself have found something nearer
    if partner > 0 and _seen_from(state, partner) != port:
        partner = 0
    if partner == fluid_port[port].partner:
        return
    _part(state, port)
    if partner > 0:
        _part(state, partner)
        fluid_port[port].partner = partner
        fluid_port[partner].partner = port


@called_kernel
def _join_those_ahead(state: Tables, port: int) -> None:
    """Have all ports look again that look back at a port, or at where it was."""
    goes, side = _goes(state, port), side_of_port(state, port)
    step_x, step_y = tiles_ahead(side)
    x, y = inside_tile(state, port)
    back = (side + 4) % 8
    for distance in range(1, max(1, goes[1]) + 1):
        x, y = x + step_x, y + step_y
        other = _next_facing(state, back, goes, (x, y), distance, 0)
        while other > 0:
            _join(state, other)
            other = _next_facing(state, back, goes, (x, y), distance, other)


@kernel
def _begin(state: Tables) -> None:
    """Keep the flows of connections while what is joined changes."""
    if not state.clock[0].fluids_dirty:
        save_flows(state)
        state.clock[0].fluids_dirty = True


@called_kernel
def join_ports(state: Tables, entity: int) -> None:
    """Join the ports of an entity that came or turned; it is entered in its tiles."""
    box = state.entity[entity].first_fluidbox
    if box > 0:
        _begin(state)
    while box > 0:
        port = state.fluidbox[box].first_port
        while port > 0:
            _join(state, port)
            _join_those_ahead(state, port)
            port = state.fluid_port[port].next
        box = state.fluidbox[box].next


@called_kernel
def part_ports(state: Tables, entity: int) -> None:
    """Part the ports of an entity that goes, turns or loses its fluid boxes.

    Ports of other entities that looked at them may be partners of each other now.
    """
    first = state.entity[entity].first_fluidbox
    if first > 0:
        _begin(state)
    # nobody finds them meanwhile
    state.entity[entity].first_fluidbox = 0
    box = first
    while box > 0:
        port = state.fluidbox[box].first_port
        while port > 0:
            _part(state, port)
            _join_those_ahead(state, port)
            port = state.fluid_port[port].next
        box = state.fluidbox[box].next
    state.entity[entity].first_fluidbox = first
