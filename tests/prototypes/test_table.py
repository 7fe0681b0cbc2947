"""Tables of prototypes by name and by number."""

import pickle
from dataclasses import FrozenInstanceError

import pytest

from fle_marl.errors import PrototypeError
from fle_marl.prototypes import PrototypeTable, load

KINDS = {
    "item": load().items,
    "fluid": load().fluids,
    "recipe": load().recipes,
    "entity": load().entities,
    "technology": load().technologies,
    "tile": load().tiles,
}

every_kind = pytest.mark.parametrize("kind", KINDS)


@every_kind
def test_numbers_run_from_one_in_the_order_of_names(kind: str) -> None:
    table: PrototypeTable = KINDS[kind]
    assert list(table) == sorted(table)
    assert [each.id for each in table.values()] == list(range(1, len(table) + 1))
    assert all(table.by_id(each.id) is each for each in table.values())
    assert all(table[name].name == name for name in table)


@every_kind
def test_unknown_name_is_refused_with_the_code_of_the_kind(kind: str) -> None:
    with pytest.raises(PrototypeError, match="there is no") as caught:
        KINDS[kind]["no such thing at all"]
    assert caught.value.code == f"no-such-{kind}"
    assert caught.value.details == {"name": "no such thing at all", "similar": []}


@every_kind
@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_unknown_number_is_refused_with_the_code_of_the_kind(
    kind: str, beyond: int
) -> None:
    table = KINDS[kind]
    number = beyond if beyond < 1 else len(table) + 1
    with pytest.raises(
        PrototypeError, match=f"numbers are 1 to {len(table)}"
    ) as caught:
        table.by_id(number)
    assert caught.value.code == f"no-such-{kind}"


def test_message_names_what_was_probably_meant() -> None:
    with pytest.raises(PrototypeError, match="did you mean 'iron-plate'") as caught:
        load().items["iron_plate"]
    assert "iron-plate" in caught.value.details["similar"]


def test_asking_whether_a_name_exists_raises_nothing() -> None:
    items = load().items
    assert "coal" in items
    assert "no-coal" not in items
    assert items.get("coal") is items["coal"]
    assert items.get("no-coal") is None
    assert items.get("no-coal", items["coal"]) is items["coal"]


def test_load_gives_the_same_object_each_time() -> None:
    assert load() is load()
    assert load().items is load().items


@every_kind
def test_prototypes_cannot_be_changed(kind: str) -> None:
    prototype = KINDS[kind].by_id(1)
    with pytest.raises(FrozenInstanceError):
        prototype.name = "other"


@every_kind
def test_prototypes_can_be_pickled(kind: str) -> None:
    prototype = KINDS[kind].by_id(1)
    copy = pickle.loads(pickle.dumps(prototype))
    assert copy.name == prototype.name
    assert copy.properties == prototype.properties
