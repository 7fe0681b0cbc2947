"""Events that scripts raise, and the end of entities that they wait for."""

import json

from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.saves import load_world, save_world

LISTEN = """
told = {}
listen = function(event)
  script.on_event(event, function(data) table.insert(told, data) end)
end
"""


def test_scripts_raise_events(run, refusal):
    run(f"""{LISTEN}
    mine = script.generate_event_name()
    listen(mine)
    script.raise_event(mine, {{answer=42, chest=surface}})
    """)
    assert run("return told[1].answer, told[1].chest == surface, told[1].name == mine")
    assert run("return told[1].mod_name, told[1].tick") == ("level", 0)
    assert run("return script.get_event_handler(mine) ~= nil")
    assert run("return script.get_event_handler(mine - 1)") is None
    assert run("return script.level.is_tutorial, script.get_event_order()") == (
        False,
        "level",
    )
    assert "Invalid event" in refusal("script.raise_event(mine + 1, {})")
    assert "table expected" in refusal("script.raise_event(mine, 5)")
    message = refusal("script.raise_event(defines.events.on_tick, {})")
    assert "on_tick cannot be raised by scripts" in message


def test_scripts_tell_what_they_built(run, refusal):
    run(f"""{LISTEN}
    for _, name in pairs{{'built', 'destroy', 'revive', 'set_tiles', 'teleported'}} do
      listen(defines.events['script_raised_' .. name])
    end
    chest = surface.create_entity{{name='iron-chest', position={{0, 0}}}}
    script.raise_script_built{{entity=chest}}
    script.raise_script_destroy{{entity=chest}}
    script.raise_script_revive{{entity=chest, tags={{a=1}}}}
    script.raise_script_set_tiles{{surface_index=1, tiles={{}}}}
    script.raise_script_teleported{{entity=chest, old_position={{3, 4}},
      old_surface_index=1}}
    """)
    assert run("return #told, told[1].entity == chest, told[3].tags.a") == (5, True, 1)
    assert run("return told[4].surface_index, told[5].old_position[2]") == (1, 4)
    assert "LuaEntity" in refusal("script.raise_script_built{entity=5}")


def test_scripts_tell_of_bases(run):
    run(f"""{LISTEN} listen(defines.events.on_biter_base_built)
    chest = surface.create_entity{{name='iron-chest', position={{0, 0}}}}
    script.raise_biter_base_built{{entity=chest}}
    """)
    assert run("return #told, told[1].entity == chest, told[1].mod_name") == (
        1,
        True,
        "level",
    )


def test_mods_do_not_change(run, go_on):
    run("script.on_configuration_changed(function() error('changed') end)")
    go_on(3)
    run("script.on_configuration_changed(nil)")


def test_scripts_are_told_of_the_end(api, run, go_on):
    run(f"""{LISTEN}
    chest = surface.create_entity{{name='iron-chest', position={{0, 0}}}}
    number = script.register_on_entity_destroyed(chest)
    unit_number = chest.unit_number
    """)
    assert run("return script.register_on_entity_destroyed(chest) == number")
    twin = LuaApi(load_world(save_world(api.world)), {})
    twin.load_scripts(json.loads(json.dumps(api.save_scripts())))
    for other in (api, twin):
        other.execute(LISTEN + "listen(defines.events.on_entity_destroyed)")
        other.events.run()
        other.execute("game.surfaces[1].find_entities()[1].destroy()")
        other.events.run()
        other.events.run()
        assert other.execute(
            "return #told, told[1].registration_number, told[1].unit_number"
        ) == (1, 1, run("return unit_number"))


def test_weapons_can_be_made_stronger(run):
    run(
        "force = game.forces.player force.technologies['physical-projectile-damage-1']"
        ".researched = true"
    )
    assert run("return force.get_ammo_damage_modifier('bullet')") == 0.1
    run("force.set_ammo_damage_modifier('bullet', 1)")
    run("force.set_gun_speed_modifier('bullet', 0.5)")
    run("force.set_turret_attack_modifier('gun-turret', 2)")
    assert run(
        "return force.get_ammo_damage_modifier('bullet'),"
        " force.get_gun_speed_modifier('bullet'),"
        " force.get_turret_attack_modifier('gun-turret')"
    ) == (1, 0.5, 2)
    run("force.technologies['physical-projectile-damage-2'].researched = true")
    assert run("return force.get_ammo_damage_modifier('bullet') > 1")


def test_what_characters_say(run, go_on):
    run("me = surface.create_entity{name='character', position={0, 0}, force='player'}")
    assert run("return me.drop_item_distance, me.loot_pickup_distance") == (10, 2)
    assert run("return me.in_combat, me.tick_of_last_attack") == (False, 0)
    go_on(5)
    run("me.damage(10, 'enemy')")
    assert run("return me.in_combat, me.tick_of_last_damage") == (True, 5)
    assert run("return me.get_damage_to_be_taken()") == 0
    run("me.update_selected_entity{0, 0} me.clear_selected_entity()")
    assert run("return me.selected") is None
