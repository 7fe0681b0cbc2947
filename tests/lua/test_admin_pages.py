"""Administration scripts say what they do, and docs/admin.md says the same."""

import importlib.util
import re
from pathlib import Path

import pytest

from fle_marl.lua.admin_pages import load_admin_pages, read_admin_page
from fle_marl.lua.bundle import admin_names, modules

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts/write_admin_page.py"
SOURCE = """\
-- Waves to all.
--
-- As long as they look.

local wave = {}

---Nobody has to wave back.
---@param arguments table {times = how often,
---  with = which hand}
---@return table {waved = how
---  often}
---It takes no time.
---Refuses with: too-tired,
---  bad-argument
function wave.run(arguments)
  return {}
end
"""
CODES_OF_CHECKS = {"bad-argument", "no-such-prototype", "not-carried"}


def docs_page():
    spec = importlib.util.spec_from_file_location("write_admin_page", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script.page()


def test_a_page_is_read_in_parts():
    page = read_admin_page("wave", SOURCE)

    assert page.purpose == "Waves to all."
    assert page.notes == (
        "As long as they look.\n\nNobody has to wave back. It takes no time."
    )
    assert page.arguments == "{times = how often, with = which hand}"
    assert page.result == "table {waved = how often}"
    assert page.codes == ("too-tired", "bad-argument")


@pytest.mark.parametrize("part", ["-- Waves to all.\n--\n-- As", "---@return", "---"])
def test_a_script_that_says_too_little_is_refused_by_name(part):
    with pytest.raises(ValueError, match=r"admin/wave\.lua"):
        read_admin_page("wave", SOURCE.replace(part, "local as = "))


def test_there_is_a_page_of_each_script():
    assert tuple(load_admin_pages()) == admin_names()


@pytest.mark.parametrize(
    "page", load_admin_pages().values(), ids=lambda page: page.name
)
def test_a_script_names_its_codes_and_they_are_told(page):
    raised = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', modules()[f"admin.{page.name}"]))
    told = set(page.codes)
    assert page.purpose.endswith(".")
    assert {
        code for code in told if not re.fullmatch(r"[a-z]+(-[a-z]+)+", code)
    } == set()
    everywhere = " ".join(modules().values())
    assert all(f'"{code}"' in everywhere for code in told), told
    assert raised & {"no-such-request", "nothing-built", "inventory-full"} <= told


def test_the_page_of_the_docs_is_up_to_date():
    written = (ROOT / "docs/admin.md").read_text(encoding="utf-8")

    assert docs_page() == written, f"run {SCRIPT.relative_to(ROOT)}"


def test_the_page_of_the_docs_names_each_script():
    rows = re.findall(r"^\| \[(\w+)\]\(#(\w+)\) \|", docs_page(), re.MULTILINE)

    assert rows == [(name, name) for name in admin_names()]
    assert all(f"\n### {name}\n" in docs_page() for name in admin_names())


def test_the_readme_leads_there():
    assert "docs/admin.md" in (ROOT / "README.md").read_text(encoding="utf-8")
