-- What handling things costs in game time. The game has no such times for players, who
-- click; these are chosen so that building by program is about as fast as a quick player.

local costs = {}

-- placing, rotating, opening a machine to fill, empty or set it: ten such acts a second
costs.HANDLING = 6

---Ticks that mining an entity or a tile by hand takes, or one item of a resource.
---@param character LuaEntity
---@param target LuaEntity|LuaTile
---@return integer
function costs.mining(character, target)
  -- a character mines at speed 0.5, and faster with its bonus and its force's.
  -- Source: prototype character.mining_speed; LuaForce.manual_mining_speed_modifier,
  -- LuaControl.character_mining_speed_modifier
  local speed = 0.5 * (1 + character.force.manual_mining_speed_modifier)
    * (1 + character.character_mining_speed_modifier)
  local seconds = target.prototype.mineable_properties.mining_time / speed
  return math.max(1, math.ceil(seconds * 60))
end

return costs
