"""What grows and lies on generated maps: trees of many kinds, rocks, and fish.

Each kind has a climate that it likes, from its prototype's autoplace peaks. Whether one
stands on a tile is drawn for that tile; of two that would stand in each other, the one
that was drawn later in an order of places gives way. Both look at the surroundings of
the tile only, so chunks need not know of each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.mapgen.climate import CoarseClimate, lowest, near
from fle_marl.sim.mapgen.fields import clipped, field
from fle_marl.sim.mapgen.figures import resource_figures
from fle_marl.sim.mapgen.fish import fish_in, fish_kind
from fle_marl.sim.mapgen.noise import uniform
from fle_marl.sim.mapgen.patches import Deposits
from fle_marl.sim.mapgen.settings import MapGenSettings
from fle_marl.sim.mapgen.start import FREE_TILES
from fle_marl.sim.mapgen.terrain import Ground
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = ["MARGIN_TILES", "Growth", "growth_on"]

Field = NDArray[np.float64]
Mask = NDArray[np.bool_]

MARGIN_TILES: Final = 12
"""Around a rectangle that what grows in it may depend on; a multiple of the above."""

_EDGE_TILES: Final = 30.0
"""Beyond the free ground around the origin, over which trees become usual. The game
makes room for each character when it appears instead."""
_NOISE_OCTAVES: Final = ((88.0, 1.0), (39.0, 0.8), (17.0, 0.6))
"""Of the layers of noise that peaks name."""
_ROCK_OCTAVES: Final = ((90.0, 0.7), (37.0, 0.5))
_ROCK_SHARE: Final = 0.04
"""Factor on the largest probability of rocks. How the game gets from a coverage to
rocks is not documented; this gives a handful in a hundred chunks of fit climate."""
_ROCK_REACH: Final = 4
"""Tiles within which rocks give way to each other; the largest is three wide."""
_TREE_REACH: Final = 2
_ROCK_TREE_REACH: Final = 3
_CLIFF_ROCK_REACH: Final = 2
_CLIFF_TREE_REACH: Final = 1
"""Tiles around those that a cliff touches, in which none may be: half a rock, half a
tree, reach further."""
_TREE_TILES: Final = 0.82
"""Of two trees, how far apart their middles must be along x or y: their boxes are 0.8
wide. Source: prototype tree-01, collision_box."""
_DEAD_TREE_TILES: Final = 1.2
"""Likewise for dead trees. Source: prototype dead-grey-trunk, collision_box."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Trees, rocks and fish.

    Attributes:
        prototype: int64[n], entity prototypes.
        x: int64[n], 1/256 tile.
        y: int64[n], 1/256 tile.
    """

    prototype: NDArray[np.int64]
    x: NDArray[np.int64]
    y: NDArray[np.int64]


def growth_on(
    settings: MapGenSettings,
    seed: int,
    ground: Ground,
    deposits: Deposits,
    cliffs: Mask,
) -> Growth:
    """Let trees and rocks stand on a rectangle, and fish swim there.

    Args:
        settings: of the map.
        seed: of the map.
        ground: of the rectangle and `MARGIN_TILES` more on all sides.
        deposits: of the same.
        cliffs: bool, tiles of the same that cliffs touch.

    Returns:
        What stands in the rectangle without its margin, by its middle.
    """
    is_taken = near(cliffs, _CLIFF_ROCK_REACH)
    rocks, rock_kind = _rocks(seed, ground, deposits, is_taken)
    trees, tree_kind = _trees(settings, seed, ground, deposits)
    trees &= ~near(rocks, _ROCK_TREE_REACH) & ~near(cliffs, _CLIFF_TREE_REACH)
    offset_x, offset_y = _offsets(seed, ground)
    trees &= _survives(seed, trees, tree_kind, ground, offset_x, offset_y)
    margin = MARGIN_TILES
    parts: list[NDArray[np.int64]] = []
    fish = fish_in(seed, ground)
    grown = ((rocks, rock_kind), (trees, tree_kind), (fish, fish_kind(fish)))
    for mask, kind in grown:
        rows, columns = mask[margin:-margin, margin:-margin].nonzero()
        rows, columns = rows + margin, columns + margin
        unit = POSITION_UNITS_PER_TILE
        x = ground.x[columns] * unit + offset_x[rows, columns]
        y = ground.y[rows] * unit + offset_y[rows, columns]
        parts.append(np.stack([kind[rows, columns], x, y]))
    return Growth(*np.concatenate(parts, axis=1))


def _offsets(seed: int, ground: Ground) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where within its tile something stands, 1/256 tile."""
    places = np.meshgrid(ground.x, ground.y)
    return tuple(  # type: ignore[return-value]
        (uniform(seed, f"offset {axis}", *places) * POSITION_UNITS_PER_TILE).astype(
            np.int64
        )
        for axis in "xy"
    )


# --- rocks


@cache
def _kinds(prototype_type: str) -> tuple[EntityPrototype, ...]:
    """Prototypes of a type that the game's maps have, by name."""
    found = (
        each
        for each in load().entities.values()
        if each.type == prototype_type and _autoplace(each).get("peaks")
    )
    return tuple(sorted(found, key=lambda each: each.name))


def _autoplace(prototype: EntityPrototype) -> Mapping[str, Any]:
    given = prototype.properties.get("autoplace", {})
    return given if isinstance(given, Mapping) else {}


def _rocks(
    seed: int, ground: Ground, deposits: Deposits, taken: Mask
) -> tuple[Mask, NDArray[np.int64]]:
    """Tiles with a rock, and the prototype of each."""
    coarse = CoarseClimate(ground)
    drawn = uniform(seed, "rocks", *np.meshgrid(ground.x, ground.y))
    is_rock = np.zeros(drawn.shape, np.bool_)
    kind = np.zeros(drawn.shape, np.int64)
    before = np.zeros(coarse.shape)
    noise = field(seed, "rocks", coarse.x, coarse.y, _ROCK_OCTAVES)
    for prototype in _kinds("simple-entity"):
        autoplace = _autoplace(prototype)
        (peak,) = autoplace["peaks"]
        fit = coarse.fit(peak)
        fit = clipped(fit, 0.0, 1.0) * clipped(0.6 + 2.0 * noise, 0.0, 1.0)
        until = before + fit * (_ROCK_SHARE * float(autoplace["max_probability"]))
        is_own = (drawn >= coarse.tiled(before)) & (drawn < coarse.tiled(until))
        is_rock |= is_own
        kind[is_own] = prototype.id
        before = until
    is_rock &= ~near(ground.is_water, 2) & (deposits.resource == 0) & ~taken
    is_rock &= ground.distance > FREE_TILES
    # of those too near to each other, the one that was drawn first stays
    rank = np.where(is_rock, drawn, 2.0)
    is_rock &= rank <= lowest(rank, _ROCK_REACH)
    return is_rock, kind


# --- trees


def _trees(
    settings: MapGenSettings, seed: int, ground: Ground, deposits: Deposits
) -> tuple[Mask, NDArray[np.int64]]:
    """Tiles where a tree would stand, and the prototype of each."""
    control = settings.control("trees")
    shape = ground.is_water.shape
    if not control.size:
        return np.zeros(shape, np.bool_), np.zeros(shape, np.int64)
    coarse = CoarseClimate(ground)
    best = np.zeros(coarse.shape)
    kind = np.zeros(coarse.shape, np.int64)
    layers: dict[str, Field] = {}
    for prototype in _kinds("tree"):
        chance = _chance(
            seed, prototype, coarse, layers, control.frequency, control.size
        )
        is_better = chance > best
        best = np.where(is_better, chance, best)
        kind[is_better] = prototype.id
    drawn = uniform(seed, "trees", *np.meshgrid(ground.x, ground.y))
    chance = coarse.tiled(best) * control.richness
    chance = chance * clipped((ground.distance - FREE_TILES) / _EDGE_TILES, 0.0, 1.0)
    is_tree = (drawn < chance) & ~near(ground.is_water, 1)
    is_tree &= ~_cleared(seed, ground, deposits)
    return is_tree, coarse.tiled(kind)


def _chance(
    seed: int,
    prototype: EntityPrototype,
    coarse: CoarseClimate,
    layers: dict[str, Field],
    frequency: float,
    size: float,
) -> Field:
    """How likely a kind of tree is, float64 of the coarse shape.

    Peaks are added up by their influence, and the sum is brought between 0 and the
    largest probability by the sharpness. Source: prototype API, AutoplaceSpecification;
    the exact curve of the game is not documented.
    """
    autoplace = _autoplace(prototype)
    total = np.full(coarse.shape, (size - 1.0) * 0.25)
    for peak in autoplace["peaks"]:
        layer = peak.get("noise_layer")
        value = coarse.fit(peak)
        if layer is not None:
            if layer not in layers:
                octaves = [(at / frequency, height) for at, height in _NOISE_OCTAVES]
                noise = field(seed, layer, coarse.x, coarse.y, octaves)
                layers[layer] = clipped(noise, -1.0, 1.0)
            value = value * layers[layer]
        total += float(peak["influence"]) * value
    rise = 1.0 / (1.0 - float(autoplace["sharpness"]))
    return clipped(total * rise, 0.0, 1.0) * float(autoplace["max_probability"])


def _cleared(seed: int, ground: Ground, deposits: Deposits) -> Mask:
    """Tiles of ore that trees have been removed from.

    Source: prototype API, ResourceEntityPrototype.tree_removal_probability and
    tree_removal_max_distance.
    """
    figures = resource_figures()
    chance = np.array([0.0, *(each.tree_removal for each in figures)])
    reach = np.array([1.0, *(each.tree_removal_tiles for each in figures)])
    number = deposits.resource
    share = clipped(1.0 - ground.distance / reach[number], 0.0, 1.0)
    drawn = uniform(seed, "cleared", *np.meshgrid(ground.x, ground.y))
    cleared: Mask = drawn < chance[number] * share
    return cleared


def _survives(
    seed: int,
    trees: Mask,
    kind: NDArray[np.int64],
    ground: Ground,
    offset_x: NDArray[Any],
    offset_y: NDArray[Any],
) -> Mask:
    """Which trees stay: those that no tree before them in the order stands in."""
    order = uniform(seed, "order of trees", *np.meshgrid(ground.x, ground.y))
    order = np.where(trees, order, 2.0)
    is_dead = np.zeros(len(load().entities) + 1, np.bool_)
    for prototype in _kinds("tree"):
        is_dead[prototype.id] = prototype.tile_width > 1
    unit = POSITION_UNITS_PER_TILE
    room = np.where(is_dead[kind], _DEAD_TREE_TILES, _TREE_TILES) * unit
    stays = np.ones(trees.shape, np.bool_)
    height, width = trees.shape
    reach = _TREE_REACH
    inner = slice(reach, height - reach), slice(reach, width - reach)
    for row in range(-reach, reach + 1):
        for column in range(-reach, reach + 1):
            if row == 0 and column == 0:
                continue
            other = (
                slice(reach + row, height - reach + row),
                slice(reach + column, width - reach + column),
            )
            apart = (room[inner] + room[other]) * 0.5
            gone_x = np.abs(offset_x[other] + column * unit - offset_x[inner])
            gone_y = np.abs(offset_y[other] + row * unit - offset_y[inner])
            is_in_it = (gone_x < apart) & (gone_y < apart)
            stays[inner] &= ~(is_in_it & (order[other] < order[inner]))
    return stays
