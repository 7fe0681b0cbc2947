-- Gives each of a number of agents a new character with empty hands; all others are gone.

local agents = require("runtime.agents")
local checks = require("runtime.checks")
local episodes = require("runtime.episodes")

local create_characters = {}

-- as many as anybody has a use for
local MOST = 1000

local check = checks.record({agents = checks.whole(1, MOST)})

---@param arguments table {agents = how many}
---@return table {agents = how many, positions = MapPosition of each}: one below the other
---  around the origin, two tiles apart, as far as there is room
---Calls that were going on are dropped.
---Refuses with: bad-argument
function create_characters.run(arguments)
  check(arguments, "arguments")
  global.pending, global.answers = {}, {}
  episodes.renew_characters(arguments.agents)
  local positions = {}
  for agent = 1, agents.count() do
    local position = agents.position(agent)
    positions[agent] = {x = position.x, y = position.y}
  end
  return {agents = arguments.agents, positions = positions}
end

return create_characters
