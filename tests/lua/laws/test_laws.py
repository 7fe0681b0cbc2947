"""Whatever agents do side by side with whatever tool, the world keeps its laws.

Items are neither made nor lost but by what the statistics count. A tool that refuses
has done nothing, and one that only looks changes nothing. Nobody moves but by walking,
nor reaches further than the game lets it. A call takes the time that its manual says.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from fle_marl.lua.bundle import tool_names

from .machine import Laws

LAWS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_the_laws_hold():
    Laws.done.clear()
    run_state_machine_as_test(
        Laws, settings=settings(LAWS, max_examples=25, stateful_step_count=40)
    )
    # no tool is only ever refused
    assert set(tool_names()) == Laws.done


@pytest.mark.slow
def test_the_laws_hold_for_long():
    run_state_machine_as_test(
        Laws, settings=settings(LAWS, max_examples=200, stateful_step_count=80)
    )
