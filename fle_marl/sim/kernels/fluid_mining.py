"""Fluids in mining: what wells give, and what drills need for some ores.

A well at its normal amount has a yield of 100 %: each mining gives the amount of its
product, at other amounts in proportion. A pumpjack stands still while its box has no
room for that, unless the box is empty; this is the choice made for crafts, too.

Ore that needs a fluid takes a share of it with each mining, when the ore comes; a drill
that does not have that much waits. What the force's bonus adds costs none.

Source: prototype crude-oil (``normal``, ``minable.results``), uranium-ore
(``minable.required_fluid``, ``fluid_amount``); wiki, Pumpjack: 10 units a second at
100 %; changelog 0.15.2: fluid that drills use up is in the statistics.
"""

from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.kernels.flow import consume_fluid, produce_fluid
from fle_marl.sim.kernels.fluid import put_fluid, take_fluid

__all__ = ["fluid_status", "give_fluid", "use_fluid"]

_WORKING: Final = int(EntityStatus.working)
_NO_FLUID: Final = int(EntityStatus.missing_required_fluid)
_FULL_OUTPUT: Final = int(EntityStatus.full_output)
_OUTPUT: Final = 2  # fluidbox.production_type

_MININGS_PER_FLUID_AMOUNT: Final = 10
"""How many minings a resource's ``fluid_amount`` is for. The docs do not say it; the
wiki counts one unit of acid per uranium ore, with a ``fluid_amount`` of 10, and a drill
takes ten ores from a tile before it goes to the next."""
_ROUNDING_UNITS: Final = 1e-6
"""So much of a fluid may lack, by rounding of what flowed, when an ore is mined."""


@kernel
def _box(state: Tables, owner: int, is_output: bool) -> int:
    """A drill's box for what it mines, or for what it needs; 0 when it has none."""
    box = state.entity[owner].first_fluidbox
    while box > 0:
        if (state.fluidbox[box].production_type == _OUTPUT) == is_output:
            return int(box)
        box = state.fluidbox[box].next
    return 0


@kernel
def _needed_units(state: Tables, target: int) -> float:
    """Fluid that a mining of a resource takes."""
    prototype = state.entity_prototype[state.entity[target].prototype]
    return float(prototype.required_fluid_amount / _MININGS_PER_FLUID_AMOUNT)


@kernel
def _mined_units(state: Tables, target: int) -> float:
    """Fluid that a mining of a resource gives now."""
    entity = state.entity[target]
    prototype = state.entity_prototype[entity.prototype]
    units = prototype.mined_amount
    if prototype.normal_amount > 0.0:
        units *= state.resource[entity.component].amount / prototype.normal_amount
    return float(units)


@called_kernel
def fluid_status(state: Tables, owner: int, target: int) -> int:
    """Whether a drill has the fluid that it needs, and room for the fluid it mines.

    Args:
        state: ``World.state``.
        owner: entity of the drill.
        target: entity of the resource.

    Returns:
        working if so, else missing_required_fluid or full_output.
    """
    fluidbox = state.fluidbox
    needed = state.resource[state.entity[target].component].required_fluid
    if needed != 0:
        box = _box(state, owner, False)
        held = fluidbox[box].amount if fluidbox[box].fluid == needed else 0.0
        if held < _needed_units(state, target) - _ROUNDING_UNITS:
            return _NO_FLUID
    if state.entity_prototype[state.entity[target].prototype].mined_item != 0:
        return _WORKING
    box = _box(state, owner, True)
    held = fluidbox[box].amount
    most = held + _mined_units(state, target)
    if box == 0 or (held > 0.0 and most > fluidbox[box].capacity):
        return _FULL_OUTPUT
    return _WORKING


@called_kernel
def give_fluid(state: Tables, owner: int, target: int) -> None:
    """Put the fluid of one mining into a drill's box; more than it holds is lost."""
    prototype = state.entity[target].prototype
    fluid = int(state.entity_prototype[prototype].mined_fluid)
    temperature = state.fluid_prototype[fluid].default_temperature
    units = _mined_units(state, target)
    box = _box(state, owner, True)
    if box > 0:
        made = put_fluid(state, box, fluid, units, temperature)
        produce_fluid(state, fluid, made)


@called_kernel
def use_fluid(state: Tables, owner: int, target: int) -> None:
    """Use up the fluid that a mining takes."""
    box = _box(state, owner, False)
    if box > 0:
        fluid = int(state.fluidbox[box].fluid)
        used = take_fluid(state, box, _needed_units(state, target))
        consume_fluid(state, fluid, used)
