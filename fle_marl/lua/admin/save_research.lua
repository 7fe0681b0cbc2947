-- Gives what the force knows and is finding out as plain data.

local checks = require("runtime.checks")
local research = require("state.research")

local save_research = {}

local check = checks.record({})

---@param arguments table {}
---@return table {research = plain data for load_research}
---Refuses with: bad-argument
function save_research.run(arguments)
  check(arguments, "arguments")
  return {research = research.save(game.forces.player)}
end

return save_research
