"""Fluid in one fluid box: letting it in, mixing it, taking it out.

A box holds one fluid. What is added mixes with what is there, and the temperature
becomes the mean weighted by amount. An empty box has forgotten what it held.

Source: LuaFluidBox; prototype API, FluidBox (``filter``, ``minimum_temperature``).
"""

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.kernels.awake import touch

__all__ = [
    "accepts_fluid",
    "drain",
    "pour",
    "put_fluid",
    "take_fluid",
    "watch_boxes",
]


@kernel
def accepts_fluid(
    state: Tables, row: int, fluid: int, temperature_degrees: float
) -> bool:
    """Whether a fluid may enter a box, however full it is."""
    box = state.fluidbox[row]
    if box.is_off:
        return False
    if box.amount > 0.0 and box.fluid != fluid:
        return False
    if box.filter != 0 and box.filter != fluid:
        return False
    return bool(temperature_degrees >= box.minimum_temperature)


@kernel
def pour(
    state: Tables, row: int, fluid: int, amount: float, temperature_degrees: float
) -> float:
    """Add fluid to a box that accepts it, as flows of its system do.

    Args:
        state: ``World.state``, changed.
        row: the box.
        fluid: that of the box, unless it is empty.
        amount: units, 0 or more.
        temperature_degrees: of what is added.

    Returns:
        Units that went in: not more than there was room for.
    """
    fluidbox = state.fluidbox
    held = fluidbox[row].amount
    added = min(amount, max(0.0, fluidbox[row].capacity - held))
    if added <= 0.0:
        return 0.0
    total = held + added
    mixed = temperature_degrees
    if held > 0.0 and fluidbox[row].temperature != temperature_degrees:
        mixed = (held * fluidbox[row].temperature + added * temperature_degrees) / total
    fluidbox[row].fluid = fluid
    fluidbox[row].amount = total
    fluidbox[row].temperature = mixed
    _touch_box(state, row)
    return float(added)


@kernel
def drain(state: Tables, row: int, amount: float) -> float:
    """Take fluid out of a box, as flows of its system do.

    Args:
        state: ``World.state``, changed.
        row: the box.
        amount: units wanted, 0 or more.

    Returns:
        Units that came out.
    """
    fluidbox = state.fluidbox
    held = fluidbox[row].amount
    _touch_box(state, row)
    if amount < held:
        fluidbox[row].amount = held - amount
        return amount
    fluidbox[row].amount = 0.0
    fluidbox[row].fluid = 0
    fluidbox[row].temperature = 0.0
    return float(held)


@kernel
def _touch_box(state: Tables, row: int) -> None:
    """Wake a machine that waits for one of its boxes to change."""
    if state.fluidbox[row].is_watched:
        state.fluidbox[row].is_watched = False
        touch(state, state.fluidbox[row].entity)


@kernel
def watch_boxes(state: Tables, owner: int) -> None:
    """Mark all boxes of an entity, so that what changes them wakes it."""
    box = state.entity[owner].first_fluidbox
    while box > 0:
        state.fluidbox[box].is_watched = True
        box = state.fluidbox[box].next


@kernel
def put_fluid(
    state: Tables, row: int, fluid: int, amount: float, temperature_degrees: float
) -> float:
    """Add fluid from outside to a box that accepts it; see `pour`."""
    added = pour(state, row, fluid, amount, temperature_degrees)
    if added > 0.0:
        state.fluid_system[state.fluidbox[row].system_row].is_awake = True
    return added


@kernel
def take_fluid(state: Tables, row: int, amount: float) -> float:
    """Take fluid out of a box to use it; see `drain`."""
    if amount <= 0.0:
        return 0.0
    state.fluid_system[state.fluidbox[row].system_row].is_awake = True
    return drain(state, row, amount)
