-- Which of some positions is the nearest, and where the water around a place is.

local reach = require("runtime.reach")

local nearest = {}

local function closer(position, away, best)
  if best == nil or away < best.away then
    return true
  end
  local is_tie = away == best.away
  return is_tie and (position.y < best.position.y
    or position.y == best.position.y and position.x < best.position.x)
end

---The nearest of some positions; the northernmost, then westernmost, of equals.
---@param positions table[] list of MapPosition
---@param from table MapPosition
---@return table? MapPosition nil when there are no positions
function nearest.of(positions, from)
  local best
  for _, position in ipairs(positions) do
    local away = reach.distance(position, from)
    if closer(position, away, best) then
      best = {position = position, away = away}
    end
  end
  return best and best.position
end

---Centres of the tiles of water around a place.
---@param surface LuaSurface
---@param from table MapPosition
---@param radius number tiles
---@return table[] list of MapPosition
function nearest.water(surface, from, radius)
  local found = {}
  local tiles = surface.find_tiles_filtered({
    position = from, radius = radius, collision_mask = "water-tile",
  })
  for place, tile in ipairs(tiles) do
    local corner = tile.position
    found[place] = {x = corner.x + 0.5, y = corner.y + 0.5}
  end
  return found
end

return nearest
