"""The research queue: what may be in it, and what comes next."""

from collections.abc import Callable

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.force import set_researched
from fle_marl.sim.actions.research import (
    add_research,
    cancel_current_research,
    finish_research,
    queued_research,
    set_queue_enabled,
    set_research_enabled,
    set_research_progress,
    set_research_queue,
    settle_queue,
)
from fle_marl.sim.components import FORCE_PLAYER, MAXIMUM_QUEUED_RESEARCH
from fle_marl.sim.world import World

TECHNOLOGIES = load().technologies


def names(world: World) -> list[str]:
    return [technology.name for technology in queued_research(world)]


def force(world: World, field: str) -> float:
    return float(world.tables["force"][field][FORCE_PLAYER])


@pytest.fixture
def world(flat_world: Callable[..., World]) -> World:
    """With the queue switched on."""
    made = flat_world()
    set_queue_enabled(made, is_enabled=True)
    return made


def test_the_queue_is_off_at_the_start(flat_world: Callable[..., World]) -> None:
    """Prototype API, DifficultySettings.research_queue_setting: after-victory."""
    world = flat_world()
    assert add_research(world, TECHNOLOGIES["automation"])
    assert add_research(world, TECHNOLOGIES["optics"])
    assert names(world) == ["optics"]
    assert not add_research(world, TECHNOLOGIES["electronics"])
    assert names(world) == ["optics"]


def test_the_queue_is_in_the_order_of_asking(world: World) -> None:
    for name in ("automation", "optics", "electronics"):
        assert add_research(world, TECHNOLOGIES[name])
    assert names(world) == ["automation", "optics", "electronics"]
    # 10 units of automation. Source: prototype
    assert force(world, "research_unit_count") == 10


def test_nothing_is_queued_twice_or_before_what_it_needs(world: World) -> None:
    assert add_research(world, TECHNOLOGIES["automation"])
    assert not add_research(world, TECHNOLOGIES["automation"])
    assert not add_research(world, TECHNOLOGIES["fast-inserter"])
    set_research_queue(world, [TECHNOLOGIES["electronics"], TECHNOLOGIES["automation"]])
    assert names(world) == ["automation"]


def test_the_queue_ends_where_it_is_full(world: World) -> None:
    first = [each for each in TECHNOLOGIES.values() if not each.prerequisites]
    assert len(first) == MAXIMUM_QUEUED_RESEARCH + 1
    set_research_queue(world, first)
    assert len(names(world)) == MAXIMUM_QUEUED_RESEARCH


def test_what_is_finished_makes_way_for_the_next(world: World) -> None:
    set_research_queue(world, [TECHNOLOGIES[n] for n in ("automation", "electronics")])
    set_research_progress(world, 0.25)
    set_research_progress(world, 1.0)
    assert names(world) == ["electronics"]
    assert force(world, "previous_research") == TECHNOLOGIES["automation"].id
    assert force(world, "research_unit_count") == 30
    assert not force(world, "is_research_done")
    finish_research(world)
    assert names(world) == []
    assert force(world, "research_unit_count") == 0


def test_what_depends_on_a_cancelled_research_goes(world: World) -> None:
    wanted = ("automation", "electronics", "fast-inserter", "optics")
    set_research_queue(world, [TECHNOLOGIES[name] for name in wanted])
    cancel_current_research(world)
    assert names(world) == ["optics"]
    cancel_current_research(world)
    cancel_current_research(world)
    assert names(world) == []


def test_what_a_script_researches_leaves_the_queue(world: World) -> None:
    set_research_queue(world, [TECHNOLOGIES[n] for n in ("automation", "electronics")])
    set_researched(world, TECHNOLOGIES["automation"], is_researched=True)
    settle_queue(world)
    assert names(world) == ["electronics"]
    set_researched(world, TECHNOLOGIES["automation"], is_researched=False)
    settle_queue(world)
    assert names(world) == []


def test_without_the_queue_only_the_current_research_goes_on(world: World) -> None:
    set_research_queue(world, [TECHNOLOGIES[n] for n in ("optics", "automation")])
    set_queue_enabled(world, is_enabled=False)
    assert names(world) == ["optics"]


def test_research_can_be_forbidden(world: World) -> None:
    """LuaForce.disable_research."""
    add_research(world, TECHNOLOGIES["automation"])
    set_research_enabled(world, is_enabled=False)
    assert names(world) == []
    assert not add_research(world, TECHNOLOGIES["automation"])
    set_research_enabled(world, is_enabled=True)
    assert add_research(world, TECHNOLOGIES["automation"])


def test_one_without_an_end_has_a_next_level(world: World) -> None:
    endless = TECHNOLOGIES["mining-productivity-4"]
    for name in endless.prerequisites:
        set_researched(world, TECHNOLOGIES[name], is_researched=True)
    assert add_research(world, endless)
    # 2500 * (L - 3). Source: prototype
    for units in (2500, 5000, 7500):
        assert force(world, "research_unit_count") == units
        finish_research(world)
        assert add_research(world, endless)
    # 0.1 of mining-productivity-3 and three levels of 0.1
    assert force(world, "mining_drill_productivity_bonus") == pytest.approx(0.4)
