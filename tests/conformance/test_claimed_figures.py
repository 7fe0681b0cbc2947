"""Every published figure that the project claims to hold is held by some test."""

import json
from pathlib import Path

import pytest

from .case import read_cases

FOLDER = Path(__file__).parent
CLAIMED = json.loads((FOLDER / "claimed_figures.json").read_text())["figures"]
PROTOTYPES = json.loads((FOLDER / "prototype_figures.json").read_text())["figures"]
HELD = [case.id for _, case in read_cases()] + [each["id"] for each in PROTOTYPES]


@pytest.mark.parametrize("figure", CLAIMED)
def test_a_claimed_figure_is_a_case_or_a_number_of_a_prototype(figure):
    assert figure in HELD


def test_no_figure_stands_twice():
    assert sorted(HELD) == sorted(set(HELD))
    assert sorted(CLAIMED) == sorted(set(CLAIMED))
