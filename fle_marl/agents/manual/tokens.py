"""How many tokens of a language model a text takes at most."""

import math
from typing import Final

__all__ = ["CHARACTERS_PER_TOKEN", "most_tokens"]

CHARACTERS_PER_TOKEN: Final = 2.5
"""Fewer than in any tokenizer that was tried on the two manuals.

Models differ, and no tokenizer comes without a download, so this is a bound and not a
count.
"""


def most_tokens(text: str) -> int:
    """A bound of the tokens that a text like a manual takes, for any usual model.

    Args:
        text: English and Python, as in the manuals. Other scripts take more.
    """
    return math.ceil(len(text) / CHARACTERS_PER_TOKEN)
