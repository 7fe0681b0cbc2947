"""How many slots the main inventories of characters have, and what else they gain.

Source: runtime API, LuaForce and LuaControl.character_inventory_slots_bonus,
character_health_bonus; prototype character, ``inventory_size``; prototype API,
ArmorPrototype.inventory_size_bonus.
"""

from typing import Final

from fle_marl.defines import Inventory
from fle_marl.prototypes import load
from fle_marl.sim.actions.ground import spill_items
from fle_marl.sim.actions.health import most_health, set_health
from fle_marl.sim.actions.inventory import (
    add_wear_to,
    find_inventory,
    insert_items,
    inventory_contents,
)
from fle_marl.sim.components import KINDS, ROLE_ARMOR
from fle_marl.sim.systems.character_corpse import set_expiry
from fle_marl.sim.wear import forget_wear, set_used, used_in_slot
from fle_marl.sim.world import World

__all__ = [
    "fit_character",
    "fit_characters",
    "inventory_changed",
    "set_inventory_bonus",
]

_CORPSE: Final = KINDS.index("character_corpse")


def set_inventory_bonus(world: World, force: int, slots: int) -> None:
    """Give a force's characters more slots, those that are there and new ones.

    Args:
        world: changed.
        force: LuaForce.index.
        slots: beyond the prototype's.
    """
    world.tables["force"]["character_inventory_slots_bonus"][force] = slots
    fit_characters(world, force)


def fit_characters(world: World, force: int) -> None:
    """See to what the bonuses of a force give to its characters."""
    people = world.tables["character"]["entity"]
    for entity in people[people > 0].tolist():
        if world.entity["force"][entity] == force:
            fit_character(world, entity)


def fit_character(world: World, entity: int) -> None:
    """Give a character the slots and the health that its bonuses say.

    What lies in slots that go moves to others, and falls to the ground when there is no
    room. Source: wiki, Armor (what has no room any more is dropped); that it is the
    same with other bonuses is a choice.
    """
    if float(world.entity["health"][entity]) > most_health(world, entity):
        set_health(world, entity, most_health(world, entity))
    _resize(world, entity, _slots_of(world, entity))


def _slots_of(world: World, entity: int) -> int:
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    force = world.tables["force"][int(world.entity["force"][entity])]
    own = world.tables["character"][int(world.entity["component"][entity])]
    slots = int(prototype.number("inventory_size"))
    slots += int(force["character_inventory_slots_bonus"])
    slots += int(own["inventory_slots_bonus"])
    armor = find_inventory(world, entity, Inventory.character_armor)
    for item in inventory_contents(world, armor):
        slots += int(load().items.by_id(item).number("inventory_size_bonus", 0.0))
    return slots


def inventory_changed(world: World, inventory: int) -> None:
    """See to what follows from what lies in an inventory now.

    Armor gives slots. A corpse that is empty is gone with the next tick. Source:
    runtime API, on_character_corpse_expired, "all of the items being removed from it".
    """
    record = world.tables["inventory"][inventory]
    entity = int(record["entity"])
    if record["role"] == ROLE_ARMOR:
        fit_character(world, entity)
        return
    is_corpse = world.entity["kind"][entity] == _CORPSE
    if is_corpse and not inventory_contents(world, inventory):
        set_expiry(world, entity, world.tick + 1)


def _resize(world: World, entity: int, size: int) -> None:
    row = int(world.entity["component"][entity])
    inventory = int(world.tables["character"]["main_inventory"][row])
    record = world.tables["inventory"][inventory]
    first, length = int(record["first_slot"]), int(record["slot_count"])
    if length == size:
        return
    old = world.tables["slot"][first : first + length].copy()
    wear = [used_in_slot(world, first + place) for place in range(length)]
    forget_wear(world, first, length)
    world.free_run("slot", first, length)
    first = world.allocate_run("slot", size)
    kept = min(length, size)
    world.tables["slot"][first : first + kept] = old[:kept]
    for place in range(kept):
        set_used(world, first + place, wear[place])
    record = world.tables["inventory"][inventory]
    record["first_slot"] = first
    record["slot_count"] = record["bar"] = size
    for slot, used in zip(old[kept:], wear[kept:], strict=True):
        if slot["count"]:
            item, count = int(slot["item"]), int(slot["count"])
            left = count - insert_items(world, inventory, item, count)
            if not left:
                add_wear_to(world, inventory, {item: used})
            x, y = int(world.entity["x"][entity]), int(world.entity["y"][entity])
            spill_items(world, x, y, {item: left})
