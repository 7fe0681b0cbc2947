"""The examples of FLE's manuals, run as written by FLE."""

import re
import sys

import pytest
from agent import ProgramError
from manuals import EXAMPLES, TOOLS, blocks, manual, name_of, preparations, programs

LEAST_THAT_RUN = 67
"""Examples that end without an error; the others are signatures, or need what nobody
has."""


def test_all_examples_are_in_the_table():
    published = {
        (tool, number)
        for tool in ["", *(path.name for path in TOOLS.iterdir())]
        if manual(tool).exists()
        for number in range(len(blocks(tool)))
    }
    listed = [(each["of"], each["number"]) for each in EXAMPLES]
    assert sorted(listed) == sorted(published)


def test_most_examples_run(capsys):
    failing = [each for each in EXAMPLES if "fails" in each]
    assert all(each["why"] for each in failing)
    run = len(EXAMPLES) - len(failing)
    with capsys.disabled():
        sys.stdout.write(f" {run} of {len(EXAMPLES)} examples run ")
    assert run >= LEAST_THAT_RUN


def run(play, agent, example) -> str:
    """What an example and what follows it print, in its scene."""
    for part in preparations(example):
        agent.run(part)
    play.world.run(example.get("then", ""))
    return "\n".join(agent.run(part) for part in programs(example))


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_example(play, agent, example):
    if not example.get("researched", True):
        play.begin(all_technologies_researched=False)
    if "carry" in example:
        play.tools._set_inventory(example["carry"])
    play.world.run(example.get("lua", ""))
    try:
        if "fails" in example:
            with pytest.raises(ProgramError, match=re.escape(example["fails"])):
                run(play, agent, example)
            printed = ""
        else:
            printed = run(play, agent, example)
    finally:
        play.world.run(example.get("undo", ""))
    for text in example.get("printed", ()):
        assert text in printed
    for name, count in example.get("built", {}).items():
        assert len(play.world.entities(name)) == count, name
    for item, count in example.get("carried", {}).items():
        assert play.world.carried(item) == count, item
