"""The `launch_rocket` tool as agents call it."""

from typing import cast

from fle_marl.lua.client import Door, tool
from fle_marl.lua.types import Position, RocketSilo, decode_entity, encode

__all__ = ["launch_rocket"]


@tool
def launch_rocket(call: Door, silo: Position | RocketSilo) -> RocketSilo:
    """Launch the rocket that stands ready in a silo, with or without cargo.

    Args:
        silo: the silo, or where it stands.

    Returns:
        The silo as it is now; the rocket is away some 20 seconds later.

    Raises:
        ToolError: `rocket-not-ready`, `no-such-entity`, `out-of-reach`.
    """
    place = silo.position if isinstance(silo, RocketSilo) else silo
    record = call("launch_rocket", {"silo": encode(place)})
    return cast(RocketSilo, decode_entity(record))
