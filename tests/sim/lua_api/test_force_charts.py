"""What scripts see of the chart, change of it, and are told."""

import pytest

from fle_marl.errors import LuaApiMissing
from fle_marl.sim.actions.character import create_character
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.mapgen.generator import add_generator
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.systems.radar import VISIBLE_TICKS
from fle_marl.sim.world import World

LISTEN = """
force, notes = game.forces.player, {}
function told()
  local text = table.concat(notes, '; ')
  notes = {}
  return text
end
script.on_event(defines.events.on_chunk_charted, function(e)
  notes[#notes + 1] = table.concat({e.tick, e.position.x, e.position.y,
    e.area.left_top.x, e.surface_index, e.force.name}, " ")
end)
script.on_event(defines.events.on_sector_scanned, function(e)
  notes[#notes + 1] = table.concat({e.tick, "scanned", e.chunk_position.x,
    e.chunk_position.y, e.area.right_bottom.y, e.radar.name}, " ")
end)
"""
CHARTED = "return force.is_chunk_charted(surface, {0, -1})"
VISIBLE = "return force.is_chunk_visible('nauvis', {0, -1})"


@pytest.fixture
def listening(run):
    run(LISTEN)
    return run


def test_an_area_is_charted_seen_and_forgotten(listening, go_on):
    run = listening
    assert (run(CHARTED), run(VISIBLE)) == (False, False)
    run("force.chart(surface, {{0, -32}, {32, 0}})")
    assert run("return told()") == "0 0 -1 0 1 player"
    assert (run(CHARTED), run(VISIBLE)) == (True, True)
    assert not run("return force.is_chunk_charted(1, {0, 0})")
    go_on(VISIBLE_TICKS)
    assert (run(CHARTED), run(VISIBLE)) == (True, False)
    run("force.rechart()")
    assert run(VISIBLE)
    assert run("return told()") == f"{VISIBLE_TICKS} 0 -1 0 1 player"
    run("force.unchart_chunk({0, -1}, surface) force.unchart_chunk({99, 9}, 1)")
    assert (run(CHARTED), run(VISIBLE), run("return told()")) == (False, False, "")
    run("force.chart_all()")
    assert len(str(run("return told()")).split("; ")) == 4
    run("force.clear_chart(surface) force.cancel_charting()")
    assert not run(CHARTED)
    source = "return force.is_chunk_requested_for_charting(surface, {0, 0})"
    assert run(source) is False


def test_what_is_wrong_is_refused(listening, refusal):
    assert "Unknown surface" in refusal("force.chart('mars', {{0, 0}, {1, 1}})")
    assert "BoundingBox" in refusal("force.chart(surface, 5)")
    with pytest.raises(LuaApiMissing, match="only the force 'player'"):
        listening("game.forces.enemy.chart_all()")


def test_characters_and_radars_are_told_of(api, listening, place, go_on):
    create_character(api.world, 128, 128)
    assert api.events.ticks_until_next(100) == 1
    go_on(1)
    assert len(str(listening("return told()")).split("; ")) == 4
    assert api.events.ticks_until_next(100) == 60
    radar = place(api.world, "radar", 0.5, 0.5)
    record = api.world.tables["radar"][int(api.world.entity["component"][radar])]
    record["sector_joules"] = record["joules_per_sector"]
    assert api.events.ticks_until_next(100) == 1
    go_on(1)
    assert listening("return told()") == "2 0 0 0 1 player; 2 scanned 0 0 32 radar"
    api.environment["radar"] = api.entity(radar)
    assert listening("return radar.radar_scan_progress") == 0


def test_charting_makes_chunks_of_generated_maps():
    world = World(3)
    add_generator(world, read_map_gen_settings({"seed": 9, "width": 128}))
    api = LuaApi(world, {})
    api.execute("game.forces.player.chart(1, {{-500, 0}, {33, 1}})")
    assert world.chunk_count == 4
    api.execute("game.forces.player.chart(1, {{-1, -1}, {1e6, -1}})")
    assert world.chunk_count == 7


def test_sharing_is_remembered(run, refusal):
    force = "game.forces.player.share_chart"
    assert run(f"return {force}") is False
    run(f"{force} = true")
    assert run(f"return {force}, game.forces.enemy.share_chart") == (True, False)
    assert "boolean expected" in refusal(f"{force} = 1")
