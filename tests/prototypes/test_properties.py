"""Typed access to raw properties."""

import pytest

from fle_marl.errors import PrototypeError
from fle_marl.geometry import MapPosition
from fle_marl.prototypes import load

ENTITIES = load().entities


def test_properties_are_read_in_their_units() -> None:
    inserter = ENTITIES["inserter"]
    assert inserter.number("rotation_speed") == 0.014
    assert inserter.joules("energy_per_rotation") == 5000
    assert inserter.vector("insert_position") == MapPosition(0, 1.2)
    assert ENTITIES["electric-mining-drill"].watts("energy_usage") == 90_000
    assert ENTITIES["rocket-silo"].text("fixed_recipe") == "rocket-part"
    assert ENTITIES["lab"].names("inputs")[0] == "automation-science-pack"


def test_default_stands_for_what_is_absent() -> None:
    chest = ENTITIES["wooden-chest"]
    assert chest.number("speed", 1.5) == 1.5
    assert chest.text("fluid", "water") == "water"
    assert chest.joules("energy_per_rotation", 0) == 0
    assert chest.watts("energy_usage", 0) == 0
    assert chest.names("crafting_categories") == ()


def test_default_does_not_replace_what_is_there() -> None:
    assert ENTITIES["transport-belt"].number("speed", 9) == 0.03125
    assert ENTITIES["inserter"].joules("energy_per_rotation", 9) == 5000
    assert ENTITIES["radar"].watts("energy_usage", 9) == 300_000


@pytest.mark.parametrize("method", ["number", "text", "joules", "watts", "vector"])
def test_absent_property_is_refused(method: str) -> None:
    with pytest.raises(PrototypeError, match="'speed' of 'wooden-chest' is") as caught:
        getattr(ENTITIES["wooden-chest"], method)("speed")
    assert caught.value.code == "no-such-property"
    assert caught.value.details == {"name": "wooden-chest", "property": "speed"}


@pytest.mark.parametrize(
    ("entity", "method", "key"),
    [
        ("rocket-silo", "number", "fixed_recipe"),
        ("transport-belt", "text", "speed"),
        ("transport-belt", "vector", "speed"),
        ("transport-belt", "names", "speed"),
        ("rocket-silo", "names", "fixed_recipe"),
        ("character", "number", "alert_when_damaged"),
    ],
)
def test_property_of_another_type_is_refused(
    entity: str, method: str, key: str
) -> None:
    with pytest.raises(PrototypeError, match=key):
        getattr(ENTITIES[entity], method)(key)
