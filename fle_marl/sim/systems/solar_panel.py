"""Solar panels, and the day that they live by.

A day is 25000 ticks long. Half of it is full daylight, a fifth dusk, a tenth night and
a fifth dawn; light falls and rises evenly in between, so that a panel gives 70 % of its
peak on average. Panels need no work in a tick: those of a network are reckoned together
(`kernels.power_flow`).

Source: prototype ``production``; forum topics 28049 and 59549 (length and parts of the
day); LuaSurface ``daytime``, ``dusk``, ``evening``, ``morning``, ``dawn``,
``always_day``.
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.parts import add_electric
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = [
    "DAWN",
    "DUSK",
    "EVENING",
    "MORNING",
    "SYSTEM",
    "TICKS_PER_DAY",
    "update_day",
]

TICKS_PER_DAY: Final = 25000
DUSK: Final = 0.25
"""``daytime`` at which light begins to fall; 0 is noon. Source: LuaSurface.dusk."""
EVENING: Final = 0.45
"""``daytime`` at which it is dark."""
MORNING: Final = 0.55
"""``daytime`` at which light begins to rise."""
DAWN: Final = 0.75
"""``daytime`` at which it is fully light again."""


@kernel
def _light_at(daytime: float) -> float:
    """Light at a time of day, 0 to 1."""
    if daytime <= DUSK or daytime >= DAWN:
        return 1.0
    if daytime < EVENING:
        return float((EVENING - daytime) / (EVENING - DUSK))
    if daytime > MORNING:
        return float((daytime - MORNING) / (DAWN - MORNING))
    return 0.0


@kernel
def update_day(state: Tables) -> None:
    """Let the time of day go on by a tick, and the light with it."""
    clock = state.clock
    daytime = clock[0].daytime + 1.0 / TICKS_PER_DAY
    daytime = daytime - 1.0 if daytime >= 1.0 else daytime
    clock[0].daytime = daytime
    clock[0].light = 1.0 if clock[0].always_day else _light_at(daytime)


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
