-- Where an episode begins: who is there, what they carry, what is known, and that nothing
-- has been counted yet.

local agents = require("runtime.agents")
local built = require("runtime.built")
local hands = require("runtime.hands")

local episodes = {}

-- what is remembered of an episode, and of the calls in it
local BOOKS = {"harvested", "crafted", "pending", "answers", "paths"}

---What an agent is to carry at the start.
---@param options table {inventory?, inventories?}
---@param agent integer
function episodes.inventory_of(options, agent)
  if options.inventories then
    return options.inventories[agent] or {}
  end
  return options.inventory or {}
end

---Refuses options whose inventories no character could carry.
function episodes.check_inventories(options)
  for _, contents in ipairs(options.inventories or {options.inventory}) do
    hands.check(contents)
  end
end

---Gives each of so many agents what it begins with.
function episodes.fill(options, count)
  for agent = 1, count do
    hands.fill(agents.character(agent), episodes.inventory_of(options, agent))
  end
end

---Brings research back to its start, or to its end.
function episodes.begin_research(force, all_technologies_researched)
  force.reset()
  if all_technologies_researched then
    force.research_all_technologies()
  end
end

---Counts from now on: statistics, ledgers, time; whatever was going on is dropped.
function episodes.forget_the_past(force)
  force.item_production_statistics.clear()
  force.fluid_production_statistics.clear()
  for _, book in ipairs(BOOKS) do
    global[book] = {}
  end
  global.resuming, global.asked_paths = nil, nil
  global.start_tick = game.tick
end

---Takes all characters out of the world.
function episodes.dismiss(surface)
  for _, character in ipairs(built.sorted(surface).characters) do
    character.destroy()
  end
  global.agents = {}
end

---Gives agents new characters in place of all that there are.
---@param count integer
---@param positions? table[] MapPositions to stand at, by agent; otherwise around the origin
function episodes.renew_characters(count, positions)
  episodes.dismiss(game.surfaces[1])
  agents.create(count)
  for agent, position in ipairs(positions or {}) do
    agents.character(agent).teleport(position)
  end
end

return episodes
