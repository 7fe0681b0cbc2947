"""Random programs of four agents leave one world sound, with every item accounted for.

``make fuzz-programs PROGRAMS=10000 SEED=1`` runs many more.
"""

import os
import sys

import pytest

from .fuzzing.campaign import Campaign, new_world

SEED = int(os.environ.get("FLE_MARL_FUZZ_SEED", "1"))
PROGRAMS = int(os.environ.get("FLE_MARL_FUZZ_PROGRAMS", "10000"))
STEPS_A_WORLD = 50
STEPS_A_PROCESS = 10


@pytest.fixture(scope="module")
def world():
    return new_world()


def play(world, seed, steps, endless=3):
    campaign = Campaign(*world, seed=seed, endless=endless)
    try:
        for number in range(1, steps + 1):
            campaign.step()
            campaign.check_world()
            if number % STEPS_A_PROCESS == 0:
                campaign.carry_over()
    finally:
        campaign.end()
    return campaign


def test_a_few_programs_twice(world):
    first = play(world, 1, steps=4, endless=0)
    assert first.findings == []
    assert first.tool_calls > 20
    hash_of_first = first.state_hash()
    assert play(world, 1, steps=4, endless=0).state_hash() == hash_of_first


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_many_programs(world, seed):
    campaign = play(world, seed, steps=STEPS_A_WORLD)
    assert campaign.findings == []
    assert campaign.tool_calls > 500


@pytest.mark.hunt
def test_thousands_of_programs(world):
    findings, programs, calls = [], 0, 0
    seed = SEED
    while programs < PROGRAMS:
        campaign = play(world, seed, STEPS_A_WORLD)
        findings += [f"seed {seed}, {finding}" for finding in campaign.findings]
        programs += campaign.programs
        calls += campaign.tool_calls
        sys.stderr.write(
            f"seed {seed}: {campaign.programs} programs, {campaign.tool_calls} calls, "
            f"{len(campaign.findings)} findings, {dict(campaign.ends)}\n"
        )
        for finding in campaign.findings:
            sys.stderr.write(f"  {finding}\n")
        seed += 1
    assert programs >= PROGRAMS
    assert findings == []
