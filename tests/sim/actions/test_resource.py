"""Laying ore."""

import pytest

from fle_marl.errors import PrototypeError
from fle_marl.sim.actions.resource import add_resource


def test_ore_lies_in_the_middle_of_its_tile(flat_world) -> None:
    world = flat_world()
    entity = add_resource(world, "iron-ore", -3, 4, 250)
    record = world.entity[entity]
    assert (int(record["x"]), int(record["y"])) == (-3 * 256 + 128, 4 * 256 + 128)
    assert world.tables["resource"]["amount"][int(record["component"])] == 250


def test_names_and_amounts_are_checked(flat_world) -> None:
    with pytest.raises(PrototypeError):
        add_resource(flat_world(), "unobtainium", 0, 0, 1)
    with pytest.raises(ValueError, match="at least 1"):
        add_resource(flat_world(), "coal", 0, 0, 0)
