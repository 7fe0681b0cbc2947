"""The `get_connection_amount` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Entity, EntityGroup, Position, Prototype, encode

__all__ = ["get_connection_amount"]


@tool
def get_connection_amount(
    call: Door,
    source: Position | Entity | EntityGroup,
    target: Position | Entity | EntityGroup,
    connection_type: Prototype | set[Prototype] = Prototype.Pipe,
) -> int:
    """Count the pieces that connecting two places would take; nothing is placed.

    Args:
        source: where the connection would begin.
        target: where it would end.
        connection_type: what would be laid, as for `connect_entities`.

    Returns:
        Number of pieces, 0 when the two are connected already.

    Raises:
        ToolError: `no-route`, `not-connectable`, `wrong-fluid`, `no-such-entity`,
            `bad-argument`.
    """
    is_one = isinstance(connection_type, Prototype)
    types = {connection_type} if is_one else connection_type
    amount = call(
        "get_connection_amount",
        {
            "source": encode(source),
            "target": encode(target),
            "connection_type": encode(types),
        },
    )
    return cast(int, amount)
