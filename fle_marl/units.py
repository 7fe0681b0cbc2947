"""Units of the game and the conversions between them, in one place.

Time is counted in ticks, lengths in tiles, energy in joules, power in watts. Positions
inside the simulator are integers in 1/256 tile, as in the game itself.
"""

import re
from typing import Final

__all__ = [
    "POSITION_UNITS_PER_TILE",
    "TICKS_PER_MINUTE",
    "TICKS_PER_SECOND",
    "parse_energy_joules",
    "parse_power_watts",
    "seconds_to_ticks",
    "ticks_to_seconds",
    "tiles_to_units",
    "units_to_tiles",
]

TICKS_PER_SECOND: Final = 60
TICKS_PER_MINUTE: Final = 60 * TICKS_PER_SECOND

POSITION_UNITS_PER_TILE: Final = 256
"""Steps that a position can take within one tile. Source: the game's MapPosition is
fixed-point with 8 fractional bits."""

_PREFIX: Final = {
    "": 1.0,
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "G": 1e9,
    "T": 1e12,
}
_QUANTITY: Final = re.compile(r"^\s*([0-9.]+(?:[eE][+-]?[0-9]+)?)\s*([kKMGT]?)([JW])$")


def seconds_to_ticks(seconds: float) -> int:
    """Ticks in a span of game time, to the nearest tick."""
    return round(seconds * TICKS_PER_SECOND)


def ticks_to_seconds(ticks: int) -> float:
    """Seconds of game time in a number of ticks."""
    return ticks / TICKS_PER_SECOND


def tiles_to_units(tiles: float) -> int:
    """Tiles to 1/256 tile, rounded down as the game does."""
    return int(tiles * POSITION_UNITS_PER_TILE // 1)


def units_to_tiles(units: int) -> float:
    """1/256 tile to tiles; exact."""
    return units / POSITION_UNITS_PER_TILE


def parse_energy_joules(text: str) -> float:
    """Read an energy of the prototypes, such as ``"4MJ"``.

    Returns:
        Joules.

    Raises:
        ValueError: the text is not an energy.
    """
    return _parse_quantity(text, "J")


def parse_power_watts(text: str) -> float:
    """Read a power of the prototypes, such as ``"90kW"``.

    Returns:
        Watts.

    Raises:
        ValueError: the text is not a power.
    """
    return _parse_quantity(text, "W")


def _parse_quantity(text: str, unit: str) -> float:
    match = _QUANTITY.match(text)
    if match is None or match[3] != unit:
        raise ValueError(f"{text!r} is not a quantity in {unit}, such as '90k{unit}'")
    return float(match[1]) * _PREFIX[match[2]]
