"""What agents say to each other: messages, and the bus that carries them."""

from fle_marl.messaging.bus import MessageBus, MessageLimits
from fle_marl.messaging.message import Message

__all__ = ["Message", "MessageBus", "MessageLimits"]
