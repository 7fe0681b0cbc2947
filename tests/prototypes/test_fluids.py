"""Fluids have the figures of the game."""

from fle_marl.prototypes import load

FLUIDS = load().fluids


def test_steam_and_water_carry_the_same_heat() -> None:
    assert FLUIDS["steam"].heat_capacity_joules == 200
    assert FLUIDS["water"].heat_capacity_joules == 200
    assert FLUIDS["water"].default_temperature == 15
    assert FLUIDS["steam"].max_temperature == 1000
    assert (
        FLUIDS["crude-oil"].max_temperature == FLUIDS["crude-oil"].default_temperature
    )
