"""Fluid flows between the boxes of pipes, tanks and machines.

In each tick, for each pair of boxes that are joined, one after the other downstream and
each seeing what the one before has changed::

    flow = (pressure_a - pressure_b) * 0.4
           + clamp(flow of the last tick * 0.59, -10 %..10 % of the target's capacity)

Pressure rises with the filling from 100 * base_level in an empty box to
100 * (base_level + height) in a full one. No more flows than there is, and no more than
there is room for. Boxes with different fluids do not mix: nothing flows between them.

Updated in this order, a pipe between a source that is always full and a sink that is
always empty passes 6000 units a second, 2 pipes 3000, 17 pipes 1200, 200 pipes 1004,
which are the published figures.

Source: XKnight, "Fluid Mechanics", Factorio forum, topic 19851 (rule and figures);
prototype API, FluidBox (``base_area``, ``height``, ``base_level``). The order among
several ways is a choice, `kernels.fluid_order`.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final, Literal

from fle_marl.geometry import MapPosition
from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.kernels.fluid import accepts_fluid, drain, pour
from fle_marl.sim.kernels.fluid_order import list_connections
from fle_marl.sim.parts import ports_of
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import units_to_tiles

__all__ = [
    "SYSTEM",
    "PipeConnection",
    "box_flow",
    "connected_boxes",
    "list_connections",
    "pipe_connections",
    "system_contents",
    "system_filter",
    "system_fluids",
    "update_flows",
]

_CONNECTION: Final = TABLE_INDEX["fluid_connection"]
_SYSTEM: Final = TABLE_INDEX["fluid_system"]
_FLOW_PER_PRESSURE: Final = 0.4
_INERTIA: Final = 0.59
_INERTIA_LIMIT: Final = 0.1
"""Share of the target's capacity. Source of the three: XKnight, as above."""
_ROUNDING_UNITS: Final = 1e-9
"""Flows that are less are rounding; so what has settled comes to rest."""


@kernel
def _wanted_flow(state: Tables, row: int) -> float:
    """What the rule lets flow along a connection, from its a to its b."""
    connection = state.fluid_connection[row]
    box_a, box_b = (
        state.fluidbox[connection.box_a],
        state.fluidbox[connection.box_b],
    )
    before = connection.flow
    limit = _INERTIA_LIMIT * (box_b if before > 0.0 else box_a).capacity
    flow = max(-limit, min(limit, before * _INERTIA))
    flow += (box_a.pressure_empty - box_b.pressure_empty) * _FLOW_PER_PRESSURE
    flow -= box_b.amount * (box_b.pressure_per_unit * _FLOW_PER_PRESSURE)
    # last, since this amount is what the connection before has just changed
    flow += box_a.amount * (box_a.pressure_per_unit * _FLOW_PER_PRESSURE)
    return float(flow)


@kernel
def _flow_alike(state: Tables, row: int, flow: float) -> bool:
    """Let fluid flow between boxes of the same fluid, neither filled nor emptied by it.

    Nearly always this is all there is to do: two amounts change, either way.

    Returns:
        False when there is more to see to, and nothing was done.
    """
    fluidbox = state.fluidbox
    connection = state.fluid_connection[row]
    a, b = connection.box_a, connection.box_b
    box_a, box_b = fluidbox[a], fluidbox[b]
    if box_a.fluid != box_b.fluid or box_a.temperature != box_b.temperature:
        return False
    if box_a.is_watched or box_b.is_watched or connection.one_way:
        return False
    left, there = box_a.amount - flow, box_b.amount + flow
    if left <= 0.0 or there <= 0.0 or left > box_a.capacity or there > box_b.capacity:
        return False
    fluidbox[a].amount = left
    fluidbox[b].amount = there
    return True


@kernel
def _move(state: Tables, source: int, target: int, wanted: float) -> float:
    """Move fluid from box to box.

    Returns:
        Units that moved, 0 to ``wanted``.
    """
    fluidbox = state.fluidbox
    fluid = fluidbox[source].fluid
    temperature = fluidbox[source].temperature
    if not accepts_fluid(state, target, fluid, temperature):
        return 0.0
    amount = min(wanted, fluidbox[source].amount)
    moved = pour(state, target, fluid, amount, temperature)
    drain(state, source, moved)
    return float(moved)


@called_kernel
def _flow_with_care(state: Tables, row: int, flow: float) -> float:
    """Let fluid flow between any two boxes; says how much."""
    connection = state.fluid_connection[row]
    if flow > _ROUNDING_UNITS:
        return _move(state, connection.box_a, connection.box_b, flow)
    if flow < -_ROUNDING_UNITS and not connection.one_way:
        return -_move(state, connection.box_b, connection.box_a, -flow)
    return 0.0


@kernel
def _flow(state: Tables, row: int) -> bool:
    """Let fluid flow along one connection.

    Returns:
        Whether it might flow in the next tick, if nothing else happens: it flowed in
        this tick or in the last one, whose inertia may just have held it back.
    """
    fluidbox = state.fluidbox
    connection = state.fluid_connection[row]
    held_a = fluidbox[connection.box_a].amount
    held_b = fluidbox[connection.box_b].amount
    before = connection.flow
    if before == 0.0 and held_a == 0.0 and held_b == 0.0:
        return False
    flow = _wanted_flow(state, row)
    is_flowing = flow > _ROUNDING_UNITS or flow < -_ROUNDING_UNITS
    if not is_flowing or not _flow_alike(state, row, flow):
        flow = _flow_with_care(state, row, flow)
    state.fluid_connection[row].flow = flow
    return bool(flow != 0.0 or before != 0.0)


@kernel
def update_flows(state: Tables) -> None:
    """Let fluid flow for one tick; a system in which nothing flows goes to sleep."""
    fluid_system = state.fluid_system
    for system in range(1, state.count[_SYSTEM]):
        if not fluid_system[system].is_awake:
            continue
        first = fluid_system[system].first_connection
        is_flowing = False
        for row in range(first, first + fluid_system[system].connection_count):
            if _flow(state, row):
                is_flowing = True
        fluid_system[system].is_awake = is_flowing


@dataclass(frozen=True, slots=True)
class PipeConnection:
    """Where a fluid box opens, as ``LuaFluidBox.get_pipe_connections`` tells it.

    Attributes:
        flow_direction: which way fluid may go.
        connection_type: how it leaves the entity.
        position: middle of the tile of the entity that it is in.
        target_position: middle of the tile outside that it opens to.
        target_box: fluid box at the other end; 0 when there is none.
        target_index: place of the other end among the connections of that box, from 1;
            0 when there is none.
    """

    flow_direction: Literal["input", "output", "input-output"]
    connection_type: Literal["normal", "underground"]
    position: MapPosition
    target_position: MapPosition
    target_box: int
    target_index: int


_FLOW_DIRECTION: Final[dict[int, Literal["input", "output", "input-output"]]] = {
    1: "input",
    2: "output",
    3: "input-output",
}
_AHEAD: Final = {0: (0, -1), 2: (1, 0), 4: (0, 1), 6: (-1, 0)}


def pipe_connections(world: World, box: int) -> list[PipeConnection]:
    """Where a fluid box opens and what it is joined to.

    Args:
        world: refreshed since the last build.
        box: row of ``fluidbox``.

    Returns:
        In the order of the prototype.
    """
    return [_pipe_connection(world, port) for port in ports_of(world, box)]


def _pipe_connection(world: World, row: int) -> PipeConnection:
    ports = world.tables["fluid_port"]
    port = ports[row]
    owner = world.entity[int(port["entity"])]
    quarter = int(owner["direction"]) // 2
    step_x, step_y = _AHEAD[(int(port["side"]) + 2 * quarter) % 8]
    target = MapPosition(
        units_to_tiles(int(owner["x"]) + int(port["outside_x"][quarter])),
        units_to_tiles(int(owner["y"]) + int(port["outside_y"][quarter])),
    )
    partner = int(port["partner"])
    return PipeConnection(
        flow_direction=_FLOW_DIRECTION[int(port["flow_direction"])],
        connection_type="underground" if port["maximum_distance"] else "normal",
        position=MapPosition(target.x - step_x, target.y - step_y),
        target_position=target,
        target_box=int(ports["box"][partner]),
        target_index=int(ports["index"][partner]),
    )


def connected_boxes(world: World, box: int) -> list[int]:
    """Fluid boxes that a box is joined to, in the order of its connections."""
    ports = world.tables["fluid_port"]
    partners = [int(ports["partner"][port]) for port in ports_of(world, box)]
    return [int(ports["box"][partner]) for partner in partners if partner]


def box_flow(world: World, box: int) -> float:
    """Units that came into a box or left it in the last tick, whichever was more."""
    used = world.tables["fluid_connection"][1 : world.count[_CONNECTION]]
    leaving = [
        *used["flow"][used["box_a"] == box],
        *(-used["flow"][used["box_b"] == box]),
    ]
    left = sum(float(flow) for flow in leaving if flow > 0)
    came = -sum(float(flow) for flow in leaving if flow < 0)
    return max(left, came)


def system_contents(world: World, system: int) -> dict[int, float]:
    """All fluid in a fluid system.

    Args:
        world: refreshed since the last build.
        system: ``fluidbox.system`` of any of its boxes.

    Returns:
        {fluid: units}; more than one fluid where boxes with different ones touch.
    """
    boxes = world.tables["fluidbox"][1 : world.count[TABLE_INDEX["fluidbox"]]]
    contents: defaultdict[int, float] = defaultdict(float)
    for box in boxes[(boxes["system"] == system) & (boxes["amount"] > 0)]:
        contents[int(box["fluid"])] += float(box["amount"])
    return dict(contents)


def system_fluids(world: World, system: int, *, besides: int = 0) -> set[int]:
    """All fluids that a fluid system holds or is for.

    Args:
        world: refreshed since the last build.
        system: ``fluidbox.system`` of any of its boxes.
        besides: entity whose boxes do not count; 0 for none.
    """
    boxes = world.tables["fluidbox"][1 : world.count[TABLE_INDEX["fluidbox"]]]
    joined = boxes[(boxes["system"] == system) & (boxes["entity"] != besides)]
    holding = joined["fluid"][joined["amount"] > 0]
    return {*holding.tolist(), *joined["filter"].tolist()} - {0}


def system_filter(world: World, system: int) -> int:
    """The fluid that a fluid system is for, by the filters of its boxes.

    Args:
        world: refreshed since the last build.
        system: ``fluidbox.system`` of any of its boxes; 0 for none.

    Returns:
        Fluid, 0 for none.
    """
    if not system:
        return 0
    boxes = world.tables["fluidbox"][1 : world.count[TABLE_INDEX["fluidbox"]]]
    filters = boxes["filter"][(boxes["system"] == system) & (boxes["filter"] > 0)]
    return int(filters[0]) if len(filters) else 0


SYSTEM: Final = System(
    name="fluid_network",
    reads=("count",),
    writes=(
        "fluidbox",
        "fluid_connection",
        "fluid_system",
        "entity",
        "inserter_awake",
        "crafting_machine_awake",
        "mining_drill_awake",
    ),
)
