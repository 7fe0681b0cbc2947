"""Areas and positions that scripts name, the day, and what else a surface keeps."""

import json

from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.saves import load_world, save_world


def test_areas_and_positions_are_kept(api, run, plain, refusal):
    run("""
    base = surface.add_script_area{area={{0, 1}, {2, 3}}, name='base', color={1, 0, 0}}
    spot = surface.add_script_position{position={5, 6}, name='base', color={}}
    surface.edit_script_area(base, {area={{0, 1}, {4, 3}}})
    """)
    twin = LuaApi(load_world(save_world(api.world)), {})
    twin.load_scripts(json.loads(json.dumps(api.save_scripts())))
    for other in (api, twin):
        assert other.execute("""
        local surface = game.surfaces[1]
        local area = surface.get_script_area('base')
        return area.area.right_bottom.x, area.color.r, area.id,
          surface.get_script_position(2).position.y, #surface.get_script_areas('x'),
          #surface.get_script_positions()
        """) == (4, 1, 1, 6, 0, 1)
    assert run("return surface.remove_script_area(base)")
    assert not run("return surface.remove_script_area(base)")
    assert run("return surface.get_script_area()") is None
    assert run("return surface.get_script_position().name") == "base"
    assert "no script area 1" in refusal("surface.edit_script_area(1, {})")
    assert "BoundingBox" in refusal("surface.add_script_area{name='x'}")


def test_the_day_can_be_changed(run, refusal, go_on):
    run("surface.dusk, surface.ticks_per_day = 0.3, 100")
    go_on(50)
    assert run("return surface.daytime, surface.darkness") == (
        0.5000000000000002,
        0.85,
    )
    run("surface.freeze_daytime = true")
    go_on(1)
    assert run("return surface.daytime") == 0.5000000000000002
    run("surface.min_brightness = 1")
    assert run("return surface.darkness") == 0
    assert run("return surface.dusk, surface.evening, surface.dawn") == (
        0.3,
        0.45,
        0.75,
    )
    assert "in order" in refusal("surface.dusk = 0.5")
    assert "1 to" in refusal("surface.ticks_per_day = 0")
    assert "0 to 1" in refusal("surface.solar_power_multiplier = -1")


def test_solar_panels_mind_the_multiplier(api, run, place, go_on):
    run("""
    surface.create_entity{name='substation', position={0, 0}}
    surface.create_entity{name='solar-panel', position={4, 0}}
    battery = surface.create_entity{name='accumulator', position={-3, 0}}
    surface.freeze_daytime = true
    """)
    go_on(2)
    before = run("return battery.energy")
    run("surface.solar_power_multiplier = 3")
    go_on(2)
    assert before == 2000
    assert run("return battery.energy") == before + 2 * 3000


def test_what_is_only_kept(run, plain, refusal):
    run("surface.wind_speed, surface.show_clouds = 1.5, false")
    assert run("return surface.wind_speed, surface.show_clouds") == (1.5, False)
    run("surface.brightness_visual_weights = {1, g=0.5}")
    assert plain("return surface.brightness_visual_weights") == {
        "r": 1,
        "g": 0.5,
        "b": 0,
    }
    assert "boolean expected" in refusal("surface.show_clouds = 1")
