"""Published figures that are one number of a prototype, held against our tables.

A figure names a table of `fle_marl.prototypes`, a prototype, and either a ``path`` of
attributes, properties and places in lists, or ``watts``, a property that is a power.
"""

import json
from pathlib import Path

import pytest

from fle_marl.prototypes import load

FIGURES = json.loads(Path(__file__).with_name("prototype_figures.json").read_text())


def value_at(prototype, path):
    value = prototype
    for key in path.split("."):
        if isinstance(value, list | tuple):
            value = value[int(key)]
        elif isinstance(value, dict):
            value = value[key]
        else:
            value = getattr(value, key, None) or value.properties[key]
    return value


@pytest.mark.parametrize("figure", FIGURES["figures"], ids=lambda figure: figure["id"])
def test_the_tables_hold_the_published_figure(figure):
    prototype = getattr(load(), figure["table"])[figure["name"]]
    if "watts" in figure:
        value = prototype.watts(figure["watts"])
    else:
        value = value_at(prototype, figure["path"])
    if isinstance(figure["equals"], str):
        assert value == figure["equals"], figure["source"]
    else:
        value *= figure.get("times", 1)
        assert value == pytest.approx(figure["equals"], rel=1e-12), figure["source"]
