"""What one agent says to another, or to all."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Message"]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was sent.

    Attributes:
        tick: game time when it was sent; others can read it from then on.
        sequence: number of the message since the world began, from 0.
        sender: agent id, such as ``"agent_0"``.
        recipient: agent id; None for everybody but the sender.
        text: what is said.
        metadata: plain data that the sender added.
    """

    tick: int
    sequence: int
    sender: str
    recipient: str | None
    text: str
    metadata: Mapping[str, object] = field(default_factory=dict, hash=False)

    def is_for(self, agent: str) -> bool:
        """Whether an agent gets the message; a broadcast goes to all but its sender."""
        if self.recipient is None:
            return agent != self.sender
        return agent == self.recipient

    def to_plain(self) -> dict[str, object]:
        """The message as plain data, for checkpoints and trajectories."""
        return {
            "tick": self.tick,
            "sequence": self.sequence,
            "sender": self.sender,
            "recipient": self.recipient,
            "text": self.text,
            "metadata": dict(self.metadata),
        }
