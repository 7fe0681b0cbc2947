"""What an agent is told of the world and its tools: text for a language model's prompt.

All of it comes from where it is decided: the tools' pages, the types' docstrings, the
limits of programs and messages, the prototypes. Only the rules are written here.
"""

from fle_marl.agents.manual.forms import full_manual, short_manual
from fle_marl.agents.manual.tokens import CHARACTERS_PER_TOKEN, most_tokens

__all__ = ["CHARACTERS_PER_TOKEN", "full_manual", "most_tokens", "short_manual"]
