"""The `connect_entities` tool as agents call it."""

from collections.abc import Iterable
from typing import cast

from fle_marl.errors import ToolError
from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import (
    Entity,
    EntityGroup,
    Position,
    Prototype,
    decode_entity,
    encode,
)

__all__ = ["connect_entities"]

Place = Position | Entity | EntityGroup


@tool
def connect_entities(
    call: Door,
    *waypoints: Position | Entity | EntityGroup | Prototype | set[Prototype],
    connection_type: Prototype | set[Prototype] | None = None,
    dry_run: bool = False,
    source: Position | Entity | EntityGroup | None = None,
    target: Position | Entity | EntityGroup | None = None,
) -> Entity | EntityGroup | dict[str, int]:
    """Connect places, entities or groups by belts, pipes, poles or walls.

    Args:
        waypoints: two or more, connected in this order; the connection type may be
            among them instead of in `connection_type`.
        connection_type: what to lay: a belt, pipe, pole or wall; or a set of a belt and
            its underground, or of a pipe and its underground.
        dry_run: only count what it would take.
        source: first waypoint, when waypoints are not given.
        target: last waypoint, when waypoints are not given.

    Returns:
        The group that the connection is part of; with `dry_run` the counts
        ``number_of_entities_required`` and ``number_of_entities_available``.

    Raises:
        ToolError: `item-missing`, `no-route`, `blocked`, `not-connectable`,
            `wrong-fluid`, `no-such-entity`, `bad-argument`.
    """
    places, named = _sorted_out(waypoints)
    if source is not None and target is not None:
        places = [source, target]
    answer = call(
        "connect_entities",
        {
            "waypoints": [encode(place) for place in places],
            "connection_type": encode(_types(connection_type or named)),
            "dry_run": dry_run,
        },
    )
    if dry_run:
        return cast(dict[str, int], answer)
    return decode_entity(answer)


def _sorted_out(
    given: Iterable[Place | Prototype | set[Prototype]],
) -> tuple[list[Place], Prototype | set[Prototype] | None]:
    """Waypoints, and the connection type when it is among them."""
    places: list[Place] = []
    named: Prototype | set[Prototype] | None = None
    for value in given:
        if isinstance(value, Prototype | set):
            named = value
        else:
            places.append(value)
    return places, named


def _types(given: Prototype | set[Prototype] | None) -> set[Prototype]:
    if given is None:
        raise ToolError(
            "connect_entities: say what to connect with, such as "
            "connection_type=Prototype.TransportBelt",
            code="bad-argument",
        )
    return {given} if isinstance(given, Prototype) else given
