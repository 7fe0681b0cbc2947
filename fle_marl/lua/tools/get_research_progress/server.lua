-- What the research of a technology still takes.

local agents = require("runtime.agents")
local errors = require("runtime.errors")
local research = require("runtime.research")

local tool = {name = "get_research_progress"}

function tool.call(agent, arguments)
  local force = agents.character(agent).force
  local technology
  if arguments.technology then
    technology = research.technology(force, arguments.technology)
  else
    technology = force.current_research
    if technology == nil then
      errors.fail("no-research", "nothing is being researched: set_research chooses what", {})
    end
  end
  return {value = research.remaining(force, technology), ticks = 0}
end

return tool
