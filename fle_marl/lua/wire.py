"""The one wire format between Python and Lua, both ways.

A tool answers with a JSON envelope, made by ``game.table_to_json`` and therefore the
same on the embedded and on a real server::

    {"ok": true, "value": ..., "ticks": 12}            done; the agent is busy 12 ticks
    {"ok": true, "pending": true, "ticks": 30}          go on in 30 ticks
    {"ok": false, "code": "out-of-reach", "message": "...", "details": {...}}
    {"ok": false, "fault": true, "message": "..."}      not the agent's fault
"""

import json
from dataclasses import dataclass

from fle_marl.errors import ServerError, ToolError, ToolFault

__all__ = ["ToolReply", "decode_reply"]


@dataclass(frozen=True, slots=True)
class ToolReply:
    """What a tool call gave.

    Attributes:
        value: plain data (JSON types); None while pending.
        ticks: game time that the agent is busy for, 0 or more.
        pending: the call is not done; resume it after `ticks` ticks.
    """

    value: object
    ticks: int
    pending: bool


def decode_reply(text: str) -> ToolReply:
    """Read an envelope.

    Args:
        text: JSON.

    Returns:
        The reply of a call that went well.

    Raises:
        ToolError: the envelope says that the tool refused.
        ToolFault: the tool itself failed.
        ServerError: `unreadable-answer`, the text is not an envelope; the message holds
            the text's start.
    """
    try:
        envelope = json.loads(text)
    except ValueError as error:
        raise _unreadable(text) from error
    if not isinstance(envelope, dict) or not isinstance(envelope.get("ok"), bool):
        raise _unreadable(text)
    if envelope.get("fault") is True:
        raise ToolFault(f"a tool failed on the server: {envelope.get('message')}")
    if not envelope["ok"]:
        details = envelope.get("details")
        raise ToolError(
            str(envelope.get("message", "the tool gave no message")),
            code=str(envelope.get("code", ToolError.default_code)),
            details=details if isinstance(details, dict) else None,
        )
    ticks = envelope.get("ticks", 0)
    if not isinstance(ticks, int | float) or ticks < 0:
        raise _unreadable(text)
    return ToolReply(
        value=envelope.get("value"),
        ticks=int(ticks),
        pending=envelope.get("pending") is True,
    )


def _unreadable(text: str) -> ServerError:
    return ServerError(
        f"the server's answer is not a tool envelope: {text[:200]!r}",
        code="unreadable-answer",
        details={"text": text[:2000]},
    )
