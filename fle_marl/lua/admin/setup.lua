-- Makes a map ready to play: characters, what they hold, what is researched.

local agents = require("runtime.agents")
local episodes = require("runtime.episodes")

local setup = {}

---@param arguments table {agents = how many, scenario = {inventory, inventories,
---  all_technologies_researched, goal}}
---@return table {agents = how many}
---Refuses with: bad-argument, no-such-item, inventory-full
function setup.run(arguments)
  local scenario = arguments.scenario or {}
  local force = game.forces.player
  episodes.check_inventories(scenario)
  episodes.begin_research(force, scenario.all_technologies_researched)
  agents.create(arguments.agents)
  episodes.fill(scenario, arguments.agents)
  episodes.forget_the_past(force)
  global.goal = scenario.goal
  return {agents = arguments.agents}
end

return setup
