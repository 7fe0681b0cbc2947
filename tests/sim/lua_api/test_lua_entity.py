"""LuaEntity: what scripts forbid, and corpses of characters."""

import pytest

BUILD = """
    function build(name, x)
      return surface.create_entity{
        name = name, position = {x or 0.5, 0.5}, force = "player",
      }
    end
"""


@pytest.fixture(autouse=True)
def _build(run):
    run(BUILD)


@pytest.mark.parametrize(
    ("name", "minable", "destructible", "operable", "rotatable"),
    [
        ("wooden-chest", True, True, True, False),
        ("inserter", True, True, True, True),
        ("iron-ore", True, False, True, False),
        ("character", False, True, True, False),
        ("character-corpse", True, False, True, False),
    ],
)
def test_from_the_start(run, name, minable, destructible, operable, rotatable):
    run(f"it = build('{name}')")
    source = "return it.minable, it.destructible, it.operable, it.rotatable"
    assert run(source) == (minable, destructible, operable, rotatable)


@pytest.mark.parametrize("member", ["minable", "destructible", "operable", "rotatable"])
def test_each_is_set_by_itself(run, refusal, member):
    run(f"it = build('inserter') it.{member} = false")
    members = ("minable", "destructible", "operable", "rotatable")
    source = "return " + ", ".join(f"it.{each}" for each in members)
    assert run(source) == tuple(each != member for each in members)
    run(f"it.{member} = true")
    assert run(source) == (True,) * len(members)
    assert f"'{member}' (boolean expected, got number)" in refusal(f"it.{member} = 1")


def test_what_is_not_destructible(run):
    run("it = build('wooden-chest') it.destructible = false")
    assert run("return it.damage(1000, 'enemy'), it.health") == (0, 100)
    assert run("return it.die(), it.valid") == (False, True)
    run("it.destructible = true")
    assert run("return it.die(), it.valid") == (True, False)


def test_what_has_no_health_is_never_destructible(run):
    run("it = build('iron-ore') it.destructible = true")
    assert run("return it.destructible, it.die(), it.valid") == (False, False, True)


def test_what_is_not_minable(run):
    run(
        """it = build('wooden-chest') it.minable = false
        someone = build('character', 3)
        someone.mining_state = {mining = true, position = it.position}"""
    )
    assert run("return someone.mine_entity(it), it.mine{}") == (False, False)
    assert run("return someone.mining_state.mining, it.valid") == (False, True)
    assert run("return it.mine{ignore_minable = true}, it.valid") == (True, False)


def test_what_is_not_rotatable(run):
    run("it = build('inserter') it.rotatable = false")
    assert run("return it.rotate(), it.direction") == (False, 0)
    # scripts turn it all the same
    run("it.direction = 2")
    assert run("return it.direction") == 2


# --- corpses


CORPSE = """
    someone = build('character')
    someone.insert{name = 'coal', count = 5}
    someone.die()
    corpse = surface.find_entities_filtered{name = 'character-corpse'}[1]
    script.on_event(defines.events.on_character_corpse_expired, function(event)
      expired, count = event.tick, event.corpse.get_item_count('coal')
    end)
"""


def test_corpses_tell_when_their_time_is_over(api, run, go_on):
    go_on(3)
    run(CORPSE)
    assert run("return corpse.character_corpse_tick_of_death") == 3
    assert api.events.ticks_until_next(10**6) == 54_000
    api.world.clock["tick"] += 53_999
    go_on(1)
    assert run("return expired, count, corpse.valid") == (54_003, 5, True)
    go_on(1)
    assert run("return expired, corpse.valid") == (54_003, False)


def test_empty_corpses_go(run, go_on):
    run(CORPSE)
    run("corpse.get_inventory(defines.inventory.character_corpse).remove('coal')")
    go_on(5)
    assert run("return corpse.valid, expired") == (True, None)
    run("corpse.get_inventory(defines.inventory.character_corpse).clear()")
    go_on(2)
    assert run("return corpse.valid, expired, count") == (False, 6, 0)


def test_only_corpses_have_a_tick_of_death(run, refusal):
    run("it = build('wooden-chest')")
    message = refusal("return it.character_corpse_tick_of_death")
    assert "not the corpse of a character" in message
    run(CORPSE)
    run("corpse.character_corpse_tick_of_death = 12")
    assert run("return corpse.character_corpse_tick_of_death") == 12


# --- picking up and repairing


def test_picking_state(run, go_on):
    run("someone = build('character')")
    run("surface.spill_item_stack({0.5, 0.5}, {name = 'coal', count = 2})")
    assert run("return someone.picking_state") is False
    run("someone.picking_state = true")
    go_on(1)
    assert run("return someone.picking_state, someone.get_item_count('coal')") == (
        *(True, 2),
    )
    run("someone.picking_state = false")
    assert run("return someone.picking_state") is False


def test_repair_state(run, go_on):
    run(
        """it = build('iron-chest', 3) it.health = 100
        someone = build('character')
        someone.insert('repair-pack')
        someone.repair_state = {repairing = true, position = it.position}"""
    )
    source = "return someone.repair_state.repairing, someone.repair_state.position.x"
    assert run(source) == (True, 3.5)
    go_on(50)
    assert run("return it.health, someone.repair_state.repairing") == (200, False)
    stack = "someone.get_main_inventory()[1]"
    assert run(f"return {stack}.durability") == 250
    run("it.health = 100 someone.update_selected_entity(it.position)")
    run("someone.repair_state = {repairing = true}")
    assert run("return someone.repair_state.repairing") is True
    run("someone.repair_state = {repairing = false}")
    assert run("return someone.repair_state.repairing") is False
