"""Gates: they open for characters of their force, and nobody walks through closed ones.

A gate opens while a character is within its activation distance, or as long as a script
asks for it (`request_open`), and closes once nobody was near for ``timeout_to_close``.
It is passable only while it is all the way open. It never begins to close on somebody
who stands in it, whoever that is.

Those near whom nobody is sleep; a character that moves wakes those around it.

Source: prototype ``activation_distance``, ``opening_speed``, ``timeout_to_close``;
prototype API, GatePrototype; wiki, Gate. What is chosen: the distance is from the
middle of the gate to the character's position; closing takes as long as opening;
whoever comes while a gate is closing has it open again from where it is; gates beside
each other open each on its own.
"""

import math
from typing import Any, Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import (
    GATE_CLOSED,
    GATE_CLOSING,
    GATE_OPEN,
    GATE_OPENING,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.awake import fall_asleep, next_awake
from fle_marl.sim.kernels.space import collision_box
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = [
    "SYSTEM",
    "gate_phase",
    "request_close",
    "request_open",
    "update_gates",
]

_GATE: Final = TABLE_INDEX["gate"]
_CHARACTER: Final = TABLE_INDEX["character"]


@kernel
def _stands_in(state: Tables, owner: int, person: int) -> bool:
    """Whether a character touches a gate."""
    gate, walker = state.entity[owner], state.entity[person]
    left, top, right, bottom = collision_box(
        state, gate.prototype, gate.x, gate.y, gate.direction
    )
    p_left, p_top, p_right, p_bottom = collision_box(
        state, walker.prototype, walker.x, walker.y, 0
    )
    is_across = left < p_right and p_left < right
    return bool(is_across and top < p_bottom and p_top < bottom)


@kernel
def _is_needed(state: Tables, row: int) -> bool:
    """Whether somebody is near a gate for whom it opens, or stands in it."""
    gate = state.gate[row]
    owner = state.entity[gate.entity]
    reach = int(gate.activation_distance)
    for other in range(1, state.count[_CHARACTER]):
        person = state.character[other].entity
        if person <= 0:
            continue
        dx = int(state.entity[person].x) - int(owner.x)
        dy = int(state.entity[person].y) - int(owner.y)
        if dx * dx + dy * dy > reach * reach:
            continue
        if state.entity[person].force == owner.force:
            return True
        if gate.phase == GATE_OPEN and _stands_in(state, gate.entity, person):
            return True
    return False


@called_kernel
def _update_gate(state: Tables, row: int) -> None:
    """Let a gate move for a tick; one that nobody needs sleeps when it is closed."""
    gate = state.gate[row]
    now = state.clock[0].tick
    if _is_needed(state, row):
        gate.wanted_until = max(gate.wanted_until, now + gate.timeout_ticks)
    if now <= gate.wanted_until:
        if gate.opened_ticks < gate.opening_ticks:
            gate.opened_ticks += 1
        is_there = gate.opened_ticks >= gate.opening_ticks
        gate.phase = GATE_OPEN if is_there else GATE_OPENING
    elif gate.opened_ticks > 0:
        gate.opened_ticks -= 1
        gate.phase = GATE_CLOSING if gate.opened_ticks > 0 else GATE_CLOSED
    else:
        fall_asleep(state.gate_awake, row)


@kernel
def update_gates(state: Tables) -> None:
    """Let all gates move for a tick that are not closed with nobody near."""
    count = state.count[_GATE]
    row = next_awake(state.gate_awake, count, 0) if count > 1 else 0
    while row > 0:
        owner = state.gate[row].entity
        if owner <= 0:
            fall_asleep(state.gate_awake, row)
        elif state.entity[owner].active:
            _update_gate(state, row)
        row = next_awake(state.gate_awake, count, row)


# --- by scripts


def gate_phase(world: World, entity: int) -> int:
    """What a gate is doing, ``components.GATE_*``."""
    return int(_gate(world, entity)["phase"])


def request_open(world: World, entity: int, extra_ticks: int = 0) -> None:
    """Have a gate open all the way, and stay so for its timeout and some more ticks.

    Source: runtime API, LuaEntity.request_to_open, "extra ticks to stay open".
    """
    gate = _gate(world, entity)
    way = int(gate["opening_ticks"]) - int(gate["opened_ticks"])
    wanted = world.tick + way + int(gate["timeout_ticks"]) + extra_ticks
    gate["wanted_until"] = max(int(gate["wanted_until"]), wanted)


def request_close(world: World, entity: int) -> None:
    """Have a gate close now; it opens again for who is near.

    Source: runtime API, LuaEntity.request_to_close.
    """
    _gate(world, entity)["wanted_until"] = world.tick


def _gate(world: World, entity: int) -> Any:  # noqa: ANN401 - a row of numpy
    return world.tables["gate"][int(world.entity["component"][entity])]


# --- coming and going


def create_gate(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Make the gate's component; it is closed."""
    row = world.allocate("gate")
    record = world.tables["gate"][row]
    record["entity"] = entity
    # to the nearest tick: 0.0666666 is meant to be a fifteenth
    record["opening_ticks"] = round(1 / prototype.number("opening_speed"))
    record["timeout_ticks"] = int(prototype.number("timeout_to_close"))
    distance = prototype.number("activation_distance")
    record["activation_distance"] = math.floor(distance * POSITION_UNITS_PER_TILE)
    record["wanted_until"] = world.tick
    world.entity["component"][entity] = row


def destroy_gate(world: World, entity: int) -> None:
    """Free the gate's component."""
    world.free("gate", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="gate",
    kinds=("gate",),
    create=create_gate,
    destroy=destroy_gate,
    reads=("character", "count", "entity", "entity_prototype"),
    writes=("gate", "gate_awake"),
)
