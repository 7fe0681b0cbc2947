-- Has the force know and find out exactly what it did when it was saved.

local checks = require("runtime.checks")
local research = require("state.research")

local load_research = {}

local check = checks.record({research = research.check})

---@param arguments table {research = as save_research gave it}
---@return table {researched = how many technologies, queue = their names as it is now}
---Refuses with: bad-argument, no-such-prototype
function load_research.run(arguments)
  check(arguments, "arguments")
  local force = game.forces.player
  research.load(force, arguments.research)
  local now = research.save(force)
  return {researched = #now.researched, queue = now.queue}
end

return load_research
