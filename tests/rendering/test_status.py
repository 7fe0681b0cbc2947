"""Why machines stand still."""

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.rendering import status
from fle_marl.rendering.scene import Entity


def machine(name, kind="furnace"):
    return Entity("thing", kind, 0, 0, status=name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("no_power", "no power"),
        ("low_power", "no power"),
        ("no_fuel", "no fuel"),
        ("full_output", "output full"),
        ("waiting_for_space_in_destination", "output full"),
        ("item_ingredient_shortage", "no ingredients"),
        ("no_minable_resources", "nothing to do"),
        ("disabled_by_script", "switched off"),
    ],
)
def test_statuses_are_gathered_into_kinds(name, kind):
    assert status.trouble_of(machine(name)).name == kind


@pytest.mark.parametrize("name", ["working", "normal", "fully_charged", "unheard_of"])
def test_work_is_no_trouble(name):
    assert status.trouble_of(machine(name)) is None


def test_an_inserter_that_waits_its_turn_is_no_trouble():
    waiting = machine("waiting_for_source_items", "inserter")
    assert status.trouble_of(waiting) is None
    assert status.trouble_of(machine("no_power", "inserter")) is status.NO_POWER


def test_every_status_in_the_table_is_one_of_the_game():
    names = {one.name.lower() for one in EntityStatus}
    assert set(status._TROUBLES) <= names | {"full_burnt_result_output"}


def test_kinds_differ_in_colour_and_sign():
    kinds = set(status._TROUBLES.values())
    assert len({kind.colour for kind in kinds}) == len(kinds)
    assert len({kind.sign for kind in kinds}) == len(kinds)
