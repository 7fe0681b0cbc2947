"""docs/peers.md names tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = re.findall(
    r"^\| (?!defect|---)(.+?) \| (`.+`) \|$",
    (ROOT / "docs/peers.md").read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)(?:\[(.+?)\])?`")
MOST_TESTS_OF_A_DEFECT = 2


@cache
def functions_in(path: Path) -> dict[str, bool]:
    """Names of the test functions in a file, and whether they have parameters."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name: any("parametrize" in ast.unparse(d) for d in node.decorator_list)
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def texts_beside(path: Path) -> str:
    """A file of tests, and the tables beside it that it names."""
    own = path.read_text(encoding="utf-8")
    tables = [each for each in path.parent.glob("*.toml") if each.name in own]
    return own + "".join(each.read_text(encoding="utf-8") for each in tables)


def test_no_row_is_overlooked() -> None:
    page = (ROOT / "docs/peers.md").read_text(encoding="utf-8")
    tables = [line for line in page.splitlines() if line.startswith("| ")]
    heads = [line for line in tables if line.startswith("| defect")]
    assert len(heads) > 1
    assert len(ROWS) == len(tables) - len(heads)
    assert len({defect for defect, _ in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("defect", "tests"), ROWS)
def test_each_defect_has_tests_that_exist(defect: str, tests: str) -> None:
    named = NAMED.findall(tests)
    assert len(named) == tests.count("::") <= MOST_TESTS_OF_A_DEFECT
    assert named, defect
    for file, name, title in named:
        path = ROOT / file
        assert path.is_file(), file
        assert name in functions_in(path), f"{file}::{name}"
        if title:
            assert functions_in(path)[name], f"{file}::{name} has no parameters"
            assert f'"{title}"' in texts_beside(path), title
