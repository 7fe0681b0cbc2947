"""Mining drills: ore out of the ground and into whatever stands before them.

A drill takes ten items from one tile of its area, then goes to the next, row by row; it
starts with the second. Progress grows with the energy that it gets. A mined item leaves
in the next tick; as long as it cannot, the drill stands still and uses no energy. Fluid
that is mined or needed for it: `kernels.fluid_mining`, `drill_boxes`.

Source: prototype ``mining_speed``, ``energy_usage``, ``resource_searching_radius``,
``vector_to_place_result``; wiki.factorio.com/Mining; measured in the game: a burner
drill on iron ore puts an item into a chest every 240 ticks, a tick after it is mined,
and takes ten from each of its four tiles in this order. (The game's own order follows
how its entities lie in memory; larger areas were not measured.)
"""

from typing import Final

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.drill_boxes import add_drill_boxes
from fle_marl.sim.kernels.awake import (
    fall_asleep,
    previous_awake,
    watch,
    watch_target,
)
from fle_marl.sim.kernels.delivery import deliver
from fle_marl.sim.kernels.energy import energy_status, has_energy, take_energy
from fle_marl.sim.kernels.entity_rows import free_entity_row
from fle_marl.sim.kernels.flow import produce_item
from fle_marl.sim.kernels.fluid import watch_boxes
from fle_marl.sim.kernels.fluid_mining import fluid_status, give_fluid, use_fluid
from fle_marl.sim.kernels.pollution import pollute
from fle_marl.sim.kernels.rows import free_row
from fle_marl.sim.kernels.space import ore_at, set_ore
from fle_marl.sim.modules import add_effect_receiver
from fle_marl.sim.parts import add_energy_source, offset_position
from fle_marl.sim.system import System
from fle_marl.sim.tables import resource_category
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND, tiles_to_units

__all__ = ["SYSTEM", "update_mining_drills"]

_DRILL: Final = TABLE_INDEX["mining_drill"]
_RESOURCE: Final = TABLE_INDEX["resource"]
_WORKING: Final = int(EntityStatus.working)
_LOW_POWER: Final = int(EntityStatus.low_power)
_NO_FUEL: Final = int(EntityStatus.no_fuel)
_NO_POWER: Final = int(EntityStatus.no_power)
_NO_RESOURCES: Final = int(EntityStatus.no_minable_resources)
_WAITING: Final = int(EntityStatus.waiting_for_space_in_destination)

_ROUNDING_SECONDS: Final = 1e-9
"""Slack for sums of bonuses that are not exact in binary."""
_ITEMS_PER_TILE: Final = 10
"""Items that a drill takes from a tile before it goes to the next. Source: measured."""


@kernel
def _find_resource(state: Tables, row: int) -> bool:
    """Go to the next tile of a drill's area that has something to mine.

    Returns:
        False when there is none.
    """
    mining_drill = state.mining_drill
    entity = state.entity
    left, top = int(mining_drill[row].area_left), int(mining_drill[row].area_top)
    width = int(mining_drill[row].area_right) - left
    tiles = width * (int(mining_drill[row].area_bottom) - top)
    mining_drill[row].mined_on_tile = 0
    for step in range(1, tiles + 1):
        cursor = (int(mining_drill[row].resource_cursor) + step) % tiles
        found = ore_at(state, left + cursor % width, top + cursor // width)
        if found == 0:
            continue
        category = int(state.resource[entity[found].component].category)
        if (int(mining_drill[row].categories) >> category) & 1 == 1:
            mining_drill[row].resource_cursor = cursor
            mining_drill[row].current_resource = found
            mining_drill[row].resource_serial = entity[found].serial
            return True
    mining_drill[row].current_resource = 0
    return False


@kernel
def _take_from_resource(state: Tables, row: int) -> None:
    """Take one unit out of the resource below; when it is empty, it goes."""
    mining_drill = state.mining_drill
    entity = state.entity
    resource = state.resource
    mining_drill[row].mined_on_tile += 1
    target = mining_drill[row].current_resource
    component = entity[target].component
    if resource[component].required_fluid != 0:
        use_fluid(state, mining_drill[row].entity, target)
    if resource[component].initial_amount > 0:
        amount = int(resource[component].amount)
        left = amount - int(resource[component].depletion_amount)
        minimum = int(resource[component].minimum_amount)
        resource[component].amount = max(left, min(minimum, amount))
        return
    resource[component].amount -= 1
    if resource[component].amount > 0:
        return
    mining_drill[row].current_resource = 0
    resource[component] = resource[0]
    free_row(state, resource, _RESOURCE, component)
    set_ore(state, entity[target].x >> 8, entity[target].y >> 8, 0)
    free_entity_row(state, target)


@kernel
def _give_output(state: Tables, row: int, item: int) -> None:
    """Have what was mined wait to be dropped; fluid (item 0) is in its box at once."""
    mining_drill = state.mining_drill
    if item == 0:
        give_fluid(state, mining_drill[row].entity, mining_drill[row].current_resource)
        return
    mining_drill[row].output_item = item
    mining_drill[row].output_count += 1
    produce_item(state, item, 1.0)


@kernel
def _mine_bonus(state: Tables, row: int, seconds: float, needed: float) -> bool:
    """Go on with the item that productivity adds; it costs no ore.

    The drill's own and the force's are added up. Source: wiki, Mining productivity.

    Returns:
        Whether it is there.
    """
    mining_drill = state.mining_drill
    force = state.entity[mining_drill[row].entity].force
    bonus = state.force[force].mining_drill_productivity_bonus
    bonus = max(bonus + mining_drill[row].productivity_bonus, 0.0)
    mining_drill[row].bonus_mining_progress += seconds * bonus
    if mining_drill[row].bonus_mining_progress < needed - _ROUNDING_SECONDS:
        return False
    left = mining_drill[row].bonus_mining_progress - needed
    mining_drill[row].bonus_mining_progress = max(left, 0.0)
    return True


@kernel
def _mine(state: Tables, row: int) -> int:
    """Let a drill work for a tick whose output is free.

    Returns:
        Its status.
    """
    mining_drill = state.mining_drill
    entity = state.entity
    entity_prototype = state.entity_prototype
    owner = mining_drill[row].entity
    if not has_energy(state, owner):
        return _NO_FUEL if entity[owner].burner > 0 else _NO_POWER
    target = mining_drill[row].current_resource
    if (
        target == 0
        or entity[target].serial != mining_drill[row].resource_serial
        or mining_drill[row].mined_on_tile >= _ITEMS_PER_TILE
    ):
        if not _find_resource(state, row):
            return _NO_RESOURCES
        target = mining_drill[row].current_resource
    item = int(entity_prototype[entity[target].prototype].mined_item)
    if item == 0 or state.resource[entity[target].component].required_fluid != 0:
        status = fluid_status(state, owner, target)
        if status != _WORKING:
            return status
    wanted = mining_drill[row].energy_per_tick
    taken = take_energy(state, owner, wanted)
    seconds = mining_drill[row].mining_speed / TICKS_PER_SECOND * (taken / wanted)
    needed = entity_prototype[entity[target].prototype].mining_time
    if _mine_bonus(state, row, seconds, needed):
        _give_output(state, row, item)
    mining_drill[row].mining_progress += seconds
    if mining_drill[row].mining_progress >= needed:
        mining_drill[row].mining_progress -= needed
        _give_output(state, row, item)
        _take_from_resource(state, row)
        pollute(state, owner, mining_drill[row].pollution_per_second * needed)
    return energy_status(state, owner, taken, wanted)


@kernel
def _hand_on(state: Tables, row: int) -> bool:
    """Put what a drill has mined where it drops; says whether its output is free."""
    mining_drill = state.mining_drill
    if mining_drill[row].output_count == 0:
        return True
    mining_drill[row].output_count -= deliver(
        state,
        mining_drill[row].drop_target,
        mining_drill[row].drop_x,
        mining_drill[row].drop_y,
        int(state.entity[mining_drill[row].entity].direction),
        int(mining_drill[row].output_item),
        int(mining_drill[row].output_count),
        False,
    )
    if mining_drill[row].output_count > 0:
        return False
    mining_drill[row].output_item = 0
    return True


@kernel
def _update_drill(state: Tables, row: int) -> bool:
    """Let a drill hand on what it has mined, then mine for a tick.

    Returns:
        Whether it works; if not it waits for something to change.
    """
    owner = state.mining_drill[row].entity
    if owner <= 0 or not state.entity[owner].active:
        return False
    status = _mine(state, row) if _hand_on(state, row) else _WAITING
    state.entity[owner].status = status
    return bool(status in (_WORKING, _LOW_POWER))


@kernel
def update_mining_drills(state: Tables) -> None:
    """Let every drill do its work for a tick, the last built first.

    Source of the order: factory-sim 0.3.0, recorded from the game.
    """
    awake = state.mining_drill_awake
    row = previous_awake(awake, state.count[_DRILL])
    while row > 0:
        if not _update_drill(state, row):
            fall_asleep(awake, row)
            watch(state, state.mining_drill[row].entity)
            if state.mining_drill[row].entity > 0:
                # in a free row it is a link to the next
                watch_boxes(state, state.mining_drill[row].entity)
            watch_target(state, state.mining_drill[row].drop_target, True)
        row = previous_awake(awake, row)


def create_mining_drill(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a drill its numbers, its energy source and its place."""
    row = world.allocate("mining_drill")
    world.tables["mining_drill"]["entity"][row] = entity
    world.entity["component"][entity] = row
    joules = prototype.watts("energy_usage") / TICKS_PER_SECOND
    add_energy_source(world, entity, prototype.energy_source, joules)
    record = world.tables["mining_drill"][row]
    record["energy_per_tick"] = joules
    record["mining_speed"] = prototype.number("mining_speed")
    record["categories"] = sum(
        1 << resource_category(load(), name)
        for name in prototype.names("resource_categories")
    )
    add_effect_receiver(world, entity, prototype, "mining_drill", row)
    record = world.tables["mining_drill"][row]
    radius = tiles_to_units(prototype.number("resource_searching_radius"))
    x, y = int(world.entity["x"][entity]), int(world.entity["y"][entity])
    record["area_left"], record["area_top"] = (x - radius) >> 8, (y - radius) >> 8
    record["area_right"] = ((x + radius) >> 8) + 1
    record["area_bottom"] = ((y + radius) >> 8) + 1
    _set_drop_place(world, entity, prototype)
    add_drill_boxes(world, entity, prototype)


def _set_drop_place(world: World, entity: int, prototype: EntityPrototype) -> None:
    x, y = offset_position(world, entity, prototype.vector("vector_to_place_result"))
    record = world.tables["mining_drill"][int(world.entity["component"][entity])]
    record["drop_x"], record["drop_y"] = x, y


def turn_mining_drill(world: World, entity: int, _other: int) -> None:
    """Move the place where the drill drops."""
    number = int(world.entity["prototype"][entity])
    _set_drop_place(world, entity, load().entities.by_id(number))


def mining_drill_contents(world: World, entity: int) -> dict[int, int]:
    """What is mined and not yet handed on."""
    row = world.tables["mining_drill"][int(world.entity["component"][entity])]
    count = int(row["output_count"])
    return {int(row["output_item"]): count} if count else {}


def destroy_mining_drill(world: World, entity: int) -> None:
    """Free the drill's row."""
    world.free("mining_drill", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="mining_drill",
    kinds=("mining_drill",),
    create=create_mining_drill,
    turned=turn_mining_drill,
    contents=mining_drill_contents,
    destroy=destroy_mining_drill,
    reads=(
        "inventory",
        "crafting_machine",
        "belt",
        "item_prototype",
        "recipe_prototype",
        "recipe_part",
        "entity_prototype",
        "tile_prototype",
        "force_recipe",
        "chunk_index",
        "tile",
    ),
    writes=(
        "clock",
        "mining_drill",
        "mining_drill_awake",
        "inserter_awake",
        "crafting_machine_awake",
        "count",
        "free_head",
        "entity",
        "slot",
        "burner",
        "electric",
        "resource",
        "fluidbox",
        "fluid_system",
        "fluid_flow",
        "fluid_flow_touched",
        "transport_line",
        "line_item",
        "item_on_ground",
        "item_flow",
        "item_flow_touched",
        "cell_link",
        "cell",
        "ore",
    ),
)
