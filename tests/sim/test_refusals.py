"""What the simulator refuses, and the page that lists it."""

import importlib.util
from pathlib import Path

import pytest

from fle_marl.errors import NotSimulated
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, entities
from fle_marl.sim.refusals import REFUSED, STANDING
from fle_marl.sim.schedule import system_of_kind
from fle_marl.sim.tables import kind_of
from fle_marl.sim.world import World

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts/write_entities_page.py"
NAMES = [each.name for each in load().entities.values() if each.type in REFUSED]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_refused_comes_into_the_world(name):
    world = World()
    with pytest.raises(NotSimulated, match=repr(name)) as refused:
        create_entity(world, name, 0, 0)
    assert refused.value.code == "not-simulated"
    assert refused.value.details == {
        "name": name,
        "type": load().entities[name].type,
    }
    assert entities(world) == []


def test_types_are_the_games_and_no_type_is_both():
    types = {each.type for each in load().entities.values()}
    assert set(REFUSED) | STANDING <= types
    assert not set(REFUSED) & STANDING


def test_what_has_a_system_is_not_refused():
    for prototype in load().entities.values():
        if prototype.type in REFUSED:
            system = system_of_kind(kind_of(prototype))
            assert system is None or system.name == "simple", prototype.name


def test_the_page_is_up_to_date():
    spec = importlib.util.spec_from_file_location("write_entities_page", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    written = (ROOT / "docs/entities.md").read_text(encoding="utf-8")
    assert script.page() == written, f"run {SCRIPT.relative_to(ROOT)}"
    assert all(f"`{each.name}`" in written for each in load().entities.values())
