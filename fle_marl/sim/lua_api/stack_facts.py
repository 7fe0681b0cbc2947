"""Members of LuaItemStack about what sort of item it is, and about blueprints' looks.

There is no item with a colour of its label, with an inventory or with tags that can be
had, so those members say so.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from lupa.lua52 import lua_type

from fle_marl.errors import BlueprintError
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.blueprint_format import (
    BlueprintEntity,
    Icon,
    Position,
    Signal,
    checked_entities,
)
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.inventories import StackPlace
from fle_marl.sim.lua_api.item_prototype_members import SELECTION_TYPES
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.stack_blueprints import read_blueprint, write_blueprint

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_TYPES: Final = {
    "is_ammo": ("ammo",),
    "is_armor": ("armor",),
    "is_deconstruction_item": ("deconstruction-item",),
    "is_item_with_entity_data": ("item-with-entity-data",),
    "is_item_with_inventory": ("item-with-inventory",),
    "is_item_with_tags": ("item-with-tags",),
    "is_mining_tool": ("mining-tool",),
    "is_module": ("module",),
    "is_repair_tool": ("repair-tool",),
    "is_selection_tool": SELECTION_TYPES,
    "is_tool": ("armor", "mining-tool", "repair-tool", "tool"),
    "is_upgrade_item": ("upgrade-item",),
}
_MOST_ICONS: Final = 4
_ALONE: Final = (
    "custom_description",
    "extends_inventory",
    "label_color",
    "prioritize_insertion_mode",
    "tags",
)
"""Attributes of items that nobody can have: with labels of their own, with an
inventory, with tags."""


def _type(api: "LuaApi", stack: StackPlace) -> str:
    if not stack.is_there(api):
        fail("LuaItemStack API call when LuaItemStack was invalid.")
    item, count = stack.read(api)
    if not count:
        fail("LuaItemStack API call when LuaItemStack was invalid for read.")
    return api.prototypes.items.by_id(item).type


def _is_of(api: "LuaApi", stack: StackPlace, *, types: tuple[str, ...]) -> bool:
    return _type(api, stack) in types


def _refuse(api: "LuaApi", stack: StackPlace, *_values: object, name: str) -> None:
    fail(f"LuaItemStack.{name}: not for items of type {_type(api, stack)}.")


def _get_inventory(api: "LuaApi", stack: StackPlace, _inventory: object) -> None:
    # no item has one that holds anything
    _type(api, stack)


def _item_number(api: "LuaApi", stack: StackPlace) -> None:
    # only items with a grid, an inventory or entity data are counted
    _type(api, stack)


# --- how a blueprint looks and where it snaps


def _icons(api: "LuaApi", stack: StackPlace) -> LuaValue:
    icons = read_blueprint(api, stack, "blueprint_icons").icons
    return None if icons is None else _icon_tables(api, icons)


def _icon_tables(api: "LuaApi", icons: list[Icon]) -> LuaValue:
    return api.table([each.model_dump(mode="json") for each in icons])


def _set_icons(api: "LuaApi", stack: StackPlace, given: LuaValue) -> None:
    icons = []
    for each in api.list_of(given):
        signal: Any = each["signal"] if lua_type(each) == "table" else None
        if lua_type(signal) != "table" or not isinstance(signal["name"], str):
            fail("Each blueprint icon has a signal with a name.")
        index = read_count(each["index"], "index")
        kind: Any = signal["type"] or "item"
        if not 1 <= index <= _MOST_ICONS or kind not in ("item", "fluid", "virtual"):
            fail("A blueprint has the icons 1 to 4, each an item, a fluid or virtual.")
        shown_as = Signal(type=kind, name=signal["name"])
        icons.append(Icon(signal=shown_as, index=index))
    write_blueprint(api, stack, "blueprint_icons", icons=icons or None)


def _default_icons(api: "LuaApi", stack: StackPlace) -> LuaValue:
    """Of what there is most of, two at the most; a choice."""
    counts: dict[str, int] = {}
    for each in read_blueprint(api, stack, "default_icons").entities:
        builders = api.prototypes.entities[each.name].items_to_place_this
        if builders:
            counts[builders[0].name] = counts.get(builders[0].name, 0) + 1
    first = sorted(counts, key=lambda name: (-counts[name], name))[:2]
    icons = [
        Icon(signal=Signal(name=name), index=index)
        for index, name in enumerate(first, start=1)
    ]
    return _icon_tables(api, icons)


def _get_place(api: "LuaApi", stack: StackPlace, *, name: str) -> LuaValue:
    place = getattr(read_blueprint(api, stack, f"blueprint_{name}"), name)
    return None if place is None else api.position(place.x, place.y)


def _set_place(api: "LuaApi", stack: StackPlace, value: object, *, name: str) -> None:
    place = None
    if value is not None:
        x, y = api.xy(value)
        place = Position(x=x, y=y)
    write_blueprint(api, stack, f"blueprint_{name}", **{name: place})


def _absolute_snapping(api: "LuaApi", stack: StackPlace) -> bool:
    blueprint = read_blueprint(api, stack, "blueprint_absolute_snapping")
    return bool(blueprint.absolute_snapping)


def _set_absolute_snapping(api: "LuaApi", stack: StackPlace, does_snap: bool) -> None:
    name = "blueprint_absolute_snapping"
    write_blueprint(api, stack, name, absolute_snapping=does_snap)


# --- tags of a blueprint's entities


def _entity(
    api: "LuaApi", stack: StackPlace, index: object, member: str
) -> tuple[int, list[BlueprintEntity]]:
    entities = list(read_blueprint(api, stack, member).entities)
    place = read_count(index, "index")
    if not 1 <= place <= len(entities):
        fail(f"The blueprint has no entity {place}; it has {len(entities)}.")
    return place - 1, entities


def _get_tags(api: "LuaApi", stack: StackPlace, index: object) -> LuaValue:
    place, entities = _entity(api, stack, index, "get_blueprint_entity_tags")
    return api.table(entities[place].tags or {})


def _get_tag(api: "LuaApi", stack: StackPlace, index: object, tag: object) -> LuaValue:
    return _get_tags(api, stack, index)[tag]


def _set_tags(api: "LuaApi", stack: StackPlace, index: object, tags: object) -> None:
    place, entities = _entity(api, stack, index, "set_blueprint_entity_tags")
    plain = api.plain(tags)
    if not isinstance(plain, dict):
        fail("tags must be a table with names.")
    _keep_tags(api, stack, entities, place, plain)


def _set_tag(
    api: "LuaApi", stack: StackPlace, index: object, tag: object, value: object
) -> None:
    place, entities = _entity(api, stack, index, "set_blueprint_entity_tag")
    if not isinstance(tag, str):
        fail(f"tag must be a string, not {shown(tag)}.")
    tags: dict[str, Any] = dict(entities[place].tags or {})
    if value is None:
        tags.pop(tag, None)
    else:
        tags[tag] = api.plain(value)
    _keep_tags(api, stack, entities, place, tags)


def _keep_tags(
    api: "LuaApi",
    stack: StackPlace,
    entities: list[BlueprintEntity],
    place: int,
    tags: dict[str, Any],
) -> None:
    plain = [each.model_dump(mode="json", exclude_none=True) for each in entities]
    plain[place]["tags"] = tags or None
    try:
        checked = checked_entities(plain)
    except BlueprintError as error:
        fail(error.message)
    write_blueprint(api, stack, "set_blueprint_entity_tags", entities=checked)


def declare(stack: LuaClass) -> None:
    """Add the members of this topic to LuaItemStack."""
    for name, types in _TYPES.items():
        stack.getters[name] = partial(_is_of, types=types)
    for name in _ALONE:
        refuse: Callable[..., None] = partial(_refuse, name=name)
        stack.getters[name] = stack.setters[name] = refuse
    for name, count in (("get_tag", 1), ("remove_tag", 1), ("set_tag", 2)):
        stack.methods[name] = _refuse_method(name, count)
    for name in ("snap_to_grid", "position_relative_to_grid"):
        stack.getters[f"blueprint_{name}"] = partial(_get_place, name=name)
        stack.setters[f"blueprint_{name}"] = partial(_set_place, name=name)
    stack.getters |= {
        "blueprint_absolute_snapping": _absolute_snapping,
        "blueprint_icons": _icons,
        "default_icons": _default_icons,
        "item_number": _item_number,
    }
    stack.setters |= {
        "blueprint_absolute_snapping": _set_absolute_snapping,
        "blueprint_icons": _set_icons,
    }
    stack.methods |= {
        "get_blueprint_entity_tag": _get_tag,
        "get_blueprint_entity_tags": _get_tags,
        "get_inventory": _get_inventory,
        "set_blueprint_entity_tag": _set_tag,
        "set_blueprint_entity_tags": _set_tags,
    }


def _refuse_method(name: str, count: int) -> Callable[..., None]:
    def one(api: "LuaApi", stack: StackPlace, _tag: object) -> None:
        _refuse(api, stack, name=name)

    def two(api: "LuaApi", stack: StackPlace, _tag: object, _value: object) -> None:
        _refuse(api, stack, name=name)

    return one if count == 1 else two
