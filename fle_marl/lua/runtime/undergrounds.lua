-- Where underground belts and pipes that are there already leave no room for others: a
-- new end between two that belong together would part them.

local ground = require("runtime.ground")

local undergrounds = {}

local STEP_X, STEP_Y = {[0] = 0, 1, 0, -1}, {[0] = -1, 0, 1, 0}

-- Direction 0 to 3 in which an end goes on below ground.
local function below(entity)
  local direction = entity.direction / 2
  local is_forward = entity.type == "underground-belt" and entity.belt_to_ground_type == "input"
  return is_forward and direction or (direction + 2) % 4
end

---How far apart two ends may be, tiles.
---@param name string? entity
---@return integer?
function undergrounds.distance(name)
  return name and game.entity_prototypes[name].max_underground_distance
end

---Adds to a search what `routes.find` must know of undergrounds.
---@param search table with map
---@param name string? of the underground that may be used
function undergrounds.add(search, name)
  search.dives = undergrounds.distance(name)
  search.shut, search.ends = {[0] = {}, {}}, {[0] = {}, {}}
  if name == nil then
    return
  end
  local map, found = search.map, {}
  for _, entity in ipairs(map.entities) do
    if entity.name == name then
      local x, y = math.floor(entity.position.x), math.floor(entity.position.y)
      local ahead = below(entity)
      found[#found + 1] = {x = x, y = y, ahead = ahead}
      local cell = ground.cell(map, x, y)
      if cell then
        search.ends[ahead % 2][cell] = true
      end
    end
  end
  for _, one in ipairs(found) do
    for distance = 1, search.dives - 1 do
      local cell = ground.cell(
        map, one.x + STEP_X[one.ahead] * distance, one.y + STEP_Y[one.ahead] * distance
      )
      if cell == nil or search.ends[one.ahead % 2][cell] then
        break
      end
      search.shut[one.ahead % 2][cell] = true
    end
  end
end

return undergrounds
