"""What mining yields."""

from fle_marl.prototypes import load

ENTITIES = load().entities


def test_rock_yields_a_range() -> None:
    stone, coal = ENTITIES["rock-huge"].minable.products
    assert (stone.name, stone.amount, stone.amount_min, stone.amount_max) == (
        "stone",
        None,
        24,
        50,
    )
    assert coal.expected_amount == 37


def test_uranium_needs_acid() -> None:
    minable = ENTITIES["uranium-ore"].minable
    assert (minable.required_fluid, minable.fluid_amount) == ("sulfuric-acid", 10)
    assert minable.mining_time == 2
