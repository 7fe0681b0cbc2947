"""What `LuaSurface.create_entity` and `can_place_entity` do by type."""

from typing import TYPE_CHECKING, Final

import numpy as np

from fle_marl.defines import Inventory
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.actions.build import can_place
from fle_marl.sim.actions.entity_settings import Settings
from fle_marl.sim.actions.fast_replace import fast_replace
from fle_marl.sim.actions.find import EntityQuery, find_entities
from fle_marl.sim.actions.fluid_mixing import would_mix
from fle_marl.sim.actions.ground import spill_items
from fle_marl.sim.components import ROLE_STORAGE
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.inventories import MOST_SLOTS
from fle_marl.sim.lua_api.lua_class import LuaValue
from fle_marl.sim.lua_api.stacks import read_stack
from fle_marl.sim.parts import add_inventory
from fle_marl.sim.refusals import refuse
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.item_on_ground import set_ground_item
from fle_marl.sim.systems.offshore_pump import can_place_offshore_pump
from fle_marl.sim.systems.resource import set_amount
from fle_marl.sim.systems.underground_belt import set_belt_to_ground_type
from fle_marl.sim.world import World
from fle_marl.units import tiles_to_units

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "apply_options",
    "check_options",
    "ghost_settings",
    "placement_is_possible",
    "replace_entity",
]

_BASIC_SOLID: Final = "basic-solid"
"""Category of resources that name none. Source: prototype API, ResourceEntity."""


def placement_is_possible(
    world: World,
    prototype: EntityPrototype,
    x: int,
    y: int,
    direction: int,
    *,
    is_manual: bool,
) -> bool:
    """Whether an entity may be placed: free ground, and what its type needs.

    Nor may it bring different fluids together.

    Args:
        world: not changed.
        prototype: what.
        x: centre, 1/256 tile.
        y: centre, 1/256 tile.
        direction: 0, 2, 4 or 6.
        is_manual: whether a player builds. Then mining drills need a resource that
            they mine and offshore pumps a shore.

    Source: LuaSurface.can_place_entity, "collisions with terrain or other entities",
    which scripts and robots are held to. FLE 0.3.0, which drives 1.1.110, finds places
    for offshore pumps with them facing away from the water, by the default check.

    Raises:
        NotSimulated: the simulator refuses such entities, wherever they are to stand.
    """
    refuse(prototype)
    if not can_place(world, prototype, x, y, direction):
        return False
    if is_manual and prototype.type == "offshore-pump":
        return can_place_offshore_pump(world, x, y, direction, prototype=prototype)
    if is_manual and prototype.type == "mining-drill":
        return _has_resource(world, prototype, x, y)
    return not would_mix(world, prototype, x, y, direction)


def _has_resource(world: World, prototype: EntityPrototype, x: int, y: int) -> bool:
    radius = tiles_to_units(prototype.number("resource_searching_radius"))
    categories = set(prototype.names("resource_categories"))
    entities = load().entities
    wanted = world.prototypes["entity_prototype"]["is_resource"].copy()
    for resource in entities.values():
        if resource.type == "resource":
            category = resource.text("category", _BASIC_SOLID)
            wanted[resource.id] = category in categories
    query = EntityQuery(
        prototypes=wanted,
        box=(x - radius, y - radius, x + radius, y + radius),
        limit=1,
    )
    return len(find_entities(world, query)) > 0


def check_options(api: "LuaApi", prototype: EntityPrototype, given: LuaValue) -> None:
    """Refuse a table of create_entity before anything is built.

    Raises:
        ScriptError: it says something impossible for the entity's type.
    """
    if prototype.type == "resource" and given["amount"] is not None:
        _amount(given)
    if prototype.type == "item-entity":
        if given["stack"] is None:
            fail("create_entity: item-on-ground needs a stack.")
        read_stack(api, given["stack"])
    if prototype.type == "underground-belt":
        _belt_end(given)
    if prototype.type == "assembling-machine" and given["recipe"] is not None:
        _recipe(api, given)
    if prototype.type == "character-corpse":
        _corpse_size(given)


def apply_options(
    api: "LuaApi", row: int, prototype: EntityPrototype, given: LuaValue
) -> None:
    """Set what a checked table of create_entity says for an entity's type."""
    if prototype.type == "resource" and given["amount"] is not None:
        set_amount(api.world, row, _amount(given))
    if prototype.type == "item-entity":
        set_ground_item(api.world, row, *read_stack(api, given["stack"]))
    if prototype.type == "underground-belt" and given["type"] is not None:
        set_belt_to_ground_type(api.world, row, _belt_end(given))
    if prototype.type == "assembling-machine" and given["recipe"] is not None:
        set_recipe(api.world, row, _recipe(api, given))
    if prototype.type == "character-corpse" and _corpse_size(given):
        add_inventory(
            api.world,
            row,
            Inventory.character_corpse,
            ROLE_STORAGE,
            _corpse_size(given),
        )


def ghost_settings(api: "LuaApi", inner: EntityPrototype, given: LuaValue) -> Settings:
    """What a checked table of create_entity says for the type of a ghost's entity."""
    recipe = 0
    if inner.type == "assembling-machine" and given["recipe"] is not None:
        recipe = _recipe(api, given)
    is_exit = inner.type == "underground-belt" and _belt_end(given) == "output"
    return Settings(recipe=recipe, belt_end=int(is_exit))


def replace_entity(
    world: World, old: int, name: str, direction: int, force: int, spill: bool
) -> int:
    """Build an entity over another.

    The item of the old one, and what the new one has no room for, fall on the ground,
    or are gone without ``spill``. Source: runtime API, LuaSurface.create_entity.

    Returns:
        Row of the new entity.
    """
    x, y = int(world.entity["x"][old]), int(world.entity["y"][old])
    prototype = int(world.entity["prototype"][old])
    new, left = fast_replace(world, old, name, direction=direction, force=force)
    items = np.flatnonzero(
        world.prototypes["item_prototype"]["place_result"] == prototype
    )
    for item in items[:1].tolist():
        left[item] = left.get(item, 0) + 1
    if spill:
        spill_items(world, x, y, left)
    return new


def _amount(given: LuaValue) -> int:
    amount = read_count(given["amount"], "amount")
    if amount < 1:
        fail("create_entity: a resource holds at least 1.")
    return amount


def _corpse_size(given: LuaValue) -> int:
    size = given["inventory_size"]
    slots = 0 if size is None else read_count(size, "inventory_size")
    if slots > MOST_SLOTS:
        fail(f"inventory_size must be 0 to {MOST_SLOTS}, not {slots}.")
    return slots


def _belt_end(given: LuaValue) -> str:
    # an entrance unless told otherwise. Source: LuaSurface.create_entity
    end = given["type"]
    if end not in (None, "input", "output"):
        fail(f"Invalid underground belt type: {shown(end)}.")
    return end or "input"


def _recipe(api: "LuaApi", given: LuaValue) -> int:
    name = given["recipe"]
    if name not in api.prototypes.recipes:
        fail(f"Unknown recipe name: {shown(name)}.")
    return api.prototypes.recipes[name].id
