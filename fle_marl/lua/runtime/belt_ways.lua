-- How new belts may go on from belts that lie there, and run into them.

local belt_ends = require("runtime.belt_ends")
local directions = require("runtime.directions")

local belt_ways = {}

-- Directions 0 to 3 in which the last belt of a line may be led on: not into what feeds
-- it. Only plain belts can be turned.
local function ways_on(belt)
  local ahead = belt.direction / 2
  if belt.type ~= "transport-belt" then
    return {[ahead] = true}
  end
  local only = {[0] = true, true, true, true}
  only[(ahead + 2) % 4] = nil
  for _, feeder in ipairs(belt.belt_neighbours.inputs) do
    local from = directions.of(
      math.floor(feeder.position.x) - math.floor(belt.position.x),
      math.floor(feeder.position.y) - math.floor(belt.position.y)
    )
    if from and from % 2 == 0 then
      only[from / 2] = nil
    end
  end
  return only
end

---Where a line of belts may begin.
---@param source table as `belt_ends.resolve` gives it
---@return table[] starts for `routes.find`, table passed belts by unit number
function belt_ways.starts(source)
  if source.belts == nil then
    return {{x = source.tile.x, y = source.tile.y, direction = source.direction}}, {}
  end
  local starts = {}
  local last, passed = belt_ends.last_of(source.belts)
  for _, belt in ipairs(last) do
    if belt.type == "splitter" then
      for _, tile in ipairs(belt_ends.tiles_ahead(belt)) do
        starts[#starts + 1] = {x = tile.x, y = tile.y, direction = belt.direction}
      end
    else
      local tile = belt_ends.tiles(belt)[1]
      starts[#starts + 1] = {
        x = tile.x, y = tile.y, direction = belt.direction, is_built = true,
        only = ways_on(belt), belt = belt,
      }
    end
  end
  return starts, passed
end

---Directions 0 to 3 in which items can come onto a belt.
---@param belt LuaEntity
---@return table<integer, boolean>
function belt_ways.into(belt)
  local ahead = belt.direction / 2
  if belt.type == "transport-belt" then
    local ways = {[0] = true, true, true, true}
    ways[(ahead + 2) % 4] = nil
    return ways
  end
  if belt.type == "underground-belt" and belt.belt_to_ground_type == "output" then
    return {}
  end
  return {[ahead] = true}
end

---Where a line of belts may end.
---@param target table as `belt_ends.resolve` gives it
---@return table[] {tile = ..., belt = LuaEntity?}
function belt_ways.goals(target)
  if target.belts == nil then
    return {{tile = target.tile}}
  end
  local found = {}
  for _, belt in ipairs(target.belts) do
    for _, tile in ipairs(belt_ends.tiles(belt)) do
      found[#found + 1] = {tile = tile, belt = belt}
    end
  end
  return found
end

return belt_ways
