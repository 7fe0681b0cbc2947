"""The list of connections that fluid flows along, in the order of the flow.

Each fluid system has its connections one after the other. In it, boxes that only give
(offshore pumps, the steam side of boilers) come first, then boxes in the order in which
their fluid gets there; where a way forks, the box that was built first is the first to
be served. The published throughputs of pipes hold only if pairs are updated one after
the other downstream (see `systems.fluid_network`). Pumps part systems from each other.
"""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX

__all__ = ["list_connections", "save_flows"]

_BOX: Final = TABLE_INDEX["fluidbox"]
_PORT: Final = TABLE_INDEX["fluid_port"]
_CONNECTION: Final = TABLE_INDEX["fluid_connection"]
_SYSTEM: Final = TABLE_INDEX["fluid_system"]
_OUTPUT: Final = 2  # fluidbox.production_type
_LETS_IN: Final = 1
_LETS_OUT: Final = 2


@kernel
def save_flows(state: Tables) -> None:
    """Note the flow of each connection at its ports, before any of them is changed."""
    fluid_port = state.fluid_port
    fluid_connection = state.fluid_connection
    for row in range(1, state.count[_CONNECTION]):
        a, b = fluid_connection[row].port_a, fluid_connection[row].port_b
        fluid_port[a].flow = fluid_connection[row].flow
        # there is no negative zero, so that equal worlds have equal bytes
        fluid_port[b].flow = 0.0 - fluid_connection[row].flow


@kernel
def _is_open(state: Tables, port: int) -> bool:
    """Whether fluid flows through a port by itself."""
    fluid_port = state.fluid_port
    partner = fluid_port[port].partner
    is_pumped = fluid_port[port].is_pumped or fluid_port[partner].is_pumped
    return bool(partner > 0 and not is_pumped)


@kernel
def _root(state: Tables, row: int) -> int:
    """The box that stands for all boxes joined to one, while they are being joined."""
    fluidbox = state.fluidbox
    while fluidbox[row].system != row:
        fluidbox[row].system = fluidbox[fluidbox[row].system].system
        row = fluidbox[row].system
    return int(row)


@kernel
def _label_systems(state: Tables) -> None:
    """Give all boxes that are joined the lowest row among them as their system."""
    fluidbox = state.fluidbox
    fluid_port = state.fluid_port
    count = state.count
    for row in range(1, count[_BOX]):
        if fluidbox[row].entity > 0:
            fluidbox[row].system = row
            fluidbox[row].rank = 0
            fluidbox[row].next_in_order = 0
    for port in range(1, count[_PORT]):
        if fluid_port[port].entity <= 0 or not _is_open(state, port):
            continue
        a = _root(state, fluid_port[port].box)
        b = _root(state, fluid_port[fluid_port[port].partner].box)
        fluidbox[max(a, b)].system = min(a, b)
    for row in range(1, count[_BOX]):
        if fluidbox[row].entity > 0:
            fluidbox[row].system = _root(state, row)


@kernel
def _next_port(state: Tables, box: int, after: int) -> int:
    """The port of a box whose partner's box comes next by row; 0 at the end.

    Args:
        state: ``World.state``.
        box: row.
        after: the port that came before; 0 at the start.
    """
    fluid_port = state.fluid_port
    last_box, last_port = 0, 0
    if after > 0:
        last_box = fluid_port[fluid_port[after].partner].box
        last_port = after
    best, best_box = 0, 0
    port = state.fluidbox[box].first_port
    while port > 0:
        if _is_open(state, port):
            other = fluid_port[fluid_port[port].partner].box
            is_later = other > last_box or (other == last_box and port > last_port)
            is_sooner = other < best_box or (other == best_box and port < best)
            if is_later and (best == 0 or is_sooner):
                best, best_box = port, other
        port = fluid_port[port].next
    return int(best)


@kernel
def _append_connection(state: Tables, port: int) -> None:
    """List the connection that begins at a port, against it if fluid only comes in."""
    fluid_connection = state.fluid_connection
    fluid_port = state.fluid_port
    count = state.count
    partner = fluid_port[port].partner
    can_leave = (
        fluid_port[port].flow_direction & _LETS_OUT
        and fluid_port[partner].flow_direction & _LETS_IN
    )
    can_enter = (
        fluid_port[port].flow_direction & _LETS_IN
        and fluid_port[partner].flow_direction & _LETS_OUT
    )
    a, b = port, partner
    if not can_leave:
        a, b = partner, port
    row = count[_CONNECTION]
    count[_CONNECTION] = row + 1
    fluid_connection[row].entity = 1
    fluid_connection[row].box_a = fluid_port[a].box
    fluid_connection[row].box_b = fluid_port[b].box
    fluid_connection[row].port_a = a
    fluid_connection[row].port_b = b
    fluid_connection[row].one_way = not (can_leave and can_enter)
    fluid_connection[row].flow = fluid_port[a].flow


@kernel
def _enqueue(state: Tables, row: int, rank: int, tail: int) -> None:
    """Give a box a rank and put it at the end of the order, behind ``tail``."""
    fluidbox = state.fluidbox
    fluidbox[row].rank = rank
    if tail > 0:
        fluidbox[tail].next_in_order = row


@kernel
def _follow(state: Tables, first: int, rank: int, tail: int) -> None:
    """Rank the boxes that fluid reaches from a chain of boxes, and list the ways."""
    fluidbox = state.fluidbox
    fluid_port = state.fluid_port
    box = first
    while box > 0:
        port = _next_port(state, box, 0)
        while port > 0:
            other = fluid_port[fluid_port[port].partner].box
            if fluidbox[other].rank == 0:
                rank += 1
                _enqueue(state, other, rank, tail)
                tail = other
            if fluidbox[other].rank > fluidbox[box].rank:
                _append_connection(state, port)
            port = _next_port(state, box, port)
        box = fluidbox[box].next_in_order


@kernel
def _list_sources(state: Tables) -> None:
    """Give each system the list of its boxes that only give, in the order of rows."""
    fluidbox = state.fluidbox
    for row in range(state.count[_BOX] - 1, 0, -1):
        if fluidbox[row].entity > 0:
            fluidbox[row].first_source = 0
    for row in range(state.count[_BOX] - 1, 0, -1):
        if fluidbox[row].entity > 0 and fluidbox[row].production_type == _OUTPUT:
            first = fluidbox[row].system
            fluidbox[row].next_source = fluidbox[first].first_source
            fluidbox[first].first_source = row


@kernel
def _list_system(state: Tables, first: int) -> None:
    """List the connections of one system, by the lowest of its boxes."""
    fluidbox = state.fluidbox
    count = state.count
    row = count[_SYSTEM]
    count[_SYSTEM] = row + 1
    state.fluid_system[row].entity = 1
    state.fluid_system[row].is_awake = True
    state.fluid_system[row].first_connection = count[_CONNECTION]
    rank, tail = 0, 0
    source = fluidbox[first].first_source
    start = source
    while source > 0:
        rank += 1
        _enqueue(state, source, rank, tail)
        tail = source
        source = fluidbox[source].next_source
    if start == 0:
        # without a source it flows from the oldest box
        start, rank, tail = first, 1, first
        _enqueue(state, first, rank, 0)
    _follow(state, start, rank, tail)
    connections = count[_CONNECTION] - state.fluid_system[row].first_connection
    state.fluid_system[row].connection_count = connections
    box = start
    while box > 0:
        fluidbox[box].system_row = row
        box = fluidbox[box].next_in_order


@kernel
def list_connections(state: Tables) -> None:
    """Number the fluid systems and list all connections anew, system by system.

    ``fluid_connection`` has room for a row for each pair of ports, ``fluid_system`` for
    each box.
    """
    _label_systems(state)
    _list_sources(state)
    state.count[_SYSTEM] = 1
    state.count[_CONNECTION] = 1
    # boxes that were filled before they had a system have woken "none"
    state.fluid_system[0].is_awake = False
    for row in range(1, state.count[_BOX]):
        if state.fluidbox[row].entity > 0 and state.fluidbox[row].system == row:
            _list_system(state, row)
