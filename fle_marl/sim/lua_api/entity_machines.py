"""Members of LuaEntity about what machines do."""

import math
from typing import TYPE_CHECKING, Final

from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api.arguments import read_count, read_number
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.inventories import GroundStack, HandStack
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_ENTITY
from fle_marl.sim.lua_api.stacks import item_number
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.inserter import set_filter, set_hand_override
from fle_marl.sim.systems.radar import scan_progress
from fle_marl.units import units_to_tiles

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_MACHINE: Final = KINDS.index("crafting_machine")
_DRILL: Final = KINDS.index("mining_drill")
_INSERTER: Final = KINDS.index("inserter")
_RADAR: Final = KINDS.index("radar")
_ITEM: Final = KINDS.index("item_on_ground")
_MOST_UINT: Final = 0xFFFF_FFFF
"""Source: runtime API, the type ``uint``."""


def _component(api: "LuaApi", handle: int, kind: int) -> LuaValue:
    """The entity's row in the table of a kind; None when it is of another kind."""
    record = api.world.entity[api.row(handle)]
    if int(record["kind"]) != kind:
        return None
    return api.world.tables[KINDS[kind]][int(record["component"])]


_TURRETS: Final = frozenset(
    {"ammo-turret", "artillery-turret", "electric-turret", "fluid-turret"}
)


def _needed(api: "LuaApi", handle: int, kind: int, member: str) -> LuaValue:
    component = _component(api, handle, kind)
    if component is None:
        fail(f"LuaEntity.{member}: not for entities of this type.")
    return component


def _place(api: "LuaApi", component: LuaValue, name: str) -> LuaValue:
    return api.position(
        units_to_tiles(int(component[f"{name}_x"])),
        units_to_tiles(int(component[f"{name}_y"])),
    )


# --- crafting machines


def _get_recipe(api: "LuaApi", handle: int) -> LuaValue:
    machine = _needed(api, handle, _MACHINE, "get_recipe")
    recipe = int(machine["recipe"])
    return api.object("LuaRecipe", recipe) if recipe else None


def _set_recipe(api: "LuaApi", handle: int, recipe: object) -> LuaValue:
    _needed(api, handle, _MACHINE, "set_recipe")
    number = 0
    if recipe is not None:
        found = api.self_of(recipe, "LuaRecipe")
        if found is None and recipe not in api.prototypes.recipes:
            fail(f"Unknown recipe name: {shown(recipe)}.")
        number = found or api.prototypes.recipes[str(recipe)].id
    returned = set_recipe(api.world, api.row(handle), int(number))
    items = api.prototypes.items
    return api.table({items.by_id(item).name: n for item, n in returned.items()})


def _previous_recipe(api: "LuaApi", handle: int) -> LuaValue:
    machine = _needed(api, handle, _MACHINE, "previous_recipe")
    recipe = int(machine["previous_recipe"])
    return api.object("LuaRecipe", recipe) if recipe else None


def _crafting_progress(api: "LuaApi", handle: int) -> float:
    return float(
        _needed(api, handle, _MACHINE, "crafting_progress")["crafting_progress"]
    )


def _products_finished(api: "LuaApi", handle: int) -> int:
    return int(_needed(api, handle, _MACHINE, "products_finished")["products_finished"])


def _is_crafting(api: "LuaApi", handle: int) -> bool:
    return bool(_needed(api, handle, _MACHINE, "is_crafting")["is_crafting"])


# --- mining drills


def _mining_progress(api: "LuaApi", handle: int) -> float | None:
    drill = _component(api, handle, _DRILL)
    return None if drill is None else float(drill["mining_progress"])


def _mining_target(api: "LuaApi", handle: int) -> LuaValue:
    drill = _component(api, handle, _DRILL)
    return None if drill is None else api.entity(int(drill["current_resource"]))


# --- what takes from one place and puts into another


def _dropper(api: "LuaApi", handle: int, member: str) -> LuaValue:
    drill = _component(api, handle, _DRILL)
    return _needed(api, handle, _INSERTER, member) if drill is None else drill


def _drop_position(api: "LuaApi", handle: int) -> LuaValue:
    return _place(api, _dropper(api, handle, "drop_position"), "drop")


def _drop_target(api: "LuaApi", handle: int) -> LuaValue:
    return api.entity(int(_dropper(api, handle, "drop_target")["drop_target"]))


def _pickup_position(api: "LuaApi", handle: int) -> LuaValue:
    return _place(api, _needed(api, handle, _INSERTER, "pickup_position"), "pickup")


def _pickup_target(api: "LuaApi", handle: int) -> LuaValue:
    inserter = _needed(api, handle, _INSERTER, "pickup_target")
    return api.entity(int(inserter["pickup_target"]))


def _held_stack(api: "LuaApi", handle: int) -> LuaValue:
    _needed(api, handle, _INSERTER, "held_stack")
    return api.object("LuaItemStack", HandStack(handle))


def _held_stack_position(api: "LuaApi", handle: int) -> LuaValue:
    inserter = _needed(api, handle, _INSERTER, "held_stack_position")
    record = api.world.entity[api.row(handle)]
    angle = 2.0 * math.pi * float(inserter["orientation"])
    length = float(inserter["extension"])
    return api.position(
        units_to_tiles(int(record["x"])) + length * math.sin(angle),
        units_to_tiles(int(record["y"])) - length * math.cos(angle),
    )


def _inserter_target_pickup_count(api: "LuaApi", handle: int) -> int:
    member = "inserter_target_pickup_count"
    return int(_needed(api, handle, _INSERTER, member)["hand_limit"])


def _inserter_stack_size_override(api: "LuaApi", handle: int) -> int:
    inserter = _needed(api, handle, _INSERTER, "inserter_stack_size_override")
    # 0: the hand is not limited. Source: runtime API
    return int(inserter["hand_override"])


def _set_inserter_stack_size_override(
    api: "LuaApi", handle: int, count: object
) -> None:
    member = "inserter_stack_size_override"
    _needed(api, handle, _INSERTER, member)
    limit = read_count(count, member)
    if limit > _MOST_UINT:
        fail(f"{member} must be 0 to {_MOST_UINT}, not {limit}.")
    set_hand_override(api.world, api.row(handle), limit)


def _filter_slot_count(api: "LuaApi", handle: int) -> int:
    inserter = _component(api, handle, _INSERTER)
    return 0 if inserter is None else int(inserter["filter_count"])


def _get_filter(api: "LuaApi", handle: int, slot_index: object) -> str | None:
    inserter = _needed(api, handle, _INSERTER, "get_filter")
    place = read_count(slot_index, "slot_index")
    if not 1 <= place <= int(inserter["filter_count"]):
        fail(f"LuaEntity.get_filter: there is no filter {place}.")
    item = int(inserter["filters"][place - 1])
    return api.prototypes.items.by_id(item).name if item else None


def _set_filter(
    api: "LuaApi", handle: int, slot_index: object, item: object = None
) -> None:
    inserter = _needed(api, handle, _INSERTER, "set_filter")
    place = read_count(slot_index, "slot_index")
    if not 1 <= place <= int(inserter["filter_count"]):
        fail(f"LuaEntity.set_filter: there is no filter {place}.")
    number = 0 if item is None else item_number(api, item)
    set_filter(api.world, api.row(handle), place, number)


def _kills(api: "LuaApi", handle: int) -> int:
    if api.prototype_of(api.row(handle)).type not in _TURRETS:
        fail("LuaEntity.kills: not for entities of this type.")
    # there are no enemies to kill: it is what scripts say
    return int(api.notes.get(ABOUT_ENTITY, handle, "kills", 0))


def _set_kills(api: "LuaApi", handle: int, value: object) -> None:
    _kills(api, handle)
    api.notes.put(ABOUT_ENTITY, handle, "kills", read_count(value, "kills"))


def _set_mining_progress(api: "LuaApi", handle: int, value: object) -> None:
    drill = _needed(api, handle, _DRILL, "mining_progress")
    progress, target = (
        read_number(value, "mining_progress"),
        _mining_target(api, handle),
    )
    if target is None:
        return
    minable = api.prototype_of(api.row_of(target)).minable
    most = 0.0 if minable is None else minable.mining_time
    if not 0.0 <= progress <= most:
        fail(f"mining_progress must be 0 to {most:g}, not {progress:g}.")
    drill["mining_progress"] = progress


def _radar_scan_progress(api: "LuaApi", handle: int) -> float:
    _needed(api, handle, _RADAR, "radar_scan_progress")
    return scan_progress(api.world, api.row(handle))


def _stack(api: "LuaApi", handle: int) -> LuaValue:
    _needed(api, handle, _ITEM, "stack")
    return api.object("LuaItemStack", GroundStack(handle))


def _to_be_looted(api: "LuaApi", handle: int) -> bool:
    # nothing here picks up loot by itself
    _needed(api, handle, _ITEM, "to_be_looted")
    return bool(api.notes.get(ABOUT_ENTITY, handle, "to_be_looted", False))


def _set_to_be_looted(api: "LuaApi", handle: int, is_looted: bool) -> None:
    _needed(api, handle, _ITEM, "to_be_looted")
    api.notes.put(ABOUT_ENTITY, handle, "to_be_looted", is_looted)


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {
        "get_recipe": _get_recipe,
        "set_recipe": _set_recipe,
        "is_crafting": _is_crafting,
        "get_filter": _get_filter,
        "set_filter": _set_filter,
    }
    entity.getters |= {
        "previous_recipe": _previous_recipe,
        "crafting_progress": _crafting_progress,
        "products_finished": _products_finished,
        "mining_progress": _mining_progress,
        "mining_target": _mining_target,
        "drop_position": _drop_position,
        "drop_target": _drop_target,
        "pickup_position": _pickup_position,
        "pickup_target": _pickup_target,
        "held_stack": _held_stack,
        "held_stack_position": _held_stack_position,
        "inserter_target_pickup_count": _inserter_target_pickup_count,
        "inserter_stack_size_override": _inserter_stack_size_override,
        "filter_slot_count": _filter_slot_count,
        "kills": _kills,
        "radar_scan_progress": _radar_scan_progress,
        "stack": _stack,
        "to_be_looted": _to_be_looted,
    }
    entity.setters |= {
        "inserter_stack_size_override": _set_inserter_stack_size_override,
        "kills": _set_kills,
        "mining_progress": _set_mining_progress,
        "to_be_looted": _set_to_be_looted,
    }
