"""Members of LuaEntity about ghosts."""

from typing import TYPE_CHECKING, Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.actions.entity_settings import settings_of
from fle_marl.sim.actions.ghosts import (
    inner_prototype,
    revive,
)
from fle_marl.sim.components import KINDS, MAXIMUM_REQUESTS
from fle_marl.sim.lua_api.arguments import read_count
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.ghost_filters import inner_type
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.stacks import item_number
from fle_marl.sim.systems.ghost import ghost_record

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_GHOST: Final = KINDS.index("ghost")
_MOST_REQUESTED: Final = 0xFFFF


def _ghost(api: "LuaApi", handle: int, member: str) -> int:
    row = api.row(handle)
    if int(api.world.entity["kind"][row]) != _GHOST:
        fail(f"LuaEntity.{member}: the entity is not a ghost.")
    return row


def _ghost_name(api: "LuaApi", handle: int) -> str:
    return inner_prototype(api.world, _ghost(api, handle, "ghost_name")).name


def _ghost_type(api: "LuaApi", handle: int) -> str:
    return inner_type(api, _ghost(api, handle, "ghost_type"))


def _ghost_prototype(api: "LuaApi", handle: int) -> LuaValue:
    inner = inner_prototype(api.world, _ghost(api, handle, "ghost_prototype"))
    is_entity = isinstance(inner, EntityPrototype)
    return api.object(
        "LuaEntityPrototype" if is_entity else "LuaTilePrototype", inner.id
    )


def _ghost_unit_number(api: "LuaApi", handle: int) -> None:
    # only of what was destroyed, which leaves no ghosts here
    _ghost(api, handle, "ghost_unit_number")


def _ghost_has_flag(api: "LuaApi", handle: int, flag: str) -> bool:
    inner = inner_prototype(api.world, _ghost(api, handle, "ghost_has_flag"))
    return isinstance(inner, EntityPrototype) and flag in inner.flags


def _item_requests(api: "LuaApi", handle: int) -> LuaValue:
    row = _ghost(api, handle, "item_requests")
    requests = settings_of(api.world, row).requests
    items = api.prototypes.items
    return api.table({items.by_id(item).name: n for item, n in requests.items()})


def _set_item_requests(api: "LuaApi", handle: int, given: LuaValue) -> None:
    record = ghost_record(api.world, _ghost(api, handle, "item_requests"))
    wanted = {
        item_number(api, name): read_count(count, "item_requests")
        for name, count in given.items()
    }
    if len(wanted) > MAXIMUM_REQUESTS:
        fail(f"A ghost requests at most {MAXIMUM_REQUESTS} kinds of item.")
    if any(count > _MOST_REQUESTED for count in wanted.values()):
        fail(f"A ghost requests at most {_MOST_REQUESTED} of an item.")
    record["requested_items"] = record["requested_counts"] = 0
    for place, (item, count) in enumerate(wanted.items()):
        record["requested_items"][place] = item
        record["requested_counts"][place] = count


def _revive(api: "LuaApi", handle: int, _options: object = None) -> LuaValue:
    """Collided items (none: they stay), the entity, no proxy; nil if it is blocked."""
    row = revive(api.world, _ghost(api, handle, "revive"))
    if row is None:
        return None
    return api.table({}), api.entity(row), None


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.methods |= {
        "ghost_has_flag": _ghost_has_flag,
        "revive": _revive,
        "silent_revive": _revive,
    }
    entity.getters |= {
        "ghost_name": _ghost_name,
        "ghost_type": _ghost_type,
        "ghost_prototype": _ghost_prototype,
        "ghost_unit_number": _ghost_unit_number,
        "item_requests": _item_requests,
    }
    entity.setters["item_requests"] = _set_item_requests
