"""Reading production statistics."""

import pytest

from fle_marl.errors import ServerError
from fle_marl.tasks import Production


def test_empty_tables_may_come_as_lists_and_missing_ones_are_empty():
    production = Production.from_plain({"tick": 5, "produced": [], "crafted": {}})

    assert production == Production(5)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"tick": "5"},
        {"tick": 5, "produced": [1]},
        {"tick": 5, "produced": {"coal": "1"}},
        {"tick": 5, "produced": {"coal": float("nan")}},
        {"tick": 5, "produced": {1: 2}},
    ],
)
def test_unreadable_answer_is_the_servers_fault(answer):
    with pytest.raises(ServerError) as caught:
        Production.from_plain(answer)

    assert caught.value.code == "bad-production"


def test_difference_leaves_out_what_did_not_change():
    earlier = Production(10, {"coal": 5, "stone": 1}, {"coal": 1})
    later = Production(70, {"coal": 9, "stone": 1, "iron-ore": 2.0}, {"coal": 4})

    assert later.since(earlier) == Production(
        60, {"coal": 4, "iron-ore": 2}, {"coal": 3}
    )


def test_automatic_leaves_out_what_hands_made():
    production = Production(
        1, {"coal": 9, "iron-gear-wheel": 3}, {}, {"coal": 4}, {"iron-gear-wheel": 3}
    )

    assert production.automatic("coal") == 5
    assert production.automatic("iron-gear-wheel") == 0
    assert production.automatic("stone") == 0
    assert production.by_hand("coal") == 4
