"""Characters: walking, mining by hand and crafting by hand.

What each of the three does in a tick is in the kernels of these names. Mining by hand
takes one item after the other from a resource. Anything else comes out of the world
whole: that needs Python, so the kernel marks the character (``is_mining_done``) and
`update_characters` says so, for its caller to see to it.

Source: prototype character (running_speed, mining_speed, inventory_size,
healing_per_tick, ticks_to_stay_in_combat).
"""

from typing import Final

from fle_marl.defines import Inventory
from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import (
    ROLE_AMMO,
    ROLE_ARMOR,
    ROLE_GUNS,
    ROLE_STORAGE,
    TABLE_INDEX,
)
from fle_marl.sim.kernels.gates import wake_gates_around
from fle_marl.sim.kernels.hand_crafting import craft_by_hand
from fle_marl.sim.kernels.hand_mining import mine_by_hand
from fle_marl.sim.kernels.walking import belt_way, move_character, walking_way
from fle_marl.sim.parts import add_inventory
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = ["SYSTEM", "update_characters"]

_CHARACTER: Final = TABLE_INDEX["character"]
_GATE: Final = TABLE_INDEX["gate"]
_GUN_SLOTS: Final = 3
_AMMO_SLOTS: Final = 3
_ARMOR_SLOTS: Final = 1
_TRASH_SLOTS: Final = 0
"""Source: the game's character has three guns with ammo and one armor, and no trash
slots before logistic robotics is researched."""


@kernel
def most_health(state: Tables, row: int) -> float:
    """The health of a character that nothing has hurt, with all bonuses.

    Source: runtime API, LuaForce and LuaControl.character_health_bonus.
    """
    person = state.entity[state.character[row].entity]
    bonus = state.force[person.force].character_health_bonus
    bonus += state.character[row].health_bonus
    return float(state.entity_prototype[person.prototype].max_health + bonus)


@called_kernel
def _heal(state: Tables, row: int, most: float) -> None:
    """Let a character heal that was not hurt for a while."""
    hurt = state.character[row]
    if state.clock[0].tick - hurt.hurt_tick > hurt.combat_ticks:
        person = state.entity[hurt.entity]
        person.health = min(person.health + hurt.healing_per_tick, most)


@kernel
def update_characters(state: Tables) -> bool:
    """Let all characters do what they do for a tick.

    Returns:
        Whether a mining target is to be taken out of the world before the next tick:
        some character has ``is_mining_done``.
    """
    character = state.character
    entity = state.entity
    has_gates = state.count[_GATE] > 1
    is_removal_due = False
    for row in range(1, state.count[_CHARACTER]):
        person = character[row].entity
        if person <= 0 or not entity[person].active:
            continue
        most = most_health(state, row)
        if entity[person].health < most:
            _heal(state, row, most)
        dx, dy = belt_way(state, person)
        # first the belt's way, then the character's own
        for own in range(2):
            if own == 1:
                if not character[row].is_walking:
                    break
                entity[person].direction = character[row].walking_direction & 7
                dx, dy = walking_way(state, row)
            if dx != 0 or dy != 0:
                move_character(state, person, dx, dy)
                if has_gates:
                    wake_gates_around(state, entity[person].x, entity[person].y)
        if character[row].is_mining and mine_by_hand(state, row):
            is_removal_due = True
        if character[row].first_order > 0:
            craft_by_hand(state, row)
    return is_removal_due


def create_character(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a character its row and its inventories."""
    row = world.allocate("character")
    world.tables["character"]["entity"][row] = entity
    world.entity["component"][entity] = row
    force = world.tables["force"][int(world.entity["force"][entity])]
    slots = int(prototype.number("inventory_size"))
    slots += int(force["character_inventory_slots_bonus"])
    main = add_inventory(world, entity, Inventory.character_main, ROLE_STORAGE, slots)
    for define, role, size in (
        (Inventory.character_guns, ROLE_GUNS, _GUN_SLOTS),
        (Inventory.character_ammo, ROLE_AMMO, _AMMO_SLOTS),
        (Inventory.character_armor, ROLE_ARMOR, _ARMOR_SLOTS),
        (Inventory.character_trash, ROLE_STORAGE, _TRASH_SLOTS),
    ):
        add_inventory(world, entity, define, role, size)
    record = world.tables["character"][row]
    record["main_inventory"] = main
    record["running_speed"] = prototype.number("running_speed")
    record["mining_speed"] = prototype.number("mining_speed")
    record["combat_ticks"] = prototype.number("ticks_to_stay_in_combat")
    record["healing_per_tick"] = prototype.number("healing_per_tick")
    record["hurt_tick"] = world.tick
    world.entity["health"][entity] += force["character_health_bonus"]


def _orders_of(world: World, entity: int) -> list[int]:
    orders = []
    row = int(world.entity["component"][entity])
    order = int(world.tables["character"]["first_order"][row])
    while order:
        orders.append(order)
        order = int(world.tables["crafting_order"]["next"][order])
    return orders


def contents_of_character(world: World, entity: int) -> dict[int, int]:
    """What the orders of its crafting queue hold, {item: count}."""
    contents: dict[int, int] = {}
    orders = world.tables["crafting_order"]
    parts = world.prototypes["recipe_part"]
    for order in _orders_of(world, entity):
        record = orders[order]
        recipe = world.prototypes["recipe_prototype"][record["recipe"]]
        first = int(recipe["first_ingredient"])
        for part in parts[first : first + int(recipe["ingredient_count"])]:
            item = int(part["id"])
            held = int(part["amount"]) * int(record["count"])
            contents[item] = contents.get(item, 0) + held
        if record["parent"]:
            item = int(record["owed_item"])
            contents[item] = contents.get(item, 0) - int(record["owed_count"])
    return {item: count for item, count in contents.items() if count}


def destroy_character(world: World, entity: int) -> None:
    """Give back the character's row and its crafting queue."""
    for order in _orders_of(world, entity):
        world.free("crafting_order", order)
    world.free("character", int(world.entity["component"][entity]))


SYSTEM: Final = System(
    name="character",
    kinds=("character",),
    create=create_character,
    contents=contents_of_character,
    destroy=destroy_character,
    reads=("belt", "inventory"),
    writes=(
        "character",
        "crafting_order",
        "free_head",
        "entity",
        "cell_link",
        "cell",
        "resource",
        "slot",
        "item_flow",
        "item_flow_touched",
        "gate_awake",
    ),
)
