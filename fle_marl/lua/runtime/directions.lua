-- Directions as vectors; the game counts eight, agents use four.

local directions = {}

local VECTORS = {
  [0] = {x = 0, y = -1}, [1] = {x = 1, y = -1}, [2] = {x = 1, y = 0}, [3] = {x = 1, y = 1},
  [4] = {x = 0, y = 1}, [5] = {x = -1, y = 1}, [6] = {x = -1, y = 0}, [7] = {x = -1, y = -1},
}

---@param direction integer 0 to 7
---@return table step of one tile
function directions.vector(direction)
  return VECTORS[direction]
end

---@return integer the direction half a turn away
function directions.opposite(direction)
  return (direction + 4) % 8
end

---The direction of a step; nil for no step.
function directions.of(dx, dy)
  local x = dx > 0 and 1 or dx < 0 and -1 or 0
  local y = dy > 0 and 1 or dy < 0 and -1 or 0
  for direction = 0, 7 do
    if VECTORS[direction].x == x and VECTORS[direction].y == y then
      return direction
    end
  end
  return nil
end

return directions
