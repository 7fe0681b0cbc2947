"""Other agents: who they are, where they are, and what they say."""

from dataclasses import dataclass, field, fields

from fle_marl.lua.types.positions import Position

__all__ = ["AgentInfo", "Message"]


@dataclass
class AgentInfo:
    """What one agent may know of another, or of itself.

    Attributes:
        index: of the agent, from 0.
        name: of the agent, such as ``"agent_0"``.
        position: where its character is, or died.
        distance: tiles from you.
        is_you: whether you are the agent.
        within_reach: whether you could give it items now.
        ticks_to_respawn: until a dead agent's new character comes; None while it lives.
    """

    index: int
    name: str
    position: Position
    distance: float
    is_you: bool = False
    within_reach: bool = False
    ticks_to_respawn: int | None = None


@dataclass
class Message:
    """What an agent said; its fields can be asked for like those of a dictionary, too.

    Attributes:
        sender: name of the agent, such as ``"agent_1"``.
        message: the text.
        tick: game time when it was sent.
        recipient: name of the agent that it is for; None for all.
        metadata: plain values that the sender added.
    """

    sender: str
    message: str
    tick: int
    recipient: str | None = None
    metadata: dict[str, object] = field(default_factory=dict)

    @property
    def timestamp(self) -> int:
        """The same as `tick`."""
        return self.tick

    def __getitem__(self, key: str) -> object:
        if key not in _MESSAGE_KEYS:
            raise KeyError(f"{key!r}; a message has {', '.join(_MESSAGE_KEYS)}")
        return getattr(self, key)

    def get(self, key: str, default: object = None) -> object:
        """The field of that name, or `default` when messages have none."""
        return self[key] if key in _MESSAGE_KEYS else default


_MESSAGE_KEYS = (*(each.name for each in fields(Message)), "timestamp")
