"""The format of cases refuses what is wrong, and every part of it can be run."""

import copy
import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from .case import (
    KEYS_OF_STEPS,
    Expectation,
    parse_cases,
    readings,
    schema_text,
)
from .readers import READERS
from .steps import BUILDERS

SCHEMA = Path(__file__).with_name("case_schema.json")
CASE = {
    "id": "chest.holds",
    "source": "arithmetic",
    "factorio": "1.1.110",
    "build": [{"name": "wooden-chest", "x": 0, "y": 0, "insert": {"coal": 1}}],
    "wait_ticks": 1,
    "expect": [{"item_count": {"entity": [0, 0], "item": "coal"}, "equals": 1}],
}


def changed(**changes):
    case = copy.deepcopy(CASE)
    for path, value in changes.items():
        *way, last = path.split("__")
        inner = case
        for key in way:
            inner = inner[int(key) if key.isdigit() else key]
        inner[last] = value
    return case


def test_a_file_holds_one_case_or_several():
    assert len(parse_cases(json.dumps(CASE))) == 1
    assert len(parse_cases(json.dumps({"cases": [CASE, CASE]}))) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"sources": "a key that cases do not have"},
        {"source": ""},
        {"wait_ticks": -1},
        {"wait_ticks": "60"},
        {"xfail": ""},
        {"expect": []},
        {"build__0__direktion": "north"},
        {"build__0__direction": "up"},
        {"build__0__insert": {"coal": 0}},
        {"build": [{"nmae": "wooden-chest", "x": 0, "y": 0}]},
        {"build": [{"put": "coal"}]},
        {"build": [{"put": "coal", "entity": [0, 0]}]},
        {"expect__0__equal": 1},
        {"expect__0__produced": "coal"},
        {"expect__0__at_least": 1},
        {"expect": [{"produced": "coal"}]},
        {"expect": [{"equals": 1}]},
        {"then": [{"wait_ticks": 1, "expects": []}]},
    ],
    ids=str,
)
def test_a_typo_is_refused(changes):
    with pytest.raises(ValidationError):
        parse_cases(json.dumps(changed(**changes)))


def test_every_step_and_every_reading_is_carried_out():
    assert set(BUILDERS) == set(KEYS_OF_STEPS)
    assert set(READERS) == readings(Expectation)


def test_the_schema_file_is_up_to_date():
    written = SCHEMA.read_text(encoding="utf-8")
    assert written == schema_text(), "run scripts/write_fidelity_page.py"
