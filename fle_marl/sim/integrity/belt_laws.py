"""How belts, their lines and the items on them must go together.

Kernels push items to where the numbers of a line say that there is room, and follow
lines from the front of a chain to its back.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import load
from fle_marl.sim.components import (
    BELT_KIND_BELT,
    BELT_KIND_SPLITTER,
    BELT_KIND_UNDERGROUND_INPUT,
    BELT_KIND_UNDERGROUND_OUTPUT,
)
from fle_marl.sim.integrity.contents import Contents

__all__ = ["check_belts"]

_KINDS_OF_TYPE: Final = {
    "transport-belt": (BELT_KIND_BELT,),
    "underground-belt": (BELT_KIND_UNDERGROUND_INPUT, BELT_KIND_UNDERGROUND_OUTPUT),
    "splitter": (BELT_KIND_SPLITTER,),
}
_LINES_OF_KIND: Final = np.array([2, 4, 4, 8])
"""By BELT_KIND_*. Source: ``defines.transport_line``."""

_FIRST_LINE_BELOW: Final = 2
"""Place among an underground's lines. Source: ``defines.transport_line``."""


@cache
def _allowed_kinds() -> NDArray[np.bool_]:
    """bool[entity prototypes + 1, belt kinds]."""
    prototypes = load().entities.values()
    last = max(each.id for each in prototypes)
    allowed = np.zeros((last + 1, len(_LINES_OF_KIND)), np.bool_)
    for each in prototypes:
        allowed[each.id, list(_KINDS_OF_TYPE.get(each.type, ()))] = True
    return allowed


def check_belts(contents: Contents) -> None:
    """Refuse a world whose belts are not sound; single fields are.

    Raises:
        SaveError: `inconsistent-save`.
    """
    kinds = contents.column("belt", "kind")
    prototypes = contents.arrays["entity"]["prototype"][kinds.beside("entity")]
    is_allowed = _allowed_kinds()[prototypes, kinds.values]
    kinds.refuse_any(~is_allowed, "a kind of belt that its prototype is")
    counts = contents.column("belt", "line_count")
    lines = _LINES_OF_KIND[kinds.values]
    counts.refuse_any(counts.values != lines, "as many lines as its kind has")
    _check_lengths(contents)
    _check_ways(contents)
    _check_chain_fronts(contents)
    _check_places(contents)
    _check_items(contents)


def _check_lengths(contents: Contents) -> None:
    """Only what is below the ground may be nothing long; hands divide by lengths."""
    belts = contents.arrays["belt"]
    lines = belts["lines"]
    is_below = np.zeros(lines.shape, np.bool_)
    is_underground = np.isin(belts["kind"], _KINDS_OF_TYPE["underground-belt"])
    is_below[is_underground, _FIRST_LINE_BELOW:] = True
    may_be_empty = np.zeros(contents.count("transport_line"), np.bool_)
    may_be_empty[lines[is_below]] = True
    length = contents.column("transport_line", "length")
    is_wrong = (length.values == 0) & ~may_be_empty[length.rows]
    length.refuse_any(is_wrong, "1 or more above the ground")


def _check_ways(contents: Contents) -> None:
    """Where a line leads straight on, the next must know that it does, and only it."""
    table = contents.arrays["transport_line"]
    following = contents.column("transport_line", "next_line")
    is_aside = following.beside("next_position") > 0
    is_led = following.values > 0
    following.refuse_any(is_aside & ~is_led, "a line, since items are loaded onto it")
    is_straight = is_led & ~is_aside
    is_unknown = table["previous_line"][following.values] != following.rows
    following.refuse_any(is_straight & is_unknown, "a line whose previous_line it is")
    previous = contents.column("transport_line", "previous_line")
    is_elsewhere = table["next_line"][previous.values] != previous.rows
    is_elsewhere |= table["next_position"][previous.values] > 0
    previous.refuse_any(
        (previous.values > 0) & is_elsewhere, "a line that leads straight on into it"
    )


def _check_chain_fronts(contents: Contents) -> None:
    """Lines that lead straight on into each other must name the same front."""
    table = contents.arrays["transport_line"]
    fronts = contents.column("transport_line", "chain_front")
    following = fronts.beside("next_line")
    is_behind = (following > 0) & (fronts.beside("next_position") == 0)
    is_front = fronts.values == fronts.rows
    is_shared = table["chain_front"][following] == fronts.values
    is_shared &= table["chain_front"][fronts.values] == fronts.values
    fronts.refuse_any(
        ~is_front & ~(is_behind & is_shared), "the front of the line that it leads to"
    )


def _check_places(contents: Contents) -> None:
    """Lines have their places chain by chain, each from its front to its back."""
    table = contents.arrays["transport_line"]
    places = contents.column("transport_line", "place")
    is_front = places.beside("chain_front") == places.rows
    ahead = table["place"][places.beside("next_line")]
    places.refuse_any(
        ~is_front & (places.values != ahead + 1), "behind the line that it leads to"
    )
    chains = contents.column("line_chain", "last_place")
    begins = table["place"][chains.beside("front")]
    chains.refuse_any(
        begins != np.append(1, chains.values + 1)[: len(begins)],
        "where the places of the next chain begin",
    )


def _check_items(contents: Contents) -> None:
    """Items must lie on their line, one behind the other."""
    front = contents.column("transport_line", "front")
    count = front.beside("count").astype(np.int64)
    length = np.maximum(front.beside("length"), 1)
    front.refuse_any((count > 0) & (front.values > length), "on the line")
    is_busy = count > 0
    count = count[is_busy]
    first = front.beside("first_item")[is_busy].astype(np.int64)
    ends = np.cumsum(count)
    rows = np.arange(int(count.sum())) + np.repeat(first - (ends - count), count)
    items = contents.arrays["line_item"][rows]
    distance = items["distance"].astype(np.int64)
    is_wrong = np.zeros(len(front.rows), np.bool_)
    if len(rows):
        is_back = np.diff(distance, prepend=0) < 0
        is_back[ends - count] = distance[ends - count] != 0
        is_bad_line = np.logical_or.reduceat(
            is_back | (items["item"] == 0), ends - count
        )
        is_bad_line |= distance[ends - 1] != front.beside("span")[is_busy]
        is_wrong[is_busy] = is_bad_line
    span = contents.column("transport_line", "span")
    span.refuse_any(is_wrong, "where the last of its items lies, behind all others")
