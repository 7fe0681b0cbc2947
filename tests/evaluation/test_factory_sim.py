"""The measurement beside factory-sim."""

import importlib.util

import pytest

from fle_marl.evaluation.benchmarks import factory_sim
from fle_marl.prototypes import load
from fle_marl.sim.engine import advance


def test_there_is_no_row_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert list(factory_sim.measure()) == []


def test_the_row_is_our_speed_over_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(factory_sim, "ticks_per_second", lambda lines: (300.0, 200.0))
    (row,) = factory_sim.measure()
    assert (row.name, row.value, row.better) == ("sim.vs_factory_sim", 1.5, "higher")


def test_both_make_as_many_plates() -> None:
    fsim = pytest.importorskip("fsim", reason="needs the extra 'oracle'")
    world, sim = factory_sim.build_world(2), factory_sim.build_simulator(2)
    advance(world, 1_200)
    fsim.lib.fsim_advance(sim.env, 1_200)
    made = world.tables["item_flow"]["produced"][load().items["iron-plate"].id]
    assert made == sim.env.produced[fsim.ITEM_IDS["iron-plate"]] == 2 * 3
