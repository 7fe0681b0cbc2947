"""What building gives a rocket silo: its rocket's numbers, and how long it takes.

Phases last by the prototype. Source: prototype API, RocketSiloPrototype:
``light_blinking_speed`` and ``door_opening_speed`` are the inverse of the ticks that
lights and doors take, ``rocket_rising_delay`` (30) is the time with open doors before
the rocket rises, ``launch_wait_time`` (120) the one before the engine starts;
RocketSiloRocketPrototype: ``rising_speed`` and ``engine_starting_speed`` likewise.

What is chosen: the flight (`_flight_ticks`) and the arms (`_ARMS_TICKS`), and in which
phases the silo uses ``active_energy_usage`` (`_ACTIVE`) and ``lamp_energy_usage``.
"""

from typing import Final

from fle_marl.defines import Inventory, RocketSiloStatus
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.components import ROLE_RESULT, ROLE_ROCKET
from fle_marl.sim.parts import add_inventory
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

__all__ = ["add_rocket_silo", "most_phase_joules"]

Phase = RocketSiloStatus

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
