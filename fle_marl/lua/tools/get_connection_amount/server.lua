-- How many pieces a connection would take; nothing is placed.

local agents = require("runtime.agents")
local connecting = require("runtime.connecting")

local tool = {name = "get_connection_amount"}

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local waypoints = {arguments.source, arguments.target}
  local plan = connecting.plan(character, waypoints, arguments.connection_type)
  return {value = plan.total, ticks = 0}
end

return tool
