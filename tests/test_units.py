"""Conversions between the game's units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fle_marl.units import (
    TICKS_PER_MINUTE,
    TICKS_PER_SECOND,
    parse_energy_joules,
    parse_power_watts,
    seconds_to_ticks,
    ticks_to_seconds,
    tiles_to_units,
    units_to_tiles,
)


@pytest.mark.parametrize(
    ("text", "joules"),
    [
        ("4MJ", 4_000_000),
        ("0.1KJ", 100),
        ("0.05kJ", 50),
        ("8GJ", 8_000_000_000),
        ("2TJ", 2_000_000_000_000),
        ("25J", 25),
        ("0J", 0),
        ("1e3J", 1000),
        (" 50kJ", 50_000),
    ],
)
def test_energy_is_read_in_joules(text: str, joules: float) -> None:
    assert parse_energy_joules(text) == joules


@pytest.mark.parametrize(
    ("text", "watts"), [("90kW", 90_000), ("1.8MW", 1_800_000), ("0.4kW", 400)]
)
def test_power_is_read_in_watts(text: str, watts: float) -> None:
    assert parse_power_watts(text) == watts


@pytest.mark.parametrize("text", ["", "4", "4M", "4MW", "MJ", "-4J", "4MJ!", "4 MJ s"])
def test_what_is_no_energy_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a quantity in J"):
        parse_energy_joules(text)


def test_an_energy_is_no_power() -> None:
    with pytest.raises(ValueError, match="'4MJ' is not a quantity in W"):
        parse_power_watts("4MJ")


def test_a_minute_has_sixty_seconds() -> None:
    assert seconds_to_ticks(60) == TICKS_PER_MINUTE
    assert seconds_to_ticks(1) == TICKS_PER_SECOND


@given(st.integers(0, 10**9))
def test_ticks_survive_a_trip_through_seconds(ticks: int) -> None:
    assert seconds_to_ticks(ticks_to_seconds(ticks)) == ticks


@given(st.integers(-(2**31), 2**31 - 1))
def test_units_survive_a_trip_through_tiles(units: int) -> None:
    assert tiles_to_units(units_to_tiles(units)) == units


@pytest.mark.parametrize(
    ("tiles", "units"),
    [(0.0, 0), (1.0, 256), (-1.0, -256), (0.003, 0), (-0.003, -1), (0.999, 255)],
)
def test_tiles_are_rounded_down_to_units(tiles: float, units: int) -> None:
    assert tiles_to_units(tiles) == units
