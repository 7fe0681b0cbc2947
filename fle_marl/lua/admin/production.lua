-- What the force has made and used up since the reset.

local production = {}

-- Adds the amounts of a table that are not 0.
local function add(total, counts)
  for name, count in pairs(counts) do
    if count ~= 0 then
      total[name] = count
    end
  end
  return total
end

---@return table {tick, produced, consumed, harvested, crafted}; items and fluids together
function production.run()
  local force = game.forces.player
  local items, fluids = force.item_production_statistics, force.fluid_production_statistics
  return {
    tick = game.tick - (global.start_tick or 0),
    produced = add(add({}, items.input_counts), fluids.input_counts),
    consumed = add(add({}, items.output_counts), fluids.output_counts),
    harvested = add({}, global.harvested or {}),
    crafted = add({}, global.crafted or {}),
  }
end

return production
