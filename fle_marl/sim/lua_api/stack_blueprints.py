"""Members of LuaItemStack about blueprints, blueprint books and planners.

What is in a blueprint is kept by the slot that it lies in. Scripts that swap, copy or
clear stacks take it along; a blueprint that moves by other means (inserters, mining,
sorting, `LuaInventory.remove` and `insert`) comes out empty. That is a limit of this
simulator.
Books are read: what is asked of a book is answered by its active blueprint.
"""

from typing import TYPE_CHECKING, Any, Final, NoReturn

from fle_marl.errors import BlueprintError
from fle_marl.sim.lua_api.arguments import read_direction
from fle_marl.sim.lua_api.blueprint_build import build, cost_to_build, known_parts
from fle_marl.sim.lua_api.blueprint_capture import Capture, capture
from fle_marl.sim.lua_api.blueprint_format import (
    Blueprint,
    BlueprintBook,
    Contents,
    DeconstructionPlanner,
    UpgradePlanner,
    check_size,
    checked_entities,
    checked_tiles,
    decode_string,
    encode_string,
)
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.inventories import (
    NO_INVENTORY,
    InventoryOf,
    StackKey,
    StackOf,
    StackPlace,
    own_stack,
)
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "declare",
    "forget",
    "forget_all",
    "forget_what_moved",
    "keep",
    "kept_in",
    "planner_in",
    "read_blueprint",
    "write_blueprint",
]


_BLUEPRINT: Final = "blueprint"
_BOOK: Final = "blueprint-book"
_PLANNERS: Final[dict[str, type[DeconstructionPlanner | UpgradePlanner]]] = {
    "deconstruction-planner": DeconstructionPlanner,
    "upgrade-planner": UpgradePlanner,
}
_WRITTEN: Final[dict[str, type[Contents]]] = {
    _BLUEPRINT: Blueprint,
    _BOOK: BlueprintBook,
    **_PLANNERS,
}
"""Items in which something can be written, and what."""
_IMPORTED: Final = 0
_IMPORTED_IN_PART: Final = -1
_NOT_IMPORTED: Final = 1
"""What import_stack answers. Source: runtime API, LuaItemStack.import_stack."""


# --- what lies where


def _place_of(api: "LuaApi", key: StackKey) -> StackPlace | None:
    """The stack that a blueprint is kept for; None if it is gone."""
    handle, inventory, index = key
    if inventory == NO_INVENTORY:
        return own_stack(api, handle)
    return StackOf(InventoryOf(handle, inventory), index)


def kept_in(api: "LuaApi", stack: StackPlace) -> Contents | None:
    """What is in the blueprint or book that lies somewhere; None when it is empty."""
    return api.blueprints.get(stack.key)


def keep(api: "LuaApi", stack: StackPlace, contents: Contents | None) -> None:
    """Have a blueprint hold something; None empties it.

    Raises:
        ScriptError: it could not be read again when the world is saved.
    """
    if contents is None:
        forget(api, stack)
        return
    try:
        decode_string(encode_string(contents))
    except BlueprintError as error:
        fail(str(error))
    api.blueprints[stack.key] = contents


def forget(api: "LuaApi", stack: StackPlace) -> None:
    """Nothing is written where a stack was."""
    api.blueprints.pop(stack.key, None)


def forget_all(api: "LuaApi", inventory: InventoryOf, first: int = 0) -> None:
    """Nothing is written in an inventory whose items were moved about.

    Args:
        api: changed.
        inventory: which.
        first: index of the slot from which on that is so.
    """
    place = inventory.handle, inventory.row
    for key in [key for key in api.blueprints if key[:2] == place]:
        if key[2] >= first:
            del api.blueprints[key]


def forget_what_moved(api: "LuaApi") -> None:
    """Nothing is written where no blueprint lies any more."""
    for key in list(api.blueprints):
        stack = _place_of(api, key)
        if stack is None or not stack.is_there(api):
            del api.blueprints[key]
        else:
            _item_name(api, stack)


def _item_name(api: "LuaApi", stack: StackPlace) -> str:
    if not stack.is_there(api):
        fail("LuaItemStack API call when LuaItemStack was invalid.")
    item, count = stack.read(api)
    name = api.prototypes.items.by_id(item).name if count else ""
    if name not in _WRITTEN:
        forget(api, stack)
    return name


def planner_in(
    api: "LuaApi", stack: StackPlace
) -> DeconstructionPlanner | UpgradePlanner:
    """What is in the planner that lies somewhere.

    Raises:
        ScriptError: there lies none.
    """
    name = _item_name(api, stack)
    if name not in _PLANNERS:
        fail("LuaItemStack: the item is not a planner.")
    contents = kept_in(api, stack)
    planner = _PLANNERS[name]
    return contents if isinstance(contents, planner) else planner()


def read_blueprint(api: "LuaApi", stack: StackPlace, member: str) -> Blueprint:
    """The blueprint of a stack, or the active one of a book."""
    name = _item_name(api, stack)
    if name not in (_BLUEPRINT, _BOOK):
        fail(f"LuaItemStack.{member}: the item is not a blueprint.")
    contents = kept_in(api, stack)
    if isinstance(contents, BlueprintBook):
        contents = contents.active()
    return contents if isinstance(contents, Blueprint) else Blueprint()


def write_blueprint(
    api: "LuaApi", stack: StackPlace, member: str, **changes: object
) -> None:
    """Change parts of a blueprint.

    Raises:
        ScriptError: there lies none, or it becomes too large.
    """
    if _item_name(api, stack) != _BLUEPRINT:
        fail(f"LuaItemStack.{member}: only blueprints can be written, books not.")
    blueprint = read_blueprint(api, stack, member).model_copy(update=changes)
    try:
        check_size(blueprint)
    except BlueprintError as error:
        _refused(error)
    keep(api, stack, blueprint)


def _refused(error: BlueprintError) -> NoReturn:
    fail(error.message)


# --- what it is


def _is_blueprint(api: "LuaApi", stack: StackPlace) -> bool:
    return _item_name(api, stack) == _BLUEPRINT


def _is_blueprint_book(api: "LuaApi", stack: StackPlace) -> bool:
    return _item_name(api, stack) == _BOOK


def _is_item_with_label(api: "LuaApi", stack: StackPlace) -> bool:
    return _item_name(api, stack) in _WRITTEN


def _is_blueprint_setup(api: "LuaApi", stack: StackPlace) -> bool:
    blueprint = read_blueprint(api, stack, "is_blueprint_setup")
    return bool(blueprint.entities or blueprint.tiles)


def _label(api: "LuaApi", stack: StackPlace) -> str | None:
    if not _is_item_with_label(api, stack):
        return None
    contents = kept_in(api, stack)
    return None if contents is None else contents.label


def _set_label(api: "LuaApi", stack: StackPlace, label: str | None) -> None:
    name = _item_name(api, stack)
    if name in _PLANNERS:
        keep(api, stack, planner_in(api, stack).model_copy(update={"label": label}))
        return
    write_blueprint(api, stack, "label", label=label)


def _allows_relabelling(api: "LuaApi", stack: StackPlace) -> bool:
    if not _is_item_with_label(api, stack):
        fail("LuaItemStack.allow_manual_label_change: the item has no label.")
    contents = kept_in(api, stack)
    return not isinstance(contents, Blueprint) or contents.allow_manual_label_change


def _allow_relabelling(api: "LuaApi", stack: StackPlace, does_allow: bool) -> None:
    name = "allow_manual_label_change"
    _allows_relabelling(api, stack)
    write_blueprint(api, stack, name, **{name: does_allow})


def _active_index(api: "LuaApi", stack: StackPlace) -> int | None:
    if _item_name(api, stack) != _BOOK:
        fail("LuaItemStack.active_index: the item is not a blueprint book.")
    book = kept_in(api, stack)
    if not isinstance(book, BlueprintBook) or not book.blueprints:
        return None
    return book.active_index + 1


def _set_active_index(api: "LuaApi", stack: StackPlace, index: object) -> None:
    _active_index(api, stack)
    book = kept_in(api, stack)
    if not isinstance(book, BlueprintBook):
        fail("LuaItemStack.active_index: the book is empty.")
    known = [page.index + 1 for page in book.blueprints]
    if index not in known:
        fail(f"The book has no blueprint {shown(index)}; it has: {known}.")
    keep(api, stack, book.model_copy(update={"active_index": int(str(index)) - 1}))


def _cost_to_build(api: "LuaApi", stack: StackPlace) -> LuaValue:
    return api.table(cost_to_build(read_blueprint(api, stack, "cost_to_build")))


# --- what is in it


def _get_entities(api: "LuaApi", stack: StackPlace) -> LuaValue:
    entities = read_blueprint(api, stack, "get_blueprint_entities").entities
    if not entities:
        return None
    return api.table(
        [each.model_dump(mode="json", exclude_none=True) for each in entities]
    )


def _set_entities(api: "LuaApi", stack: StackPlace, given: LuaValue) -> None:
    try:
        entities = checked_entities(_plain_list(api, given, "entities"))
    except BlueprintError as error:
        _refused(error)
    for each in entities:
        if each.name not in api.prototypes.entities:
            fail(f"Unknown entity name: {each.name}.")
    write_blueprint(api, stack, "set_blueprint_entities", entities=entities)


def _get_count(api: "LuaApi", stack: StackPlace) -> int:
    return len(read_blueprint(api, stack, "get_blueprint_entity_count").entities)


def _get_tiles(api: "LuaApi", stack: StackPlace) -> LuaValue:
    tiles = read_blueprint(api, stack, "get_blueprint_tiles").tiles
    if not tiles:
        return None
    return api.table([each.model_dump(mode="json") for each in tiles])


def _set_tiles(api: "LuaApi", stack: StackPlace, given: LuaValue) -> None:
    try:
        tiles = checked_tiles(_plain_list(api, given, "tiles"))
    except BlueprintError as error:
        _refused(error)
    for each in tiles:
        if each.name not in api.prototypes.tiles:
            fail(f"Unknown tile name: {each.name}.")
    write_blueprint(api, stack, "set_blueprint_tiles", tiles=tiles)


def _plain_list(api: "LuaApi", given: LuaValue, what: str) -> list[Any]:
    """A list of tables as plain data, with positions in the format's own form."""
    plain = api.plain(given)
    if plain == {}:
        return []
    if not isinstance(plain, list):
        fail(f"A list of {what} is expected.")
    for each in plain:
        if isinstance(each, dict):
            position = each.get("position")
            if isinstance(position, list) and len(position) == 2:
                each["position"] = {"x": position[0], "y": position[1]}
    return plain


def _clear_blueprint(api: "LuaApi", stack: StackPlace) -> None:
    if _item_name(api, stack) != _BLUEPRINT:
        fail("LuaItemStack.clear_blueprint: the item is not a blueprint.")
    forget(api, stack)


# --- from and to the world


def _create_blueprint(api: "LuaApi", stack: StackPlace, given: LuaValue) -> LuaValue:
    read_blueprint(api, stack, "create_blueprint")

    def flag(name: str, otherwise: bool) -> bool:
        return otherwise if given[name] is None else bool(given[name])

    wanted = Capture(
        area=api.corners(given["area"]),
        force=force_index(api, given["force"]),
        entities=flag("include_entities", True),
        tiles=flag("always_include_tiles", False),
        modules=flag("include_modules", True),
    )
    entities, tiles, rows = capture(api.world, wanted)
    write_blueprint(api, stack, "create_blueprint", entities=entities, tiles=tiles)
    table = api.lua.table()
    for number, row in rows.items():
        table[number] = api.entity(row)
    return table


def _build_blueprint(api: "LuaApi", stack: StackPlace, given: LuaValue) -> LuaValue:
    blueprint = known_parts(read_blueprint(api, stack, "build_blueprint"))
    rows = build(
        api.world,
        blueprint,
        api.xy(given["position"]),
        direction=read_direction(given["direction"]),
        force=force_index(api, given["force"]),
        is_forced=bool(given["force_build"]),
    )
    return api.entities(rows)


# --- strings


def _export_stack(api: "LuaApi", stack: StackPlace) -> str:
    name = _item_name(api, stack)
    if name not in _WRITTEN:
        fail("LuaItemStack.export_stack: the item is neither blueprint nor planner.")
    return encode_string(kept_in(api, stack) or _WRITTEN[name]())


def _import_stack(api: "LuaApi", stack: StackPlace, data: object) -> int:
    """Write a string's blueprint or book over the stack.

    Why not is shown in the console, as the game shows players.
    """
    _item_name(api, stack)
    try:
        contents = decode_string(str(data))
        check_size(contents)
    except BlueprintError as error:
        api.console.append(f"import_stack: {error.message}")
        return _NOT_IMPORTED
    number = api.prototypes.items[contents.item].id
    if not stack.accepts(api, number):
        return _NOT_IMPORTED
    stack.write(api, number, 1)
    if not isinstance(contents, Blueprint):
        keep(api, stack, contents)
        return _IMPORTED
    known = known_parts(contents)
    keep(api, stack, known)
    is_whole = len(known.entities) == len(contents.entities)
    is_whole &= len(known.tiles) == len(contents.tiles)
    return _IMPORTED if is_whole else _IMPORTED_IN_PART


def declare(stack: LuaClass) -> None:
    """Add the members of this topic to LuaItemStack."""
    stack.methods |= {
        "is_blueprint_setup": _is_blueprint_setup,
        "get_blueprint_entities": _get_entities,
        "set_blueprint_entities": _set_entities,
        "get_blueprint_entity_count": _get_count,
        "get_blueprint_tiles": _get_tiles,
        "set_blueprint_tiles": _set_tiles,
        "clear_blueprint": _clear_blueprint,
        "create_blueprint": _create_blueprint,
        "build_blueprint": _build_blueprint,
        "export_stack": _export_stack,
        "import_stack": _import_stack,
    }
    stack.getters |= {
        "is_blueprint": _is_blueprint,
        "is_blueprint_book": _is_blueprint_book,
        "allow_manual_label_change": _allows_relabelling,
        "is_item_with_label": _is_item_with_label,
        "label": _label,
        "active_index": _active_index,
        "cost_to_build": _cost_to_build,
    }
    stack.setters |= {
        "active_index": _set_active_index,
        "allow_manual_label_change": _allow_relabelling,
        "label": _set_label,
    }
