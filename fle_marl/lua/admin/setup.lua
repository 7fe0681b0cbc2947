-- Makes a map ready to play: characters, what they hold, what is researched.

local agents = require("runtime.agents")

local setup = {}

local function inventory_of(scenario, agent)
  if scenario.inventories then
    return scenario.inventories[agent] or {}
  end
  return scenario.inventory or {}
end

-- Items are put in by name order, so that they lie in the same slots everywhere.
local function fill(character, contents)
  local inventory = character.get_main_inventory()
  inventory.clear()
  local names = {}
  for name, count in pairs(contents) do
    if count > 0 then
      names[#names + 1] = name
    end
  end
  table.sort(names)
  for _, name in ipairs(names) do
    local put = inventory.insert({name = name, count = contents[name]})
    if put < contents[name] then
      error(string.format("only %d of %d %s fit into a character's inventory", put, contents[name], name))
    end
  end
end

local function forget_the_past(force)
  force.item_production_statistics.clear()
  force.fluid_production_statistics.clear()
  for _, book in ipairs({"harvested", "crafted", "pending", "answers", "paths"}) do
    global[book] = {}
  end
  global.start_tick = game.tick
end

---@param arguments table {agents = how many, scenario = {inventory, inventories,
---  all_technologies_researched, goal}}
---@return table {agents = how many}
function setup.run(arguments)
  local scenario = arguments.scenario or {}
  local force = game.forces.player
  force.reset()
  if scenario.all_technologies_researched then
    force.research_all_technologies()
  end
  agents.create(arguments.agents)
  for agent = 1, arguments.agents do
    fill(agents.character(agent), inventory_of(scenario, agent))
  end
  forget_the_past(force)
  global.goal = scenario.goal
  return {agents = arguments.agents}
end

return setup
