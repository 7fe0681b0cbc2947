"""The throughput task judges one hold-out of exact ticks."""

import pytest

from fle_marl.errors import ServerError
from fle_marl.tasks import Production
from fle_marl.tasks.conditions.open_play import OpenPlayTask
from fle_marl.tasks.conditions.throughput import ThroughputTask

PLATES = ThroughputTask("iron-plate", quota=16, holdout_ticks=3600, settle_ticks=600)


def readings(made: float, harvested: float = 0, crafted: float = 0):
    before = Production(
        7200, {"iron-plate": 100}, {}, {"iron-plate": 3}, {"iron-plate": 2}
    )
    after = Production(
        10800,
        {"iron-plate": 100 + made},
        {},
        {"iron-plate": 3 + harvested},
        {"iron-plate": 2 + crafted},
    )
    return before, after


@pytest.mark.parametrize(
    ("made", "harvested", "crafted", "measured", "success"),
    [
        (0, 0, 0, 0, False),
        (15, 0, 0, 15, False),
        (16, 0, 0, 16, True),
        (17.5, 0, 0, 17.5, True),
        (20, 3, 0, 17, True),
        (20, 3, 2, 15, False),
        (20, 0, 20, 0, False),
    ],
)
def test_only_automatic_production_in_the_holdout_counts(
    made, harvested, crafted, measured, success
):
    verification = PLATES.verify(*readings(made, harvested, crafted))

    assert verification.measured == measured
    assert verification.success is success


def test_it_says_what_it_measured():
    verification = PLATES.verify(*readings(20, crafted=5))

    assert verification.text == (
        "Hold-out of 60 seconds (ticks 7200 to 10800): machines made 15 iron-plate "
        "of the 16 asked for; 5 made by hand do not count."
    )
    assert verification.meta == {
        "iron-plate achieved throughput per 60 seconds": 15,
        "reward_override": 15,
        "quota": 16,
        "holdout_ticks": 3600,
        "from_tick": 7200,
        "to_tick": 10800,
        "made_by_hand": 5,
    }


@pytest.mark.parametrize("ticks", [0, 3599, 3601])
def test_holdout_of_other_length_is_refused(ticks):
    with pytest.raises(ServerError) as caught:
        PLATES.verify(Production(100), Production(100 + ticks))

    assert caught.value.code == "inexact-holdout"
    assert "3600" in caught.value.message


def test_without_a_quota_it_never_succeeds():
    unbounded = ThroughputTask("iron-plate", quota=None, holdout_ticks=3600)

    verification = unbounded.verify(*readings(5000))

    assert verification.success is False
    assert verification.measured == 5000


def test_explanation_names_amount_and_spans():
    text = PLATES.explain()

    for words in ("10 seconds", "60 seconds", "16", "by hand"):
        assert words in text


def test_open_play_never_succeeds_and_measures_nothing():
    verification = OpenPlayTask().verify(*readings(5000))

    assert verification.success is False
    assert verification.measured is None
    assert OpenPlayTask().holdout_ticks == 0
