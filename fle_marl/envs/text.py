r"""Making any text fit a gymnasium ``Text`` space, so that a reader sees what was done.

A ``Text`` space has a fixed set of characters and a greatest length. Characters outside
the set are written as ``\u{e9}``, which can be undone exactly; what is too long loses
its middle and says how much.
"""

import re
import string
from typing import Final

__all__ = ["CHARSET", "escape_text", "fit_text", "unescape_text"]

CHARSET: Final = string.ascii_letters + string.digits + string.punctuation + " \n\t"
"""The characters of every text in an observation and of every program."""

_OUTSIDE: Final = re.compile(rf"[^{re.escape(CHARSET)}]|\\(?=u\{{)")
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_CUT_MARK: Final = "\n[... {} characters left out ...]\n"


def escape_text(text: str) -> str:
    r"""Write characters outside the charset as ``\u{hex}``.

    A backslash that already stands before ``u{`` is written as ``\u{5c}``, so that
    `unescape_text` gives back exactly what came in.
    """
    return _OUTSIDE.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", text)


def unescape_text(text: str) -> str:
    """Undo `escape_text`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def fit_text(text: str, max_length: int) -> str:
    """Escape a text and, where it is too long, take out its middle.

    Args:
        text: anything.
        max_length: characters that the result may have, at least 100.

    Returns:
        The text in the charset. Where something is left out, a mark in its place says
        how many characters; beginning and end stay, as an error stands at the end.
    """
    escaped = escape_text(text)
    if len(escaped) <= max_length:
        return escaped
    room = max_length - len(_CUT_MARK.format(len(escaped)))
    head, tail = room - room // 2, room // 2
    mark = _CUT_MARK.format(len(escaped) - head - tail)
    return escaped[:head] + mark + escaped[len(escaped) - tail :]
