"""LuaItemStack; holds a `StackPlace`."""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api import (
    absent,
    stack_blueprints,
    stack_facts,
    stack_planners,
    stack_wear,
)
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.inventories import StackPlace
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.stack_blueprints import forget, keep, kept_in
from fle_marl.sim.lua_api.stack_wear import wear_down
from fle_marl.sim.lua_api.stacks import read_stack, read_used

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_ITEM_STACK"]

LUA_ITEM_STACK: Final = LuaClass("LuaItemStack")
absent.declare(LUA_ITEM_STACK)
stack_blueprints.declare(LUA_ITEM_STACK)
stack_facts.declare(LUA_ITEM_STACK)
stack_planners.declare(LUA_ITEM_STACK)
stack_wear.declare(LUA_ITEM_STACK)


def _read(api: "LuaApi", stack: StackPlace) -> tuple[int, int]:
    if not stack.is_there(api):
        fail("LuaItemStack API call when LuaItemStack was invalid.")
    return stack.read(api)


def _filled(api: "LuaApi", stack: StackPlace) -> tuple[int, int]:
    item, count = _read(api, stack)
    if not count:
        fail("LuaItemStack API call when LuaItemStack was invalid for read.")
    return item, count


@LUA_ITEM_STACK.getter("valid")
def _valid(api: "LuaApi", stack: StackPlace) -> bool:
    return stack.is_there(api)


@LUA_ITEM_STACK.getter("valid_for_read")
def _valid_for_read(api: "LuaApi", stack: StackPlace) -> bool:
    return _read(api, stack)[1] > 0


@LUA_ITEM_STACK.getter("name")
def _name(api: "LuaApi", stack: StackPlace) -> str:
    return api.prototypes.items.by_id(_filled(api, stack)[0]).name


@LUA_ITEM_STACK.getter("type")
def _type(api: "LuaApi", stack: StackPlace) -> str:
    return api.prototypes.items.by_id(_filled(api, stack)[0]).type


@LUA_ITEM_STACK.getter("prototype")
def _prototype(api: "LuaApi", stack: StackPlace) -> LuaValue:
    return api.object("LuaItemPrototype", _filled(api, stack)[0])


@LUA_ITEM_STACK.getter("count")
def _count(api: "LuaApi", stack: StackPlace) -> int:
    return _filled(api, stack)[1]


@LUA_ITEM_STACK.setter("count")
def _set_count(api: "LuaApi", stack: StackPlace, value: object) -> None:
    item, _ = _filled(api, stack)
    count = read_count(value, "count")
    _write(api, stack, item, min(count, stack.most(api, item)))


@LUA_ITEM_STACK.method("clear")
def _clear(api: "LuaApi", stack: StackPlace) -> None:
    _read(api, stack)
    forget(api, stack)
    stack.write(api, 0, 0)


def _write(api: "LuaApi", stack: StackPlace, item: int, count: int) -> None:
    stack.write(api, item if count else 0, count)


# --- from one place to another


@LUA_ITEM_STACK.method("can_set_stack")
def _can_set_stack(api: "LuaApi", stack: StackPlace, given: object = None) -> bool:
    _read(api, stack)
    return given is None or stack.accepts(api, read_stack(api, given)[0])


@LUA_ITEM_STACK.method("set_stack")
def _set_stack(api: "LuaApi", stack: StackPlace, given: object = None) -> bool:
    if given is None:
        _clear(api, stack)
        return True
    item, count = read_stack(api, given)
    _read(api, stack)
    if not stack.accepts(api, item):
        return False
    used = read_used(api, given)
    stack.write(api, item, min(count, stack.most(api, item)))
    stack.set_used(api, used)
    source: StackPlace | None = api.self_of(given, "LuaItemStack")
    if source != stack:
        _copy_blueprint(api, source, stack)
    return True


def _copy_blueprint(
    api: "LuaApi", source: StackPlace | None, target: StackPlace
) -> None:
    contents = None if source is None else kept_in(api, source)
    forget(api, target)
    if contents is not None:
        keep(api, target, contents)


@LUA_ITEM_STACK.method("swap_stack")
def _swap_stack(api: "LuaApi", stack: StackPlace, given: object) -> bool:
    other: StackPlace | None = api.self_of(given, "LuaItemStack")
    if other is None:
        fail(f"Expected LuaItemStack, got {shown(given)}.")
    own, theirs = _read(api, stack), _read(api, other)
    for place, (item, count) in ((stack, theirs), (other, own)):
        if count and not (place.accepts(api, item) and count <= place.most(api, item)):
            return False
    used, their_used = stack.used(api), other.used(api)
    stack.write(api, *theirs)
    other.write(api, *own)
    stack.set_used(api, their_used)
    other.set_used(api, used)
    written = kept_in(api, stack)
    _copy_blueprint(api, other, stack)
    forget(api, other)
    if written is not None:
        keep(api, other, written)
    return True


@LUA_ITEM_STACK.method("transfer_stack")
def _transfer_stack(api: "LuaApi", stack: StackPlace, given: object) -> bool:
    """Add to the stack as much of another as there is room for; says whether all."""
    item, offered = read_stack(api, given)
    held_item, held = _read(api, stack)
    if not stack.accepts(api, item) or (held and held_item != item):
        return False
    moved = min(offered, max(stack.most(api, item) - held, 0))
    source: StackPlace | None = api.self_of(given, "LuaItemStack")
    if source == stack or not moved:
        return False
    # what is used goes along with the last of a stack
    used = read_used(api, given) if moved == offered else 0.0
    used += stack.used(api) if held else 0.0
    stack.write(api, item, held + moved)
    wear_down(api, stack, used)
    if source is not None:
        if not held:
            _copy_blueprint(api, source, stack)
        _write(api, source, item, offered - moved)
        if moved == offered:
            source.set_used(api, 0.0)
            forget(api, source)
    return moved == offered
