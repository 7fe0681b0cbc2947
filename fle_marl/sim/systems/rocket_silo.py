"""Rocket silos: rocket parts become rockets, which carry things away and bring others.

A silo is a crafting machine with one recipe. Each part that it makes is counted and is
gone; with enough of them it makes no more and goes through the phases of
``defines.rocket_silo_status``: the rocket is made, lights blink, doors open, the rocket
rises, and is ready. Then it takes cargo and waits until it is told to launch; with
``auto_launch`` until it carries something. When it is away its cargo is gone, what that
brings lies in the silo, and the lights blink and the doors close before the next part
is made.

How long phases last and what they use is said in `fle_marl.sim.silo_parts`. Chosen are
that a silo uses, while it makes no parts, only that and its drain, and that a phase
which needs energy goes on as fast as it gets it; that the parts are gone with the
rocket; that parts beyond those needed, and what the silo has no room for of what a
rocket brings, are lost; that rocket parts are counted as produced (changelog 0.13.9)
and not as consumed, cargo as consumed (changelog 0.17.0) when it is away. There is no
entity for the rocket.
"""

from typing import Final

from fle_marl.defines import EntityStatus, RocketSiloStatus
from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import FORCE_PLAYER, TABLE_INDEX
from fle_marl.sim.kernels.awake import touch
from fle_marl.sim.kernels.energy import draw_energy, energy_status
from fle_marl.sim.kernels.flow import consume_item, produce_item
from fle_marl.sim.kernels.inventory import insert_item, is_empty
from fle_marl.sim.kernels.rocket import phase_status
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = [
    "SYSTEM",
    "cargo_inventory",
    "launch_rocket",
    "silo_of",
    "update_rocket_silos",
]

Phase = RocketSiloStatus

_SILO: Final = TABLE_INDEX["rocket_silo"]
_WORKING: Final = int(EntityStatus.working)
_BUILDING: Final = int(Phase.building_rocket)
_READY: Final = int(Phase.rocket_ready)
_FLYING: Final = int(Phase.rocket_flying)

_ORDER: Final = (
    Phase.building_rocket,
    Phase.create_rocket,
    Phase.lights_blinking_open,
    Phase.doors_opening,
    Phase.doors_opened,
    Phase.rocket_rising,
    Phase.arms_advance,
    Phase.rocket_ready,
    Phase.launch_starting,
    Phase.launch_started,
    Phase.engine_starting,
    Phase.arms_retract,
    Phase.rocket_flying,
    Phase.lights_blinking_close,
    Phase.doors_closing,
)
_FOLLOWING: Final = tuple(
    int(_ORDER[(_ORDER.index(phase) + 1) % len(_ORDER)]) for phase in sorted(Phase)
)
"""By phase, the one after it."""

_HAS_ROCKET: Final = frozenset(_ORDER[1 : _ORDER.index(Phase.lights_blinking_close)])
"""Phases in which a rocket stands in the silo or above it."""

_ROUNDING_TICKS: Final = 1e-6
"""Slack for shares of energy that are not exact in binary."""


# --- kernels


@kernel
def _enter_next(state: Tables, row: int) -> None:
    """Go to the next phase; who waits for the silo looks again."""
    silo = state.rocket_silo
    silo[row].phase = _FOLLOWING[silo[row].phase]
    silo[row].phase_ticks = 0.0
    touch(state, silo[row].entity)


@kernel
def _count_parts(state: Tables, row: int) -> None:
    """Build what parts have been made into the rocket."""
    silo = state.rocket_silo
    store = state.crafting_machine[silo[row].machine].result_inventory
    index = state.inventory[store].first_slot
    if state.slot[index].count > 0:
        parts = silo[row].parts + state.slot[index].count
        silo[row].parts = min(parts, int(silo[row].parts_required))
        state.slot[index].item = 0
        state.slot[index].count = 0
    if silo[row].parts >= silo[row].parts_required:
        _enter_next(state, row)


@kernel
def _fly_off(state: Tables, row: int) -> None:
    """The rocket is away: its cargo is gone, and what it brings is there."""
    silo = state.rocket_silo
    slot = state.slot
    force = state.entity[silo[row].entity].force
    cargo = state.inventory[silo[row].rocket_inventory]
    for index in range(cargo.first_slot, cargo.first_slot + cargo.slot_count):
        count = int(slot[index].count)
        if count == 0:
            continue
        item = int(slot[index].item)
        slot[index].item = 0
        slot[index].count = 0
        consume_item(state, item, float(count))
        if force == FORCE_PLAYER:
            state.item_launched[item].count += count
        product = int(state.item_prototype[item].launch_product)
        if product > 0:
            amount = count * int(state.item_prototype[item].launch_amount)
            brought = insert_item(state, silo[row].result_inventory, product, amount)
            produce_item(state, product, float(brought))
    silo[row].parts = 0
    silo[row].is_launch_untold = True
    state.force[force].rockets_launched += 1


@kernel
def _update_phase(state: Tables, row: int) -> None:
    """Go on with a phase that ends by itself."""
    silo = state.rocket_silo
    owner = silo[row].entity
    phase = silo[row].phase
    wanted = silo[row].joules_per_tick[phase]
    share = 1.0
    status = _WORKING
    if wanted > 0.0:
        taken = draw_energy(state, owner, wanted)
        share = taken / wanted
        status = energy_status(state, owner, taken, wanted)
    silo[row].phase_ticks += share
    if silo[row].phase_ticks >= silo[row].duration_ticks[phase] - _ROUNDING_TICKS:
        if phase == _FLYING:
            _fly_off(state, row)
        _enter_next(state, row)
    if status == _WORKING:
        status = phase_status(state, row)
    state.entity[owner].status = status


@kernel
def _update_silo(state: Tables, row: int) -> None:
    """Let a silo go on for a tick."""
    silo = state.rocket_silo
    owner = silo[row].entity
    if owner <= 0 or not state.entity[owner].active:
        return
    if silo[row].phase == _BUILDING:
        _count_parts(state, row)
    elif silo[row].phase == _READY:
        if silo[row].auto_launch and not is_empty(state, silo[row].rocket_inventory):
            silo[row].is_order_untold = True
            _enter_next(state, row)
        state.entity[owner].status = phase_status(state, row)
    else:
        _update_phase(state, row)


@kernel
def update_rocket_silos(state: Tables) -> None:
    """Let every silo go on for a tick, after it has crafted."""
    for row in range(1, state.count[_SILO]):
        _update_silo(state, row)


# --- what scripts do


def silo_of(world: World, entity: int) -> int:
    """Row of ``rocket_silo`` of an entity; 0 when it is no silo."""
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    if prototype.type != "rocket-silo":
        return 0
    component = int(world.entity["component"][entity])
    return int(world.tables["crafting_machine"]["silo"][component])


def cargo_inventory(world: World, entity: int) -> int:
    """Row of the inventory of a silo's rocket; 0 when there is no rocket.

    That there is none without a rocket is chosen.
    """
    record = world.tables["rocket_silo"][silo_of(world, entity)]
    return int(record["rocket_inventory"]) if record["phase"] in _HAS_ROCKET else 0


def launch_rocket(world: World, entity: int) -> bool:
    """Have a silo launch its rocket, with or without cargo.

    Returns:
        Whether a rocket was ready.
    """
    record = world.tables["rocket_silo"][silo_of(world, entity)]
    if record["phase"] != Phase.rocket_ready:
        return False
    record["phase"], record["phase_ticks"] = Phase.launch_starting, 0.0
    return True


SYSTEM: Final = System(
    name="rocket_silo",
    reads=("inventory", "item_prototype"),
    writes=(
        "rocket_silo",
        "crafting_machine",
        "crafting_machine_awake",
        "inserter_awake",
        "mining_drill_awake",
        "entity",
        "slot",
        "electric",
        "electric_group",
        "electric_awake",
        "force",
        "item_launched",
        "item_flow",
        "item_flow_touched",
    ),
)
