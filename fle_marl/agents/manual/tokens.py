"""How many tokens of a language model a text takes at most."""

import math
from typing import Final

__all__ = ["CHARACTERS_PER_TOKEN", "most_tokens"]

CHARACTERS_PER_TOKEN: Final = 2.5
"""A bound from below, not an average: models cut texts differently, and no tokenizer
comes without a download.

Source: measured on both manuals, r50k_base takes 3.1 to 3.3 characters for a token,
p50k_base 3.2 to 3.3, Claude 2's 3.4 to 3.5, cl100k_base and o200k_base 3.7 to 3.8
(npm gpt-tokenizer 4.0.0, @anthropic-ai/tokenizer 0.0.4). The rest is room for models
whose tokenizers are not published.
"""


def most_tokens(text: str) -> int:
    """A bound of the tokens that a text like a manual takes, for any usual model.

    Args:
        text: English and Python, as in the manuals. Other scripts take more.
    """
    return math.ceil(len(text) / CHARACTERS_PER_TOKEN)
