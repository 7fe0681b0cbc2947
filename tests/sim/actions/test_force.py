import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity
from fle_marl.sim.actions.force import inserter_bonus, set_inserter_bonus
from fle_marl.sim.components import FORCE_ENEMY, FORCE_PLAYER
from fle_marl.sim.systems.inserter import set_hand_override


def hand(world, entity: int) -> int:
    row = int(world.entity["component"][entity])
    return int(world.tables["inserter"]["hand_limit"][row])


@pytest.mark.parametrize(
    ("name", "is_stack"),
    [
        ("burner-inserter", False),
        ("filter-inserter", False),
        ("stack-inserter", True),
        ("stack-filter-inserter", True),
    ],
)
def test_each_bonus_is_for_its_own_inserters(flat_world, name, is_stack):
    world = flat_world()
    entity = create_entity(world, name, 128, 128)
    foreign = create_entity(world, name, 640, 128, force=FORCE_ENEMY)
    assert hand(world, entity) == 1
    set_inserter_bonus(world, FORCE_PLAYER, 2, is_stack=is_stack)
    set_inserter_bonus(world, FORCE_PLAYER, 5, is_stack=not is_stack)
    assert inserter_bonus(world, FORCE_PLAYER, is_stack=is_stack) == 2
    assert hand(world, entity) == 3
    assert hand(world, create_entity(world, name, 1152, 128)) == 3
    assert hand(world, foreign) == 1


def test_an_inserter_may_take_less(flat_world):
    world = flat_world()
    entity = create_entity(world, "stack-inserter", 128, 128)
    set_inserter_bonus(world, FORCE_PLAYER, 11, is_stack=True)
    assert hand(world, entity) == 12
    set_hand_override(world, entity, 4)
    assert hand(world, entity) == 4
    # more than the force allows is ignored. Source: runtime API
    set_inserter_bonus(world, FORCE_PLAYER, 1, is_stack=True)
    assert hand(world, entity) == 2
    set_inserter_bonus(world, FORCE_PLAYER, 11, is_stack=True)
    assert hand(world, entity) == 4
    set_hand_override(world, entity, 0)
    assert hand(world, entity) == 12


def test_all_research_makes_hands_of_3_and_12():
    """Source: wiki.factorio.com/Inserter_capacity_bonus_(research)."""
    bonuses = {"inserter-stack-size-bonus": 0, "stack-inserter-capacity-bonus": 0}
    for technology in load().technologies.values():
        for effect in technology.effects:
            if effect["type"] in bonuses:
                bonuses[effect["type"]] += effect["modifier"]
    assert list(bonuses.values()) == [3 - 1, 12 - 1]
