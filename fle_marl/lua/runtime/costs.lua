-- What handling things costs in game time. The game has no such times for players, who
-- click; these are chosen so that building by program is about as fast as a quick player.

local costs = {}

-- placing, rotating, opening a machine to fill, empty or set it: ten such acts a second
costs.HANDLING = 6

---Ticks that taking up an entity by hand takes: its mining time at the character's speed.
---@param entity LuaEntity
---@return integer
function costs.pickup(entity)
  -- a character mines at speed 0.5. Source: prototype character.mining_speed
  local seconds = entity.prototype.mineable_properties.mining_time / 0.5
  return math.max(1, math.ceil(seconds * 60))
end

return costs
