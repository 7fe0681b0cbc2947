"""The examples of FLE's manuals, read from the installed package and run as written.

`documentation.toml` says what each needs and what comes of it.
"""

import re
import sys
import tomllib
from pathlib import Path

import fle.env.tools
import pytest
from agent import ProgramError

MANUALS = Path(fle.env.tools.__file__).parent
BLOCK = re.compile(r"^```python[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
TABLE = tomllib.loads(
    Path(__file__).with_name("documentation.toml").read_text(encoding="utf-8")
)
LEAST_THAT_RUN = 67
"""Examples that end without an error; the others are signatures, or need what nobody
has."""


def manual(tool: str) -> Path:
    return MANUALS / "agent" / tool / "agent.md" if tool else MANUALS / "agent.md"


def examples(tool: str) -> list[str]:
    """All blocks of code in the manual of a tool, or in that of all tools."""
    return BLOCK.findall(manual(tool).read_text(encoding="utf-8"))


def test_all_examples_are_in_the_table():
    published = {
        (tool, number)
        for tool in ["", *(path.name for path in (MANUALS / "agent").iterdir())]
        if manual(tool).exists()
        for number in range(len(examples(tool)))
    }
    listed = [(each["of"], each["number"]) for each in TABLE["example"]]
    assert sorted(listed) == sorted(published)


def test_most_examples_run(capsys):
    failing = [each for each in TABLE["example"] if "fails" in each]
    assert all(each["why"] for each in failing)
    run = len(TABLE["example"]) - len(failing)
    with capsys.disabled():
        sys.stdout.write(f" {run} of {len(TABLE['example'])} examples run ")
    assert run >= LEAST_THAT_RUN


def run(play, agent, example) -> str:
    """What an example and what follows it print, in its scene."""
    parts = [
        *(TABLE["scenes"][name] for name in example.get("scenes", ())),
        example.get("before", ""),
    ]
    for part in parts:
        agent.run(part)
    play.world.run(example.get("then", ""))
    return "\n".join(
        agent.run(part)
        for part in (
            examples(example["of"])[example["number"]],
            example.get("after", ""),
        )
    )


@pytest.mark.parametrize(
    "example",
    TABLE["example"],
    ids=lambda each: f"{each['of'] or 'all'}-{each['number']}",
)
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
