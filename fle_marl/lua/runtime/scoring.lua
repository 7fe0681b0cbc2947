-- The production score: what the force has made, less what it has used up for it.

local names = require("runtime.names")
local prices = require("runtime.prices")

local scoring = {}

local function worth(counts)
  -- prices take a while to compute, and at first nothing has been made
  if next(counts) == nil then
    return 0
  end
  local list, total = prices.list(), 0
  -- always in the same order, so that the sum is the same to the last bit
  for _, name in ipairs(names.sorted(counts)) do
    total = total + (list[name] or 0) * counts[name]
  end
  return total
end

---Worth of everything that was produced since the reset, less of what was consumed.
---@param force LuaForce
---@return number
function scoring.production(force)
  local total = 0
  for _, flow in ipairs({force.item_production_statistics, force.fluid_production_statistics}) do
    total = total + worth(flow.input_counts) - worth(flow.output_counts)
  end
  return total
end

return scoring
