"""The manual in both forms: complete, in order, and no longer than it says."""

import itertools
import os
import re
import subprocess
import sys
from enum import Enum

import pytest

from fle_marl.agents.manual import full_manual, most_tokens, short_manual
from fle_marl.errors import ToolError
from fle_marl.lua.tool_pages import load_tool_pages
from fle_marl.lua.types import Prototype, agent_vocabulary

MOST_TOKENS_OF_THE_SHORT_FORM = 8_000
FORMS = {"full": full_manual(), "short": short_manual()}
PAGES = load_tool_pages()
HASH_SEEDS = ("0", "1")
PRINT_BOTH = """
import sys
from fle_marl.agents.manual import full_manual, short_manual
sys.stdout.buffer.write((full_manual() + short_manual()).encode())
"""

both_forms = pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
each_tool = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


def says(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def tables(text: str) -> list[list[str]]:
    blocks = re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE)
    return [block.splitlines() for block in blocks]


def tool_line(page) -> str:
    (line,) = [
        line
        for line in FORMS["short"].splitlines()
        if line.startswith(f"* `{page.name}(") and "->" in line
    ]
    return line


def test_the_short_form_is_short():
    assert most_tokens(FORMS["short"]) <= MOST_TOKENS_OF_THE_SHORT_FORM
    assert most_tokens(FORMS["full"]) > MOST_TOKENS_OF_THE_SHORT_FORM


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("a", 1), ("abcde", 2)])
def test_tokens_are_rounded_up(text, tokens):
    assert most_tokens(text) == tokens


def test_the_bound_of_tokens_is_above_the_number_of_words():
    # a tokenizer has at least one token for each word and each run of signs
    for text in FORMS.values():
        assert most_tokens(text) > len(re.findall(r"\w+|[^\w\s]+", text))


@each_tool
def test_the_full_form_holds_the_page_of_each_tool(page):
    assert f"\n### {page.name}\n" in FORMS["full"]
    assert page.text.partition("\n")[2].strip() in FORMS["full"]


@each_tool
def test_the_short_form_says_how_each_tool_is_called_and_what_it_costs(page):
    line = tool_line(page)

    assert f"`{page.signature}`" in line
    assert page.purpose in line
    assert page.is_free == ("Cost: " not in line)
    assert page.is_free or page.cost in line
    for code in set(page.errors) - {"bad-argument"}:
        assert says(line, code)


@pytest.mark.parametrize("name", agent_vocabulary())
def test_the_full_form_names_everything_that_programs_find(name):
    assert says(FORMS["full"], name)


@pytest.mark.parametrize("member", Prototype, ids=lambda member: member.name)
def test_the_full_form_tells_each_prototype_with_its_name_in_the_game(member):
    assert (
        f'{member.name} = ("{member.prototype_name}"'.replace('"', "'")
        in (FORMS["full"])
    )


@pytest.mark.parametrize("name", ["Prototype", "EntityStatus", "Resource", "Direction"])
def test_the_short_form_names_every_member_that_programs_need(name):
    (line,) = [
        line
        for line in FORMS["short"].splitlines()
        if line.startswith(f"* `{name}(Enum)`: ")
    ]

    assert line.partition(": ")[2].split(", ") == [
        *agent_vocabulary()[name].__members__
    ]


@both_forms
def test_every_type_is_there_with_its_own_fields(text):
    types = {
        value
        for value in agent_vocabulary().values()
        if isinstance(value, type) and value.__module__.startswith("fle_marl")
    }
    for kind in types - {ToolError}:
        assert says(text, kind.__name__)
        if not issubclass(kind, Enum):
            fields = vars(kind).get("__annotations__", {})
            assert [name for name in fields if not says(text, name)] == []


@both_forms
@pytest.mark.parametrize(
    "words",
    [
        "tick-budget-spent",
        "36,000 ticks",
        "within 10 tiles",
        "within 2.7",
        "4,000 characters",
        "at most 100 in a step",
        "10 s of processor time",
        "`collections.abc`",
        "`ToolError`",
        "`code`",
        "`details`",
        "`print`",
        "read_messages()",
    ],
)
def test_both_forms_tell_the_rules(text, words):
    assert words in text


@both_forms
def test_no_placeholder_is_left_and_nothing_of_the_house_is_told(text):
    assert re.findall(r"\$\w+|<[\w.]+ object|fle_marl", text) == []


@both_forms
def test_tables_are_whole(text):
    for table in tables(text):
        assert re.fullmatch(r"\|(?:-+:?\|)+", table[1].replace(" ", ""))
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table}) == 1
    assert text.count("```") % 2 == 0


def test_tables_of_the_full_form_were_looked_at():
    assert len(tables(FORMS["full"])) > len(PAGES)


@both_forms
def test_headings_go_down_by_one(text):
    outside = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    depths = [len(marks) for marks in re.findall(r"^(#+) ", outside, re.MULTILINE)]

    assert depths[0] == 1
    assert depths.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(depths))


def test_stubs_are_python():
    (block,) = re.findall(r"## Types\n\n```python\n(.*?)```", FORMS["full"], re.DOTALL)

    compile(block, "<types>", "exec")


def test_every_process_writes_the_same():
    texts = [
        subprocess.run(
            [sys.executable, "-c", PRINT_BOTH],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout.decode()
        for seed in HASH_SEEDS
    ]

    assert set(texts) == {FORMS["full"] + FORMS["short"]}
