"""Forces that scripts make, and who is whose friend."""

import json

import pytest

from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.saves import load_world, save_world

RED = "red = game.create_force('red')"


def test_scripts_make_forces(run, plain):
    run(RED)
    assert run("return red.name, red.index, red.valid") == ("red", 4, True)
    assert run("return game.forces.red == red and game.forces[4] == red")
    assert plain("""
    local names = {}
    for name in pairs(game.forces) do table.insert(names, name) end
    return names
    """) == ["enemy", "neutral", "player", "red"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("game.create_force('')", "can't be empty"),
        ("game.create_force('player')", "already exists"),
        ("game.create_force(5)", "string expected"),
        ("for n = 1, 13 do game.create_force('f' .. n) end", "at most 15 forces"),
        ("game.merge_forces('enemy', 'player')", "can't be merged"),
        ("game.merge_forces('red', 'red')", "with itself"),
        ("game.forces.player.is_friend('blue')", "Unknown force"),
        ("game.forces.player.set_friend('red', 1)", "boolean expected"),
        ("game.forces.player.get_spawn_position('moon')", "Unknown surface"),
        ("game.forces.player.custom_color = 'red'", "Invalid Color"),
    ],
)
def test_refusals(run, refusal, source, words):
    run(RED)
    assert words in refusal(source)


def test_entities_belong_to_them(run, plain):
    run(
        f"{RED} for x = 0, 2 do surface.create_entity{{"
        "name='iron-chest', position={x, 0}, force=red} end"
    )
    run("surface.create_entity{name='iron-chest', position={9, 0}, force='player'}")
    found = "surface.count_entities_filtered{force='red'}"
    assert run(f"return red.get_entity_count('iron-chest'), {found}") == (3, 3)
    chest = "surface.find_entities_filtered{force=red}[1]"
    assert run(f"return {chest}.force.name, {chest}.force_index") == ("red", 4)


def test_friends_and_enemies(run):
    run(f"{RED} me = game.forces.player")
    relations = "return me.is_friend(red), me.is_enemy(red), me.get_friend(red)"
    assert run(relations) == (False, True, False)
    run("me.set_cease_fire(red, true)")
    assert run("return me.get_cease_fire('red'), me.is_enemy(4)") == (True, False)
    assert run("return red.is_enemy(me)")  # each says for itself
    run("me.set_friend(red, true)")
    assert run(relations) == (True, False, True)
    assert run("return me.is_friend(me), me.is_enemy('neutral')") == (True, False)


def test_merging_gives_everything_to_the_other(run, plain):
    run(f"""{RED} told = {{}}
    local names = {{'on_force_created', 'on_forces_merging', 'on_forces_merged'}}
    for _, name in pairs(names) do
      script.on_event(defines.events[name], function(event)
        table.insert(told, {{name, event.source_name or event.source
          and event.source.name or event.force.name}})
      end)
    end
    blue = game.create_force('blue')
    red.set_friend('blue', true)
    chest = surface.create_entity{{name='iron-chest', position={{0, 0}}, force='blue'}}
    chest.order_deconstruction('blue')
    game.merge_forces('blue', red)
    """)
    assert plain("return told") == [
        ["on_force_created", "blue"],
        ["on_forces_merging", "blue"],
        ["on_forces_merged", "blue"],
    ]
    assert run("return chest.force == red, blue.valid") == (True, False)
    assert run("return chest.is_registered_for_deconstruction(red)")
    assert run("return game.forces.blue") is None
    assert not run("return red.get_friend(game.create_force('blue'))")


def test_what_is_noted_of_a_force_is_saved(api, run):
    run(f"""{RED}
    red.friendly_fire = false
    red.set_spawn_position({{5, 6.5}}, 'nauvis')
    red.custom_color = {{r=255, g=0, b=51}}
    red.set_hand_crafting_disabled_for_recipe('iron-chest', true)
    red.set_cease_fire('player', true)
    """)
    twin = LuaApi(load_world(save_world(api.world)), {})
    twin.load_scripts(json.loads(json.dumps(api.save_scripts())))
    assert twin.plain(
        twin.execute("""
    local red = game.forces.red
    local at = red.get_spawn_position(1)
    return {red.friendly_fire, at.x, at.y, red.color.b, red.custom_color.a,
      red.get_hand_crafting_disabled_for_recipe('iron-chest'),
      red.is_enemy('player'), game.forces.player.color.r}
    """)
    ) == [False, 5, 6.5, 0.2, 1, True, False, 1]
