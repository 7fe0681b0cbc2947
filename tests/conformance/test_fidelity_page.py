"""docs/fidelity.md says what the cases say."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts/write_fidelity_page.py"


def test_the_page_is_up_to_date():
    spec = importlib.util.spec_from_file_location("write_fidelity_page", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    written = (ROOT / "docs/fidelity.md").read_text(encoding="utf-8")
    assert script.page() == written, f"run {SCRIPT.relative_to(ROOT)}"
