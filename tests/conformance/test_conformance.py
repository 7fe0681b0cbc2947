"""Every case of ``cases/``, on the embedded simulator; the format is in `case`."""

from collections.abc import Iterator
from typing import Any

import pytest

from fle_marl.errors import LuaApiMissing
from fle_marl.prototypes import FACTORIO_VERSION

from .case import Case, Expectation, read_cases
from .readers import read
from .scene import Scene
from .steps import carry_out

KNOWN_GAPS = (AssertionError, LuaApiMissing)
"""How a case may fail that is known to; anything else is a mistake in the case."""


def parameters() -> Iterator[object]:
    for _, case in read_cases():
        marks = []
        if case.xfail:
            gap = pytest.mark.xfail(strict=True, reason=case.xfail, raises=KNOWN_GAPS)
            marks.append(gap)
        yield pytest.param(case, id=case.id, marks=marks)


def check(scene: Scene, expectation: Expectation) -> None:
    found = read(scene, expectation)
    said = expectation.model_dump_json(exclude_unset=True)
    assert agrees(found, expectation), f"tick {scene.world.tick}: {found!r}, not {said}"


def agrees(found: Any, expectation: Expectation) -> bool:
    if "equals" not in expectation.model_fields_set:
        least, most = expectation.at_least, expectation.at_most
        return (least is None or found >= least) and (most is None or found <= most)
    equals = expectation.equals
    if isinstance(equals, tuple):
        equals = list(equals)
    words = equals[0] if isinstance(equals, list) and equals else equals
    if words is None or isinstance(words, str | bool):
        return found == equals
    return found == pytest.approx(equals, rel=0, abs=expectation.tolerance)


@pytest.mark.parametrize("case", list(parameters()))
def test_case(case: Case) -> None:
    assert case.factorio == FACTORIO_VERSION
    scene = Scene()
    for part in case.parts:
        for step in part.do:
            carry_out(scene, step)
        scene.advance(part.wait_ticks)
        for expectation in part.expect:
            check(scene, expectation)
