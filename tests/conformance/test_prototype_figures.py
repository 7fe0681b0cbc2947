"""Published figures that are one number of a prototype, held against our tables."""

import json
from pathlib import Path

import pytest

from fle_marl.prototypes import load

FIGURES = json.loads(Path(__file__).with_name("prototype_figures.json").read_text())


@pytest.mark.parametrize("figure", FIGURES["figures"], ids=lambda figure: figure["id"])
def test_the_tables_hold_the_published_figure(figure):
    prototype = load().entities[figure["entity"]]
    if "watts" in figure:
        value = prototype.watts(figure["watts"])
    else:
        value = prototype.number(figure["property"]) * figure.get("times", 1)
    assert value == pytest.approx(figure["equals"], rel=1e-12), figure["source"]


def test_no_figure_stands_twice():
    ids = [figure["id"] for figure in FIGURES["figures"]]
    assert len(ids) == len(set(ids))
