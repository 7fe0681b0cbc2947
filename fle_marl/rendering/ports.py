"""Where the fluid boxes of machines open, so that pipes join what they really join."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from fle_marl.prototypes import RecipePrototype, load
from fle_marl.rendering.scene import Entity, Point

__all__ = ["ports_of"]

_FLUID_BOXES: Final = ("fluid_box", "output_fluid_box", "fluid_boxes")
"""The fields of entity prototypes that hold fluid boxes which are always there; a
drill's ``input_fluid_box`` is not: its scene says ``ports`` where it has one."""

_Offset = tuple[float, float]


def ports_of(entity: Entity) -> tuple[Point, ...]:
    """Positions of the tiles outside that the entity's fluid boxes open to.

    Args:
        entity: its own ``ports`` count if it has any.

    Returns:
        None for an entity whose name the prototypes do not know.

    Source: ``pipe_connections`` of the prototypes' fluid boxes; boxes that are off
    without a fluid recipe follow the recipe.
    """
    if entity.ports:
        return entity.ports
    offsets = _port_offsets(entity.name, entity.quarter_turns, entity.recipe)
    return tuple(Point(entity.x + dx, entity.y + dy) for dx, dy in offsets)


@lru_cache(maxsize=1024)
def _port_offsets(
    name: str, quarter_turns: int, recipe: str | None
) -> tuple[_Offset, ...]:
    """Around the centre of an entity that is turned so."""
    prototype = load().entities.get(name)
    if prototype is None:
        return ()
    properties = prototype.properties
    follows_recipe = bool(properties.get("fluid_boxes_off_when_no_fluid_recipe"))
    kinds = _fluid_kinds(recipe) if follows_recipe else {"input", "output"}
    return tuple(
        _placed(connection, quarter_turns)
        for box in _fluid_boxes(properties)
        if not follows_recipe or box.get("production_type") in kinds
        for connection in box["pipe_connections"]
        if "max_underground_distance" not in connection
    )


def _fluid_boxes(properties: Mapping[str, object]) -> Iterator[Mapping[str, Any]]:
    for key in _FLUID_BOXES:
        value = properties.get(key)
        if isinstance(value, Mapping):
            yield value
        elif isinstance(value, Sequence):
            yield from value


def _fluid_kinds(recipe: str | None) -> set[str]:
    """Whether the recipe takes fluids (``input``) or gives some (``output``)."""
    prototype: RecipePrototype | None = load().recipes.get(recipe) if recipe else None
    if prototype is None:
        return set()
    kinds = set()
    if any(one.type == "fluid" for one in prototype.ingredients):
        kinds.add("input")
    if any(one.type == "fluid" for one in prototype.products):
        kinds.add("output")
    return kinds


def _placed(connection: Mapping[str, Any], quarter_turns: int) -> _Offset:
    """One connection's tile; some list it for each of the four directions."""
    if "positions" in connection:
        x, y = connection["positions"][quarter_turns]
        return float(x), float(y)
    x, y = connection["position"]
    for _ in range(quarter_turns):
        x, y = -y, x
    return float(x), float(y)
