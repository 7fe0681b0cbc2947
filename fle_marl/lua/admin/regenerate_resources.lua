-- Fills ores and wells up again.
--
-- The game tells what a well began with (`initial_amount`), and of an ore only what is
-- left; what was mined out is gone. So an exact return to the start needs the `resources`
-- of a state that was saved then (`save_state`); without them ores that are left get one
-- amount each, as FLE's script does.

local checks = require("runtime.checks")
local resources = require("state.resources")

local regenerate_resources = {}

-- FLE 0.3.0 gives each ore that much
local FLE_AMOUNT = 10000

local check = checks.record({}, {resources = resources.check, amount = checks.positive})

---@param arguments table {resources = as a saved state has them: ores and wells are
---  exactly these afterwards; or amount = of each ore that is left (10,000), wells have
---  what they began with}
---@return table {changed = how many have another amount, made = how many are new,
---  removed = how many are gone}
---Refuses with: bad-argument, no-such-prototype
function regenerate_resources.run(arguments)
  check(arguments, "arguments")
  local surface = game.surfaces[1]
  if arguments.resources then
    return resources.load(surface, arguments.resources)
  end
  return resources.fill_up(surface, arguments.amount or FLE_AMOUNT)
end

return regenerate_resources
