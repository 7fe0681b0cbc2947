"""Where the laws are tried: a small place with some of everything near at hand.

Machines are at work, a rocket stands ready, ore is scarce enough to run out, and one of
the three agents has hardly room left in its inventory.
"""

from functools import cache

from fle_marl.testing.counting import CountedServer

__all__ = ["AGENTS", "SPECTATOR", "start"]

AGENTS = 3
SPECTATOR = AGENTS
"""One more agent, who only looks, so that others' calls can go on meanwhile."""
INVENTORY = {
    "assembling-machine-1": 3, "assembling-machine-2": 2, "boiler": 1,
    "burner-inserter": 5, "burner-mining-drill": 4, "chemical-plant": 1, "coal": 60,
    "concrete": 10, "copper-cable": 20, "copper-plate": 40, "electric-mining-drill": 2,
    "fast-inserter": 3, "fast-transport-belt": 5, "filter-inserter": 2,
    "firearm-magazine": 5, "inserter": 5, "iron-chest": 3, "iron-gear-wheel": 20,
    "iron-ore": 20, "iron-plate": 60, "lab": 1, "landfill": 5,
    "medium-electric-pole": 4, "offshore-pump": 1, "pipe": 30, "pipe-to-ground": 6,
    "pump": 1, "repair-pack": 2, "satellite": 1, "small-electric-pole": 10,
    "solar-panel": 2, "speed-module": 2, "splitter": 3, "steam-engine": 1, "stone": 20,
    "stone-brick": 10, "stone-furnace": 4, "stone-wall": 10, "storage-tank": 1,
    "transport-belt": 60, "underground-belt": 6, "wood": 10, "wooden-chest": 3,
    "automation-science-pack": 5,
}  # fmt: skip
SCENARIO = {
    "name": "lab-play",
    "inventory": INVENTORY,
    "all_technologies_researched": True,
}
BUILD = """
local surface, force = game.surfaces[1], game.forces.player
surface.always_day = true
-- so that each ore that is mined was in the ground
force.mining_drill_productivity_bonus = 0
-- few things, so that each can be looked at after each call
for _, kind in ipairs({"tree", "resource", "simple-entity"}) do
  for _, entity in ipairs(surface.find_entities_filtered({type = kind})) do
    entity.destroy()
  end
end
force.technologies["military"].researched = false
force.add_research("military")

local function build(name, x, y, more)
  local given = {name = name, position = {x, y}, force = "player"}
  for key, value in pairs(more or {}) do
    given[key] = value
  end
  return surface.create_entity(given)
end

local function natural(name, x, y, amount)
  surface.create_entity({
    name = name, position = {x, y}, amount = amount, force = "neutral",
  })
end

for column = 0, 2 do
  for line = 0, 2 do
    natural("iron-ore", -8.5 + column, -3.5 + line, 3 + 4 * line)
    natural("copper-ore", -8.5 + column, 0.5 + line, 30)
    natural("coal", -8.5 + column, 4.5 + line, 2)
  end
end
natural("stone", -2.5, 1.5, 4)
natural("tree-01", 5.5, -5.5)
natural("tree-01", 1.5, -1.5)
natural("rock-huge", -2.5, -4.5)
local water = {}
for x = 10, 14 do
  for y = -8, -4 do
    water[#water + 1] = {name = "water", position = {x, y}}
  end
end
surface.set_tiles(water)

build("substation", 9, 9)
for column = 0, 2 do
  for line = 0, 1 do
    build("solar-panel", 12.5 + 3 * column, 9.5 + 3 * line)
  end
end
local gears = build("assembling-machine-1", 5.5, 8.5, {recipe = "iron-gear-wheel"})
gears.insert({name = "iron-plate", count = 21})
build("assembling-machine-2", 9.5, 5.5, {recipe = "electronic-circuit"})
  .insert({name = "copper-cable", count = 9})
-- its fluid box would touch the tank
build("assembling-machine-2", 0.5, 13.5, {recipe = "iron-gear-wheel", direction = 6})
  .insert({name = "iron-plate", count = 100})
local tank = build("storage-tank", -2.5, 12.5)
tank.insert_fluid({name = "water", amount = 1000})
build("pipe", -4.5, 13.5)
local furnace = build("stone-furnace", -4, 4)
furnace.insert({name = "coal", count = 3})
furnace.insert({name = "copper-ore", count = 6})
local chest = build("wooden-chest", 2.5, 2.5)
chest.insert({name = "iron-plate", count = 7})
chest.insert({name = "repair-pack", count = 1})
build("burner-inserter", 3.5, 2.5, {direction = 2}).insert({name = "coal", count = 1})
for x = 2, 7 do
  local belt = build("transport-belt", x + 0.5, -3.5, {direction = 2})
  belt.get_transport_line(1).insert_at_back({name = "iron-ore", count = 1})
end
build("burner-mining-drill", -8, -3, {direction = 2}).insert({name = "coal", count = 2})
build("offshore-pump", 9.5, -5.5, {direction = 6})
surface.set_tiles({
  {name = "hazard-concrete-left", position = {-1, 7}},
  {name = "landfill", position = {14, -8}},
})
local lab = build("lab", 6.5, 4.5)
lab.insert({name = "automation-science-pack", count = 3})
surface.spill_item_stack({-1.5, 3.5}, {name = "stone", count = 2})
"""
MAKE_READY = """
local surface = game.surfaces[1]
local parts = {surface.create_entity({
  name = "rocket-silo", position = {0.5, -14.5}, force = "player"
})}
parts[1].rocket_parts = 100
for column = 0, 19 do
  for line = 0, 4 do
    parts[#parts + 1] = surface.create_entity({
      name = "solar-panel", position = {11.5 + 3 * column, -30.5 + 3 * line},
      force = "player",
    })
  end
end
for x = 0, 60, 15 do
  parts[#parts + 1] = surface.create_entity({
    name = "substation", position = {9 + x, -24}, force = "player"
  })
end
global.until_ready = parts
"""
IS_READY = """
return global.until_ready[1].status == defines.entity_status.waiting_to_launch_rocket
"""
CLEAR_UP = """
for place = 2, #global.until_ready do
  global.until_ready[place].destroy()
end
global.until_ready = nil
local character = global.agents[3].character
while character.insert({name = "wood", count = 100}) > 0 do end
character.remove_item({name = "wood", count = 30})
"""


@cache
def start() -> tuple[CountedServer, bytes]:
    """A server, and the place as it is at the start."""
    server = CountedServer()
    server.reset(SCENARIO, agents=AGENTS + 1, seed=1)
    server.lua.execute(MAKE_READY)
    for _ in range(100):
        if server.lua.execute(IS_READY):
            break
        server.advance(60)
    else:
        raise AssertionError("the rocket never stood ready")
    server.lua.execute(CLEAR_UP)
    server.lua.execute(BUILD)
    server.advance(20)
    return server, server.save()
