"""Members of LuaEntity and LuaSurface about what is marked to go or to change.

Events are told at once, as for all that scripts do. A ghost that is to go is gone.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.actions import marks
from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.lua_api.arguments import read_direction
from fle_marl.sim.lua_api.blueprint_format import (
    DeconstructionPlanner,
    DeconstructionSettings,
    UpgradePlanner,
)
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.filters import find_rows
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.ghost_filters import GHOST_PROTOTYPES
from fle_marl.sim.lua_api.inventories import StackPlace
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.stack_blueprints import planner_in

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "cancel_deconstruction_in",
    "declare_for_entities",
    "declare_for_surfaces",
    "deconstruct_in",
    "read_entity_prototype",
]

_BLACKLIST: Final[int] = load().defines["deconstruction_item"]["entity_filter_mode"][
    "blacklist"
]
_Planner = TypeVar("_Planner", DeconstructionPlanner, UpgradePlanner)


# --- one entity


def _deconstruct(api: "LuaApi", row: int, force: int) -> bool:
    entity = api.entity(row)
    if int(api.world.entity["prototype"][row]) in GHOST_PROTOTYPES:
        handle = api.handle(row)
        api.events.tell("on_pre_ghost_deconstructed", {"ghost": entity})
        if api.find_row(handle):
            destroy_entity(api.world, row)
        return True
    if not marks.order_deconstruction(api.world, row, force):
        return False
    api.events.tell("on_marked_for_deconstruction", {"entity": entity})
    return True


def _cancel_deconstruction_of(api: "LuaApi", row: int, force: int) -> bool:
    if not marks.cancel_deconstruction(api.world, row, force):
        return False
    api.events.tell("on_cancelled_deconstruction", {"entity": api.entity(row)})
    return True


def _upgrade(
    api: "LuaApi",
    row: int,
    force: int,
    target: EntityPrototype,
    direction: int | None = None,
) -> bool:
    if not marks.order_upgrade(api.world, row, force, target, direction):
        return False
    told = {
        "entity": api.entity(row),
        "target": api.object("LuaEntityPrototype", target.id),
    }
    if direction is not None:
        told["direction"] = direction
    api.events.tell("on_marked_for_upgrade", told)
    return True


def _cancel_upgrade_of(api: "LuaApi", row: int, force: int) -> bool:
    target = int(api.world.entity["upgrade_target"][row])
    if not marks.cancel_upgrade(api.world, row, force):
        return False
    told = {
        "entity": api.entity(row),
        "target": api.object("LuaEntityPrototype", target),
    }
    api.events.tell("on_cancelled_upgrade", told)
    return True


def _order_deconstruction(
    api: "LuaApi", handle: int, force: object, _player: object = None
) -> bool:
    return _deconstruct(api, api.row(handle), force_index(api, force))


def _cancel_deconstruction(
    api: "LuaApi", handle: int, force: object, _player: object = None
) -> None:
    _cancel_deconstruction_of(api, api.row(handle), force_index(api, force))


def _to_be_deconstructed(api: "LuaApi", handle: int) -> bool:
    return bool(api.world.entity["deconstruction_force"][api.row(handle)])


def _is_registered_for_deconstruction(
    api: "LuaApi", handle: int, force: object
) -> bool:
    marked_by = int(api.world.entity["deconstruction_force"][api.row(handle)])
    return marked_by == force_index(api, force)


def read_entity_prototype(api: "LuaApi", value: object) -> EntityPrototype:
    """An EntityPrototypeIdentification: a name, a prototype or an entity.

    Raises:
        ScriptError: it is none.
    """
    entities = api.prototypes.entities
    number = api.self_of(value, "LuaEntityPrototype")
    if number is not None:
        return entities.by_id(int(number))
    if api.self_of(value, "LuaEntity") is not None:
        return api.prototype_of(api.row_of(value))
    if not isinstance(value, str) or value not in entities:
        fail(f"Unknown entity name: {shown(value)}.")
    return entities[value]


def _order_upgrade(api: "LuaApi", handle: int, given: LuaValue) -> bool:
    row = api.row(handle)
    force = force_index(api, given["force"])
    target = read_entity_prototype(api, given["target"])
    asked = given["direction"]
    direction = None if asked is None else read_direction(asked)
    return _upgrade(api, row, force, target, direction)


def _cancel_upgrade(
    api: "LuaApi", handle: int, force: object, _player: object = None
) -> bool:
    return _cancel_upgrade_of(api, api.row(handle), force_index(api, force))


def _to_be_upgraded(api: "LuaApi", handle: int) -> bool:
    return bool(api.world.entity["upgrade_force"][api.row(handle)])


def _get_upgrade_target(api: "LuaApi", handle: int) -> LuaValue:
    target = int(api.world.entity["upgrade_target"][api.row(handle)])
    return api.object("LuaEntityPrototype", target) if target else None


def _get_upgrade_direction(api: "LuaApi", handle: int) -> int | None:
    record = api.world.entity[api.row(handle)]
    return int(record["upgrade_direction"]) if record["upgrade_force"] else None


def declare_for_entities(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {
        "order_deconstruction": _order_deconstruction,
        "cancel_deconstruction": _cancel_deconstruction,
        "to_be_deconstructed": _to_be_deconstructed,
        "is_registered_for_deconstruction": _is_registered_for_deconstruction,
        "order_upgrade": _order_upgrade,
        "cancel_upgrade": _cancel_upgrade,
        "to_be_upgraded": _to_be_upgraded,
        "is_registered_for_upgrade": _to_be_upgraded,
        "get_upgrade_target": _get_upgrade_target,
        "get_upgrade_direction": _get_upgrade_direction,
    }


# --- all in an area


def _mark_area(
    api: "LuaApi", given: LuaValue, member: str, act: Callable[..., object]
) -> None:
    """Do something to all entities in an area.

    Args:
        api: changed.
        given: table with ``area`` and ``force``.
        member: for messages.
        act: called with the API, the row and the force's index.
    """
    force = force_index(api, given["force"])
    api.corners(given["area"])
    rows = find_rows(api, api.lua.table_from({"area": given["area"]}))
    for handle in [api.handle(int(row)) for row in rows]:
        # a script that was told of one may have taken away another
        row = api.find_row(handle)
        if row:
            act(api, row, force)


def _planner(
    api: "LuaApi", stack: StackPlace | None, kind: type[_Planner], member: str
) -> _Planner:
    """What is in the planner that a script gave.

    Raises:
        ScriptError: it is none of this kind.
    """
    planner = None if stack is None else planner_in(api, stack)
    if not isinstance(planner, kind):
        fail(f"{member}: item must be a stack of {kind().item}.")
    return planner


def _is_chosen(settings: DeconstructionSettings, prototype: EntityPrototype) -> bool:
    """Whether a deconstruction planner is for an entity.

    Source: runtime API, LuaItemStack.entity_filter_mode, trees_and_rocks_only.
    """
    if settings.trees_and_rocks_only:
        is_rock = prototype.properties.get("count_as_rock_for_filtered_deconstruction")
        return prototype.type == "tree" or bool(is_rock)
    named = {each.name for each in settings.entity_filters}
    is_black = settings.entity_filter_mode == _BLACKLIST
    return not named or (prototype.name in named) != is_black


def deconstruct_in(
    api: "LuaApi", given: LuaValue, member: str, stack: StackPlace | None
) -> None:
    """Mark all entities in an area that a planner is for; without one, all."""
    _with_filters(api, given, member, stack, _deconstruct)


def cancel_deconstruction_in(
    api: "LuaApi", given: LuaValue, member: str, stack: StackPlace | None
) -> None:
    """Let all entities in an area stay that a planner is for; without one, all."""
    _with_filters(api, given, member, stack, _cancel_deconstruction_of)


def _with_filters(
    api: "LuaApi",
    given: LuaValue,
    member: str,
    stack: StackPlace | None,
    act: Callable[["LuaApi", int, int], bool],
) -> None:
    settings = DeconstructionSettings()
    if stack is not None:
        settings = _planner(api, stack, DeconstructionPlanner, member).settings

    def chosen(api: "LuaApi", row: int, force: int) -> None:
        if _is_chosen(settings, api.prototype_of(row)):
            act(api, row, force)

    _mark_area(api, given, member, chosen)


def _given_stack(api: "LuaApi", given: LuaValue, member: str) -> StackPlace | None:
    stack: StackPlace | None = api.self_of(given["item"], "LuaItemStack")
    if stack is None and given["item"] is not None:
        fail(f"Expected LuaItemStack, got {shown(given['item'])}.")
    return stack


def _deconstruct_area(api: "LuaApi", _self: int, given: LuaValue) -> None:
    member = "deconstruct_area"
    deconstruct_in(api, given, member, _given_stack(api, given, member))


def _cancel_deconstruct_area(api: "LuaApi", _self: int, given: LuaValue) -> None:
    member = "cancel_deconstruct_area"
    cancel_deconstruction_in(api, given, member, _given_stack(api, given, member))


def _upgrade_area(api: "LuaApi", _self: int, given: LuaValue) -> None:
    """A planner without mappings makes of each what its prototype names."""
    member = "upgrade_area"
    planner = _planner(api, _given_stack(api, given, member), UpgradePlanner, member)
    entities = api.prototypes.entities
    targets = {
        each.source.name: each.target.name
        for each in planner.settings.mappers
        if each.source is not None and each.target is not None
    }

    def upgrade(api: "LuaApi", row: int, force: int) -> None:
        prototype = api.prototype_of(row)
        name = targets.get(prototype.name) if targets else prototype.next_upgrade
        if name is not None and name in entities:
            _upgrade(api, row, force, entities[name])

    _mark_area(api, given, member, upgrade)


def _cancel_upgrade_area(api: "LuaApi", _self: int, given: LuaValue) -> None:
    member = "cancel_upgrade_area"
    stack = _given_stack(api, given, member)
    if stack is not None:
        _planner(api, stack, UpgradePlanner, member)
    _mark_area(api, given, member, _cancel_upgrade_of)


def declare_for_surfaces(surface: LuaClass) -> None:
    """Add the members of this topic to LuaSurface."""
    surface.methods |= {
        "deconstruct_area": _deconstruct_area,
        "cancel_deconstruct_area": _cancel_deconstruct_area,
        "upgrade_area": _upgrade_area,
        "cancel_upgrade_area": _cancel_upgrade_area,
    }
