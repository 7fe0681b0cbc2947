-- Takes away everything that was built or lies about; characters and the map stay.

local built = require("runtime.built")
local checks = require("runtime.checks")

local clear_entities = {}

local check = checks.record({}, {floors = checks.flag})

---Goes by whose it is and not by a list of types: all that belongs to a force which
---builds, neutral things with a number of their own, ghosts, items on the ground and
---corpses.
---@param arguments table {floors = whether floors are taken up, too (default true);
---  landfill stays, as what it covers is not known}
---@return table {entities = how many went, floors = how many tiles}
---Refuses with: bad-argument
function clear_entities.run(arguments)
  check(arguments, "arguments")
  local surface = game.surfaces[1]
  local entities = built.clear(surface)
  local floors = arguments.floors == false and 0 or built.take_up_floors(surface)
  return {entities = entities, floors = floors}
end

return clear_entities
