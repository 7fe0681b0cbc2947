"""What scripts set in burners."""

import pytest


@pytest.fixture
def burner(run):
    """That of a furnace, the global ``burner``."""
    run("""
    burner = surface.create_entity{name='stone-furnace', position={0, 0}}.burner
    """)


def test_burners_can_be_lit(run, plain, refusal, burner):
    assert plain("return burner.fuel_categories") == {"chemical": True}
    assert run("return burner.heat_capacity > 0")
    run("burner.remaining_burning_fuel = 5")  # nothing burns
    assert run("return burner.remaining_burning_fuel") == 0
    run("burner.currently_burning = 'coal' burner.remaining_burning_fuel = 3e6")
    run("burner.currently_burning = game.item_prototypes.wood")
    assert run("return burner.currently_burning.name") == "wood"
    assert run("return burner.remaining_burning_fuel") == 2e6
    run("burner.heat = burner.heat_capacity / 2")
    assert run("return burner.heat * 2 == burner.heat_capacity")
    run("burner.heat = tonumber(tostring(burner.heat_capacity)) + 1")
    assert run("return burner.heat == burner.heat_capacity")
    assert "heat must be 0" in refusal("burner.heat = -1")
    assert "0 to 2e+06" in refusal("burner.remaining_burning_fuel = 9e9")
    run("burner.currently_burning = nil")
    assert run("return burner.currently_burning, burner.remaining_burning_fuel") == (
        None,
        0,
    )
