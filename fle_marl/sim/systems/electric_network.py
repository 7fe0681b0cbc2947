"""Electric networks: poles joined by wires, and the energy that flows in them.

Poles that wires join are one network; an entity is on it when its box touches the
supply area of one of the poles; when it touches those of several networks it is on all
of them (`kernels.electric_shared`). How energy flows in a network is in
`kernels.power_flow`.

Source: wiki.factorio.com/Electric_system.
"""

from typing import Final

import numpy as np

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import CHUNK_TILES, KINDS, TABLE_INDEX
from fle_marl.sim.kernels.electric_flow import free_flows
from fle_marl.sim.kernels.electric_group import form_groups
from fle_marl.sim.kernels.electric_shared import clear_shared, share_entity
from fle_marl.sim.kernels.power_flow import update_networks
from fle_marl.sim.kernels.power_settle import begin_power, settle_power
from fle_marl.sim.kernels.rows import free_row, take_row
from fle_marl.sim.kernels.space import chunk_at
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = [
    "SYSTEM",
    "begin_power",
    "electric_flows",
    "find_network",
    "has_network",
    "network_id",
    "network_of",
    "rebuild_networks",
    "settle_power",
    "update_networks",
]

_POLE: Final = TABLE_INDEX["pole"]
_POLE_KIND: Final = KINDS.index("pole")
_ELECTRIC: Final = TABLE_INDEX["electric"]
_NETWORK: Final = TABLE_INDEX["electric_network"]
_SHARED: Final = TABLE_INDEX["electric_shared"]
_MASK: Final = CHUNK_TILES - 1


# --- which entity is on which network


@kernel
def _root(state: Tables, row: int) -> int:
    """The pole that stands for all that wires join to one, while they are joined."""
    pole = state.pole
    while pole[row].component != row:
        pole[row].component = pole[pole[row].component].component
        row = pole[row].component
    return int(row)


@kernel
def _label_components(state: Tables) -> None:
    """Give poles that wires join the lowest row among them as their component."""
    pole = state.pole
    count = state.count
    for row in range(1, count[_POLE]):
        if pole[row].entity > 0:
            pole[row].component = row
    for row in range(1, count[_POLE]):
        if pole[row].entity <= 0:
            continue
        for wire in range(pole[row].wire_count):
            a = _root(state, row)
            b = _root(state, state.entity[pole[row].wires[wire]].component)
            pole[max(a, b)].component = min(a, b)
    for row in range(1, count[_POLE]):
        if pole[row].entity > 0:
            pole[row].component = _root(state, row)


@kernel
def _free_network(state: Tables, row: int) -> None:
    electric_network = state.electric_network
    free_flows(state, row)
    electric_network[row] = electric_network[0]
    free_row(state, electric_network, _NETWORK, row)


@kernel
def _find_oldest(state: Tables) -> None:
    """Note for each component of poles, at its lowest row, which of them is oldest."""
    pole = state.pole
    count = state.count
    for row in range(1, count[_POLE]):
        if pole[row].entity <= 0:
            continue
        first = pole[row].component
        if first == row or pole[row].number < pole[pole[first].oldest].number:
            # the first row of a component is the lowest
            pole[first].oldest = row


@kernel
def _claim_networks(state: Tables) -> None:
    """Give each component of poles the network that is named after its oldest pole.

    So a network lasts as long as it can, and its id follows from the wires alone. Of a
    network that was cut, the part with the oldest pole goes on; of networks that were
    joined, the oldest.
    """
    pole = state.pole
    electric_network = state.electric_network
    count = state.count
    for row in range(1, count[_NETWORK]):
        electric_network[row].first_pole = 0
    for row in range(1, count[_POLE]):
        if pole[row].entity > 0 and pole[row].component == row:
            oldest = pole[row].oldest
            network = pole[oldest].network
            if network > 0 and electric_network[network].id == pole[oldest].number:
                electric_network[network].first_pole = row
    for row in range(1, count[_NETWORK]):
        if electric_network[row].entity > 0 and electric_network[row].first_pole == 0:
            _free_network(state, row)
    for row in range(1, count[_POLE]):
        if pole[row].entity <= 0:
            continue
        first = pole[row].component
        if first == row:
            oldest = pole[row].oldest
            network = pole[oldest].network
            if electric_network[network].first_pole != row:
                network = take_row(state, electric_network, _NETWORK)
                electric_network[network].entity = 1
                electric_network[network].id = pole[oldest].number
                electric_network[network].first_pole = row
            pole[row].network = network
        pole[row].network = pole[first].network


@kernel
def _plug_in(
    state: Tables, network: int, left: int, top: int, right: int, bottom: int
) -> None:
    """Connect what touches a box, in 1/256 tile."""
    electric = state.electric
    cell_link = state.cell_link
    for tile_y in range(top >> 8, ((bottom - 1) >> 8) + 1):
        for tile_x in range(left >> 8, ((right - 1) >> 8) + 1):
            chunk = chunk_at(state, tile_x, tile_y)
            if chunk < 0:
                continue
            link = state.cell[chunk, tile_y & _MASK, tile_x & _MASK]
            while link > 0:
                row = state.entity[cell_link[link].entity].electric
                link = cell_link[link].next_in_cell
                if row <= 0 or electric[row].network == network:
                    continue
                if electric[row].network == 0:
                    electric[row].network = network
                else:
                    share_entity(state, row, network)


@kernel
def _plug_in_all(state: Tables) -> None:
    """Find who is on which network, by the poles in the order of their rows."""
    entity = state.entity
    pole = state.pole
    clear_shared(state)
    for row in range(1, state.count[_ELECTRIC]):
        state.electric[row].network = 0
    for row in range(1, state.count[_POLE]):
        if pole[row].entity <= 0:
            continue
        x, y = entity[pole[row].entity].x, entity[pole[row].entity].y
        reach = pole[row].supply_distance
        _plug_in(state, pole[row].network, x - reach, y - reach, x + reach, y + reach)


@kernel
def _mark_sharing(state: Tables) -> None:
    """Note which networks have entities that are on others, too."""
    shared = state.electric_shared
    for row in range(1, state.count[_NETWORK]):
        state.electric_network[row].is_sharing = False
    for row in range(1, state.count[_SHARED]):
        for place in range(shared[row].network_count):
            state.electric_network[shared[row].networks[place]].is_sharing = True


@kernel
def rebuild_networks(state: Tables) -> None:
    """Find all networks and who is on them, after a build.

    `schedule.refreshed` has made room for what comes of it.
    """
    _label_components(state)
    _find_oldest(state)
    _claim_networks(state)
    _plug_in_all(state)
    _mark_sharing(state)
    form_groups(state)


# --- what Lua asks


def has_network(world: World, entity: int) -> bool:
    """Whether an entity is one that can be on an electric network."""
    record = world.entity[entity]
    return bool(record["electric"]) or int(record["kind"]) == _POLE_KIND


def network_of(world: World, entity: int) -> int:
    """Row of the electric network that a pole or a machine is on; 0 for none.

    Args:
        world: refreshed since the last build.
        entity: row.
    """
    electric = int(world.entity["electric"][entity])
    if electric:
        return int(world.tables["electric"]["network"][electric])
    if int(world.entity["kind"][entity]) != _POLE_KIND:
        return 0
    component = int(world.entity["component"][entity])
    return int(world.tables["pole"]["network"][component])


def network_id(world: World, entity: int) -> int:
    """``LuaEntity.electric_network_id`` of a pole or a machine; 0 for nil."""
    return int(world.tables["electric_network"]["id"][network_of(world, entity)])


def find_network(world: World, identity: int) -> int:
    """Row of the electric network with an id; 0 if there is none any more."""
    found = np.flatnonzero(world.tables["electric_network"]["id"] == identity)
    return int(found[0]) if identity and len(found) else 0


def electric_flows(world: World, network: int) -> dict[int, int]:
    """Rows of ``electric_flow`` of a network, by prototype."""
    flow = world.tables["electric_flow"]
    rows = {}
    row = int(world.tables["electric_network"]["first_flow"][network])
    while row:
        rows[int(flow["prototype"][row])] = row
        row = int(flow["next"][row])
    return rows


SYSTEM: Final = System(
    name="electric_network",
    reads=("count",),
    writes=(
        "clock",
        "accumulator",
        "accumulator_pool",
        "electric",
        "electric_awake",
        "electric_flow",
        "electric_group",
        "electric_network",
        "electric_shared",
        "entity",
        "inserter_awake",
        "crafting_machine_awake",
        "mining_drill_awake",
    ),
)
