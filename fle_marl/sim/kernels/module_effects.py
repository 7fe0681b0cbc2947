"""What modules and beacons do to machines.

The effects of a machine are summed up when modules, beacons or the energy of beacons
have changed, and the results are written where the machine reads its speed and energy
anyway. So a tick costs the same with modules as without.

Python may change modules whenever no time passes, so they are looked at when time goes
on (`refresh_effects`); within ticks only the energy of beacons changes
(`update_beacons`).

Speed, consumption and pollution never fall below a fifth. Effects of several modules
and beacons add up.

Choices: a beacon works as long as it has energy in its buffer, so when a network lacks
energy it sends all or nothing (see `fle_marl.sim.systems.beacon`). Beacons do not ask
whose machines they reach.

Source: wiki.factorio.com/Module, wiki.factorio.com/Beacon; prototype API,
BeaconPrototype.distribution_effectivity, supply_area_distance; runtime API,
LuaEntity.effects.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import EFFECT_UNIT, EFFECTS, TABLE_INDEX
from fle_marl.sim.kernels.awake import touch, wake_row, watch
from fle_marl.sim.kernels.electric_buffer import (
    BUFFER_PER_USE,
    catch_up,
    is_filled_meanwhile,
    to_quanta,
)
from fle_marl.sim.kernels.space import first_link_at, tiles_of

__all__ = ["is_reached", "module_fits", "refresh_effects", "update_beacons"]

_RECEIVER: Final = TABLE_INDEX["effect_receiver"]
_BEACON: Final = TABLE_INDEX["beacon"]
_COUNT: Final = len(EFFECTS)
_SPEED: Final = EFFECTS.index("speed")
_CONSUMPTION: Final = EFFECTS.index("consumption")
_PRODUCTIVITY: Final = EFFECTS.index("productivity")
_POLLUTION: Final = EFFECTS.index("pollution")

_LEAST: Final = EFFECT_UNIT // 5
"""What is left of speed, consumption and pollution at the least: 20 %. Source:
wiki.factorio.com/Module."""


@called_kernel
def module_fits(state: Tables, row: int, item: int) -> bool:
    """Whether an item is a module that an entity lets in.

    All its effects must be allowed there, and if it is only for some recipes, an
    assembling machine's must be one of them; without a recipe it takes all.

    Source: prototype API, ModulePrototype.limitation, ``allowed_effects``.
    """
    entity = state.entity
    effects = int(state.module_effect[item].effects)
    allowed = int(state.entity_prototype[entity[row].prototype].allowed_effects)
    if effects == 0 or effects & ~allowed != 0:
        return False
    number = int(state.module_effect[item].limitation)
    receiver = entity[row].effect_receiver
    machine = state.effect_receiver[receiver].crafting_machine
    if number == 0 or machine == 0 or state.crafting_machine[machine].is_furnace:
        return True
    recipe = int(state.crafting_machine[machine].recipe)
    limited = int(state.recipe_prototype[recipe].limited_modules)
    return recipe == 0 or (limited >> number) & 1 == 1


@kernel
def _sum_of_modules(state: Tables, store: int, effect: int) -> int:
    """How much of an effect the modules in an inventory have together."""
    slot = state.slot
    total = 0
    first = state.inventory[store].first_slot
    for index in range(first, first + state.inventory[store].slot_count):
        if slot[index].count > 0:
            total += int(state.module_effect[slot[index].item].bonus[effect])
    return total


@kernel
def _multiplier(state: Tables, row: int, effect: int) -> float:
    """What a receiver's speed, consumption or pollution is multiplied with."""
    receiver = state.effect_receiver[row]
    total = EFFECT_UNIT + int(receiver.own[effect]) + int(receiver.beacons[effect])
    return max(total, _LEAST) / EFFECT_UNIT


@kernel
def _set_capacity(state: Tables, row: int, capacity: float, is_running: bool) -> None:
    """Change how much energy a consumer can hold ready.

    Args:
        state: ``World.state``, changed.
        row: of ``electric``.
        capacity: joules.
        is_running: whether time passes, so that others reckon with its buffer.
    """
    electric = state.electric
    group = electric[row].group
    if is_running and group > 0 and is_filled_meanwhile(state, row):
        catch_up(state, row)
        missing = electric[row].capacity_joules - electric[row].buffer_joules
        state.electric_group[group].wanted_quanta -= to_quanta(missing)
        wake_row(state.electric_awake, row)
    electric[row].capacity_joules = capacity
    electric[row].buffer_joules = min(electric[row].buffer_joules, capacity)


@called_kernel
def _apply(state: Tables, row: int, is_running: bool) -> None:
    """Write what a receiver's effects make of it into the row of what works."""
    receiver = state.effect_receiver[row]
    rate = _multiplier(state, row, _SPEED)
    consumption = _multiplier(state, row, _CONSUMPTION)
    speed = receiver.speed * rate
    joules = receiver.energy_per_tick * consumption
    gain = int(receiver.own[_PRODUCTIVITY]) + int(receiver.beacons[_PRODUCTIVITY])
    productivity = max(receiver.productivity + gain / EFFECT_UNIT, 0.0)
    pollution = receiver.pollution_per_second * consumption / rate
    pollution *= _multiplier(state, row, _POLLUTION)
    if receiver.crafting_machine > 0:
        machine = state.crafting_machine[receiver.crafting_machine]
        machine.crafting_speed = speed
        machine.energy_per_tick = joules
        machine.productivity_bonus = productivity
        machine.pollution_per_second = pollution
    elif receiver.mining_drill > 0:
        drill = state.mining_drill[receiver.mining_drill]
        drill.mining_speed = speed
        drill.energy_per_tick = joules
        drill.productivity_bonus = productivity
        drill.pollution_per_second = pollution
    elif receiver.lab > 0:
        lab = state.lab[receiver.lab]
        lab.researching_speed = speed
        lab.energy_per_tick = joules
        lab.productivity_bonus = productivity
    source = state.entity[receiver.entity].electric
    if source > 0:
        _set_capacity(state, source, joules * BUFFER_PER_USE, is_running)
    # inserters bring more to a faster machine
    touch(state, receiver.entity)


@kernel
def _note_modules(state: Tables, row: int) -> bool:
    """Sum up a receiver's own modules; says whether they have changed."""
    receiver = state.effect_receiver[row]
    is_new = False
    for effect in range(_COUNT):
        total = _sum_of_modules(state, receiver.inventory, effect)
        if total != receiver.own[effect]:
            receiver.own[effect] = total
            is_new = True
    return is_new


@kernel
def _note_beacon(state: Tables, row: int) -> bool:
    """See what a beacon sends now; says whether that has changed."""
    beacon = state.beacon[row]
    owner = state.entity[beacon.entity]
    is_working = bool(state.electric[owner.electric].buffer_joules > 0.0)
    is_new = bool(is_working != beacon.is_working)
    beacon.is_working = is_working
    allowed = int(state.entity_prototype[owner.prototype].allowed_effects)
    for effect in range(_COUNT):
        sent = 0
        if is_working and (allowed >> effect) & 1 == 1:
            total = _sum_of_modules(state, beacon.inventory, effect)
            sent = round(total * beacon.distribution_effectivity)
        if sent != beacon.sent[effect]:
            beacon.sent[effect] = sent
            is_new = True
    watch(state, beacon.entity)
    return is_new


@kernel
def _send(state: Tables, beacon: int, receiver: int) -> None:
    """Add what a beacon sends to what a receiver gets."""
    into = state.effect_receiver[receiver]
    prototype = state.entity[into.entity].prototype
    allowed = int(state.entity_prototype[prototype].allowed_effects)
    for effect in range(_COUNT):
        if (allowed >> effect) & 1 == 1:
            into.beacons[effect] += state.beacon[beacon].sent[effect]


@kernel
def _send_around(state: Tables, row: int) -> None:
    """Let a beacon send to all that touches its area."""
    cell_link = state.cell_link
    beacon = state.beacon[row]
    for tile_y in range(beacon.area_top, beacon.area_bottom):
        for tile_x in range(beacon.area_left, beacon.area_right):
            link = first_link_at(state, tile_x, tile_y)
            while link > 0:
                other = cell_link[link].entity
                receiver = state.entity[other].effect_receiver
                if receiver > 0:
                    left, top, _, _ = tiles_of(state, other)
                    # what covers several tiles of the area counts at the first
                    if tile_x == max(left, beacon.area_left) and tile_y == max(
                        top, beacon.area_top
                    ):
                        _send(state, row, receiver)
                link = cell_link[link].next_in_cell


@kernel
def is_reached(state: Tables, row: int, entity: int) -> bool:
    """Whether an entity touches the area of a beacon, given by its row there."""
    beacon = state.beacon[row]
    left, top, right, bottom = tiles_of(state, entity)
    return bool(
        left < beacon.area_right
        and right > beacon.area_left
        and top < beacon.area_bottom
        and bottom > beacon.area_top
    )


@called_kernel
def _send_all(state: Tables, is_running: bool) -> None:
    """Find anew what beacons send to whom."""
    receivers = state.effect_receiver
    rows = state.count[_RECEIVER]
    for row in range(1, rows):
        for effect in range(_COUNT):
            receivers[row].beacons[effect] = 0
    for beacon in range(1, state.count[_BEACON]):
        if state.beacon[beacon].entity > 0 and state.beacon[beacon].is_working:
            _send_around(state, beacon)
    for row in range(1, rows):
        if receivers[row].entity > 0:
            _apply(state, row, is_running)


@called_kernel
def _note_beacons(state: Tables) -> bool:
    """See what all beacons send; says whether anything must be found anew."""
    is_new = bool(state.clock[0].beacons_dirty and state.count[_BEACON] > 1)
    state.clock[0].beacons_dirty = False
    for row in range(1, state.count[_BEACON]):
        if state.beacon[row].entity > 0:
            is_new |= _note_beacon(state, row)
    return is_new


@called_kernel
def refresh_effects(state: Tables) -> None:
    """Bring all effects up to date, while no time passes."""
    for row in range(1, state.count[_RECEIVER]):
        if state.effect_receiver[row].entity > 0 and _note_modules(state, row):
            _apply(state, row, False)
    if _note_beacons(state):
        _send_all(state, False)


@kernel
def update_beacons(state: Tables) -> None:
    """Let beacons that have come to have energy, or to have none, change machines."""
    if state.clock[0].beacons_dirty and _note_beacons(state):
        _send_all(state, True)
