"""Seeded noise for drawing maps.

Built on plain integer arithmetic, so that a seed means the same map on every machine
and with every version of numpy.
"""

import hashlib
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["integers", "smooth_noise", "uniform", "wavy_radius"]

_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2: Final = np.uint64(0x94D049BB133111EB)
_TO_UNIT: Final = 1.0 / float(1 << 53)
_WAVES: Final = (2, 3, 4, 5, 7)
"""Bumps around a patch; without one, which would only move it."""
_WAVE_HEIGHT: Final = 0.26


def _mixed(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """splitmix64's finish, which spreads each bit over all."""
    value = (value ^ (value >> np.uint64(30))) * _MIX_1
    value = (value ^ (value >> np.uint64(27))) * _MIX_2
    return value ^ (value >> np.uint64(31))


def _numbers(values: ArrayLike) -> NDArray[np.uint64]:
    return np.atleast_1d(np.asarray(values, np.int64)).astype(np.uint64)


def uniform(
    seed: int, stream: str, x: ArrayLike, y: ArrayLike = 0
) -> NDArray[np.float64]:
    """Numbers that belong to places.

    Args:
        seed: of the map.
        stream: what they are for; different names give unrelated numbers.
        x: int64[...].
        y: int64[...], of the same shape or one number.

    Returns:
        float64[...], 0 (inclusive) to 1 (exclusive), at least one-dimensional.
    """
    named = hashlib.blake2b(f"{seed} {stream}".encode(), digest_size=8).digest()
    base = np.frombuffer(named, "<u8").astype(np.uint64)
    with np.errstate(over="ignore"):
        column = _mixed(base + _numbers(x) * _STEP)
        mixed = _mixed(column + _numbers(y) * _MIX_1 + _STEP)
    return (mixed >> np.uint64(11)).astype(np.float64) * _TO_UNIT


def integers(seed: int, stream: str, x: ArrayLike, low: int, high: int) -> NDArray[Any]:
    """Whole numbers from low to high, both inclusive, by place: int64[...]."""
    span = high - low + 1
    return low + (uniform(seed, stream, x) * span).astype(np.int64)


def smooth_noise(
    seed: int, stream: str, x: NDArray[Any], y: NDArray[Any], size: int
) -> NDArray[np.float64]:
    """Hills and valleys.

    Args:
        seed: of the map.
        stream: what it is for.
        x: int64[width], tiles of the columns, ascending.
        y: int64[height], tiles of the rows, ascending.
        size: of a hill, tiles.

    Returns:
        float64[height, width], 0 to 1.
    """
    column, across = _cells(x, size)
    row, down = _cells(y, size)
    # the corners of all cells
    drawn = uniform(
        seed,
        stream,
        *np.meshgrid(
            np.arange(column[0], column[-1] + 2), np.arange(row[0], row[-1] + 2)
        ),
    )
    column -= column[0]
    row -= row[0]
    # along the rows of corners, then between them
    lines = drawn[:, column] * (1.0 - across) + drawn[:, column + 1] * across
    down = down[:, np.newaxis]
    height: NDArray[np.float64] = lines[row] * (1.0 - down) + lines[row + 1] * down
    return height


def _cells(
    tiles: NDArray[Any], size: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The cell of each tile, and how far on in it the tile is, eased."""
    cells = tiles // size
    on = (tiles - cells * size) / size
    return cells, on * on * (3.0 - 2.0 * on)


def wavy_radius(
    seed: int, stream: str, angle: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far the edge of a roundish patch is from its middle, by direction.

    Args:
        seed: of the map.
        stream: what it is for.
        angle: float64[...], radians.

    Returns:
        float64[...], around 1.
    """
    drawn = uniform(seed, stream, np.arange(2 * len(_WAVES)))
    radius = np.ones_like(angle)
    for index, wave in enumerate(_WAVES):
        height = _WAVE_HEIGHT * float(drawn[2 * index]) / np.sqrt(wave)
        radius += height * np.cos(
            wave * angle + 2.0 * np.pi * float(drawn[2 * index + 1])
        )
    return radius
