"""LuaEntity; holds a handle (row and serial number)."""

from typing import TYPE_CHECKING, Final

from fle_marl.defines import EntityStatus
from fle_marl.sim.actions.build import (
    destroy_entity,
    has_direction,
    rotate_entity,
    turned_direction,
)
from fle_marl.sim.actions.fluid_mixing import turning_would_mix
from fle_marl.sim.actions.inventory_bonus import fit_character
from fle_marl.sim.actions.items import has_items
from fle_marl.sim.actions.permissions import forbid, is_forbidden
from fle_marl.sim.components import (
    FORBIDS_MINING,
    FORBIDS_OPENING,
    FORBIDS_TURNING,
    KINDS,
)
from fle_marl.sim.lua_api import (
    absent,
    control_facts,
    entity_cliffs,
    entity_columns,
    entity_copies,
    entity_corpses,
    entity_fixed,
    entity_fluids,
    entity_gates,
    entity_ghosts,
    entity_health,
    entity_heat,
    entity_identity,
    entity_inventories,
    entity_logistics,
    entity_looks,
    entity_machines,
    entity_marks,
    entity_modules,
    entity_networks,
    entity_rockets,
)
from fle_marl.sim.lua_api.arguments import (
    read_count,
    read_direction,
)
from fle_marl.sim.lua_api.entity_cliffs import (
    cliff_bounding_box,
    correct_cliffs,
    is_cliff,
)
from fle_marl.sim.lua_api.entity_parts import PARTS
from fle_marl.sim.lua_api.entity_types import possible_direction
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_control import LUA_CONTROL
from fle_marl.sim.lua_api.notes import ABOUT_ENTITY
from fle_marl.sim.lua_api.surface_argument import SURFACE_INDEX
from fle_marl.sim.systems.inserter import update_hand_limit
from fle_marl.sim.systems.resource import set_initial_amount
from fle_marl.sim.world import World
from fle_marl.units import units_to_tiles

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_ENTITY"]

LUA_ENTITY: Final = LuaClass("LuaEntity", LUA_CONTROL)
absent.declare(LUA_ENTITY)
control_facts.declare(LUA_ENTITY)
entity_cliffs.declare(LUA_ENTITY)
entity_copies.declare(LUA_ENTITY)
entity_corpses.declare(LUA_ENTITY)
entity_fluids.declare(LUA_ENTITY)
entity_gates.declare(LUA_ENTITY)
entity_ghosts.declare(LUA_ENTITY)
entity_health.declare(LUA_ENTITY)
entity_heat.declare(LUA_ENTITY)
entity_identity.declare(LUA_ENTITY)
entity_inventories.declare(LUA_ENTITY)
entity_logistics.declare(LUA_ENTITY)
entity_looks.declare(LUA_ENTITY)
entity_machines.declare(LUA_ENTITY)
entity_marks.declare_for_entities(LUA_ENTITY)
entity_modules.declare(LUA_ENTITY)
entity_networks.declare(LUA_ENTITY)
entity_rockets.declare(LUA_ENTITY)
# what guards attributes that are there already
entity_fixed.declare(LUA_ENTITY)
LUA_ENTITY.read_together |= set(entity_columns.COLUMNS)
LUA_ENTITY.parts |= {name: largest for name, (largest, _) in PARTS.items()}
LUA_ENTITY.gives |= {
    "force": "LuaForce",
    "prototype": "LuaEntityPrototype",
    "surface": "LuaSurface",
}

_RESOURCE: Final = KINDS.index("resource")
_INSERTER: Final = KINDS.index("inserter")
_CHARACTER: Final = KINDS.index("character")
_AMMO_TURRET: Final = KINDS.index("ammo_turret")
_CRAFTING_MACHINE: Final = KINDS.index("crafting_machine")
_NORMAL: Final = EntityStatus.normal
_NO_AMMO: Final = EntityStatus.no_ammo


@LUA_ENTITY.getter("valid")
def _valid(api: "LuaApi", handle: int) -> bool:
    return api.find_row(handle) > 0


@LUA_ENTITY.getter("name")
def _name(api: "LuaApi", handle: int) -> str:
    return api.prototype_of(api.row(handle)).name


@LUA_ENTITY.getter("type")
def _type(api: "LuaApi", handle: int) -> str:
    return api.prototype_of(api.row(handle)).type


@LUA_ENTITY.getter("prototype")
def _prototype(api: "LuaApi", handle: int) -> int:
    return api.prototype_of(api.row(handle)).id


@LUA_ENTITY.getter("position")
def _position(api: "LuaApi", handle: int) -> tuple[float, float]:
    return api.place_of(api.row(handle))


LUA_ENTITY.places.add("position")


@LUA_ENTITY.getter("direction")
def _direction(api: "LuaApi", handle: int) -> int:
    return _direction_of(api.world, api.row(handle))


def _direction_of(world: World, row: int) -> int:
    # cliffs have an orientation in its place. A crafting machine cannot be turned while
    # its recipe uses no fluids, and what has no direction always answers north.
    # Source: runtime API, LuaEntity.supports_direction
    kind = int(world.entity["kind"][row])
    has_none = is_cliff(world, row) or (
        kind == _CRAFTING_MACHINE and not has_direction(world, row)
    )
    return 0 if has_none else int(world.entity["direction"][row])


@LUA_ENTITY.setter("direction")
def _set_direction(api: "LuaApi", handle: int, direction: object) -> None:
    row = api.row(handle)
    wanted = possible_direction(api.prototype_of(row), read_direction(direction))
    if is_cliff(api.world, row):
        return
    if wanted != int(api.world.entity["direction"][row]):
        rotate_entity(api.world, row, wanted)


@LUA_ENTITY.getter("supports_direction")
def _supports_direction(api: "LuaApi", handle: int) -> bool:
    return has_direction(api.world, api.row(handle))


@LUA_ENTITY.getter("rotatable")
def _rotatable(api: "LuaApi", handle: int) -> bool:
    row = api.row(handle)
    is_barred = is_forbidden(api.world, row, FORBIDS_TURNING)
    return has_direction(api.world, row) and not is_barred


@LUA_ENTITY.setter("rotatable")
def _set_rotatable(api: "LuaApi", handle: int, value: bool) -> None:
    _allow(api, handle, FORBIDS_TURNING, is_allowed=value)


def _allow(api: "LuaApi", handle: int, what: int, *, is_allowed: bool) -> None:
    forbid(api.world, api.row(handle), what, is_forbidden=not is_allowed)


@LUA_ENTITY.getter("operable")
def _operable(api: "LuaApi", handle: int) -> bool:
    return not is_forbidden(api.world, api.row(handle), FORBIDS_OPENING)


@LUA_ENTITY.setter("operable")
def _set_operable(api: "LuaApi", handle: int, value: bool) -> None:
    _allow(api, handle, FORBIDS_OPENING, is_allowed=value)


@LUA_ENTITY.getter("orientation")
def _orientation(api: "LuaApi", handle: int) -> float:
    return _direction_of(api.world, api.row(handle)) / 8


@LUA_ENTITY.getter("unit_number")
def _unit_number(api: "LuaApi", handle: int) -> int | None:
    return int(api.world.entity["unit_number"][api.row(handle)]) or None


@LUA_ENTITY.getter("force")
def _force(api: "LuaApi", handle: int) -> int:
    return int(api.world.entity["force"][api.row(handle)])


@LUA_ENTITY.setter("force")
def _set_force(api: "LuaApi", handle: int, force: object) -> None:
    row = api.row(handle)
    api.world.entity["force"][row] = force_index(api, force)
    if api.world.entity["kind"][row] == _CHARACTER:
        fit_character(api.world, row)
    if api.world.entity["kind"][row] == _INSERTER:
        update_hand_limit(api.world, row)


@LUA_ENTITY.getter("surface")
def _surface(api: "LuaApi", handle: int) -> int:
    api.row(handle)
    return SURFACE_INDEX


@LUA_ENTITY.getter("status")
def _status(api: "LuaApi", handle: int) -> int | None:
    row = api.row(handle)
    if api.world.entity["kind"][row] == _AMMO_TURRET:
        # what lies in it is all that a turret's status depends on
        return int(_NORMAL if has_items(api.world, row) else _NO_AMMO)
    return int(api.world.entity["status"][row]) or None


@LUA_ENTITY.getter("minable")
def _minable(api: "LuaApi", handle: int) -> bool:
    return not is_forbidden(api.world, api.row(handle), FORBIDS_MINING)


@LUA_ENTITY.setter("minable")
def _set_minable(api: "LuaApi", handle: int, value: bool) -> None:
    _allow(api, handle, FORBIDS_MINING, is_allowed=value)


@LUA_ENTITY.getter("active")
def _active(api: "LuaApi", handle: int) -> bool:
    return bool(api.world.entity["active"][api.row(handle)])


@LUA_ENTITY.setter("active")
def _set_active(api: "LuaApi", handle: int, active: bool) -> None:
    api.world.entity["active"][api.row(handle)] = active


@LUA_ENTITY.getter("bounding_box")
def _bounding_box(api: "LuaApi", handle: int) -> LuaValue:
    row = api.row(handle)
    if is_cliff(api.world, row):
        return cliff_bounding_box(api, row)
    return _turned_box(api, row, "collision_box")


@LUA_ENTITY.getter("selection_box")
def _selection_box(api: "LuaApi", handle: int) -> LuaValue:
    return _turned_box(api, api.row(handle), "selection_box")


def _turned_box(api: "LuaApi", row: int, which: str) -> LuaValue:
    record = api.world.entity[row]
    box = getattr(api.prototype_of(row), which)
    left, top = box.left_top.x, box.left_top.y
    right, bottom = box.right_bottom.x, box.right_bottom.y
    for _ in range(_direction_of(api.world, row) // 2):
        left, top, right, bottom = -bottom, left, -top, right
    x, y = units_to_tiles(int(record["x"])), units_to_tiles(int(record["y"]))
    return api.box(x + left, y + top, x + right, y + bottom)


# --- resources


def _resource(api: "LuaApi", handle: int, member: str) -> LuaValue:
    record = api.world.entity[api.row(handle)]
    if int(record["kind"]) != _RESOURCE:
        fail(f"LuaEntity.{member}: the entity is not a resource.")
    return api.world.tables["resource"][int(record["component"])]


@LUA_ENTITY.getter("amount")
def _amount(api: "LuaApi", handle: int) -> int:
    return int(_resource(api, handle, "amount")["amount"])


@LUA_ENTITY.setter("amount")
def _set_amount(api: "LuaApi", handle: int, value: object) -> None:
    amount = read_count(value, "amount")
    if amount < 1:
        fail("LuaEntity.amount: a resource holds at least 1.")
    _resource(api, handle, "amount")["amount"] = amount


@LUA_ENTITY.getter("initial_amount")
def _initial_amount(api: "LuaApi", handle: int) -> int | None:
    return int(_resource(api, handle, "initial_amount")["initial_amount"]) or None


@LUA_ENTITY.setter("initial_amount")
def _set_initial_amount(api: "LuaApi", handle: int, value: object) -> None:
    record = _resource(api, handle, "initial_amount")
    if not record["initial_amount"]:
        fail("LuaEntity.initial_amount: the resource is not infinite.")
    amount = read_count(value, "initial_amount")
    if amount < 1:
        fail("LuaEntity.initial_amount: a resource holds at least 1.")
    set_initial_amount(api.world, api.row(handle), amount)


# --- coming, turning and going


@LUA_ENTITY.method("rotate")
def _rotate(api: "LuaApi", handle: int, options: LuaValue = None) -> bool:
    row = api.row(handle)
    if not _rotatable(api, handle):
        return False
    backwards = options is not None and options["reverse"]
    direction = turned_direction(api.world, row, bool(backwards))
    # as if the player rotated it, who may not mix fluids. Source: LuaEntity.rotate
    if turning_would_mix(api.world, row, direction):
        return False
    rotate_entity(api.world, row, direction)
    return True


@LUA_ENTITY.method("destroy")
def _destroy(api: "LuaApi", handle: int, options: LuaValue = None) -> bool:
    # false only for what stands and cannot go. Source: runtime API, LuaEntity.destroy
    row = api.find_row(handle)
    if row:
        does_correct = options is not None and options["do_cliff_correction"]
        if does_correct and is_cliff(api.world, row):
            correct_cliffs(api.world, row)
        destroy_entity(api.world, row)
        api.notes.forget(ABOUT_ENTITY, handle)
    return True


@LUA_ENTITY.method("can_be_destroyed")
def _can_be_destroyed(api: "LuaApi", handle: int) -> bool:
    return api.find_row(handle) > 0
