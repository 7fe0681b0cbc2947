"""Solar panels, and the day that they live by.

A day is 25000 ticks long. Half of it is full daylight, a fifth dusk, a tenth night and
a fifth dawn; light falls and rises evenly in between, so that a panel gives 70 % of its
peak on average.

Source: prototype ``production``; forum topics 28049 and 59549 (length and parts of the
day); LuaSurface ``daytime``, ``dusk``, ``evening``, ``morning``, ``dawn``,
``always_day``.
"""

from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX
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
    "update_solar_panels",
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

_SOLAR_PANEL: Final = TABLE_INDEX["solar_panel"]
_WORKING: Final = int(EntityStatus.working)
_NORMAL: Final = int(EntityStatus.normal)
_NOT_PLUGGED_IN: Final = int(EntityStatus.not_plugged_in_electric_network)


@kernel
def update_day(state: Tables) -> None:
    """Let the time of day go on by a tick."""
    clock = state.clock
    daytime = clock[0].daytime + 1.0 / TICKS_PER_DAY
    clock[0].daytime = daytime - 1.0 if daytime >= 1.0 else daytime


@kernel
def _sunlight(state: Tables) -> float:
    """Light of the moment, 0 to 1."""
    clock = state.clock
    daytime = clock[0].daytime
    if clock[0].always_day or daytime <= DUSK or daytime >= DAWN:
        return 1.0
    if daytime < EVENING:
        return float((EVENING - daytime) / (EVENING - DUSK))
    if daytime > MORNING:
        return float((daytime - MORNING) / (DAWN - MORNING))
    return 0.0


@kernel
def update_solar_panels(state: Tables) -> None:
    """Have solar panels offer what the light of this tick gives.

    At night a panel's status is ``normal``, a choice.
    """
    entity = state.entity
    electric = state.electric
    solar_panel = state.solar_panel
    count = state.count
    if count[_SOLAR_PANEL] == 1:
        return
    light = _sunlight(state)
    status = _WORKING if light > 0.0 else _NORMAL
    for row in range(1, count[_SOLAR_PANEL]):
        owner = solar_panel[row].entity
        if owner <= 0:
            continue
        source = entity[owner].electric
        electric[source].output_limit_joules = light * solar_panel[row].peak_joules
        is_connected = electric[source].network > 0
        entity[owner].status = status if is_connected else _NOT_PLUGGED_IN


def create_solar_panel(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Make the panel's component and connect it to electricity."""
    row = world.allocate("solar_panel")
    record = world.tables["solar_panel"][row]
    record["entity"] = entity
    record["peak_joules"] = prototype.watts("production") / TICKS_PER_SECOND
    world.entity["component"][entity] = row
    add_electric(world, entity, "solar")


def destroy_solar_panel(world: World, entity: int) -> None:
    """Free the panel's component."""
    world.free("solar_panel", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="solar_panel",
    kinds=("solar_panel",),
    create=create_solar_panel,
    destroy=destroy_solar_panel,
    reads=("count", "solar_panel"),
    writes=("clock", "entity", "electric"),
)
