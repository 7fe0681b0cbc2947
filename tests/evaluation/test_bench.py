"""The frame of the measurements."""

import pytest

from fle_marl.errors import FleMarlError
from fle_marl.evaluation.bench import describe_groups, group_names, run_groups
from fle_marl.evaluation.rows import Row


def test_groups_are_found_by_their_files_and_say_what_they_measure():
    assert {"env", "package"} <= set(group_names())
    assert all(describe_groups().values())


def test_rows_come_one_by_one_and_all_together():
    seen: list[Row] = []

    rows = run_groups(["package"], seen.append)

    assert rows == seen
    assert [row.name for row in rows] == ["package.import_s", "package.load_tasks_ms"]
    assert rows[0].to_plain() == {
        "name": "package.import_s",
        "value": rows[0].value,
        "unit": "s",
        "better": "lower",
        "target": 0.7,
    }


def test_unknown_group_is_refused_before_anything_is_measured():
    seen: list[Row] = []

    with pytest.raises(FleMarlError) as caught:
        run_groups(["package", "pack"], seen.append)

    assert caught.value.code == "no-such-group"
    assert "package" in caught.value.message
    assert seen == []


@pytest.mark.parametrize(
    ("value", "better", "target", "reaches"),
    [
        (3, "lower", 4, True),
        (4, "lower", 4, True),
        (5, "lower", 4, False),
        (5, "higher", 4, True),
        (3, "higher", 4, False),
        (3, "higher", None, None),
    ],
)
def test_target_is_reached_from_the_better_side(value, better, target, reaches):
    assert Row("a.b", value, "s", better, target).reaches_target is reaches
