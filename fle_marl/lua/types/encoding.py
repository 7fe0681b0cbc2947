"""Agents' values to the plain data that tools send to the server."""

import math
from collections.abc import Callable, Mapping
from enum import Enum

from fle_marl.errors import ToolError
from fle_marl.lua.types.directions import Direction
from fle_marl.lua.types.entity import EntityCore
from fle_marl.lua.types.groups import BeltGroup, EntityGroup
from fle_marl.lua.types.inventory import Inventory
from fle_marl.lua.types.names import game_name
from fle_marl.lua.types.positions import BoundingBox, BuildingBox, Position
from fle_marl.lua.types.prototypes import Prototype
from fle_marl.lua.types.recipes import Recipe
from fle_marl.lua.types.resources import Resource

__all__ = ["encode"]

_EXACT_INTEGER_LIMIT = 2**53
"""Lua numbers are doubles and count exactly up to here."""
_MAP_EDGE_TILES = 1_000_000
"""How far the map reaches from its middle. Source: wiki.factorio.com/Map_generator."""


def encode(value: object) -> object:
    """Turn a value of an agent's program into plain data.

    Args:
        value: None, a bool, number or string; a `Prototype`, `Resource`, `RecipeName`
            or `Technology` (becomes its name in the game); a `Direction` (0, 2, 4, 6);
            a `Position`, `BoundingBox` or `BuildingBox` (an object with its fields); an
            entity (``name``, ``position``, ``direction``, ``id``) or group (``name``,
            ``id``, ``position``, ``entities``; of belts also ``inputs`` and
            ``outputs``); an `Inventory` or mapping; a list, tuple or set of such
            values. Sets are sorted.

    Returns:
        JSON types.

    Raises:
        ToolError: `bad-argument`: there is no plain form of such a value.
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return _encode_number(value)
    for kind, encode_kind in _ENCODERS:
        if isinstance(value, kind):
            return encode_kind(value)
    raise ToolError(
        f"a value of type {type(value).__name__} cannot be sent to the world: "
        f"{repr(value)[:200]}",
        code="bad-argument",
        details={"type": type(value).__name__},
    )


def _encode_number(value: float) -> float:
    if not math.isfinite(value):
        raise ToolError(f"{value} is not a finite number", code="bad-argument")
    if abs(value) > _EXACT_INTEGER_LIMIT:
        raise ToolError(
            f"{value} is too large a number; at most {_EXACT_INTEGER_LIMIT} is allowed",
            code="bad-argument",
        )
    return value


def _encode_enum(value: Enum) -> object:
    return value.value if isinstance(value, Direction) else game_name(value)


def _encode_position(value: Position) -> object:
    if max(abs(value.x), abs(value.y)) > _MAP_EDGE_TILES:
        raise ToolError(
            f"{value!r} is not on the map, which ends {_MAP_EDGE_TILES} tiles from "
            "its middle",
            code="bad-argument",
            details={"x": value.x, "y": value.y, "limit": _MAP_EDGE_TILES},
        )
    return {"x": value.x, "y": value.y}


def _encode_bounding_box(value: BoundingBox) -> object:
    return {
        "left_top": encode(value.left_top),
        "right_bottom": encode(value.right_bottom),
    }


def _encode_building_box(value: BuildingBox) -> object:
    return {"height": encode(value.height), "width": encode(value.width)}


def _encode_entity(value: EntityCore) -> object:
    return {
        "name": value.name,
        "position": encode(value.position),
        "direction": encode(value.direction),
        "id": getattr(value, "id", None),
    }


def _encode_group(value: EntityGroup) -> object:
    plain: dict[str, object] = {
        "name": value.name,
        "id": value.id,
        "position": encode(value.position),
        "entities": encode(value.members()),
    }
    if isinstance(value, BeltGroup):
        plain["inputs"] = encode(value.inputs)
        plain["outputs"] = encode(value.outputs)
    return plain


def _encode_mapping(value: Mapping[object, object] | Inventory) -> object:
    return {game_name(key): encode(entry) for key, entry in value.items()}


def _encode_items(value: list[object] | tuple[object, ...]) -> object:
    return [encode(entry) for entry in value]


def _encode_set(value: set[object] | frozenset[object]) -> object:
    return sorted((encode(entry) for entry in value), key=repr)


_ENCODERS: tuple[tuple[type | tuple[type, ...], Callable[..., object]], ...] = (
    ((Prototype, Resource, Direction, Enum), _encode_enum),
    (Position, _encode_position),
    (EntityCore, _encode_entity),
    (EntityGroup, _encode_group),
    (BoundingBox, _encode_bounding_box),
    (BuildingBox, _encode_building_box),
    ((Inventory, Mapping), _encode_mapping),
    ((list, tuple), _encode_items),
    ((set, frozenset), _encode_set),
    (Recipe, lambda value: value.name),
)
