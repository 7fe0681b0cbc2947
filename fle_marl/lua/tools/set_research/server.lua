-- Choose what the labs work on.

local agents = require("runtime.agents")
local costs = require("runtime.costs")
local errors = require("runtime.errors")
local research = require("runtime.research")

local tool = {name = "set_research"}

local function check_prerequisites(technology)
  local missing = {}
  for name, prerequisite in pairs(technology.prerequisites) do
    if not prerequisite.researched then
      missing[#missing + 1] = name
    end
  end
  table.sort(missing)
  if #missing > 0 then
    errors.fail(
      "prerequisites-missing",
      string.format("%s first needs the research of %s", technology.name, table.concat(missing, ", ")),
      {technology = technology.name, missing = missing}
    )
  end
end

local function check(technology)
  local details = {technology = technology.name}
  if technology.researched then
    errors.fail("already-researched", technology.name .. " is researched already", details)
  end
  if not technology.enabled then
    errors.fail("technology-locked", technology.name .. " cannot be researched in this game", details)
  end
  check_prerequisites(technology)
end

function tool.call(agent, arguments)
  local force = agents.character(agent).force
  local technology = research.technology(force, arguments.technology)
  local current = force.current_research
  if not current or current.name ~= technology.name then
    check(technology)
    -- the progress of what is put aside is kept
    force.cancel_current_research()
    force.add_research(technology.name)
  end
  return {value = research.remaining(force, technology), ticks = costs.HANDLING}
end

return tool
