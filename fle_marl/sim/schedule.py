"""The order of a tick, and the only place that says so.

`SYSTEMS` lists every system. `refreshed` brings up to date what follows from all that
is joined (the order of belts, electric networks, fluid systems, heat); it runs after
builds, before time passes or somebody reads such things. `advance` is the tick itself,
compiled as one function that takes all tables once for many ticks.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim._jit import States, Tables, entry_point, kernel, state_at
from fle_marl.sim.components import KINDS, REBUILT_TABLES, TABLE_INDEX
from fle_marl.sim.heat_buffers import join_heat
from fle_marl.sim.kernels.awake import wake_all
from fle_marl.sim.kernels.module_effects import refresh_effects
from fle_marl.sim.system import System
from fle_marl.sim.systems import (
    accumulator,
    ammo_turret,
    beacon,
    boiler,
    character,
    character_corpse,
    crafting_machine,
    electric_consumer,
    electric_network,
    electric_pole,
    flow_statistics,
    fluid_network,
    fluid_turret,
    gate,
    generator,
    ghost,
    heat_pipe,
    inserter,
    item_on_ground,
    lab,
    mining_drill,
    offshore_pump,
    pipe,
    pump,
    radar,
    reactor,
    resource,
    rocket_silo,
    simple,
    solar_panel,
    transport_belt,
)
from fle_marl.sim.world import World

__all__ = [
    "BELT_ORDER",
    "ELECTRIC_NETWORKS",
    "FLUID_SYSTEMS",
    "HEAT_NETWORK",
    "NEEDS_ATTENTION",
    "NEEDS_EXPIRY",
    "NEEDS_FLOW_SERIES",
    "NEEDS_MINING",
    "NEEDS_NOTHING",
    "NEEDS_REFRESH",
    "NEEDS_RESEARCH",
    "NEEDS_ROOM",
    "NEEDS_SCAN",
    "SYSTEMS",
    "advance",
    "refreshed",
    "system_of_kind",
]

BELT_ORDER: Final = "belts_dirty"
ELECTRIC_NETWORKS: Final = "electric_dirty"
FLUID_SYSTEMS: Final = "fluids_dirty"
HEAT_NETWORK: Final = "heat_dirty"
_KERNEL_PARTS: Final = (BELT_ORDER, ELECTRIC_NETWORKS, FLUID_SYSTEMS)
_PARTS: Final = (*_KERNEL_PARTS, HEAT_NETWORK)
"""What `refreshed` finds, by the flag in ``clock`` that says that it is out of date."""

NEEDS_NOTHING: Final = 0
NEEDS_ROOM: Final = 1
NEEDS_MINING: Final = 2
NEEDS_REFRESH: Final = 3
NEEDS_FLOW_SERIES: Final = 4
NEEDS_RESEARCH: Final = 5
NEEDS_EXPIRY: Final = 6
NEEDS_ATTENTION: Final = 7
NEEDS_SCAN: Final = 8

SYSTEMS: Final[tuple[System, ...]] = (
    simple.SYSTEM,
    ammo_turret.SYSTEM,
    resource.SYSTEM,
    item_on_ground.SYSTEM,
    ghost.SYSTEM,
    pipe.SYSTEM,
    electric_pole.SYSTEM,
    solar_panel.SYSTEM,
    accumulator.SYSTEM,
    electric_consumer.SYSTEM,
    radar.SYSTEM,
    beacon.SYSTEM,
    offshore_pump.SYSTEM,
    pump.SYSTEM,
    reactor.SYSTEM,
    heat_pipe.SYSTEM,
    boiler.SYSTEM,
    fluid_network.SYSTEM,
    fluid_turret.SYSTEM,
    generator.SYSTEM,
    electric_network.SYSTEM,
    transport_belt.SYSTEM,
    inserter.SYSTEM,
    crafting_machine.SYSTEM,
    rocket_silo.SYSTEM,
    lab.SYSTEM,
    mining_drill.SYSTEM,
    gate.SYSTEM,
    character.SYSTEM,
    character_corpse.SYSTEM,
    flow_statistics.SYSTEM,
)

_BY_KIND: Final = {kind: system for system in SYSTEMS for kind in system.kinds}


def system_of_kind(kind: int) -> System | None:
    """The system that looks after a kind of entity; None when nothing needs to."""
    return _BY_KIND.get(KINDS[kind])


@kernel
def is_stale(state: Tables) -> bool:
    """Whether `refreshed` has something to do."""
    clock = state.clock[0]
    is_stale_below = clock.belts_dirty or clock.electric_dirty or clock.fluids_dirty
    return bool(is_stale_below or clock.heat_dirty)


def refreshed(world: World, *parts: str) -> World:
    """Bring up to date what builds and removals since the last call have changed.

    It makes no difference when this is done, as long as it is before time passes and
    before what it finds is read; with nothing to do it is cheap.

    Args:
        world: changed.
        parts: what will be read, ``BELT_ORDER``, ``ELECTRIC_NETWORKS``,
            ``FLUID_SYSTEMS``, ``HEAT_NETWORK``; everything unless some are named.

    Returns:
        The same world.
    """
    stale = [part for part in parts or _PARTS if world.clock[part][0]]
    if stale:
        for name, source in REBUILT_TABLES.items():
            wanted = int(world.count[TABLE_INDEX[source]])
            world.reserve(name, wanted - int(world.count[TABLE_INDEX[name]]))
        _refresh(world.state, *(part in stale for part in _KERNEL_PARTS))
    if HEAT_NETWORK in stale:
        # few buildings have heat, and they come and go rarely: not worth a kernel
        join_heat(world)
        world.clock["heat_dirty"] = False
    return world


@entry_point
def _refresh(state: Tables, belts: bool, electric: bool, fluids: bool) -> None:
    clock = state.clock
    if belts:
        transport_belt.order_chains(state)
        clock[0].belts_dirty = False
    if electric:
        electric_network.rebuild_networks(state)
        clock[0].electric_dirty = False
    if fluids:
        fluid_network.list_connections(state)
        clock[0].fluids_dirty = False


@kernel
def _begin(state: Tables) -> int:
    """Have everything awake before time passes: Python may have changed anything.

    Returns:
        ``NEEDS_*``: what Python must see to first.
    """
    if not item_on_ground.has_room(state):
        return NEEDS_ROOM
    if not electric_network.begin_power(state):
        return NEEDS_FLOW_SERIES
    refresh_effects(state)
    wake_all(state)
    return NEEDS_NOTHING


@kernel
def _needs_before(state: Tables, is_running: bool) -> int:
    """What Python must see to before time passes, or is looked at: ``NEEDS_*``."""
    if is_stale(state):
        return NEEDS_REFRESH
    if lab.is_research_done(state):
        return NEEDS_RESEARCH
    if state.clock[0].is_scan_due:
        return NEEDS_SCAN
    return int(_begin(state)) if is_running else NEEDS_NOTHING


@kernel
def _pass_tick(state: Tables) -> bool:
    """Let a tick pass.

    Returns:
        Whether a character has mined something that goes out of the world.
    """
    state.clock[0].tick += 1
    if state.clock[0].is_disturbed:
        wake_all(state)
    # Energy comes first, so that machines can use in a tick what was made in it. Water
    # and steam flow before generators look at what they have; generators offer, the
    # network decides, and only then they burn what it took.
    solar_panel.update_day(state)
    offshore_pump.update_offshore_pumps(state)
    reactor.update_reactors(state)
    heat_pipe.update_heat(state)
    boiler.update_boilers(state)
    pump.update_pumps(state)
    fluid_network.update_flows(state)
    fluid_turret.update_fluid_turrets(state)
    generator.offer_of_generators(state)
    electric_network.update_networks(state)
    flow_statistics.note_electric_flows(state)
    radar.update_charts(state)
    beacon.update_beacons(state)
    generator.burn_in_generators(state)
    # Belts move before anyone takes from them or drops onto them. Source: measured.
    transport_belt.update_belts(state)
    # A furnace starts in the tick in which an inserter brings it ore, and in the next
    # when a drill does. Source: measured in the game.
    inserter.update_inserters(state)
    crafting_machine.update_crafting_machines(state)
    rocket_silo.update_rocket_silos(state)
    lab.update_labs(state)
    mining_drill.update_mining_drills(state)
    gate.update_gates(state)
    # last, so that what they mine out of the world is gone before any machine acts
    return bool(character.update_characters(state))


@kernel
def _needs_after(state: Tables, has_mined: bool) -> int:
    """What Python must see to after a tick: ``NEEDS_*``."""
    if has_mined:
        return NEEDS_MINING
    if state.clock[0].is_attended:
        return NEEDS_ATTENTION
    if lab.is_research_done(state):
        return NEEDS_RESEARCH
    return NEEDS_SCAN if state.clock[0].is_scan_due else NEEDS_NOTHING


@entry_point
def advance(worlds: States, left: NDArray[np.int64], needs: NDArray[np.uint8]) -> None:
    """Let time pass in several worlds, one after the other.

    Everything is awake at first: Python may have changed anything since the last call.
    A world stops early when Python must see to something: when it must be refreshed;
    when there may be no room for what machines drop on the ground, or is none for what
    the statistics must note, which kernels cannot make; before a tick, when the time
    of a corpse is over; or, at the end of a tick, when a character has mined an entity
    that goes out of the world (``character.is_mining_done``), research is done
    (``force.is_research_done``), a character does what only Python can do, or a
    radar has scanned a sector (``clock.is_scan_due``).

    Args:
        worlds: ``World.state`` of each, bundled.
        left: ticks that are to pass, 0 or more; changed to what is left of them.
        needs: written, ``NEEDS_*``: what Python must see to.
    """
    for index in range(left.shape[0]):
        state = state_at(worlds, index)
        is_running = left[index] > 0
        needs[index] = _needs_before(state, is_running)
        if needs[index] != NEEDS_NOTHING:
            continue
        while needs[index] == NEEDS_NOTHING:
            # after each tick, and before the first: Python may have counted something
            if not flow_statistics.record_flows(state):
                needs[index] = NEEDS_FLOW_SERIES
                break
            if left[index] == 0:
                flow_statistics.flush_electric_flows(state)
                break
            if character_corpse.is_expiry_due(state):
                needs[index] = NEEDS_EXPIRY
                break
            left[index] -= 1
            needs[index] = _needs_after(state, _pass_tick(state))
        if is_running:
            electric_network.settle_power(state)
