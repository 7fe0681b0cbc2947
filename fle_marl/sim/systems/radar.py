"""What the player force has charted: around its characters, and by its radars.

A radar uses a constant power. For each ``energy_per_nearby_scan`` of it the chunks
nearby are charted, for each ``energy_per_sector`` one of those farther off; which one
that is, and making it if it is not there, is for Python (`mapgen.charting`) to see to
before the next tick. With too little energy both take longer. Radars of other forces
only use energy.

Characters chart what is around them once a second, from the first tick on. In the game
players do, of whom there are none here.

Source: prototype ``energy_usage``, ``energy_per_sector``, ``energy_per_nearby_scan``,
``max_distance_of_sector_revealed``, ``max_distance_of_nearby_sector_revealed``;
wiki, Radar.
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import FORCE_PLAYER, TABLE_INDEX
from fle_marl.sim.kernels.chart import CHUNKS_AROUND_CHARACTERS, chart_around
from fle_marl.sim.kernels.electric_buffer import drained_joules
from fle_marl.sim.parts import add_constant_consumer
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = [
    "CHARACTER_CHART_TICKS",
    "SYSTEM",
    "VISIBLE_TICKS",
    "scan_progress",
    "update_charts",
]

CHARACTER_CHART_TICKS: Final = 60
"""Ticks between two looks around of a character; a choice."""
VISIBLE_TICKS: Final = 600
"""After which a chunk that was charted is covered by fog again. The game's time is not
documented; this is long enough that what a radar shows stays visible with a tenth of
its energy."""

_RADAR: Final = TABLE_INDEX["radar"]
_CHARACTER: Final = TABLE_INDEX["character"]


@kernel
def _chart_around_characters(state: Tables) -> None:
    for row in range(1, state.count[_CHARACTER]):
        person = state.character[row].entity
        if person > 0 and state.entity[person].force == FORCE_PLAYER:
            x, y = state.entity[person].x, state.entity[person].y
            chart_around(state, x, y, CHUNKS_AROUND_CHARACTERS)


@kernel
def _update_radar(state: Tables, row: int) -> None:
    radar = state.radar[row]
    owner = state.entity[radar.entity]
    used = drained_joules(state, owner.electric)
    radar.nearby_joules += used
    if radar.nearby_joules >= radar.joules_per_nearby_scan:
        radar.nearby_joules -= radar.joules_per_nearby_scan
        chart_around(state, owner.x, owner.y, radar.nearby_distance)
    radar.sector_joules += used
    if radar.sector_joules >= radar.joules_per_sector:
        radar.is_scan_due = True
        state.clock[0].is_scan_due = True


@kernel
def update_charts(state: Tables) -> None:
    """Let characters and radars chart for a tick; ``clock.is_scan_due`` may be set."""
    if state.clock[0].tick % CHARACTER_CHART_TICKS == 1:
        _chart_around_characters(state)
    for row in range(1, state.count[_RADAR]):
        entity = state.radar[row].entity
        if entity <= 0 or state.entity[entity].force != FORCE_PLAYER:
            continue
        if state.entity[entity].active:
            _update_radar(state, row)


def scan_progress(world: World, entity: int) -> float:
    """Which share of the present sector a radar has scanned, 0 to 1."""
    radar = world.tables["radar"][int(world.entity["component"][entity])]
    return float(radar["sector_joules"] / radar["joules_per_sector"])


def create_radar(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Make the radar's component and connect it to electricity."""
    joules = prototype.watts("energy_usage") / TICKS_PER_SECOND
    add_constant_consumer(world, entity, prototype, joules)
    row = world.allocate("radar")
    record = world.tables["radar"][row]
    record["entity"] = entity
    record["joules_per_sector"] = prototype.joules("energy_per_sector")
    record["joules_per_nearby_scan"] = prototype.joules("energy_per_nearby_scan")
    for field, name in (
        ("sector_distance", "max_distance_of_sector_revealed"),
        ("nearby_distance", "max_distance_of_nearby_sector_revealed"),
    ):
        record[field] = int(prototype.number(name))
    world.entity["component"][entity] = row


def destroy_radar(world: World, entity: int) -> None:
    """Free the radar's component."""
    world.free("radar", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="radar",
    kinds=("radar",),
    create=create_radar,
    destroy=destroy_radar,
    reads=("character", "count", "electric", "electric_network", "entity"),
    writes=("chunk_chart", "clock", "radar"),
)
