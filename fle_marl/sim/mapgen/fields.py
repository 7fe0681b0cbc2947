"""Smooth fields over a whole infinite map, such as heights, wetness and warmth.

A field's value belongs to its place: it is made of the seed, the field's name and the
coordinates alone, so pieces of a map fit together whatever order they are made in.

The same on every machine: corners are drawn with whole numbers (`noise.uniform`), and
what follows uses only ``+ - * /``, square roots, comparisons and ``floor`` on float64,
element by element and in the order written here. IEEE 754 says what each of those gives
to the last bit; sines, powers and sums over arrays, which it leaves open, are not used.
A test holds the map of one seed against its digest.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.mapgen.noise import integers, uniform

__all__ = [
    "Places",
    "clipped",
    "cube_root",
    "direction",
    "distance_from",
    "field",
    "log2",
    "wavy_noise",
]

Places = NDArray[np.int64]
Field = NDArray[np.float64]

_DIAGONAL: Final = 0.7071067811865476
_GRADIENTS: Final = np.array(
    [
        (1.0, 0.0),
        (_DIAGONAL, _DIAGONAL),
        (0.0, 1.0),
        (-_DIAGONAL, _DIAGONAL),
        (-1.0, 0.0),
        (-_DIAGONAL, -_DIAGONAL),
        (0.0, -1.0),
        (_DIAGONAL, -_DIAGONAL),
        (0.8, 0.6),
        (0.6, 0.8),
        (-0.6, 0.8),
        (-0.8, 0.6),
        (-0.8, -0.6),
        (-0.6, -0.8),
        (0.6, -0.8),
        (0.8, -0.6),
    ]
)
"""Slopes that a corner may have; as literals, so that no machine works them out."""
_SPREAD: Final = 1.5
"""Brings the usual heights of gradient noise, up to about 0.66, near -1 and 1."""
_LOG_BITS: Final = 40


def field(
    seed: int, stream: str, x: Places, y: Places, octaves: Sequence[tuple[float, float]]
) -> Field:
    """Add up noise of several sizes.

    Args:
        seed: of the map.
        stream: name of the field.
        x: int64[width], tiles, columns of the wanted places.
        y: int64[height], tiles, rows.
        octaves: (size of a hill in tiles, its height), added in this order.

    Returns:
        float64[height, width], around 0.
    """
    total = np.zeros((len(y), len(x)))
    for number, (size, height) in enumerate(octaves):
        total += height * wavy_noise(seed, f"{stream} {number}", x, y, size)
    return total


def wavy_noise(seed: int, stream: str, x: Places, y: Places, size: float) -> Field:
    """Gradient noise: hills and valleys of one size, float64[height, width], -1 to 1.

    Each corner of a grid has a slope; between corners the four planes are blended. The
    grid is shifted by a drawn amount, so that grids of several sizes never line up.
    """
    shift = uniform(seed, f"{stream} shift", np.arange(2)) * 1024.0
    column, across = _cells(x, size, float(shift[0]))
    row, down = _cells(y, size, float(shift[1]))
    columns = np.arange(column[0], column[-1] + 2)
    rows = np.arange(row[0], row[-1] + 2)
    grid = np.meshgrid(columns, rows)
    drawn = (uniform(seed, stream, *grid) * len(_GRADIENTS)).astype(np.int64)
    slope_x, slope_y = _GRADIENTS[drawn, 0], _GRADIENTS[drawn, 1]
    # blend down the columns of corners first, then across, which touches each tile less
    row, column = row - row[0], column - column[0]
    weight = _blend(down)[:, None]
    down = down[:, None]
    level = (1.0 - weight) * slope_x[row] + weight * slope_x[row + 1]
    tilt = (1.0 - weight) * down * slope_y[row]
    tilt += weight * (down - 1.0) * slope_y[row + 1]
    right = _blend(across)
    left = 1.0 - right
    height: Field = level.take(column, 1) * (left * across)
    height += tilt.take(column, 1) * left
    column = column + 1
    height += level.take(column, 1) * (right * (across - 1.0))
    height += tilt.take(column, 1) * right
    height *= _SPREAD
    return height


def _cells(tiles: Places, size: float, shift: float) -> tuple[Places, Field]:
    """Cell of a grid that each tile is in, and how far along it, 0 to 1."""
    place = (tiles + 0.5) / size + shift
    whole = np.floor(place)
    return whole.astype(np.int64), place - whole


def _blend(share: Field) -> Field:
    """From 0 to 1 with neither slope nor bend at the ends."""
    blend: Field = share * share * share * (share * (share * 6.0 - 15.0) + 10.0)
    return blend


def clipped(value: NDArray[Any], low: float, high: float) -> Field:
    """Values within two limits."""
    within: Field = np.minimum(np.maximum(value, low), high)
    return within


def distance_from(x: float, y: float, columns: Places, rows: Places) -> Field:
    """Distance of the middles of tiles from a place, float64[height, width], tiles."""
    across, down = columns + 0.5 - x, (rows + 0.5 - y)[:, None]
    away: Field = np.sqrt(across * across + down * down)
    return away


# --- single numbers


def direction(seed: int, stream: str, index: int, turn: float) -> tuple[float, float]:
    """A direction, without sines.

    Args:
        seed: of the map.
        stream: what it is for.
        index: which of several.
        turn: 0 to 1, once around; a little is drawn on top of it.

    Returns:
        x and y of length 1.
    """
    wobble = float(integers(seed, stream, index, -20, 20)[0]) / 1000.0
    quarters = ((turn + wobble) % 1.0) * 4.0
    quarter = int(quarters)
    half = (quarters - quarter) * 0.5
    # points of a circle by its rational parameter, which is nearly even over an eighth
    is_late = half > 0.25
    share = (0.5 - half if is_late else half) * 1.656854249492381
    long = (1.0 - share * share) / (1.0 + share * share)
    short = 2.0 * share / (1.0 + share * share)
    x, y = (short, long) if is_late else (long, short)
    for _ in range(quarter):
        x, y = -y, x
    return x, y


def cube_root(value: float) -> float:
    """Cube root by Newton's steps, so that every machine finds the same."""
    if value <= 0.0:
        return 0.0
    root = max(value, 1.0)
    while (better := (2.0 * root + value / (root * root)) / 3.0) < root:
        root = better
    return root


def log2(value: float) -> float:
    """Logarithm to base 2, bit by bit."""
    whole = 0
    while value >= 2.0:
        value *= 0.5
        whole += 1
    while value < 1.0:
        value *= 2.0
        whole -= 1
    part, bit = 0.0, 0.5
    for _ in range(_LOG_BITS):
        value *= value
        if value >= 2.0:
            value *= 0.5
            part += bit
        bit *= 0.5
    return whole + part
