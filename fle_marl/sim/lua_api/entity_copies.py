"""Members of LuaEntity that copy entities, and some of what can be set in them."""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.errors import LuaApiMissing
from fle_marl.sim.actions.build import (
    create_entity,
    destroy_entity,
    placed_position,
)
from fle_marl.sim.actions.entity_settings import apply_settings, settings_of
from fle_marl.sim.actions.inventory import inventory_slots, set_bar
from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api.arguments import (
    read_count,
    read_number,
)
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_ENTITY
from fle_marl.sim.lua_api.surface_argument import check_surface
from fle_marl.sim.parts import fluidboxes_of, inventories_of
from fle_marl.sim.systems.electric_pole import can_reach, pole_neighbours
from fle_marl.units import tiles_to_units, units_to_tiles

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["can_clone", "clone_entity", "declare"]

_POLE: Final = KINDS.index("pole")
_RESOURCE: Final = KINDS.index("resource")
_GHOST: Final = KINDS.index("ghost")
_INSERTER: Final = KINDS.index("inserter")
_MACHINE: Final = KINDS.index("crafting_machine")
_UNCLONED: Final = frozenset({"character", "item-entity", "entity-ghost", "tile-ghost"})
"""Types that are not cloned here; of characters and ghosts the game makes copies."""
_COPPER: Final = "copper"
_MOST_UINT: Final = 0xFFFF_FFFF
"""Source: runtime API, the type ``uint``."""


# --- copies


def _clone(api: "LuaApi", handle: int, given: LuaValue) -> LuaValue:
    """Make another entity with the same settings, contents, health and energy.

    What a machine is at and what lies on belts is not copied; that is a limit of this
    simulator.
    """
    row = api.row(handle)
    x, y = (tiles_to_units(part) for part in api.xy(given["position"]))
    if given["surface"] is not None:
        check_surface(api, given["surface"])
    force = 0 if given["force"] is None else force_index(api, given["force"])
    if not can_clone(api, row):
        fail(f"LuaEntity.clone: {api.prototype_of(row).type} is not cloned here.")
    return clone_entity(api, row, x, y, force)


def can_clone(api: "LuaApi", row: int) -> bool:
    """Whether entities of its type are cloned here."""
    return api.prototype_of(row).type not in _UNCLONED


def clone_entity(api: "LuaApi", row: int, x: int, y: int, force: int = 0) -> LuaValue:
    """Make another entity like one, whatever stands there, and tell scripts.

    Args:
        api: changed.
        row: of the entity.
        x: centre of the new one, 1/256 tile; what stands on the grid does there too.
        y: likewise.
        force: of the new one; 0 for the same.

    Returns:
        Its LuaEntity.
    """
    record = api.world.entity[row]
    source = api.entity(row)
    prototype, direction = api.prototype_of(row), int(record["direction"])
    if prototype.type != "cliff":  # in place of a direction it has an orientation
        place = units_to_tiles(x), units_to_tiles(y)
        x, y = placed_position(prototype, *place, direction)
    new = create_entity(
        api.world,
        prototype.name,
        x,
        y,
        direction=direction,
        force=force or int(record["force"]),
    )
    apply_settings(api.world, new, settings_of(api.world, row))
    _copy_state(api, row, new)
    entity = api.entity(new)
    told = {"source": source, "destination": entity}
    api.events.tell("on_entity_cloned", told)
    return entity


def _copy_state(api: "LuaApi", row: int, new: int) -> None:
    world = api.world
    for field in ("health", "forbidden", "active"):
        world.entity[field][new] = world.entity[field][row]
    sources, targets = inventories_of(world, row), inventories_of(world, new)
    for source, target in zip(sources, targets, strict=True):
        slots, copied = inventory_slots(world, source), inventory_slots(world, target)
        most = min(len(slots), len(copied))
        copied[:most] = slots[:most]
        set_bar(world, target, int(world.tables["inventory"]["bar"][source]))
    boxes = zip(fluidboxes_of(world, row), fluidboxes_of(world, new), strict=True)
    for pair in boxes:
        _copy(world.tables["fluidbox"], pair, ("fluid", "amount", "temperature"))
    for table, fields in (
        ("burner", ("currently_burning", "remaining_joules", "buffer_joules")),
        ("electric", ("buffer_joules",)),
    ):
        pair = int(world.entity[table][row]), int(world.entity[table][new])
        if all(pair):
            _copy(world.tables[table], pair, fields)
    if world.entity["kind"][row] == _RESOURCE:
        parts = world.entity["component"]
        pair = int(parts[row]), int(parts[new])
        _copy(world.tables["resource"], pair, ("amount", "initial_amount"))


def _copy(
    table: Any,  # noqa: ANN401 - a table of the world
    rows: tuple[int, int],
    fields: tuple[str, ...],
) -> None:
    for field in fields:
        table[field][rows[1]] = table[field][rows[0]]


def _copy_settings(
    api: "LuaApi", handle: int, entity: object, _by_player: object = None
) -> LuaValue:
    """Take over another entity's settings; nothing when they are not of one kind.

    Returns:
        Items that a change of recipe gave back: none, as they stay in the machine.
    """
    row, source = api.row(handle), api.row_of(entity)
    kinds = api.world.entity["kind"]
    if kinds[row] == kinds[source] and row != source:
        apply_settings(api.world, row, settings_of(api.world, source))
    return api.lua.table()


# --- wires


def _can_wires_reach(api: "LuaApi", handle: int, other: object) -> bool:
    row, end = api.row(handle), api.row_of(other)
    kinds = api.world.entity["kind"]
    if kinds[row] != _POLE or kinds[end] != _POLE:
        return False
    return can_reach(api.world, row, end)


def _copper_connection_definitions(api: "LuaApi", handle: int) -> LuaValue:
    row = api.row(handle)
    table = api.lua.table()
    if api.world.entity["kind"][row] != _POLE:
        return table
    none = int(api.prototypes.defines["wire_connection_id"]["electric_pole"])
    for place, other in enumerate(pole_neighbours(api.world, row), start=1):
        entry = api.table(
            {"source_wire_connector": none, "target_wire_connector": none}
        )
        entry["target_entity"] = api.entity(other)
        table[place] = entry
    return table


# --- settings


def _deplete(api: "LuaApi", handle: int) -> None:
    row = api.row(handle)
    if int(api.world.entity["kind"][row]) != _RESOURCE:
        fail("LuaEntity.deplete: the entity is not a resource.")
    if api.prototype_of(row).properties.get("infinite"):
        # it does not go, but gives as little as it can
        part = int(api.world.entity["component"][row])
        resource = api.world.tables["resource"]
        resource["amount"][part] = resource["minimum_amount"][part]
        return
    told = {"entity": api.object("LuaEntity", handle)}
    api.events.tell("on_resource_depleted", told)
    if api.find_row(handle):
        destroy_entity(api.world, row)


def _inserter_filter_mode(api: "LuaApi", handle: int) -> str | None:
    record = api.world.entity[api.row(handle)]
    if int(record["kind"]) != _INSERTER:
        return None
    inserter = api.world.tables["inserter"][int(record["component"])]
    # blacklists are not simulated
    return "whitelist" if int(inserter["filter_count"]) else None


def _set_inserter_filter_mode(api: "LuaApi", handle: int, mode: object) -> None:
    if _inserter_filter_mode(api, handle) is None:
        fail("LuaEntity.inserter_filter_mode: not for entities of this type.")
    if mode == "blacklist":
        raise LuaApiMissing(
            "LuaEntity.inserter_filter_mode: the embedded simulator has no blacklists",
            details={"class": "LuaEntity", "member": "inserter_filter_mode"},
        )
    if mode != "whitelist":
        fail(f'inserter_filter_mode is "whitelist" or "blacklist", not {shown(mode)}.')


def _needed(api: "LuaApi", handle: int, member: str, *kinds: int) -> int:
    row = api.row(handle)
    if int(api.world.entity["kind"][row]) not in kinds:
        fail(f"LuaEntity.{member}: not for entities of this type.")
    return row


def _recipe_locked(api: "LuaApi", handle: int) -> bool:
    _needed(api, handle, "recipe_locked", _MACHINE)
    return bool(api.notes.get(ABOUT_ENTITY, handle, "recipe_locked", False))


def _set_recipe_locked(api: "LuaApi", handle: int, is_locked: bool) -> None:
    # only players, who are not here, are kept from changing it
    _needed(api, handle, "recipe_locked", _MACHINE)
    api.notes.put(ABOUT_ENTITY, handle, "recipe_locked", is_locked)


def _set_crafting_progress(api: "LuaApi", handle: int, value: object) -> None:
    row = _needed(api, handle, "crafting_progress", _MACHINE)
    progress = read_number(value, "crafting_progress")
    if not 0.0 <= progress <= 1.0:
        fail(f"crafting_progress must be 0 to 1, not {progress:g}.")
    part = int(api.world.entity["component"][row])
    machine = api.world.tables["crafting_machine"][part]
    if not machine["is_crafting"]:
        return
    recipe = api.prototypes.recipes.by_id(int(machine["recipe"]))
    machine["crafting_progress"] = progress
    machine["crafted_seconds"] = progress * recipe.energy_required


def _set_products_finished(api: "LuaApi", handle: int, value: object) -> None:
    row = _needed(api, handle, "products_finished", _MACHINE)
    count = read_count(value, "products_finished")
    if count > _MOST_UINT:
        fail(f"products_finished must be 0 to {_MOST_UINT}, not {count}.")
    part = int(api.world.entity["component"][row])
    api.world.tables["crafting_machine"]["products_finished"][part] = count


def _tags(api: "LuaApi", handle: int) -> LuaValue:
    _needed(api, handle, "tags", _GHOST)
    tags = api.notes.get(ABOUT_ENTITY, handle, "tags")
    return None if tags is None else api.table(tags)


def _set_tags(api: "LuaApi", handle: int, tags: object) -> None:
    _needed(api, handle, "tags", _GHOST)
    plain = None if tags is None else api.plain(tags)
    if plain is not None and not isinstance(plain, dict):
        fail("tags must be a table with names.")
    api.notes.put(ABOUT_ENTITY, handle, "tags", plain)


def _update_connections(api: "LuaApi", handle: int) -> None:
    # what stands beside what is always known
    api.row(handle)


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {
        "clone": _clone,
        "copy_settings": _copy_settings,
        "can_wires_reach": _can_wires_reach,
        "deplete": _deplete,
        "update_connections": _update_connections,
    }
    entity.getters |= {
        "copper_connection_definitions": _copper_connection_definitions,
        "inserter_filter_mode": _inserter_filter_mode,
        "recipe_locked": _recipe_locked,
        "tags": _tags,
    }
    entity.setters |= {
        "crafting_progress": _set_crafting_progress,
        "inserter_filter_mode": _set_inserter_filter_mode,
        "products_finished": _set_products_finished,
        "recipe_locked": _set_recipe_locked,
        "tags": _set_tags,
    }
