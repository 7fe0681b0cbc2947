"""Who hears what, and when: the bus that carries messages between agents.

The bus knows game time only. A message that is posted at a tick can be read by others
from that tick on, in the order of posting, each exactly once by `MessageBus.collect`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from fle_marl.errors import ToolError
from fle_marl.messaging.message import Message

__all__ = ["MessageBus", "MessageLimits"]


@dataclass(frozen=True, slots=True)
class MessageLimits:
    """How much agents may say.

    Attributes:
        characters_per_message: longest text of a message.
        messages_per_step: how many messages an agent may post in a step.
    """

    characters_per_message: int = 4000
    messages_per_step: int = 100


class MessageBus:
    """Carries messages between a fixed team of agents and keeps all of them.

    Args:
        agents: ids of the agents, in the order of their numbers.
        limits: how much they may say.
    """

    def __init__(
        self, agents: Sequence[str], limits: MessageLimits | None = None
    ) -> None:
        if len(set(agents)) != len(agents) or not agents:
            raise ValueError(f"agents must be different and at least one: {agents}")
        self.agents = tuple(agents)
        self.limits = limits or MessageLimits()
        self._messages: list[Message] = []
        self._collected = dict.fromkeys(self.agents, 0)
        self._read = dict.fromkeys(self.agents, 0)
        self._posted_this_step = dict.fromkeys(self.agents, 0)

    @property
    def transcript(self) -> tuple[Message, ...]:
        """All messages since the last `reset`, in the order of posting."""
        return tuple(self._messages)

    def reset(self) -> None:
        """Forget everything that was said."""
        self._messages = []
        self._collected = dict.fromkeys(self.agents, 0)
        self._read = dict.fromkeys(self.agents, 0)
        self.begin_step()

    def begin_step(self) -> None:
        """Start to count messages against the limit of a step anew."""
        self._posted_this_step = dict.fromkeys(self.agents, 0)

    def post(
        self,
        sender: str,
        text: str,
        *,
        tick: int,
        recipient: int | str | None = None,
        metadata: Mapping[str, object] | None = None,
    ) -> Message:
        """Send a message.

        Args:
            sender: agent id.
            text: what is said.
            tick: game time now; not before that of the last message.
            recipient: an agent's id or its number from 0; None for all others.
            metadata: plain data to go with it.

        Returns:
            The message as it is delivered.

        Raises:
            ToolError: `no-such-recipient`, `message-too-long` or `too-many-messages`.
            ValueError: the sender is unknown, or the tick lies before the last message.
        """
        if sender not in self._collected:
            raise ValueError(f"{sender!r} is not one of {self.agents}")
        if self._messages and tick < self._messages[-1].tick:
            raise ValueError(
                f"tick {tick} lies before the last message, {self._messages[-1].tick}"
            )
        self._check_limits(sender, text)
        message = Message(
            tick=tick,
            sequence=len(self._messages),
            sender=sender,
            recipient=self._resolve(recipient),
            text=text,
            metadata=dict(metadata or {}),
        )
        self._messages.append(message)
        self._posted_this_step[sender] += 1
        return message

    def inbox(self, agent: str, since: int = 0) -> list[Message]:
        """Messages for an agent, without marking them as collected.

        Args:
            agent: agent id.
            since: tick from which on; earlier messages are left out.
        """
        return [m for m in self._messages if m.tick >= since and m.is_for(agent)]

    def collect(self, agent: str) -> list[Message]:
        """Messages for an agent since its last `collect`, oldest first."""
        seen = self._collected[agent]
        self._collected[agent] = len(self._messages)
        return [m for m in self._messages[seen:] if m.is_for(agent)]

    def read(self, agent: str) -> list[Message]:
        """Messages for an agent since its last `read`, oldest first.

        What an agent reads in the midst of a step is in its next `collect` all the
        same.
        """
        seen = self._read[agent]
        self._read[agent] = len(self._messages)
        return [m for m in self._messages[seen:] if m.is_for(agent)]

    def snapshot(self) -> dict[str, object]:
        """Everything that the bus knows, as plain data for `restore`."""
        return {
            "messages": [message.to_plain() for message in self._messages],
            "collected": dict(self._collected),
            "read": dict(self._read),
            "posted_this_step": dict(self._posted_this_step),
        }

    def restore(self, saved: Mapping[str, object]) -> None:
        """Go back to a `snapshot` of a bus with the same agents.

        Raises:
            ValueError: the data is of another team.
        """
        collected = cast(dict[str, int], saved["collected"])
        if set(collected) != set(self.agents):
            raise ValueError(f"the saved bus is of {sorted(collected)}")
        messages = cast(list[dict[str, Any]], saved["messages"])
        self._messages = [Message(**plain) for plain in messages]
        self._collected = dict(collected)
        self._read = dict(cast(dict[str, int], saved["read"]))
        self._posted_this_step = dict(cast(dict[str, int], saved["posted_this_step"]))

    def _check_limits(self, sender: str, text: str) -> None:
        longest = self.limits.characters_per_message
        if len(text) > longest:
            raise ToolError(
                f"a message may have {longest} characters; this one has {len(text)}",
                code="message-too-long",
                details={"length": len(text), "allowed": longest},
            )
        most = self.limits.messages_per_step
        if self._posted_this_step[sender] >= most:
            raise ToolError(
                f"an agent may send {most} messages in a step",
                code="too-many-messages",
                details={"allowed": most},
            )

    def _resolve(self, recipient: int | str | None) -> str | None:
        """The id of a recipient that is given by id or by number."""
        if recipient is None:
            return None
        if isinstance(recipient, str) and recipient in self.agents:
            return recipient
        is_number = isinstance(recipient, int) and not isinstance(recipient, bool)
        if is_number and int(recipient) in range(len(self.agents)):
            return self.agents[int(recipient)]
        raise ToolError(
            f"there is no agent {recipient!r} to send to; allowed are 0 to "
            f"{len(self.agents) - 1}, {', '.join(self.agents)}, or None for all others",
            code="no-such-recipient",
            details={"recipient": recipient, "allowed": list(self.agents)},
        )
