"""The spaces of programs and observations."""

import pickle

import numpy as np
import pytest

from fle_marl.envs.spaces import (
    PROGRAM_LENGTH,
    EscapedText,
    program_space,
    record_space,
    state_space,
)

FLE_FIELDS = {
    "raw_text",
    "map_image",
    "entities",
    "inventory",
    "research",
    "game_info",
    "score",
    "flows",
    "task_verification",
    "messages",
    "serialized_functions",
    "task_info",
    "character_positions",
}


def test_record_has_fles_fields_and_no_text_under_observation():
    assert set(record_space()) == FLE_FIELDS


@pytest.mark.parametrize("text", ["", "print('hi')\n\tx", "x" * PROGRAM_LENGTH])
def test_programs_are_contained(text):
    assert program_space().contains(text)


@pytest.mark.parametrize("text", ["snow \u2603", "x" * (PROGRAM_LENGTH + 1), 5, None])
def test_other_things_are_not_contained(text):
    assert not program_space().contains(text)


def test_samples_are_short_contained_and_follow_the_seed():
    one, other = program_space(), program_space()
    one.seed(7)
    other.seed(7)

    samples = [one.sample() for _ in range(20)]

    assert samples == [other.sample() for _ in range(20)]
    assert len(set(samples)) > 1
    assert all(one.contains(sample) and len(sample) <= 64 for sample in samples)


def test_samples_of_an_asked_for_length_and_probability():
    space = EscapedText(500)
    only_a = np.array([c == "a" for c in space.character_list], dtype=np.float64)

    assert len(space.sample(mask=(300, None))) == 300
    assert space.sample(probability=(3, only_a)) == "aaa"


def test_spaces_pickle():
    for space in (record_space(), program_space(), state_space(5)):
        assert pickle.loads(pickle.dumps(space)) == space
