"""How many slots the main inventories of a force's characters have.

Source: runtime API, LuaForce.character_inventory_slots_bonus; prototype character,
``inventory_size``.
"""

from fle_marl.prototypes import load
from fle_marl.sim.actions.ground import spill_items
from fle_marl.sim.actions.inventory import insert_items
from fle_marl.sim.world import World

__all__ = ["set_inventory_bonus"]


def set_inventory_bonus(world: World, force: int, slots: int) -> None:
    """Give a force's characters more slots, those that are there and new ones.

    What lies in slots that go moves to others, and falls to the ground when there is no
    room; that is a choice.

    Args:
        world: changed.
        force: LuaForce.index.
        slots: beyond the prototype's.
    """
    world.tables["force"]["character_inventory_slots_bonus"][force] = slots
    people = world.tables["character"]["entity"]
    for entity in people[people > 0].tolist():
        if world.entity["force"][entity] == force:
            prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
            size = int(prototype.number("inventory_size")) + slots
            _resize(world, entity, size)


def _resize(world: World, entity: int, size: int) -> None:
    row = int(world.entity["component"][entity])
    inventory = int(world.tables["character"]["main_inventory"][row])
    record = world.tables["inventory"][inventory]
    first, length = int(record["first_slot"]), int(record["slot_count"])
    if length == size:
        return
    old = world.tables["slot"][first : first + length].copy()
    world.free_run("slot", first, length)
    first = world.allocate_run("slot", size)
    kept = min(length, size)
    world.tables["slot"][first : first + kept] = old[:kept]
    record = world.tables["inventory"][inventory]
    record["first_slot"] = first
    record["slot_count"] = record["bar"] = size
    for slot in old[kept:]:
        if slot["count"]:
            item, count = int(slot["item"]), int(slot["count"])
            left = count - insert_items(world, inventory, item, count)
            x, y = int(world.entity["x"][entity]), int(world.entity["y"][entity])
            spill_items(world, x, y, {item: left})
