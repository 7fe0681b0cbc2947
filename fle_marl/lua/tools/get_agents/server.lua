-- Who is there and where: what one agent may know of the others.

local agents = require("runtime.agents")
local reach = require("runtime.reach")

local tool = {name = "get_agents"}

local function describe(agent, other)
  local position, ticks = agents.position(other), agents.ticks_to_respawn(other)
  local is_you = agent == other
  local can_give = not is_you and not ticks and not agents.ticks_to_respawn(agent)
    and agents.character(agent).can_reach_entity(agents.character(other))
  return {
    index = other - 1,
    name = agents.name(other),
    position = {x = position.x, y = position.y},
    distance = reach.distance(agents.position(agent), position),
    is_you = is_you,
    within_reach = can_give,
    ticks_to_respawn = ticks,
  }
end

function tool.call(agent)
  local list = {}
  for other = 1, agents.count() do
    list[other] = describe(agent, other)
  end
  return {value = list, ticks = 0}
end

return tool
