"""Whether building, turning or another recipe would bring different fluids together.

The game refuses that to players, while scripts may do it; then nothing flows between
the two. A box and all boxes that it would be joined to must be for one fluid at most,
by what they hold and by their filters.

Source: wiki.factorio.com/Fluid_system, on mixing; LuaFluidBox.get_locked_fluid. That
both sides of a pump count for its box, but not for each other once it stands, is a
choice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.components import KINDS
from fle_marl.sim.kernels.fluid_ports import facing_port, inside_tile, tiles_ahead
from fle_marl.sim.machine_boxes import machine_boxes
from fle_marl.sim.parts import (
    FLOW_DIRECTION,
    fluidboxes_of,
    outside_vectors,
    side_of_connection,
)
from fle_marl.sim.schedule import FLUID_SYSTEMS, refreshed
from fle_marl.sim.systems.fluid_network import system_fluids
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = ["recipe_would_mix", "turning_would_mix", "would_mix"]

_MACHINE: Final = KINDS.index("crafting_machine")


@dataclass(frozen=True, slots=True)
class _Box:
    """A fluid box that would be there.

    Attributes:
        prototype: the prototype's fluid box.
        fluids: that it would hold or be for.
    """

    prototype: Mapping[str, Any]
    fluids: set[int]


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where and how an entity would stand.

    Attributes:
        prototype: of the entity.
        x: centre, 1/256 tile.
        y: centre, 1/256 tile.
        direction: 0, 2, 4 or 6.
        entity: its row if it is there already; 0 if not.
    """

    prototype: EntityPrototype
    x: int
    y: int
    direction: int
    entity: int = 0


def would_mix(
    world: World,
    prototype: EntityPrototype,
    x: int,
    y: int,
    direction: int,
    *,
    recipe: int = 0,
) -> bool:
    """Whether a new entity would join different fluids.

    Args:
        world: not changed.
        prototype: what would be built.
        x: centre, 1/256 tile.
        y: centre, 1/256 tile.
        direction: 0, 2, 4 or 6.
        recipe: that it would have; 0 for none.
    """
    stand = _Stand(prototype, x, y, direction)
    return _mixes(world, stand, _boxes(prototype, recipe))


def turning_would_mix(world: World, entity: int, direction: int) -> bool:
    """Whether an entity would join different fluids if it were turned.

    Args:
        world: not changed.
        entity: row; what it holds turns with it.
        direction: that it would face: 0, 2, 4 or 6.
    """
    stand = _stand_of(world, entity, direction)
    component = int(world.entity["component"][entity])
    recipe = 0
    if int(world.entity["kind"][entity]) == _MACHINE:
        recipe = int(world.tables["crafting_machine"]["recipe"][component])
    boxes = _boxes(stand.prototype, recipe)
    held = world.tables["fluidbox"]["fluid"][fluidboxes_of(world, entity)]
    for box, fluid in zip(boxes, held.tolist(), strict=True):
        box.fluids.update({fluid} - {0})
    return _mixes(world, stand, boxes)


def recipe_would_mix(world: World, entity: int, recipe: int) -> bool:
    """Whether a machine would join different fluids if it had another recipe.

    Args:
        world: not changed.
        entity: row of a crafting machine; what it holds would be gone.
        recipe: recipe prototype; 0 for none.
    """
    stand = _stand_of(world, entity, int(world.entity["direction"][entity]))
    return _mixes(world, stand, _boxes(stand.prototype, recipe))


def _stand_of(world: World, entity: int, direction: int) -> _Stand:
    record = world.entity[entity]
    prototype = load().entities.by_id(int(record["prototype"]))
    return _Stand(prototype, int(record["x"]), int(record["y"]), direction, entity)


def _boxes(prototype: EntityPrototype, recipe: int) -> Sequence[_Box]:
    """The empty fluid boxes of a prototype, in the order of the entity's."""
    if "fluid_boxes" in prototype.properties:
        boxes = machine_boxes(prototype, recipe)
        return [_Box(box.prototype, {box.fluid} - {0}) for box in boxes]
    found: Any = [
        prototype.properties[name]
        for name in ("fluid_box", "output_fluid_box")
        if name in prototype.properties
    ]
    return [_Box(box, _filter_of(box)) for box in found]


def _filter_of(box: Mapping[str, Any]) -> set[int]:
    return {load().fluids[box["filter"]].id} if "filter" in box else set()


def _mixes(world: World, stand: _Stand, boxes: Sequence[_Box]) -> bool:
    systems = refreshed(world, FLUID_SYSTEMS).tables["fluidbox"]["system"]
    for box in boxes:
        fluids = set(box.fluids)
        for other in _joined_boxes(world, stand, box):
            system = int(systems[other])
            fluids |= system_fluids(world, system, besides=stand.entity)
        if len(fluids) > 1:
            return True
    return False


def _joined_boxes(world: World, stand: _Stand, box: _Box) -> Iterator[int]:
    """Boxes of other entities that a box would be joined to."""
    for connection in box.prototype.get("pipe_connections", ()):
        side = (side_of_connection(stand.prototype, connection) + stand.direction) % 8
        outside = outside_vectors(connection)[stand.direction // 2]
        port = _facing_port(
            world.state,
            stand.x + int(outside.x * POSITION_UNITS_PER_TILE),
            stand.y + int(outside.y * POSITION_UNITS_PER_TILE),
            side,
            FLOW_DIRECTION[connection.get("type", "input-output")],
            int(connection.get("max_underground_distance", 0)),
            stand.entity,
        )
        if port:
            yield int(world.tables["fluid_port"]["box"][port])


@entry_point
def _facing_port(
    state: Tables,
    outside_x: int,
    outside_y: int,
    side: int,
    flow_direction: int,
    maximum_distance: int,
    besides: int,
) -> int:
    """The port that one would be joined to, by the tile outside; 0 for none."""
    step_x, step_y = tiles_ahead(side)
    inside = (outside_x >> 8) - step_x, (outside_y >> 8) - step_y
    goes = flow_direction, maximum_distance
    found = facing_port(state, inside, side, goes, besides)
    if found == 0 or state.fluid_port[found].partner == 0:
        return found
    # under the ground it may look at something nearer
    nearer = state.fluid_port[found].partner
    if state.fluid_port[nearer].entity == besides:
        return found
    own_x, own_y = inside_tile(state, found)
    other_x, other_y = inside_tile(state, nearer)
    between = abs(other_x - own_x) + abs(other_y - own_y)
    return found if abs(inside[0] - own_x) + abs(inside[1] - own_y) < between else 0
