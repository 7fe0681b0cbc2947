"""Events about research and chunks."""

import pytest

from fle_marl.sim.engine import advance
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.mapgen import grow_map
from fle_marl.sim.mapgen.generator import add_generator
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.world import World

LISTEN = """
notes = {}
force = game.forces.player
force.research_queue_enabled = true
local names = {}
for _, what in ipairs{"started", "finished", "reversed", "cancelled"} do
  names[defines.events["on_research_" .. what]] = what
end
for event, what in pairs(names) do
  script.on_event(event, function(e)
    local about = e.research.name
    if what == "cancelled" then
      about = ""
      for name, count in pairs(e.research) do about = about .. name .. "*" .. count end
      about = about .. "@" .. e.force.name
    end
    local note = e.tick .. " " .. what .. " " .. about
    if e.by_script ~= nil then note = note .. " " .. tostring(e.by_script) end
    if e.last_research then note = note .. " after " .. e.last_research.name end
    notes[#notes + 1] = note
  end)
end
function told()
  local text = table.concat(notes, "; ")
  notes = {}
  return text
end
"""


@pytest.fixture
def listening(run):
    run(LISTEN)
    return run


def test_starting_is_told_at_once(listening):
    source = "force.add_research('automation') return told()"
    assert listening(source) == "0 started automation"
    # a place in the queue behind it is no start
    assert listening("force.add_research('logistics') return told()") == ""


def test_finishing_by_a_script(listening):
    listening("force.research_queue = {'automation', 'logistics'} told()")
    assert listening("force.research_progress = 1 return told()") == (
        "0 finished automation true; 0 started logistics after automation"
    )
    source = "force.technologies['military'].researched = true return told()"
    assert listening(source) == "0 finished military true"


def test_finishing_by_laboratories(api, listening, go_on):
    world = api.world
    listening("force.research_queue = {'automation', 'logistics'} told()")
    # as laboratories leave it when they are done
    table = world.tables["force_technology"]
    number = api.prototypes.technologies["automation"].id
    table["progress"][number] = 1.0
    world.tables["force"]["is_research_done"][1] = True
    go_on(1)
    assert listening("return told()") == (
        "1 finished automation false; 1 started logistics after automation"
    )


def test_cancelling_and_reversing(listening):
    listening("force.research_queue = {'automation', 'logistics'} told()")
    assert listening("force.cancel_current_research() return told()") == (
        "0 cancelled automation*1@player; 0 started logistics after automation"
    )
    listening("force.technologies['automation'].researched = true told()")
    source = "force.technologies['automation'].researched = false return told()"
    assert listening(source) == "0 reversed automation true"


def test_handlers_may_go_on_with_research(listening):
    listening(
        """
        script.on_event(defines.events.on_research_finished, function(e)
          notes[#notes + 1] = "then " .. e.research.name
          if e.research.name == "automation" then
            force.technologies.logistics.researched = true
          end
        end)
        """
    )
    source = "force.technologies.automation.researched = true return told()"
    assert listening(source) == "then automation; then logistics"


def test_a_reset_is_one_event(listening):
    listening(
        """
        script.on_event(defines.events.on_force_reset,
          function(e) notes[#notes + 1] = "reset " .. e.force.name end)
        script.on_event(defines.events.on_technology_effects_reset,
          function(e) notes[#notes + 1] = "effects " .. e.force.name end)
        force.technologies.automation.researched = true
        told()
        """
    )
    assert listening("force.reset() return told()") == "reset player"
    assert listening("force.reset_technology_effects() return told()") == (
        "effects player"
    )


def test_what_was_before_is_not_told(run):
    run("game.forces.player.technologies.automation.researched = true")
    run(LISTEN)
    source = "force.technologies.logistics.researched = true return told()"
    assert run(source) == "0 finished logistics true"


def test_time_is_cut_while_research_may_end(api, listening):
    assert api.events.ticks_until_next(100) == 100
    listening("force.add_research('automation')")
    assert api.events.ticks_until_next(100) == 1
    listening(
        """
        for _, what in ipairs{"started", "finished", "reversed", "cancelled"} do
          script.on_event(defines.events["on_research_" .. what], nil)
        end
        """
    )
    assert api.events.ticks_until_next(100) == 100


# --- chunks


@pytest.fixture
def grown():
    world = World(3)
    add_generator(world, read_map_gen_settings({"preset": "rail-world", "seed": 9}))
    api = LuaApi(world, {})
    api.execute(
        """
        surface = game.surfaces[1]
        notes = {}
        script.on_event(defines.events.on_chunk_generated, function(e)
          notes[#notes + 1] = table.concat({e.tick, e.position.x, e.position.y,
            e.area.left_top.x, e.area.right_bottom.y, e.surface.name}, " ")
        end)
        """
    )
    return api


TOLD = "table.sort(notes) local text = table.concat(notes, '; ') notes = {} return text"


def test_chunks_that_a_script_forces(grown):
    grown.execute("surface.request_to_generate_chunks({40, -1}, 0)")
    assert grown.execute(TOLD) == ""
    grown.execute("surface.force_generate_chunk_requests()")
    assert grown.execute(TOLD) == "0 1 -1 32 0 nauvis"
    grown.execute("surface.force_generate_chunk_requests()")
    assert grown.execute(TOLD) == ""


def test_chunks_that_come_with_time(grown):
    grown.execute("surface.request_to_generate_chunks({0, 0}, 0)")
    advance(grown.world, 60)
    grow_map(grown.world)
    grown.events.tell_changes()
    assert grown.execute(TOLD) == "60 0 0 0 32 nauvis"
