"""Rocket silos: rocket parts become rockets, which carry things away and bring others.

A silo is a crafting machine with one recipe. Each part that it makes is counted and is
gone; with enough of them it makes no more and goes through the phases of
``defines.rocket_silo_status``: the rocket is made, lights blink, doors open, the rocket
rises, and is ready. Then it takes cargo and waits until it is told to launch; with
``auto_launch`` until it carries something. When it is away its cargo is gone, what that
brings lies in the silo, and the lights blink and the doors close before the next part
is made.

Phases last by the prototype. Source: prototype API, RocketSiloPrototype:
``light_blinking_speed`` and ``door_opening_speed`` are the inverse of the ticks that
lights and doors take, ``rocket_rising_delay`` (30) is the time with open doors before
the rocket rises, ``launch_wait_time`` (120) the one before the engine starts;
RocketSiloRocketPrototype: ``rising_speed`` and ``engine_starting_speed`` likewise.

What is chosen: the flight (`_flight_ticks`) and the arms (`_ARMS_TICKS`); in which
phases the silo uses ``active_energy_usage`` (`_ACTIVE`) and ``lamp_energy_usage``; that
it uses that alone beside its drain, and that a phase which needs energy goes on as fast
as it gets it; that the parts are gone with the rocket; that parts beyond those needed,
and what the silo has no room for of what a rocket brings, are lost; that rocket parts
are counted as produced (changelog 0.13.9) and not as consumed, cargo as consumed
(changelog 0.17.0) when it is away. There is no entity for the rocket.
"""

from typing import Final

from fle_marl.defines import EntityStatus, Inventory, RocketSiloStatus
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import FORCE_PLAYER, ROLE_RESULT, ROLE_ROCKET, TABLE_INDEX
from fle_marl.sim.kernels.awake import touch
from fle_marl.sim.kernels.energy import draw_energy, energy_status
from fle_marl.sim.kernels.flow import consume_item, produce_item
from fle_marl.sim.kernels.inventory import insert_item, is_empty
from fle_marl.sim.kernels.rocket import phase_status
from fle_marl.sim.parts import add_inventory
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = [
    "SYSTEM",
    "add_rocket_silo",
    "cargo_inventory",
    "launch_rocket",
    "most_phase_joules",
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

_ACTIVE: Final = frozenset(
    {
        Phase.doors_opening,
        Phase.rocket_rising,
        Phase.arms_advance,
        Phase.engine_starting,
        Phase.arms_retract,
        Phase.rocket_flying,
        Phase.doors_closing,
    }
)
"""Phases in which something moves: the silo uses ``active_energy_usage``. Source: that
there are such, prototype API, RocketSiloPrototype; which they are is a choice."""
_LIT: Final = frozenset({Phase.lights_blinking_open, Phase.lights_blinking_close})
_WAITING: Final = frozenset({Phase.doors_opened, Phase.rocket_ready})

_SHORTEST_TICKS: Final = 1
"""Of the phases in which something is only begun: create_rocket, launch_starting."""
_ARMS_TICKS: Final = 1
"""That the arms need to hold the rocket or to let it go. Chosen: they last as long as
their pictures, which are no data of the simulator."""
_RISING_DELAY_TICKS: Final = 30.0
"""Default of ``rocket_rising_delay``. Source: prototype API, RocketSiloPrototype."""
_LAUNCH_WAIT_TICKS: Final = 120.0
"""Default of ``launch_wait_time``. Source: prototype API, RocketSiloPrototype."""
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


# --- building, and what scripts do


def most_phase_joules(prototype: EntityPrototype) -> float:
    """The most that a silo uses in a tick while it makes no parts, without drain."""
    return max(_phase_joules(prototype, phase) for phase in Phase)


def _phase_joules(prototype: EntityPrototype, phase: Phase) -> float:
    name = "active_energy_usage" if phase in _ACTIVE else ""
    if phase in _LIT:
        name = "lamp_energy_usage"
    elif phase in _WAITING:
        name = "idle_energy_usage"
    return prototype.watts(name, 0.0) / TICKS_PER_SECOND


def _phase_ticks(prototype: EntityPrototype) -> dict[Phase, float]:
    """Ticks that each phase takes; those that wait for something are not in it."""
    rocket = load().entities[prototype.text("rocket_entity")]
    blinking = 1 / prototype.number("light_blinking_speed")
    door = 1 / prototype.number("door_opening_speed")
    return {
        Phase.create_rocket: _SHORTEST_TICKS,
        Phase.lights_blinking_open: blinking,
        Phase.doors_opening: door,
        Phase.doors_opened: prototype.number(
            "rocket_rising_delay", _RISING_DELAY_TICKS
        ),
        Phase.rocket_rising: 1 / rocket.number("rising_speed"),
        Phase.arms_advance: _ARMS_TICKS,
        Phase.launch_starting: _SHORTEST_TICKS,
        Phase.launch_started: prototype.number("launch_wait_time", _LAUNCH_WAIT_TICKS),
        Phase.engine_starting: 1 / rocket.number("engine_starting_speed"),
        Phase.arms_retract: _ARMS_TICKS,
        Phase.rocket_flying: _flight_ticks(rocket),
        Phase.lights_blinking_close: blinking,
        Phase.doors_closing: door,
    }


def _flight_ticks(rocket: EntityPrototype) -> int:
    """Ticks from the start of a rocket until it is away.

    In each tick it flies ``flying_speed`` of its way, and then is faster by the share
    ``flying_acceleration``. Chosen: the names and sizes of the fields suggest it.
    """
    done, ticks = 0.0, 0
    speed = rocket.number("flying_speed")
    while done < 1:
        done += speed
        speed *= 1 + rocket.number("flying_acceleration")
        ticks += 1
    return ticks


def add_rocket_silo(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a crafting machine that stands already what makes it a rocket silo."""
    machine = int(world.entity["component"][entity])
    rocket = load().entities[prototype.text("rocket_entity")]
    cargo = add_inventory(
        world,
        entity,
        Inventory.rocket_silo_rocket,
        ROLE_ROCKET,
        int(rocket.number("inventory_size")),
    )
    result = add_inventory(
        world,
        entity,
        Inventory.rocket_silo_result,
        ROLE_RESULT,
        int(prototype.number("rocket_result_inventory_size")),
    )
    row = world.allocate("rocket_silo")
    record = world.tables["rocket_silo"][row]
    record["entity"], record["machine"] = entity, machine
    record["rocket_inventory"], record["result_inventory"] = cargo, result
    record["parts_required"] = int(prototype.number("rocket_parts_required"))
    for phase in Phase:
        record["joules_per_tick"][phase] = _phase_joules(prototype, phase)
    for phase, ticks in _phase_ticks(prototype).items():
        record["duration_ticks"][phase] = ticks
    world.tables["crafting_machine"]["silo"][machine] = row


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
