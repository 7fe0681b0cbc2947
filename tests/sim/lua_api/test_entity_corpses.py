"""Who a corpse was, as scripts say, and what only other corpses have."""

import pytest

from fle_marl.sim.lua_api import LuaApi

CORPSE = """
character = surface.create_entity{name = "character", position = {0, 0}}
character.insert("coal")
character.die()
corpse = surface.find_entities_filtered{name = "character-corpse"}[1]
"""


def test_what_scripts_say_of_a_corpse(api, run, plain):
    run(CORPSE)
    read = "return corpse.character_corpse_player_index, "
    assert run(f"{read} corpse.character_corpse_death_cause") == (0, "")
    run("corpse.character_corpse_player_index = 3")
    run("corpse.character_corpse_death_cause = {'', 'eaten by ', {'entity-name.fish'}}")
    cause = ["", "eaten by ", ["entity-name.fish"]]
    assert plain("return corpse.character_corpse_death_cause") == cause
    again = LuaApi(api.world, {})
    again.load_scripts(api.save_scripts())
    kept = "return game.surfaces[1].find_entities_filtered{type = 'character-corpse'}"
    index, text = "character_corpse_player_index", "character_corpse_death_cause"
    assert again.execute(f"{kept}[1].{index}") == 3
    assert again.plain(again.execute(f"{kept}[1].{text}")) == cause


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("corpse.character_corpse_player_index = -1", "whole number of 0 or more"),
        ("corpse.character_corpse_death_cause = {1}", "Invalid LocalisedString"),
        ("corpse.character_corpse_death_cause = print", "Invalid LocalisedString"),
        ("chest.character_corpse_player_index = 1", "not the corpse of a character"),
        ("return chest.character_corpse_death_cause", "not the corpse of a character"),
        ("return corpse.corpse_expires", "corpse_expires: the entity is not a corpse"),
        ("corpse.corpse_expires = true", "the entity is not a corpse"),
        ("corpse.corpse_expires = 1", "boolean expected, got number"),
        ("return chest.corpse_immune_to_entity_placement", "is not a corpse"),
    ],
)
def test_what_is_refused(run, refusal, act, words):
    run(CORPSE)
    run("chest = surface.create_entity{name = 'iron-chest', position = {9, 9}}")
    assert words in refusal(act)


MADE = """
corpse = surface.create_entity{
  name = "character-corpse", position = {0, 0}, force = "player", inventory_size = %s,
}
inventory = corpse.get_inventory(defines.inventory.character_corpse)
"""


def test_scripts_make_one_with_an_inventory(run, go_on):
    run(MADE % 3)
    assert run("return #inventory") == 3
    run("inventory.insert{name = 'coal', count = 5}")
    go_on(60)
    assert run("return inventory.get_item_count('coal')") == 5
    # once a script has emptied it, it goes as all others do
    run("inventory.clear()")
    go_on(2)
    assert run("return corpse.valid") is False


@pytest.mark.parametrize("size", ["nil", "0"])
def test_scripts_make_one_without_an_inventory(run, size):
    run(MADE % size)
    assert run("return inventory") is None


def test_an_inventory_has_no_more_slots_than_the_game_counts(refusal):
    assert "inventory_size must be 0 to 65535" in refusal(MADE % 65536)
    assert "inventory_size" in refusal(MADE % "'three'")
