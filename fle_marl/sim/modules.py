"""Module slots of entities, in Python: what building and scripts need.

A system whose entities have ``module_specification`` calls `add_module_slots` when it
makes one, and `add_effect_receiver` if modules and beacons change how it works; the
receiver goes with the entity's parts.

Source: prototype ``module_specification``, ``allowed_effects``, ``base_productivity``.
"""

from typing import Any, Final

from fle_marl.defines import Inventory
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.components import EFFECTS, KINDS, ROLE_MODULE, TABLE_INDEX
from fle_marl.sim.kernels.module_effects import (
    is_reached,
    module_fits,
    refresh_effects,
)
from fle_marl.sim.parts import add_inventory
from fle_marl.sim.world import World

__all__ = [
    "MODULE_INVENTORY",
    "add_effect_receiver",
    "add_module_slots",
    "allowed_effects",
    "beacons_of",
    "emissions_per_second",
    "module_inventory",
    "module_slot_count",
    "modules_without_recipe",
    "receivers_of",
    "refreshed_effects",
    "takes_module",
]

MODULE_INVENTORY: Final = {
    "assembling-machine": Inventory.assembling_machine_modules,
    "furnace": Inventory.furnace_modules,
    "mining-drill": Inventory.mining_drill_modules,
    "lab": Inventory.lab_modules,
    "beacon": Inventory.beacon_modules,
    "rocket-silo": Inventory.rocket_silo_modules,
}
"""Number of ``defines.inventory`` by type of prototype."""
_SECONDS_PER_MINUTE: Final = 60
_SPEED_OF: Final = {
    "crafting_machine": "crafting_speed",
    "mining_drill": "mining_speed",
    "lab": "researching_speed",
}


def module_slot_count(prototype: EntityPrototype) -> int:
    """How many modules an entity has room for."""
    specification: Any = prototype.properties.get("module_specification", {})
    return int(specification.get("module_slots", 0))


def allowed_effects(world: World, prototype: EntityPrototype) -> list[str]:
    """Effects that modules and beacons may have on an entity."""
    bits = int(world.prototypes["entity_prototype"]["allowed_effects"][prototype.id])
    return [effect for place, effect in enumerate(EFFECTS) if bits >> place & 1]


def emissions_per_second(prototype: EntityPrototype) -> float:
    """Pollution that an entity emits at full use of energy, units a second."""
    source: Any = prototype.energy_source or {}
    return float(source.get("emissions_per_minute", 0)) / _SECONDS_PER_MINUTE


def add_module_slots(world: World, entity: int, prototype: EntityPrototype) -> int:
    """Give an entity the inventory for its modules.

    Returns:
        The inventory's row; 0 when it has no slots.
    """
    slots = module_slot_count(prototype)
    if not slots:
        return 0
    define = MODULE_INVENTORY[prototype.type]
    return add_inventory(world, entity, define, ROLE_MODULE, slots)


def add_effect_receiver(
    world: World, entity: int, prototype: EntityPrototype, table: str, row: int
) -> None:
    """Let modules and beacons change how an entity works, if its prototype allows it.

    Args:
        world: changed.
        entity: row.
        prototype: of it.
        table: ``"crafting_machine"``, ``"mining_drill"`` or ``"lab"``.
        row: of the entity there. Its speed and energy are set, and are what it has
            without modules.
    """
    works = world.tables[table][row]
    speed, joules = float(works[_SPEED_OF[table]]), float(works["energy_per_tick"])
    productivity = prototype.number("base_productivity", 0.0)
    pollution = emissions_per_second(prototype) / speed
    works["productivity_bonus"] = productivity
    if table != "lab":
        works["pollution_per_second"] = pollution
    if not world.prototypes["entity_prototype"]["allowed_effects"][prototype.id]:
        return
    store = add_module_slots(world, entity, prototype)
    receiver = world.allocate("effect_receiver")
    record = world.tables["effect_receiver"][receiver]
    record["entity"] = entity
    record["inventory"] = store
    record[table] = row
    record["speed"], record["energy_per_tick"] = speed, joules
    record["productivity"] = productivity
    record["pollution_per_second"] = pollution
    world.entity["effect_receiver"][entity] = receiver
    world.clock["beacons_dirty"] = True


def module_inventory(world: World, entity: int) -> int:
    """The row of the inventory for an entity's modules; 0 when it has none."""
    row = int(world.entity["component"][entity])
    if KINDS[int(world.entity["kind"][entity])] == "beacon":
        return int(world.tables["beacon"]["inventory"][row])
    receiver = int(world.entity["effect_receiver"][entity])
    return int(world.tables["effect_receiver"]["inventory"][receiver])


def takes_module(world: World, entity: int, item: int) -> bool:
    """Whether an item is a module that an entity lets in.

    See `kernels.module_effects.module_fits`.
    """
    return bool(_module_fits(world.state, entity, item))


def modules_without_recipe(world: World, entity: int) -> dict[int, int]:
    """Take out the modules that an assembling machine's new recipe does not let in.

    Source: runtime API, LuaEntity.set_recipe returns what is removed; that modules are
    among it is a choice.

    Returns:
        What was taken out, {item: count}.
    """
    removed: dict[int, int] = {}
    inventory = world.tables["inventory"][module_inventory(world, entity)]
    first, slots = int(inventory["first_slot"]), int(inventory["slot_count"])
    for slot in world.tables["slot"][first : first + slots]:
        item, count = int(slot["item"]), int(slot["count"])
        if count and not takes_module(world, entity, item):
            removed[item] = removed.get(item, 0) + count
            slot["item"], slot["count"] = 0, 0
    return removed


# --- who reaches whom


def beacons_of(world: World, entity: int) -> list[int]:
    """Beacons that reach an entity, working or not, in the order of their rows."""
    owners = world.tables["beacon"]["entity"]
    rows = range(1, int(world.count[TABLE_INDEX["beacon"]]))
    return [
        int(owners[row])
        for row in rows
        if owners[row] > 0 and _is_reached(world.state, row, entity)
    ]


def receivers_of(world: World, beacon: int) -> list[int]:
    """Entities that a beacon reaches, in the order of their rows."""
    component = int(world.entity["component"][beacon])
    owners = world.tables["effect_receiver"]["entity"]
    rows = range(1, int(world.count[TABLE_INDEX["effect_receiver"]]))
    return [
        int(owners[row])
        for row in rows
        if owners[row] > 0 and _is_reached(world.state, component, int(owners[row]))
    ]


def refreshed_effects(world: World) -> World:
    """Bring up to date what modules and beacons do to machines.

    Returns:
        The same world.
    """
    _refresh_effects(world.state)
    return world


@entry_point
def _refresh_effects(state: Tables) -> None:
    refresh_effects(state)


@entry_point
def _module_fits(state: Tables, entity: int, item: int) -> bool:
    return module_fits(state, entity, item)


@entry_point
def _is_reached(state: Tables, beacon: int, entity: int) -> bool:
    return is_reached(state, beacon, entity)
