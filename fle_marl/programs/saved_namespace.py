"""The form of a saved namespace: plain data, checked before anything believes it.

A saved namespace is a map::

    {"version": 1,
     "programs_run": 7,                  # numbers of programs go on from here
     "programs": {"3": "def f(): ..."},  # texts that functions and classes are from
     "values": [["int", "2a"], ["list", [0, 0]], ...],
     "names": {"numbers": 1},            # variables, by places in "values"
     "random": [...],                    # state of the module
     "not_saved": {"lines": "a generator cannot be saved"}}

Values name each other by their places, so that what is shared stays shared, cycles have
a form, and nothing is nested deeply. Both the scheduler's process and the agent's check
a saved namespace here: it may come from a file that anybody wrote.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, cast

from fle_marl.errors import ProgramError

__all__ = [
    "LARGEST_BYTES",
    "LONGEST_NAME",
    "MOST_VALUES",
    "VERSION",
    "bad_namespace",
    "check_namespace",
    "size_of",
]

VERSION: Final = 1
LARGEST_BYTES: Final = 3 * 2**20
"""Of texts and places; with what frames add it fits into one frame of a worker."""
MOST_VALUES: Final = 200_000
_MOST_PROGRAMS: Final = 10_000_000
_RANDOM_WORDS: Final = 625
"""A Mersenne twister has 624 words and its place among them."""
_NUMBER: Final = re.compile(r"-?[0-9a-f]+\Z")
_BYTES: Final = re.compile(r"(?:[0-9a-f]{2})*\Z")
_FLOAT: Final = re.compile(r"-?(?:nan|inf|0x[01]\.[0-9a-f]{1,13}p[+-]\d{1,4})\Z")
LONGEST_NAME: Final = 1_000

Check = Callable[[object, int], bool]
"""Whether a part of a value is right, given how many values there are."""


def _is_text(part: object, _count: int) -> bool:
    return isinstance(part, str)


def _matches(pattern: re.Pattern[str]) -> Check:
    return lambda part, _: isinstance(part, str) and pattern.match(part) is not None


def _is_flag(part: object, _count: int) -> bool:
    return isinstance(part, bool)


def _is_number(part: object, _count: int) -> bool:
    return type(part) is int and 0 <= part < _MOST_PROGRAMS


def _is_name(part: object, _count: int) -> bool:
    return isinstance(part, str) and len(part) <= LONGEST_NAME and part.isidentifier()


def _is_dotted(part: object, _count: int) -> bool:
    return isinstance(part, str) and 0 < len(part) <= LONGEST_NAME


def _is_place(part: object, count: int) -> bool:
    return type(part) is int and 0 <= part < count


def _is_place_or_none(part: object, count: int) -> bool:
    return part is None or _is_place(part, count)


def _are_places(part: object, count: int) -> bool:
    return isinstance(part, list) and all(_is_place(entry, count) for entry in part)


def _are_pairs(part: object, count: int) -> bool:
    return isinstance(part, list) and all(
        _are_places(pair, count) and len(pair) == 2 for pair in part
    )


def _are_named(part: object, count: int) -> bool:
    return isinstance(part, dict) and all(
        _is_name(name, count) and _is_place(place, count)
        for name, place in part.items()
    )


def _is_random(part: object, _count: int) -> bool:
    """Whether it is what `random.Random.getstate` gives, with a float in hex."""
    if not isinstance(part, list) or len(part) != _RANDOM_WORDS + 1:
        return False
    *words, index, spare = part
    return (
        all(type(word) is int and 0 <= word < 2**32 for word in words)
        and type(index) is int
        and 0 <= index < _RANDOM_WORDS
        and (spare is None or _matches(_FLOAT)(spare, 0))
    )


_SHAPES: Final[Mapping[str, tuple[Check, ...]]] = {
    "none": (),
    "bool": (_is_flag,),
    "int": (_matches(_NUMBER),),
    "float": (_matches(_FLOAT),),
    "str": (_is_text,),
    # a text with halves of characters, as bytes of UTF-8 with them passed through
    "surrogates": (_matches(_BYTES),),
    "bytes": (_matches(_BYTES),),
    "bytearray": (_matches(_BYTES),),
    "list": (_are_places,),
    "tuple": (_are_places,),
    "set": (_are_places,),
    "frozenset": (_are_places,),
    "dict": (_are_pairs,),
    "range": (_is_place, _is_place, _is_place),
    # a class of `collections`, its factory or greatest length, and what is in it
    "collection": (_is_place, _is_place_or_none, _are_places),
    # names of what programs find without importing it, of a module, and in a module
    "provided": (_is_name,),
    "module": (_is_dotted,),
    "imported": (_is_dotted, _is_name),
    # class and name of a member; class and attributes; class and items
    "enum": (_is_place, _is_name),
    "instance": (_is_place, _are_named),
    "named-tuple": (_is_place, _are_places),
    "random": (_is_place, _is_random),
    # program, number of the code in it, name, qualified name, docstring, defaults,
    # keyword defaults, cells, attributes, annotations
    "function": (
        *(_is_number, _is_number, _is_dotted, _is_dotted),
        *(_is_place, _is_place_or_none, _is_place_or_none),
        *(_are_places, _are_named, _are_named),
    ),
    "cell": (_is_place_or_none,),
    # program, line, what its text needs, variables of the class
    "class": (_is_number, _is_number, _are_named, _are_named),
    # name, names of fields, defaults
    "named-tuple-class": (_is_name, _are_places, _are_places),
    # owner and name of what is defined in a class or bound to an object
    "part": (_is_place, _is_name),
    "partial": (_is_place, _are_places, _are_named),
    "cached": (_is_place, _is_place_or_none, _is_flag),
    "alias": (_is_place, _are_places),
    "union": (_are_places,),
}
_KEYS: Final = frozenset(
    {"version", "programs_run", "programs", "values", "names", "random", "not_saved"}
)


def check_namespace(saved: object) -> dict[str, object]:
    """Check the form of a saved namespace; what its texts do is not known here.

    Returns:
        The namespace.

    Raises:
        ProgramError: `bad-namespace`; the message says what is wrong with it.
    """
    if not isinstance(saved, dict) or set(saved) != _KEYS:
        raise bad_namespace(f"it is not a map with the keys {sorted(_KEYS)}")
    if saved["version"] != VERSION or type(saved["version"]) is not int:
        raise bad_namespace(
            f"it is of version {repr(saved['version'])[:40]}; {VERSION} can be read"
        )
    if not _is_number(saved["programs_run"], 0):
        raise bad_namespace("programs_run is not a number of programs")
    _check_values(saved["values"])
    count = len(saved["values"])
    if not _are_named(saved["names"], count):
        raise bad_namespace("names are not names with places of values")
    if not _is_random(saved["random"], count):
        raise bad_namespace("random is not the state of a generator")
    for key in ("programs", "not_saved"):
        if not _are_texts(saved[key]):
            raise bad_namespace(f"{key} are not texts by name")
    programs_run = cast(int, saved["programs_run"])
    if any(
        not number.isascii() or not number.isdigit() or len(number) > 8
        or not 0 < int(number) <= programs_run
        for number in saved["programs"]
    ):  # fmt: skip
        raise bad_namespace("a program is not among those that were run")
    if (size := size_of(saved)) > LARGEST_BYTES:
        raise bad_namespace(f"it has {size} bytes; {LARGEST_BYTES} are allowed")
    return saved


def size_of(part: object) -> int:
    """How large a part of a saved namespace is, in bytes, about as frames count it."""
    if isinstance(part, str):
        return len(part.encode("utf-8", "replace")) + 5
    if isinstance(part, list):
        return 5 + sum(map(size_of, part))
    if isinstance(part, dict):
        return 5 + sum(size_of(key) + size_of(entry) for key, entry in part.items())
    return 5


def bad_namespace(what: str) -> ProgramError:
    """The error for a namespace that cannot be restored."""
    return ProgramError(
        f"the saved namespace cannot be used: {what}", code="bad-namespace"
    )


def _check_values(values: object) -> None:
    if not isinstance(values, list) or len(values) > MOST_VALUES:
        raise bad_namespace(f"values are not a list of at most {MOST_VALUES}")
    for place, value in enumerate(values):
        if not isinstance(value, list) or not value or not isinstance(value[0], str):
            raise bad_namespace(f"value {place} is not a list that begins with a kind")
        kind, *parts = value
        shape = _SHAPES.get(kind)
        if shape is None:
            raise bad_namespace(f"value {place} is of the unknown kind {kind[:40]!r}")
        if len(parts) != len(shape) or not all(
            is_right(part, len(values))
            for is_right, part in zip(shape, parts, strict=True)
        ):
            raise bad_namespace(f"value {place} has not the parts of kind {kind!r}")


def _are_texts(part: object) -> bool:
    return isinstance(part, dict) and all(
        isinstance(key, str) and isinstance(text, str) for key, text in part.items()
    )
