"""Tools' pages are read in parts, and docs/tools.md says the same."""

import importlib.util
import re
from pathlib import Path

import pytest

from fle_marl.lua.client import TOOLS_FOLDER, load_tools
from fle_marl.lua.tool_pages import FREE, load_tool_pages
from fle_marl.lua.types import agent_vocabulary
from fle_marl.testing.driver import Driver

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts/write_tools_page.py"
NOT_CALLED_IN_ITS_EXAMPLE = {"launch_rocket"}
"""For want of a silo whose rocket stands ready."""
CLIENT = '''
from fle_marl.lua.client import Door, tool
@tool
def wave(call: Door, times: int = 1) -> bool:
    """Wave to the others.

    Raises:
        ToolError: `too-tired`.
    """
'''
PAGE = """# wave

```python
wave(times: int = 1) -> bool
```

Waves.

| parameter | meaning |
|---|---|
| `times` | how often |

| error | meaning |
|---|---|
| `too-tired` | it was done before; `sleep` \\| rest |
| `bad-argument` | less than 1 |

Cost: 2 ticks a wave; none at night.

```python
wave(2)
```
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "wave").mkdir()
    (tmp_path / "wave/client.py").write_text(CLIENT)
    (tmp_path / "wave/agent.md").write_text(PAGE)
    return tmp_path


def docs_page() -> str:
    spec = importlib.util.spec_from_file_location("write_tools_page", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script.page()


def test_a_page_is_read_in_parts(folder):
    (page,) = load_tool_pages(folder).values()

    assert page.name == "wave"
    assert page.signature == "wave(times: int = 1) -> bool"
    assert page.purpose == "Wave to the others."
    assert page.cost == "2 ticks a wave; none at night"
    assert not page.is_free
    assert page.errors == {
        "too-tired": "it was done before; `sleep` \\| rest",
        "bad-argument": "less than 1",
    }
    assert page.text == PAGE


def test_a_page_without_a_table_has_no_errors(folder):
    (folder / "wave/agent.md").write_text(PAGE.replace("| error |", "| other |"))

    assert not load_tool_pages(folder)["wave"].errors


@pytest.mark.parametrize("part", ["Cost: ", "```python"])
def test_a_page_without_a_part_is_refused_by_name(folder, part):
    (folder / "wave/agent.md").write_text(PAGE.replace(part, ""))

    with pytest.raises(ValueError, match=r"wave/agent\.md has no "):
        load_tool_pages(folder)


def test_there_is_a_page_of_each_tool():
    assert list(load_tool_pages()) == list(load_tools())


@pytest.mark.parametrize("page", load_tool_pages().values(), ids=lambda page: page.name)
def test_what_is_told_of_a_tool_is_a_sentence(page):
    assert re.fullmatch(r"[A-Z].*\.", page.purpose)
    assert page.is_free == (page.cost == FREE)
    # whatever takes time says in what: nothing else may stand for "none"
    assert page.is_free or re.search(r"tick|time|hand", page.cost)


@pytest.mark.parametrize("page", load_tool_pages().values(), ids=lambda page: page.name)
def test_a_call_costs_what_its_page_says(page, server):
    taken = []

    def timed(function):
        def call(*args, **kwargs):
            before = server.tick
            try:
                return function(*args, **kwargs)
            finally:
                taken.append(server.tick - before)

        return call

    tools = Driver(server, 0).functions
    tools[page.name] = timed(tools[page.name])
    example = re.findall(r"```python\n(.*?)```", page.text, re.DOTALL)[-1]
    exec(compile(example, page.name, "exec"), {**agent_vocabulary(), **tools})

    assert taken or page.name in NOT_CALLED_IN_ITS_EXAMPLE
    exact = re.fullmatch(r"(\d+) ticks", page.cost)
    if page.is_free or exact:
        assert set(taken) <= {int(exact[1]) if exact else 0}
    else:
        assert any(taken)


def test_the_page_of_the_docs_is_up_to_date():
    written = (ROOT / "docs/tools.md").read_text(encoding="utf-8")

    assert docs_page() == written, f"run {SCRIPT.relative_to(ROOT)}"


def test_the_page_of_the_docs_has_a_row_for_each_tool_with_a_page():
    rows = re.findall(r"^\| \[(\w+)\]\(\.\./(.*?)\) \|", docs_page(), re.MULTILINE)

    assert [name for name, _ in rows] == list(load_tools())
    for name, path in rows:
        assert (ROOT / path).samefile(TOOLS_FOLDER / name / "agent.md")


def test_the_table_of_the_docs_is_whole():
    lines = [line for line in docs_page().splitlines() if line.startswith("|")]

    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {6}
