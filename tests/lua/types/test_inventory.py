"""Counts of items."""

import pytest

from fle_marl.lua.types import Inventory, Prototype, Resource


def test_counts_are_asked_for_by_prototype_name_resource_or_pair():
    inventory = Inventory({"iron-plate": 5, Prototype.Coal: 2})

    assert inventory[Prototype.IronPlate] == inventory["iron-plate"] == 5
    assert inventory[Resource.Coal] == inventory[Prototype.Coal.value] == 2


def test_what_is_not_there_counts_nothing():
    inventory = Inventory(coal=3)

    assert inventory[Prototype.Stone] == 0
    assert inventory.get(Prototype.Stone) == 0
    assert inventory.get(Prototype.Stone, 7) == 7
    assert Prototype.Stone not in inventory
    assert Prototype.Coal in inventory


def test_it_is_a_mapping_of_names():
    inventory = Inventory({"coal": 3, "stone": 1})

    assert dict(inventory.items()) == {"coal": 3, "stone": 1}
    assert list(inventory) == list(inventory.keys()) == ["coal", "stone"]
    assert list(inventory.values()) == [3, 1]
    assert len(inventory) == 2
    assert not Inventory()


def test_counts_change_and_vanish_at_zero():
    inventory = Inventory(coal=3)
    inventory[Prototype.Coal] -= 3
    inventory["stone"] = 4

    assert inventory == {"stone": 4}


def test_inventories_add_up():
    total = Inventory(coal=3) + Inventory(coal=1, stone=2)

    assert total == Inventory(coal=4, stone=2)


def test_a_key_that_names_nothing_is_refused():
    with pytest.raises(TypeError, match="Prototype or the name"):
        Inventory()[5]


def test_its_text_says_what_is_in_it():
    assert str(Inventory(coal=3)) == "Inventory({'coal': 3})"
