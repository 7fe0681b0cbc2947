"""Which Lua a server gets."""

import re
from collections.abc import Iterator
from pathlib import Path

import lupa.lua52 as lupa
import pytest

from fle_marl.lua import bundle

ADMIN = {"observe", "production", "scene", "setup"}


@pytest.fixture
def small_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder like that of the package, with one module of each kind."""
    for name in (
        "admin/setup",
        "runtime/errors",
        "state/stacks",
        "tools/walk/server",
    ):
        path = tmp_path / f"{name}.lua"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("return {}\n")
    monkeypatch.setattr(bundle, "_FOLDER", tmp_path)
    bundle.modules.cache_clear()
    yield tmp_path
    bundle.modules.cache_clear()


def test_modules_have_the_names_that_require_takes(small_bundle: Path) -> None:
    assert list(bundle.modules()) == [
        "admin.setup",
        "runtime.errors",
        "state.stacks",
        "tools.walk.server",
    ]
    assert bundle.tool_names() == ("walk",)
    assert bundle.admin_names() == ("setup",)


def test_the_checksum_covers_names_and_sources(small_bundle: Path) -> None:
    first = bundle.checksum()
    bundle.modules.cache_clear()
    assert bundle.checksum() == first
    (small_bundle / "runtime" / "errors.lua").write_text("return {1}\n")
    bundle.modules.cache_clear()
    second = bundle.checksum()
    (small_bundle / "runtime" / "errors.lua").rename(
        small_bundle / "runtime" / "faults.lua"
    )
    bundle.modules.cache_clear()
    assert len({first, second, bundle.checksum()}) == 3


def test_the_administration_scripts_are_there() -> None:
    assert set(bundle.admin_names()) >= ADMIN


@pytest.mark.parametrize("name", bundle.modules())
def test_a_module_is_lua_5_2(name: str) -> None:
    load = lupa.LuaRuntime().eval("function(text) return select(2, load(text)) end")
    assert load(bundle.modules()[name]) is None


@pytest.mark.parametrize("name", bundle.modules())
def test_a_module_requires_only_what_the_bundle_has(name: str) -> None:
    needed = re.findall(r"require\(\"([\w.]+)\"\)", bundle.modules()[name])
    assert set(needed) <= set(bundle.modules())
