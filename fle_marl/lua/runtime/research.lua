-- Technologies as agents name them, and what their research still takes.

local errors = require("runtime.errors")

local research = {}

---@param force LuaForce
---@param name string
---@return LuaTechnology
function research.technology(force, name)
  local technology = force.technologies[name]
  if technology == nil then
    errors.fail("no-such-technology", "there is no technology " .. name, {technology = name})
  end
  return technology
end

local function progress(force, technology)
  if technology.researched then
    return 1
  end
  local current = force.current_research
  if current and current.name == technology.name then
    return force.research_progress
  end
  return force.get_saved_technology_progress(technology.name) or 0
end

---Science packs that the labs will still use up, in the order of the technology.
---@param force LuaForce
---@param technology LuaTechnology
---@return table[] list of {name, count, type}
function research.remaining(force, technology)
  local share = 1 - progress(force, technology)
  local list = {}
  for _, part in ipairs(technology.research_unit_ingredients) do
    -- a hair less, so that a share like 0.30000000000000004 is no pack of its own
    local count = math.ceil(part.amount * technology.research_unit_count * share - 1e-9)
    if count > 0 then
      list[#list + 1] = {name = part.name, count = count, type = part.type}
    end
  end
  return list
end

return research
