-- Directions as agents mean them and as the game has them.
--
-- To agents an entity faces where it gives: belts where they run, drills and inserters
-- where they drop, offshore pumps where the water comes out. The game's inserters and
-- offshore pumps face the other way: towards what they take from. What looks the same
-- after half a turn has only north and east.

local facing = {}

local TURNED = {inserter = true, ["offshore-pump"] = true}
local SAME_AFTER_HALF_A_TURN = {gate = true, generator = true, ["storage-tank"] = true}

---@param type string entity type
---@param direction integer 0, 2, 4 or 6; the agent's or the game's
---@return integer the other's
function facing.convert(type, direction)
  if TURNED[type] then
    return (direction + 4) % 8
  end
  return SAME_AFTER_HALF_A_TURN[type] and direction % 4 or direction
end

---The game's direction for an entity that an agent wants.
---@param name string entity prototype
function facing.of_prototype(name, direction)
  local prototype = game.entity_prototypes[name]
  return prototype and facing.convert(prototype.type, direction) or direction
end

return facing
