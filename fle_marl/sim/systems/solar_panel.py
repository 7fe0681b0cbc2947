"""Solar panels, and the day that they live by.

A day is 25000 ticks long. Half of it is full daylight, a fifth dusk, a tenth night and
a fifth dawn, unless scripts change it; light falls and rises evenly in between, so that
a panel gives 70 % of its peak on average. Panels need no work in a tick: those of a
network are reckoned together (`kernels.power_flow`).

Source: prototype ``production``; forum topics 28049 and 59549 (length and parts of the
day); LuaSurface ``daytime``, ``dusk``, ``evening``, ``morning``, ``dawn``,
``always_day``, ``freeze_daytime``, ``ticks_per_day``, ``solar_power_multiplier``.
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.parts import add_electric
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = [
    "SYSTEM",
    "update_day",
]


@kernel
def _light_at(state: Tables, daytime: float) -> float:
    """Light at a time of day, 0 to 1."""
    clock = state.clock[0]
    if daytime <= clock.dusk or daytime >= clock.dawn:
        return 1.0
    if daytime < clock.evening:
        return float((clock.evening - daytime) / (clock.evening - clock.dusk))
    if daytime > clock.morning:
        return float((daytime - clock.morning) / (clock.dawn - clock.morning))
    return 0.0


@kernel
def update_day(state: Tables) -> None:
    """Let the time of day go on by a tick, and the light with it."""
    clock = state.clock
    daytime = clock[0].daytime
    if not clock[0].freeze_daytime:
        daytime += 1.0 / clock[0].ticks_per_day
        daytime = daytime - 1.0 if daytime >= 1.0 else daytime
        clock[0].daytime = daytime
    clock[0].light = 1.0 if clock[0].always_day else _light_at(state, daytime)
    clock[0].sunshine = clock[0].light * clock[0].solar_power_multiplier


def create_solar_panel(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Connect the panel to electricity."""
    peak_joules = prototype.watts("production") / TICKS_PER_SECOND
    row = add_electric(world, entity, "solar", output_limit_joules=peak_joules)
    world.tables["electric"]["says_status"][row] = True


SYSTEM: Final = System(
    name="solar_panel",
    kinds=("solar_panel",),
    create=create_solar_panel,
    writes=("clock",),
)
