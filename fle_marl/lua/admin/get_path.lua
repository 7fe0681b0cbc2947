-- Gives the way that `request_path` asked for, once it is found.

local checks = require("runtime.checks")
local errors = require("runtime.errors")
local walking = require("runtime.walking")

local get_path = {}

local check = checks.record({request = checks.count})

---@param arguments table {request = as request_path gave it}
---@return table {is_done = false} while the game still looks: let time pass. Afterwards,
---  once: {is_done = true, path = MapPositions where the way turns (nil: there is none),
---  try_again_later = the game was too busy}
---Refuses with: bad-argument, no-such-request
function get_path.run(arguments)
  check(arguments, "arguments")
  local request = arguments.request
  if not (global.asked_paths and global.asked_paths[request]) then
    errors.fail(
      "no-such-request",
      string.format("path %d was not asked for, or its answer was given", request),
      {request = request}
    )
  end
  local answer = walking.answer(request)
  if answer == nil then
    return {is_done = false}
  end
  global.asked_paths[request] = nil
  return {is_done = true, path = answer.way, try_again_later = answer.try_again_later}
end

return get_path
