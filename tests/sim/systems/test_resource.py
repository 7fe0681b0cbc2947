"""Resources: what they hold when they are made."""

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, destroy_entity
from fle_marl.sim.components import FORCE_NEUTRAL
from fle_marl.sim.systems.resource import set_amount


@pytest.mark.parametrize(
    ("name", "amount", "initial", "fluid"),
    [
        ("iron-ore", 1, 0, None),
        ("crude-oil", 300_000, 300_000, None),
        ("uranium-ore", 1, 0, "sulfuric-acid"),
    ],
)
def test_a_new_resource(
    flat_world, name: str, amount: int, initial: int, fluid: str | None
) -> None:
    world = flat_world()
    entity = create_entity(world, name, 128, 128)
    record = world.tables["resource"][int(world.entity["component"][entity])]
    assert record["amount"] == amount
    assert record["initial_amount"] == initial
    assert record["required_fluid"] == (load().fluids[fluid].id if fluid else 0)
    assert world.entity["force"][entity] == FORCE_NEUTRAL
    assert world.entity["unit_number"][entity] == 0


def test_amounts_are_set_and_are_positive(flat_world) -> None:
    world = flat_world()
    entity = create_entity(world, "coal", 128, 128)
    set_amount(world, entity, 700)
    assert world.tables["resource"]["amount"][1] == 700
    with pytest.raises(ValueError, match="not 0"):
        set_amount(world, entity, 0)


def test_a_removed_resource_leaves_no_trace(flat_world) -> None:
    world = flat_world()
    entity = create_entity(world, "coal", 128, 128)
    assert world.tables["ore"].any()
    destroy_entity(world, entity)
    assert not world.tables["ore"].any()
    assert world.tables["resource"]["entity"][1] <= 0
