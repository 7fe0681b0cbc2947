"""The examples of FLE's manuals, run as written by programs on this project's tools."""

import sys

import pytest
from conftest import STOCK
from manuals import EXAMPLES, for_our_tools, name_of, preparations, programs

OURS = [for_our_tools(example) for example in EXAMPLES]
SIGNATURES = ("a signature", "to fill in", "types in the place of values")
LEAST_THAT_RUN = 80


def run(our_game, program: str) -> str:
    """What a program that must not fail prints."""
    result = our_game.run(program=program)
    assert result["code"] is None, result["text"]
    return result["text"]


def test_most_examples_run(capsys):
    failing = [each for each in OURS if "fails" in each]
    assert all(each["why"] for each in failing)
    signatures = [each for each in failing if each["why"].endswith(SIGNATURES)]
    run = len(OURS) - len(failing)
    with capsys.disabled():
        sys.stdout.write(
            f" {run} of {len(OURS)} examples run; {len(signatures)} are no programs "
        )
    assert run >= LEAST_THAT_RUN


@pytest.mark.parametrize("example", OURS, ids=name_of)
def test_example(our_game, example):
    our_game.begin(
        carry=example.get("carry", STOCK), researched=example.get("researched", True)
    )
    our_game.lua(code=example.get("lua", ""))
    for part in preparations(example):
        run(our_game, part)
    our_game.lua(code=example.get("then", ""))
    if "fails" in example:
        results = [our_game.run(program=part) for part in programs(example)]
        failure = next(each for each in results if each["code"])
        assert example["fails"] in failure["text"]
        assert failure["line"] is not None
        printed = ""
    else:
        printed = "\n".join(run(our_game, part) for part in programs(example))
    for text in example.get("printed", ()):
        assert text in printed
    for name, count in example.get("built", {}).items():
        assert our_game.built(name=name) == count, name
    for item, count in example.get("carried", {}).items():
        assert our_game.carried(name=item) == count, item
