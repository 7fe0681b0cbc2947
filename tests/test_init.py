"""The package's door: quick to open, and nothing moves when it is opened."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import fle_marl

PROBE = """
import json, sys, time
began = time.perf_counter()
import fle_marl
print(json.dumps([time.perf_counter() - began, sorted(sys.modules)]))
"""


def test_import_is_quick_and_loads_nothing_heavy():
    output = subprocess.run(
        [sys.executable, "-c", PROBE], check=True, capture_output=True, text=True
    )

    seconds, modules = json.loads(output.stdout)

    assert seconds < 0.7
    assert not {"numpy", "numba", "pettingzoo", "gymnasium", "lupa"} & set(modules)
    assert output.stderr == ""


@pytest.mark.parametrize("name", fle_marl.__all__)
def test_every_public_name_is_there(name):
    assert getattr(fle_marl, name) is not None
    assert name in dir(fle_marl)


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="parallel_environment"):
        fle_marl.parallel_environment  # noqa: B018 - the access is what is tested


def test_version_is_the_projects():
    project = Path(__file__).parents[1] / "pyproject.toml"

    version = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]

    assert fle_marl.__version__ == version
