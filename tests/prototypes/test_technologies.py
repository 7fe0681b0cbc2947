"""Technologies fit the other tables and can be researched."""

import pytest

from fle_marl.prototypes import INFINITE_LEVEL, load

PROTOTYPES = load()
ITEMS = PROTOTYPES.items
RECIPES = PROTOTYPES.recipes
TECHNOLOGIES = PROTOTYPES.technologies


@pytest.mark.parametrize("name", TECHNOLOGIES)
def test_technology_fits_the_other_tables(name: str) -> None:
    technology = TECHNOLOGIES[name]
    assert all(each in TECHNOLOGIES for each in technology.prerequisites)
    assert all(each.name in ITEMS for each in technology.ingredients)
    assert (technology.unit_count is None) != (technology.unit_count_formula is None)
    assert technology.unit_time_seconds > 0
    assert technology.level <= technology.max_level
    for effect in technology.effects:
        assert effect["type"] != "unlock-recipe" or effect["recipe"] in RECIPES


def test_technologies_can_be_researched_in_some_order() -> None:
    known: set[str] = set()
    while len(known) < len(TECHNOLOGIES):
        reachable = {
            technology.name
            for technology in TECHNOLOGIES.values()
            if known.issuperset(technology.prerequisites)
        }
        assert reachable > known
        known = reachable


def test_every_technology_level_follows_the_one_before() -> None:
    speed = [TECHNOLOGIES[f"mining-productivity-{n}"] for n in range(1, 5)]
    assert [each.level for each in speed] == [1, 2, 3, 4]
    assert speed[3].prerequisites[0] == "mining-productivity-3"
    assert speed[3].max_level == INFINITE_LEVEL
    assert speed[3].unit_count_formula == "2500*(L - 3)"
    assert speed[2].max_level == 3
