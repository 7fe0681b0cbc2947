-- Let game time pass for one agent.

local errors = require("runtime.errors")

local tool = {name = "sleep"}

-- an hour of game time; longer waits take several calls
local LONGEST = 3600

function tool.call(_, arguments)
  local seconds = arguments.seconds
  if seconds < 0 or seconds > LONGEST then
    errors.fail(
      "bad-argument",
      string.format("sleep takes 0 to %d seconds, not %g", LONGEST, seconds),
      {seconds = seconds, longest = LONGEST}
    )
  end
  return {value = true, ticks = math.floor(seconds * 60 + 0.5)}
end

return tool
