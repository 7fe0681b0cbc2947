"""Energy for machines: out of a burner's fuel or out of an electric buffer.

A machine asks for the joules that a tick of its work needs and gets what its buffer
holds. A burner then fills its buffer again from the fuel that burns, and lights the
next piece when that is used up; so a cold machine spends its first tick lighting, and
fuel never burns while a machine stands still. Electric buffers are filled by the
electric network before machines run.

Source: LuaBurner; measured in the game: a burner drill given one piece of coal shows
2666.67 joules of energy and no progress after its first tick, and progress from the
second on.
"""

from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.kernels.awake import touch
from fle_marl.sim.kernels.electric_buffer import draw_from_buffer
from fle_marl.sim.kernels.flow import consume_item
from fle_marl.sim.kernels.inventory import insert_item, is_empty

__all__ = [
    "draw_energy",
    "energy_status",
    "has_energy",
    "is_fuel_for",
    "refill_burner",
    "take_energy",
]

_WORKING: Final = int(EntityStatus.working)
_LOW_POWER: Final = int(EntityStatus.low_power)
_NO_POWER: Final = int(EntityStatus.no_power)
_NO_FUEL: Final = int(EntityStatus.no_fuel)
_FULL_BURNT_RESULT: Final = int(EntityStatus.full_burnt_result_output)

_ENOUGH: Final = 1 - 1e-9
"""Share of the wanted energy that counts as all of it; less is rounding."""


@kernel
def is_fuel_for(state: Tables, source: int, item: int) -> bool:
    """Whether a burner can burn an item; burner 0 burns nothing."""
    category = int(state.item_prototype[item].fuel_category)
    if category == 0:
        return False
    return (int(state.burner[source].fuel_categories) >> (category - 1)) & 1 == 1


@kernel
def has_energy(state: Tables, row: int) -> bool:
    """Whether an entity has energy, or fuel to make some; it has if it needs none."""
    entity = state.entity
    burner = state.burner
    source = entity[row].burner
    if source > 0:
        if burner[source].buffer_joules > 0.0 or burner[source].remaining_joules > 0.0:
            return True
        return not is_empty(state, burner[source].fuel_inventory)
    source = entity[row].electric
    if source > 0:
        return bool(state.electric[source].buffer_joules > 0.0)
    return True


@kernel
def _finish_burning(state: Tables, source: int) -> bool:
    """Put away what the burnt fuel leaves behind.

    Returns:
        False when there is no room for it; then nothing new is lit.
    """
    burner = state.burner
    burnt = int(state.item_prototype[burner[source].currently_burning].burnt_result)
    if burnt != 0:
        store = burner[source].burnt_inventory
        if insert_item(state, store, burnt, 1) == 0:
            return False
    burner[source].currently_burning = 0
    return True


@called_kernel
def _light(state: Tables, source: int) -> bool:
    """Take a piece of fuel into the fire.

    Returns:
        Whether there was one.
    """
    burner = state.burner
    inventory = state.inventory
    slot = state.slot
    fuel = burner[source].fuel_inventory
    first = inventory[fuel].first_slot
    for index in range(first, first + inventory[fuel].slot_count):
        if slot[index].count > 0:
            item = int(slot[index].item)
            slot[index].count -= 1
            if slot[index].count == 0:
                slot[index].item = 0
            touch(state, inventory[fuel].entity)
            burner[source].currently_burning = item
            burner[source].remaining_joules = state.item_prototype[
                item
            ].fuel_value_joules
            consume_item(state, item, 1.0)
            return True
    return False


@kernel
def draw_energy(state: Tables, row: int, joules: float) -> float:
    """Take energy that an entity holds ready; a burner is not filled up again.

    Returns:
        Joules, 0 to ``joules``. All of them when the entity needs no energy.
    """
    entity = state.entity
    burner = state.burner
    source = entity[row].burner
    if source > 0:
        taken = min(burner[source].buffer_joules, joules)
        burner[source].buffer_joules -= taken
        return float(taken)
    source = entity[row].electric
    if source > 0:
        return draw_from_buffer(state, source, joules)
    return joules


@kernel
def refill_burner(state: Tables, row: int, joules: float) -> None:
    """Fill the buffer of an entity that burns fuel; nothing for any other.

    Args:
        state: ``World.state``, changed.
        row: the entity.
        joules: that the buffer should hold at least, whatever its capacity.
    """
    burner = state.burner
    source = state.entity[row].burner
    if source == 0:
        return
    capacity = max(burner[source].capacity_joules, joules)
    while burner[source].buffer_joules < capacity:
        if burner[source].remaining_joules <= 0.0:
            if burner[source].currently_burning != 0 and not _finish_burning(
                state, source
            ):
                return
            if not _light(state, source):
                return
        effectivity = burner[source].effectivity
        wanted = (capacity - burner[source].buffer_joules) / effectivity
        if wanted < burner[source].remaining_joules:
            burner[source].remaining_joules -= wanted
            burner[source].buffer_joules = capacity
        else:
            gained = burner[source].remaining_joules * effectivity
            burner[source].buffer_joules += gained
            burner[source].remaining_joules = 0.0


@kernel
def take_energy(state: Tables, row: int, joules: float) -> float:
    """Take energy for the work of a tick, and fill a burner up for the next.

    The tables are those of `draw_energy` and `refill_burner`.

    Args:
        state: ``World.state``, changed.
        row: the entity.
        joules: wanted, more than 0.

    Returns:
        Joules that it got, 0 to ``joules``. All of them when it needs no energy.
    """
    taken = draw_energy(state, row, joules)
    refill_burner(state, row, joules)
    return taken


@kernel
def energy_status(state: Tables, row: int, taken: float, joules: float) -> int:
    """How an entity that wants to work stands for energy.

    Args:
        state: ``World.state``.
        row: the entity.
        taken: what `take_energy` gave.
        joules: what was wanted, more than 0.

    Returns:
        A number of ``defines.entity_status``: working, low_power, no_power, no_fuel or
        full_burnt_result_output.
    """
    burner = state.burner
    source = state.entity[row].burner
    if source > 0:
        if burner[source].buffer_joules > 0.0:
            return _WORKING
        burning = burner[source].currently_burning
        if burning != 0 and state.item_prototype[burning].burnt_result != 0:
            return _FULL_BURNT_RESULT
        return _NO_FUEL
    if taken >= joules * _ENOUGH:
        return _WORKING
    return _LOW_POWER if taken > 0.0 else _NO_POWER
