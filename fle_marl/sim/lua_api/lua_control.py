"""LuaControl: what characters do. The game gives it to players as well."""

from typing import TYPE_CHECKING, Final

from fle_marl.errors import NotSimulated
from fle_marl.sim.actions import character as acts
from fle_marl.sim.actions.build import can_place, placed_position
from fle_marl.sim.actions.crafting import (
    begin_crafting,
    cancel_crafting,
    craftable_count,
    crafting_progress,
    crafting_queue,
)
from fle_marl.sim.actions.handiwork import (
    set_picking,
    start_repairing,
    stop_repairing,
)
from fle_marl.sim.actions.tiles import mine_tile
from fle_marl.sim.lua_api import control_bonuses
from fle_marl.sim.lua_api.arguments import (
    read_count,
    read_direction,
    read_share,
)
from fle_marl.sim.lua_api.control_bonuses import character_record, character_row
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.inventories import inventory_of
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_tile import tile_of_handle
from fle_marl.sim.lua_api.pointing import entity_at, select, selected_by
from fle_marl.sim.surroundings import enter_surroundings, leave_surroundings
from fle_marl.units import tiles_to_units, units_to_tiles

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_CONTROL"]

_FIXED: Final = frozenset(
    {
        *("transport-belt", "underground-belt", "splitter", "loader", "loader-1x1"),
        *("linked-belt", "straight-rail", "curved-rail", "resource", "cliff"),
    }
)
"""Types that are never teleported. Source: runtime API, LuaControl.teleport, which
names belts; those beside them are a choice."""

LUA_CONTROL: Final = LuaClass("LuaControl")
control_bonuses.declare(LUA_CONTROL)
# --- reach


@LUA_CONTROL.method("can_reach_entity")
def _can_reach_entity(api: "LuaApi", handle: int, entity: object) -> bool:
    row = character_row(api, handle, "can_reach_entity")
    return acts.can_reach(api.world, row, api.row_of(entity))


# --- walking


@LUA_CONTROL.getter("walking_state")
def _walking_state(api: "LuaApi", handle: int) -> LuaValue:
    record = character_record(api, handle, "walking_state")
    return api.table(
        {
            "walking": bool(record["is_walking"]),
            "direction": int(record["walking_direction"]),
        }
    )


@LUA_CONTROL.setter("walking_state")
def _set_walking_state(api: "LuaApi", handle: int, state: LuaValue) -> None:
    row = character_row(api, handle, "walking_state")
    direction = read_direction(state["direction"])
    acts.set_walking(api.world, row, direction if state["walking"] else None)


@LUA_CONTROL.method("teleport")
def _teleport(
    api: "LuaApi",
    handle: int,
    position: object,
    _surface: object = None,
    _raise_teleported: object = None,
) -> bool:
    row = api.row(handle)
    x, y = api.xy(position)
    prototype = api.prototype_of(row)
    if prototype.type == "character":
        place = tiles_to_units(x), tiles_to_units(y)
        return acts.teleport_character(api.world, row, *place)
    if prototype.type in _FIXED:
        return False
    record = api.world.entity[row]
    here = int(record["x"]), int(record["y"])
    direction = int(record["direction"])
    there = placed_position(prototype, x, y, direction)
    if there == here:
        return True
    is_on_grid = here == placed_position(
        prototype, units_to_tiles(here[0]), units_to_tiles(here[1]), direction
    )
    if is_on_grid:
        raise NotSimulated(
            f"LuaControl.teleport moves characters only; {prototype.name} stays where "
            "it was built",
            details={"name": prototype.name, "member": "teleport"},
        )
    return _put_on_grid(api, row, here, there)


def _put_on_grid(
    api: "LuaApi", row: int, here: tuple[int, int], there: tuple[int, int]
) -> bool:
    """Move what stands off its grid since it was turned, as things not square do.

    That it must fit there is a choice.
    """
    record = api.world.entity[row]
    leave_surroundings(api.world, row)
    fits = can_place(api.world, api.prototype_of(row), *there, int(record["direction"]))
    record["x"], record["y"] = there if fits else here
    enter_surroundings(api.world, row)
    return fits


# --- mining


@LUA_CONTROL.method("update_selected_entity")
def _update_selected_entity(api: "LuaApi", handle: int, position: object) -> None:
    row = character_row(api, handle, "update_selected_entity")
    select(api, row, entity_at(api, *api.xy(position)))


@LUA_CONTROL.getter("selected")
def _selected(api: "LuaApi", handle: int) -> LuaValue:
    return api.entity(selected_by(api, character_row(api, handle, "selected")))


@LUA_CONTROL.setter("selected")
def _set_selected(api: "LuaApi", handle: int, value: object) -> None:
    row = character_row(api, handle, "selected")
    select(api, row, 0 if value is None else api.row_of(value))


@LUA_CONTROL.getter("mining_state")
def _mining_state(api: "LuaApi", handle: int) -> LuaValue:
    record = character_record(api, handle, "mining_state")
    state = api.table({"mining": bool(record["is_mining"])})
    target = int(record["mining_target"])
    if record["is_mining"] and target:
        state["position"] = api.position_of(target)
    return state


def _meant_by(api: "LuaApi", row: int, position: object) -> int:
    """Row of what a character works on: at a position, or what it points at."""
    if position is None:
        return selected_by(api, row)
    return entity_at(api, *api.xy(position))


@LUA_CONTROL.setter("mining_state")
def _set_mining_state(api: "LuaApi", handle: int, state: LuaValue) -> None:
    row = character_row(api, handle, "mining_state")
    if not state["mining"]:
        acts.stop_mining(api.world, row)
        return
    target = _meant_by(api, row, state["position"])
    if target:
        acts.start_mining(api.world, row, target)


@LUA_CONTROL.getter("character_mining_progress")
def _mining_progress(api: "LuaApi", handle: int) -> float:
    row = character_row(api, handle, "character_mining_progress")
    return acts.mining_progress(api.world, row)


@LUA_CONTROL.method("mine_entity")
def _mine_entity(
    api: "LuaApi", handle: int, entity: object, force: bool = False
) -> bool:
    row = character_row(api, handle, "mine_entity")
    target = api.row_of(entity)
    return acts.mine_entity(api.world, row, target, is_forced=bool(force))


@LUA_CONTROL.method("mine_tile")
def _mine_tile(api: "LuaApi", handle: int, tile: object) -> bool:
    row = character_row(api, handle, "mine_tile")
    place = api.self_of(tile, "LuaTile")
    if place is None:
        fail(f"Expected LuaTile, got {shown(tile)}.")
    return mine_tile(api.world, row, *tile_of_handle(int(place)))


# --- picking up and repairing


@LUA_CONTROL.getter("picking_state")
def _picking_state(api: "LuaApi", handle: int) -> bool:
    return bool(character_record(api, handle, "picking_state")["is_picking"])


@LUA_CONTROL.setter("picking_state")
def _set_picking_state(api: "LuaApi", handle: int, is_picking: bool) -> None:
    row = character_row(api, handle, "picking_state")
    set_picking(api.world, row, is_picking)


@LUA_CONTROL.getter("repair_state")
def _repair_state(api: "LuaApi", handle: int) -> LuaValue:
    record = character_record(api, handle, "repair_state")
    target = int(record["repair_target"])
    state = api.table({"repairing": bool(target)})
    if target:
        state["position"] = api.position_of(target)
    return state


@LUA_CONTROL.setter("repair_state")
def _set_repair_state(api: "LuaApi", handle: int, state: LuaValue) -> None:
    row = character_row(api, handle, "repair_state")
    is_repairing = state["repairing"]
    stop_repairing(api.world, row)
    if not is_repairing:
        return
    target = _meant_by(api, row, state["position"])
    if target:
        start_repairing(api.world, row, target)


# --- crafting


def _recipe(api: "LuaApi", value: object) -> int:
    number = api.self_of(value, "LuaRecipe")
    if number is not None:
        return int(number)
    if not isinstance(value, str) or value not in api.prototypes.recipes:
        fail(f"Unknown recipe name: {shown(value)}.")
    return api.prototypes.recipes[value].id


@LUA_CONTROL.method("begin_crafting")
def _begin_crafting(api: "LuaApi", handle: int, options: LuaValue) -> int:
    row = character_row(api, handle, "begin_crafting")
    recipe = _recipe(api, options["recipe"])
    count = read_count(options["count"], "count")
    return begin_crafting(api.world, row, recipe, count)


@LUA_CONTROL.method("cancel_crafting")
def _cancel_crafting(api: "LuaApi", handle: int, options: LuaValue) -> None:
    row = character_row(api, handle, "cancel_crafting")
    index = read_count(options["index"], "index")
    count = read_count(options["count"], "count")
    cancel_crafting(api.world, row, index - 1, count)


@LUA_CONTROL.method("get_craftable_count")
def _craftable_count(api: "LuaApi", handle: int, recipe: object) -> int:
    row = character_row(api, handle, "get_craftable_count")
    return craftable_count(api.world, row, _recipe(api, recipe))


@LUA_CONTROL.getter("crafting_queue")
def _crafting_queue(api: "LuaApi", handle: int) -> LuaValue:
    row = character_row(api, handle, "crafting_queue")
    queue = crafting_queue(api.world, row)
    if not queue:
        return None
    recipes = api.prototypes.recipes
    return api.table(
        [
            {
                "index": index,
                "recipe": recipes.by_id(order.recipe).name,
                "count": order.count,
                "prerequisite": order.is_prerequisite,
            }
            for index, order in enumerate(queue, start=1)
        ]
    )


@LUA_CONTROL.getter("crafting_queue_size")
def _crafting_queue_size(api: "LuaApi", handle: int) -> int:
    row = character_row(api, handle, "crafting_queue_size")
    return len(crafting_queue(api.world, row))


@LUA_CONTROL.getter("crafting_queue_progress")
def _crafting_queue_progress(api: "LuaApi", handle: int) -> float:
    row = character_row(api, handle, "crafting_queue_progress")
    return crafting_progress(api.world, row)


@LUA_CONTROL.setter("crafting_queue_progress")
def _set_crafting_queue_progress(api: "LuaApi", handle: int, value: object) -> None:
    record = character_record(api, handle, "crafting_queue_progress")
    share = read_share(value, "crafting_queue_progress")
    if record["first_order"]:
        orders = api.world.tables["crafting_order"]
        recipe = int(orders["recipe"][int(record["first_order"])])
        needed = api.prototypes.recipes.by_id(recipe).energy_required
        record["crafting_progress"] = share * needed


# --- items


LUA_CONTROL.gives["get_main_inventory"] = "LuaInventory"


@LUA_CONTROL.method("get_main_inventory")
def _get_main_inventory(api: "LuaApi", handle: int) -> LuaValue:
    row = character_row(api, handle, "get_main_inventory")
    return inventory_of(api, row, acts.main_inventory(api.world, row))
