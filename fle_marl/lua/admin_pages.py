"""What the administration scripts tell of themselves in their comments."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fle_marl.lua.bundle import admin_names, modules

__all__ = ["AdminPage", "load_admin_pages", "read_admin_page"]

_HEAD: Final = re.compile(r"\A((?:--(?!-).*\n)+)")
_BLOCK: Final = re.compile(r"((?:^---.*\n)+)^function \w+\.run\(", re.MULTILINE)
_REFUSES: Final = "Refuses with:"
_PARAM: Final = "@param arguments table "
_RETURN: Final = "@return "


@dataclass(frozen=True, slots=True)
class AdminPage:
    """The manual of one administration script.

    Attributes:
        name: of the script.
        purpose: what it does, in one sentence.
        notes: what else is to be known; may be empty.
        arguments: what it takes.
        result: what it gives.
        codes: of the errors that it refuses with.
    """

    name: str
    purpose: str
    notes: str
    arguments: str
    result: str
    codes: tuple[str, ...]


def load_admin_pages() -> Mapping[str, AdminPage]:
    """The manuals of all administration scripts, in alphabetical order.

    Raises:
        ValueError: the comments of a script do not say what they must.
    """
    return {
        name: read_admin_page(name, modules()[f"admin.{name}"])
        for name in admin_names()
    }


def read_admin_page(name: str, source: str) -> AdminPage:
    """Read the comments of a script.

    Args:
        name: of the script.
        source: its Lua.

    Raises:
        ValueError: it does not begin with a comment, or nothing is said of its result.
    """
    head, block = _HEAD.search(source), _BLOCK.search(source)
    if head is None:
        raise ValueError(f"admin/{name}.lua does not begin with a comment")
    if block is None:
        raise ValueError(f"admin/{name}.lua has no comment at its function run")
    first, _, more = _sentences(head[1].splitlines(), "--").partition("\n\n")
    parts = _parts(block[1])
    if not parts[_RETURN]:
        raise ValueError(f"admin/{name}.lua does not say what it returns")
    notes = [more, parts[""]]
    return AdminPage(
        name=name,
        purpose=first,
        notes="\n\n".join(note for note in notes if note),
        arguments=parts[_PARAM],
        result=parts[_RETURN],
        codes=tuple(
            code for code in re.split(r"[,\s]+", parts[_REFUSES].strip(". ")) if code
        ),
    )


def _sentences(lines: list[str], mark: str) -> str:
    """Comment lines as paragraphs, each one line."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        text = line.removeprefix(mark).strip()
        if text:
            paragraphs[-1].append(text)
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join(" ".join(words) for words in paragraphs if words)


def _parts(block: str) -> dict[str, str]:
    """What stands behind each tag; under "" what stands behind none.

    Lines that go on with a tag are indented.
    """
    parts: dict[str, list[str]] = {"": [], _PARAM: [], _RETURN: [], _REFUSES: []}
    current = ""
    for line in block.splitlines():
        text = line.removeprefix("---")
        tag = next(
            (tag for tag in (_PARAM, _RETURN, _REFUSES) if text.startswith(tag)), None
        )
        if tag is not None:
            current, text = tag, text.removeprefix(tag)
        elif not text.startswith("  "):
            current = ""
        parts[current].append(text.strip())
    return {tag: " ".join(words).strip() for tag, words in parts.items()}
