-- Gives the whole state of the world as plain data that any server can load.

local checks = require("runtime.checks")
local saving = require("state.saving")

local save_state = {}

local check = checks.record({})

---Unlike `GameServer.save`, whose bytes only the embedded server reads, a state is made
---of the game's own Lua API alone, so that it goes from any kind of server to any other.
---Nothing in the world changes.
---@param arguments table {}
---@return table {state = plain data for load_state and regenerate_resources, not_saved =
---  list of {what, why, count}: what the state does not hold, first what there was}
---Refuses with: bad-argument
function save_state.run(arguments)
  check(arguments, "arguments")
  local state, not_saved = saving.save()
  return {state = state, not_saved = not_saved}
end

return save_state
