"""What the game's API has, whether we have it or not, as ``scripts/`` extracted it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

__all__ = [
    "argument_checks",
    "is_known",
    "is_writable",
    "known_names",
    "writable_names",
]

_FILE: Final = Path(__file__).parent / "api_names.json"
_ARGUMENTS: Final = Path(__file__).parent / "api_arguments.json"
_LISTED_AS: Final = {"LuaCustomTableMembers": "LuaCustomTable"}
"""Classes that `api_names.json` calls otherwise than ``object_name`` does."""
_LENGTH: Final = "length"
"""What it calls the operator ``#``."""


@cache
def known_names() -> Mapping[str, frozenset[str]]:
    """Names of all members of the game's API, by class."""
    return _read("classes")


@cache
def writable_names() -> Mapping[str, frozenset[str]]:
    """Names of the attributes that scripts may write in the game, by class."""
    return _read("writable")


def is_known(class_name: str, key: object) -> bool:
    """Whether a class of the game has a member."""
    return key in known_names().get(class_name, ())


def is_writable(class_name: str, key: object) -> bool:
    """Whether scripts may write an attribute of a class of the game."""
    return key in writable_names().get(class_name, ())


@cache
def argument_checks() -> Mapping[str, Mapping[str, Any]]:
    """What members take, by class and name, as ``lua/checks.lua`` wants it."""
    raw: Mapping[str, Mapping[str, Any]] = json.loads(
        _ARGUMENTS.read_text(encoding="utf-8")
    )
    return raw


def _read(part: str) -> Mapping[str, frozenset[str]]:
    raw = json.loads(_FILE.read_text(encoding="utf-8"))[part]
    return {
        _LISTED_AS.get(name, name): frozenset(raw[name]) - {_LENGTH} for name in raw
    }
