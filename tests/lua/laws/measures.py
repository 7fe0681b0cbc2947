"""What the laws ask of a world besides what stands in it."""

import math

import numpy as np

from fle_marl.prototypes import load
from fle_marl.sim.actions.tiles import tile_at
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.world import World

from .snapshot import Change, Place, Snapshot, Thing

__all__ = [
    "check_put_back",
    "craft_ticks",
    "fastest_ground",
    "has_belts",
    "ore_and_mined",
]

ORES = ("iron-ore", "copper-ore")
"""Which come from nowhere but the ground; rocks give stone and coal."""


def ore_and_mined(world: World) -> dict[str, float]:
    """Ore in the ground and what has been mined of it, by the names of ores."""
    table = world.entity[: world.count[TABLE_INDEX["entity"]]]
    total: dict[str, float] = {}
    for name in ORES:
        rows = np.flatnonzero(table["prototype"] == load().entities[name].id)
        amounts = world.tables["resource"]["amount"][table["component"][rows]]
        item = load().items[name].id
        mined = world.tables["item_flow"]["produced"][item]
        total[name] = float(amounts.sum()) + float(mined)
    return total


def check_put_back(change: Change) -> None:
    """All stands where it stood; at most a person holds more than before."""
    assert sorted(map(_stand, change.come)) == sorted(map(_stand, change.gone))
    assert len(change.other) <= 2
    assert all(each.name == "character" or each.contents for each in change.other)


def _stand(thing: Thing) -> tuple[str, Place, int]:
    return thing.name, thing.at, thing.direction


def fastest_ground(world: World, start: Place, end: Place) -> float:
    """How much faster one walks than on grass, on the best floor on the way."""
    (left, right), (top, bottom) = (
        sorted(math.floor(each) for each in pair)
        for pair in zip(start, end, strict=True)
    )
    return max(
        load().tiles.by_id(tile_at(world, x, y)).walking_speed_modifier
        for x in range(left, right + 1)
        for y in range(top, bottom + 1)
    )


def has_belts(snapshot: Snapshot) -> bool:
    return any("belt" in each.name for each in snapshot.things.values())


def craft_ticks(recipe: int) -> int:
    seconds = load().recipes.by_id(recipe).energy_required
    return -int(-(seconds * 60 - 1e-6) // 1)
