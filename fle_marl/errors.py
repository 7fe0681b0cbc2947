"""Every error that this package raises on purpose, in one tree.

::

    FleMarlError
    ├── ToolError             an agent's tool call was refused; carries a code
    │   ├── NotSimulated      the game has this thing, the simulator refuses it
    │   ├── BlueprintError    a blueprint or its string cannot be used
    │   └── ProgramError      an agent's program ended early; carries a code
    ├── TaskError             a task file or a task name cannot be used
    ├── ScenarioError         a map cannot be built as asked
    ├── PrototypeError        a name is not in the prototype tables
    ├── SaveError             a saved world is damaged or from elsewhere
    ├── AdminError            an administration script refused; carries a code
    ├── ServerError           a server broke its contract (not the agent's fault)
    │   ├── ToolFault         a tool itself failed; the server goes on
    │   └── LuaApiMissing     the game has this member, the simulator does not yet
    ├── CapacityError         a fixed limit of the simulator was reached
    └── MissingExtraError     an optional dependency is not installed

Each has a ``code`` in kebab case that names a negative fact, a message with the values
and what is allowed, and ``details`` as plain data. Codes are API; messages are not.
"""

from collections.abc import Mapping
from typing import ClassVar

__all__ = [
    "AdminError",
    "BlueprintError",
    "CapacityError",
    "FleMarlError",
    "LuaApiMissing",
    "MissingExtraError",
    "NotSimulated",
    "ProgramError",
    "PrototypeError",
    "SaveError",
    "ScenarioError",
    "ServerError",
    "TaskError",
    "ToolError",
    "ToolFault",
]


class FleMarlError(Exception):
    """Base of every error of this package.

    Attributes:
        code: kebab-case name of what went wrong, stable between versions.
        message: one or two sentences with the values and what is allowed.
        details: the same facts as plain data, for programs.
    """

    default_code: ClassVar[str] = "error"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        details: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code or self.default_code
        self.message = message
        self.details: dict[str, object] = dict(details or {})

    def __str__(self) -> str:
        return self.message


class ToolError(FleMarlError):
    """An agent's tool call was refused; the world is as it was before the call."""

    default_code = "tool-failed"


class BlueprintError(ToolError):
    """A blueprint, or the string of one, cannot be used."""

    default_code = "bad-blueprint"


class NotSimulated(ToolError):  # noqa: N818 - reads as the fact that it states
    """The game has this; the simulator refuses it instead of pretending to have it."""

    default_code = "not-simulated"


class ProgramError(ToolError):
    """An agent's program was ended early: its limits, its process or the budget."""

    default_code = "program-ended"


class TaskError(FleMarlError):
    """A task file or task name cannot be used."""

    default_code = "bad-task"


class ScenarioError(FleMarlError):
    """A map cannot be built as asked."""

    default_code = "bad-scenario"


class PrototypeError(FleMarlError):
    """A name is not in the prototype tables of the game version."""

    default_code = "no-such-prototype"


class SaveError(FleMarlError):
    """A saved world is damaged, foreign or of another version."""

    default_code = "bad-save"


class AdminError(FleMarlError):
    """An administration script refused what it was asked; its page names the codes."""

    default_code = "admin-refused"


class ServerError(FleMarlError):
    """A server broke its contract: unreadable answer, lost connection, own fault."""

    default_code = "server-failed"


class ToolFault(ServerError):  # noqa: N818 - reads as the fact that it states
    """A tool itself failed, by a mistake of ours or by hostile arguments.

    The server goes on; the call had no answer and may have been done in part.
    """

    default_code = "tool-fault"


class LuaApiMissing(ServerError):  # noqa: N818 - reads as the fact that it states
    """The game's Lua API has this member and the simulator does not have it yet."""

    default_code = "lua-api-missing"


class CapacityError(FleMarlError):
    """A fixed limit of the simulator was reached; the message names it."""

    default_code = "capacity-reached"


class MissingExtraError(FleMarlError):
    """An optional dependency is not installed; the message says how to get it."""

    default_code = "missing-extra"
