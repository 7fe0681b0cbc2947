"""A laboratory's research: whether it can go on, what it takes, and what it gives.

Source: as for `fle_marl.sim.systems.lab`.
"""

from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.kernels.awake import touch
from fle_marl.sim.kernels.flow import consume_item
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["lab_readiness", "research"]

_WORKING: Final = int(EntityStatus.working)
_NO_RESEARCH: Final = int(EntityStatus.no_research_in_progress)
_MISSING_PACKS: Final = int(EntityStatus.missing_science_packs)

_ROUNDING: Final = 1e-9
"""Slack for shares of units and of packs that are not exact in binary."""


@kernel
def _force_of(state: Tables, row: int) -> int:
    return int(state.entity[state.lab[row].entity].force)


@kernel
def _wanted_amount(state: Tables, technology: int, index: int) -> int:
    """How much durability a unit takes of the pack that a slot is for."""
    pack = int(state.item_prototype[state.slot[index].filter].science_pack)
    if pack == 0:
        return 0
    return int(state.technology_prototype[technology].pack_amounts[pack - 1])


@kernel
def lab_readiness(state: Tables, row: int) -> int:
    """Whether a laboratory could research, energy aside.

    Returns:
        working if so, else the status that says what it lacks.
    """
    technology = int(state.force[_force_of(state, row)].research_queue[0])
    if technology == 0:
        return _NO_RESEARCH
    inventory = state.inventory[state.lab[row].input_inventory]
    first = inventory.first_slot
    found = 0
    for index in range(first, first + inventory.slot_count):
        if _wanted_amount(state, technology, index) > 0:
            if state.slot[index].count == 0:
                return _MISSING_PACKS
            found += 1
    if found < state.technology_prototype[technology].ingredient_count:
        return _MISSING_PACKS
    return _WORKING


@kernel
def _units_of_packs(state: Tables, row: int, technology: int, units: float) -> float:
    """For how many of so many units the packs in a laboratory are enough."""
    slot = state.slot
    inventory = state.inventory[state.lab[row].input_inventory]
    first = inventory.first_slot
    for place in range(inventory.slot_count):
        index = first + place
        amount = _wanted_amount(state, technology, index)
        if amount == 0:
            continue
        durability = state.item_prototype[slot[index].filter].durability
        left = slot[index].count * durability - state.lab[row].used_durability[place]
        units = min(units, left / amount)
    return max(units, 0.0)


@kernel
def _use_packs(state: Tables, row: int, technology: int, units: float) -> None:
    """Use up what so many units take; a pack is gone with the last of its durability.

    Source: changelog 0.13.7, packs that were used count as consumed.
    """
    lab = state.lab
    slot = state.slot
    inventory = state.inventory[lab[row].input_inventory]
    first = inventory.first_slot
    for place in range(inventory.slot_count):
        index = first + place
        amount = _wanted_amount(state, technology, index)
        if amount == 0:
            continue
        item = int(slot[index].filter)
        durability = state.item_prototype[item].durability
        used = lab[row].used_durability[place] + amount * units
        packs = min(int((used + _ROUNDING) / durability), int(slot[index].count))
        used -= packs * durability
        lab[row].used_durability[place] = used if used > _ROUNDING else 0.0
        if packs > 0:
            slot[index].count -= packs
            if slot[index].count == 0:
                slot[index].item = 0
            consume_item(state, item, float(packs))
            touch(state, lab[row].entity)


@kernel
def research(state: Tables, row: int, share: float) -> None:
    """Go on with the current research for a tick; the packs for it are there.

    Args:
        state: ``World.state``, changed.
        row: the laboratory.
        share: of the energy for a tick that it got, 0 to 1.
    """
    number = _force_of(state, row)
    force = state.force[number]
    technology = int(force.research_queue[0])
    speed = state.lab[row].researching_speed * max(
        1.0 + force.laboratory_speed_modifier, 0.0
    )
    seconds = state.technology_prototype[technology].unit_time_seconds
    productivity = (
        force.laboratory_productivity_bonus + state.lab[row].productivity_bonus
    )
    gain = max(1.0 + productivity, 0.0) / force.research_unit_count
    units = speed / TICKS_PER_SECOND / seconds * share
    progress = state.force_technology[technology].progress
    if gain > 0.0:
        units = min(units, (1.0 - progress) / gain)
    units = _units_of_packs(state, row, technology, units)
    _use_packs(state, row, technology, units)
    progress += units * gain
    if progress >= 1.0 - _ROUNDING:
        progress = 1.0
        state.force[number].is_research_done = True
    state.force_technology[technology].progress = progress
