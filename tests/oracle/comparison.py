"""Playing a scene in two simulators side by side."""

from collections.abc import Mapping
from typing import Any

from .scene import Scene, World

__all__ = ["first_difference"]

SAMPLE_TICKS = 60


def first_difference(
    scene: Scene, theirs: type[World], ours: type[World]
) -> str | None:
    """Play a scene until the two do not hold the same items in the same places.

    Args:
        scene: what to build.
        theirs: the simulator to go by.
        ours: the simulator under test.

    Returns:
        What differs, and at which tick; None when nothing does up to the end, looked
        at every 60 ticks and at every order from outside.
    """
    worlds = theirs(scene), ours(scene)
    tick = 0
    orders = iter([*scene.events, None])
    order = next(orders)
    while tick < scene.ticks:
        while order is not None and order.tick == tick:
            done = [world.happen(order) for world in worlds]
            if done[0] != done[1]:
                return f"tick {tick}: {order}: {done[0]} and not {done[1]} went in"
            order = next(orders)
        until = tick - tick % SAMPLE_TICKS + SAMPLE_TICKS
        if order is not None:
            until = min(until, order.tick)
        for world in worlds:
            world.advance(until - tick)
        tick = until
        if tick % SAMPLE_TICKS == 0:
            difference = _difference(*(world.seen() for world in worlds))
            if difference:
                return f"tick {tick}: {difference}"
    return None


def _difference(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> str:
    places = sorted({*theirs, *ours})
    return "; ".join(
        f"{place}: {theirs.get(place)} and not {ours.get(place)}"
        for place in places
        if theirs.get(place) != ours.get(place)
    )
