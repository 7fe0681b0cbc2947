-- Where lines of belts begin and end: at inserters and drills, at bare tiles, and at
-- belts that lie there already.

local directions = require("runtime.directions")
local ends = require("runtime.ends")

local belt_ends = {}

local BELTS = {"transport-belt", "underground-belt", "splitter"}
local MACHINES = {"inserter", "mining-drill"}
local is_belt = {["transport-belt"] = true, ["underground-belt"] = true, splitter = true}

---Whether a line of belts may begin or end at an entity.
function belt_ends.is_belt(entity)
  return is_belt[entity.type] == true
end

local function first_on(surface, tile, types)
  return surface.find_entities_filtered({
    position = {x = tile.x + 0.5, y = tile.y + 0.5}, type = types, limit = 1,
  })[1]
end

---The belt on a tile; nil when there is none.
---@return LuaEntity?
function belt_ends.at(surface, tile)
  return first_on(surface, tile, BELTS)
end

---The tiles of a belt: one, or the two of a splitter.
---@return table[]
function belt_ends.tiles(belt)
  local position = belt.position
  if belt.type ~= "splitter" then
    return {ends.tile(position)}
  end
  local side = directions.vector((belt.direction + 2) % 8)
  return {
    ends.tile({x = position.x - side.x / 2, y = position.y - side.y / 2}),
    ends.tile({x = position.x + side.x / 2, y = position.y + side.y / 2}),
  }
end

---The tiles that a belt gives to.
---@return table[]
function belt_ends.tiles_ahead(belt)
  if belt.type == "underground-belt" and belt.belt_to_ground_type == "input" then
    return {}
  end
  local ahead = directions.vector(belt.direction)
  local tiles = belt_ends.tiles(belt)
  for _, tile in ipairs(tiles) do
    tile.x, tile.y = tile.x + ahead.x, tile.y + ahead.y
  end
  return tiles
end

---Belts that take from a belt, the other end of an underground stretch among them.
---@param belt LuaEntity
---@return LuaEntity[]
function belt_ends.following(belt)
  local found = {}
  for _, other in ipairs(belt.belt_neighbours.outputs) do
    found[#found + 1] = other
  end
  if belt.type == "underground-belt" and belt.belt_to_ground_type == "input" then
    found[#found + 1] = belt.neighbours
  end
  return found
end

---Follows belts to where their items leave them.
---@param belts LuaEntity[]
---@return LuaEntity[] last ones, that give to no other, table passed by unit number
function belt_ends.last_of(belts)
  local passed, open, last = {}, {}, {}
  for _, belt in ipairs(belts) do
    open[#open + 1] = belt
  end
  while #open > 0 do
    local belt = table.remove(open)
    if not passed[belt.unit_number] then
      passed[belt.unit_number] = true
      local others = belt_ends.following(belt)
      for _, other in ipairs(others) do
        open[#open + 1] = other
      end
      local ways = belt.type == "splitter" and 2 or 1
      local goes_below = belt.type == "underground-belt"
        and belt.belt_to_ground_type == "input"
      if #others < ways and not goes_below then
        last[#last + 1] = belt
      end
    end
  end
  return last, passed
end

-- The machine on a tile that a line can begin or end at: whoever gives its position
-- means the machine, as nothing else can be connected there.
local function machine_at(surface, position)
  return first_on(surface, ends.tile(position), MACHINES)
end

-- Where a machine drops, or takes from.
local function machine_tile(entity, is_source)
  if entity.type == "mining-drill" then
    return entity.drop_position, entity.direction
  end
  if entity.type == "inserter" then
    -- the game's inserters face what they take from
    local onwards = (entity.direction + 4) % 8
    return is_source and entity.drop_position or entity.pickup_position, onwards
  end
  ends.refuse(
    entity,
    string.format(
      "belts do not join it. Place an inserter that %s it and connect the inserter",
      is_source and "takes out of" or "puts into"
    )
  )
end

---What a line begins or ends at: belts, or a bare tile.
---@param surface LuaSurface
---@param place table as `ends.read` gives it
---@param is_source boolean
---@return table {belts = LuaEntity[]} or {tile = ..., direction = ...?}
function belt_ends.resolve(surface, place, is_source)
  if place.entities then
    local belts = {}
    for _, entity in ipairs(place.entities) do
      if not belt_ends.is_belt(entity) then
        ends.refuse(entity, "belts do not join groups of such")
      end
      belts[#belts + 1] = entity
    end
    return {belts = belts}
  end
  local position, direction = place.position, nil
  local entity = place.entity or machine_at(surface, position)
  if entity then
    if belt_ends.is_belt(entity) then
      return {belts = {entity}}
    end
    position, direction = machine_tile(entity, is_source)
  end
  local tile = ends.tile(position)
  local belt = belt_ends.at(surface, tile)
  if belt then
    return {belts = {belt}, tile = tile}
  end
  return {tile = tile, direction = direction}
end

return belt_ends
