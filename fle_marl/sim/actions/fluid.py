"""Fluids that scripts put into boxes and take out of them."""

import math
from typing import Final

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.kernels.fluid import accepts_fluid, put_fluid, take_fluid
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.world import World

__all__ = [
    "ANY_TEMPERATURE",
    "clear_fluids",
    "fluid_contents",
    "flush_system",
    "insert_fluid",
    "remove_fluid",
    "set_fluid",
]

ANY_TEMPERATURE: Final = -math.inf, math.inf


def insert_fluid(
    world: World, entity: int, fluid: int, amount: float, temperature_degrees: float
) -> float:
    """Add fluid to the boxes of an entity that take it, the first one first.

    Args:
        world: changed.
        entity: row.
        fluid: what.
        amount: units, 0 or more.
        temperature_degrees: of what is added.

    Returns:
        Units that went in. Source: LuaEntity.insert_fluid.
    """
    left = amount
    for box in fluidboxes_of(world, entity):
        left -= _pour_in(world.state, box, fluid, float(left), temperature_degrees)
    return amount - left


def set_fluid(
    world: World, box: int, fluid: int, amount: float, temperature_degrees: float
) -> bool:
    """Have a box hold just so much of a fluid, but not more than there is room for.

    Args:
        world: changed.
        box: row of ``fluidbox``.
        fluid: what.
        amount: units, more than 0.
        temperature_degrees: of the fluid.

    Returns:
        False, and nothing has changed, when the box may not hold it.
    """
    return bool(_set(world.state, box, fluid, amount, temperature_degrees))


def remove_fluid(
    world: World,
    entity: int,
    fluid: int,
    amount: float,
    between_degrees: tuple[float, float] = ANY_TEMPERATURE,
) -> float:
    """Take fluid out of an entity, the first box first.

    Args:
        world: changed.
        entity: row.
        fluid: what.
        amount: units, 0 or more.
        between_degrees: lowest and highest temperature of what may be taken.

    Returns:
        Units that came out. Source: LuaEntity.remove_fluid.
    """
    boxes = world.tables["fluidbox"]
    lowest, highest = between_degrees
    left = amount
    for box in fluidboxes_of(world, entity):
        is_wanted = int(boxes["fluid"][box]) == fluid
        if is_wanted and lowest <= float(boxes["temperature"][box]) <= highest:
            left -= _take_out(world.state, box, float(left))
    return amount - left


def clear_fluids(world: World, boxes: list[int]) -> dict[int, float]:
    """Empty fluid boxes.

    Args:
        world: changed.
        boxes: rows of ``fluidbox``.

    Returns:
        What was in them, {fluid: units}.
    """
    contents = fluid_contents(world, boxes)
    for box in boxes:
        _take_out(world.state, box, math.inf)
    return contents


def flush_system(world: World, box: int, fluid: int = 0) -> dict[int, float]:
    """Empty all boxes of the fluid system that a box belongs to.

    Args:
        world: refreshed since the last build; changed.
        box: row of ``fluidbox``.
        fluid: the only one to be taken out; 0 for all.

    Returns:
        What was in them, {fluid: units}. Source: LuaFluidBox.flush.
    """
    boxes = world.tables["fluidbox"][: world.count[TABLE_INDEX["fluidbox"]]]
    joined = boxes["system"] == boxes["system"][box]
    joined &= boxes["entity"] > 0
    if fluid:
        joined &= boxes["fluid"] == fluid
    return clear_fluids(world, joined.nonzero()[0].tolist())


def fluid_contents(world: World, boxes: list[int]) -> dict[int, float]:
    """What is in fluid boxes, {fluid: units}."""
    table = world.tables["fluidbox"]
    contents: dict[int, float] = {}
    for box in boxes:
        amount = float(table["amount"][box])
        if amount > 0.0:
            fluid = int(table["fluid"][box])
            contents[fluid] = contents.get(fluid, 0.0) + amount
    return contents


@entry_point
def _pour_in(
    state: Tables, box: int, fluid: int, amount: float, temperature_degrees: float
) -> float:
    if not accepts_fluid(state, box, fluid, temperature_degrees):
        return 0.0
    return put_fluid(state, box, fluid, amount, temperature_degrees)


@entry_point
def _take_out(state: Tables, box: int, amount: float) -> float:
    return take_fluid(state, box, amount)


@entry_point
def _set(
    state: Tables, box: int, fluid: int, amount: float, temperature_degrees: float
) -> bool:
    # another fluid that it holds makes way; a filter does not
    held = state.fluidbox[box].amount
    state.fluidbox[box].amount = 0.0
    accepts = accepts_fluid(state, box, fluid, temperature_degrees)
    if accepts:
        put_fluid(state, box, fluid, amount, temperature_degrees)
    else:
        state.fluidbox[box].amount = held
    return accepts
