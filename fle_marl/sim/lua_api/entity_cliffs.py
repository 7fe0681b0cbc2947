"""What scripts see and do of cliffs.

Source: runtime API, LuaEntity.cliff_orientation, LuaEntity.destroy
(``do_cliff_correction``), LuaSurface.create_entity (``cliff_orientation``),
BoundingBox.orientation.
"""

from typing import TYPE_CHECKING, Any, Final

from fle_marl.prototypes import load
from fle_marl.prototypes.cliffs import CLIFF_ORIENTATIONS, cliff_boxes, cliff_ends
from fle_marl.sim.actions.build import create_entity, destroy_entity
from fle_marl.sim.actions.find import EntityQuery, find_entities
from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.world import World
from fle_marl.units import tiles_to_units, units_to_tiles

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["cliff_bounding_box", "correct_cliffs", "declare", "is_cliff", "orientation"]

_CLIFF: Final = KINDS.index("cliff")
_OPPOSITE: Final = {"north": "south", "south": "north", "west": "east", "east": "west"}
_STEPS: Final = {"north": (0, -1), "south": (0, 1), "west": (-1, 0), "east": (1, 0)}
_NOTHING: Final = "none"


def is_cliff(world: World, row: int) -> bool:
    """Whether an entity is a cliff, whose ``direction`` is its orientation."""
    return int(world.entity["kind"][row]) == _CLIFF


def orientation(given: LuaValue) -> int:
    """The orientation that a table of create_entity asks for.

    The first unless it says one, which is a choice: the game's default is not
    documented.

    Raises:
        ScriptError: there is no such orientation.
    """
    wanted = given["cliff_orientation"]
    if wanted is None:
        return 0
    if wanted not in CLIFF_ORIENTATIONS:
        fail(f"Unknown cliff orientation: {shown(wanted)}.")
    return CLIFF_ORIENTATIONS.index(wanted)


def cliff_bounding_box(api: "LuaApi", row: int) -> LuaValue:
    """The BoundingBox of a cliff; one that is turned has an ``orientation``."""
    record = api.world.entity[row]
    box = cliff_boxes(api.prototype_of(row))[int(record["direction"])]
    x, y = units_to_tiles(int(record["x"])), units_to_tiles(int(record["y"]))
    table = api.box(x + box.left, y + box.top, x + box.right, y + box.bottom)
    if box.is_slanted:
        table["orientation"] = box.orientation
    return table


def correct_cliffs(world: World, row: int) -> None:
    """Let the cliffs that a cliff is joined to end there; those that only did, go."""
    x, y = int(world.entity["x"][row]), int(world.entity["y"][row])
    prototype = int(world.entity["prototype"][row])
    for side in cliff_ends(int(world.entity["direction"][row])):
        if side == _NOTHING:
            continue
        other = _cliff_beside(world, prototype, x, y, side)
        if not other:
            continue
        ends = cliff_ends(int(world.entity["direction"][other]))
        if _OPPOSITE[side] not in ends:
            continue
        left = [_NOTHING if end == _OPPOSITE[side] else end for end in ends]
        _replace(world, other, left)


def _cliff_beside(world: World, prototype: int, x: int, y: int, side: str) -> int:
    """The cliff in the next square to a side; 0 for none."""
    step_x, step_y = _STEPS[side]
    square: Any = load().entities.by_id(prototype).properties["grid_size"]
    size = tiles_to_units(square[0])
    wanted = world.prototypes["entity_prototype"]["kind"] == _CLIFF
    query = EntityQuery(
        prototypes=wanted, center=(x + step_x * size, y + step_y * size), radius=0
    )
    found = [
        row
        for row in find_entities(world, query).tolist()
        if int(world.entity["prototype"][row]) == prototype
    ]
    return int(found[0]) if found else 0


def _replace(world: World, row: int, ends: list[str]) -> None:
    x, y = int(world.entity["x"][row]), int(world.entity["y"][row])
    name = load().entities.by_id(int(world.entity["prototype"][row])).name
    force = int(world.entity["force"][row])
    destroy_entity(world, row)
    if ends != [_NOTHING, _NOTHING]:
        turned = CLIFF_ORIENTATIONS.index("-to-".join(ends))
        create_entity(world, name, x, y, direction=turned, force=force)


def _cliff_orientation(api: "LuaApi", handle: int) -> str:
    row = api.row(handle)
    if not is_cliff(api.world, row):
        fail("LuaEntity.cliff_orientation: the entity is not a cliff.")
    return CLIFF_ORIENTATIONS[int(api.world.entity["direction"][row])]


def declare(entity: LuaClass) -> None:
    """Add the members of this topic to LuaEntity."""
    entity.getters["cliff_orientation"] = _cliff_orientation
