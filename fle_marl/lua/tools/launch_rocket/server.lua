-- Launch the rocket of a silo.

local agents = require("runtime.agents")
local costs = require("runtime.costs")
local errors = require("runtime.errors")
local find = require("runtime.find")
local reach = require("runtime.reach")
local records = require("runtime.records")

local tool = {name = "launch_rocket"}

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local silo = find.entity(character, arguments.silo, "rocket-silo")
  reach.check_entity(character, silo)
  if not silo.launch_rocket() then
    local needed = silo.prototype.rocket_parts_required
    errors.fail(
      "rocket-not-ready",
      string.format(
        "no rocket is ready to launch: %d of %d parts are done; it stands ready about 15 "
          .. "seconds after the last",
        silo.rocket_parts, needed
      ),
      {parts = silo.rocket_parts, needed = needed}
    )
  end
  local record = records.entity(silo)
  -- it has begun, and the silo shows so from the next tick on
  record.status = "launching_rocket"
  return {value = record, ticks = costs.HANDLING}
end

return tool
