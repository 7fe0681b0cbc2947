"""LuaTechnology and LuaTechnologyPrototype."""

import pytest

from fle_marl.prototypes import load

FORCE = "game.forces.player"
TECHNOLOGIES = f"{FORCE}.technologies"
ENDLESS = f"{TECHNOLOGIES}['mining-productivity-4']"


@pytest.mark.parametrize(
    "of", [f"{TECHNOLOGIES}", "game.technology_prototypes"], ids=["force", "game"]
)
def test_what_both_have(run, plain, of):
    source = f"""
    local t = {of}["mining-productivity-4"]
    return t.name, t.level, t.enabled, t.upgrade, t.order, t.research_unit_count,
      t.research_unit_count_formula, t.research_unit_energy, t.visible_when_disabled,
      t.valid
    """
    expected = load().technologies["mining-productivity-4"]
    # 2500 * (4 - 3) units of 60 s. Source: prototype
    assert run(source) == (
        "mining-productivity-4",
        4,
        True,
        True,
        expected.order,
        2500,
        "2500*(L - 3)",
        3600,
        False,
        True,
    )
    assert plain(f"return {of}['mining-productivity-4'].effects") == [
        {"type": "mining-drill-productivity-bonus", "modifier": 0.1}
    ]
    ingredients = plain(
        f"return {of}['mining-productivity-4'].research_unit_ingredients"
    )
    assert [part["amount"] for part in ingredients] == [1] * 6


def test_the_prototype(run):
    source = f"""
    local p = {ENDLESS}.prototype
    return p.max_level, p.hidden, p.ignore_tech_cost_multiplier, p.object_name,
      p == game.technology_prototypes[p.name],
      p.prerequisites["space-science-pack"].object_name,
      {ENDLESS}.prerequisites["space-science-pack"].object_name
    """
    assert run(source) == (
        4294967295,
        False,
        False,
        "LuaTechnologyPrototype",
        True,
        "LuaTechnologyPrototype",
        "LuaTechnology",
    )
    automation = "game.technology_prototypes.automation"
    assert run(f"return {automation}.ignore_tech_cost_multiplier") is True
    assert run(f"return {automation}.max_level") == 1
    assert run(f"return {automation}.research_unit_count_formula") is None


def test_levels_can_be_written(run, refusal):
    """LuaTechnology.level: like researching the previous level."""
    state = f"""
    local t = {ENDLESS}
    return t.level, t.research_unit_count, t.researched, t.enabled, t.prototype.level,
      {FORCE}.mining_drill_productivity_bonus
    """
    run(f"{ENDLESS}.enabled = false {ENDLESS}.level = 7")
    assert run(state) == (7, 10_000, False, True, 4, pytest.approx(0.3))
    run(f"{ENDLESS}.level = 5")
    assert run(state) == (5, 5000, False, True, 4, pytest.approx(0.1))
    run(f"{ENDLESS}.researched = true")
    assert run(state) == (6, 7500, False, True, 4, pytest.approx(0.2))
    run(f"{ENDLESS}.level = 4")
    assert run(state) == (4, 2500, False, True, 4, 0)
    assert "is 4 to 600, not 3" in refusal(f"{ENDLESS}.level = 3")
    assert "is 4 to 600, not 601" in refusal(f"{ENDLESS}.level = 601")
    assert "is 1 to 1, not 2" in refusal(f"{TECHNOLOGIES}.automation.level = 2")


def test_unit_counts_end_where_a_uint_does(run):
    technology = f"{TECHNOLOGIES}['artillery-shell-speed-1']"
    run(f"{technology}.level = 600")
    assert run(f"return {technology}.research_unit_count") == 4294967295


def test_writing_a_technology_that_is_researched_back(run):
    level = f"local t = {TECHNOLOGIES}.automation t.researched = true t.level = 1 "
    recipe = f"{FORCE}.recipes['assembling-machine-1'].enabled"
    assert run(f"{level} return t.researched, {recipe}") == (False, False)


def test_what_is_disabled_cannot_be_researched(run):
    automation = f"{TECHNOLOGIES}.automation"
    run(f"{FORCE}.add_research('automation') {automation}.enabled = false")
    assert run(f"return {FORCE}.current_research") is None
    assert run(f"return {FORCE}.add_research('automation')") is False
    run(f"{automation}.visible_when_disabled = true")
    assert run(f"return {automation}.enabled, {automation}.visible_when_disabled") == (
        False,
        True,
    )
    run(f"{automation}.reload()")
    assert run(f"return {automation}.enabled, {automation}.visible_when_disabled") == (
        True,
        False,
    )
