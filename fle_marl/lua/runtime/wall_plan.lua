-- Which walls to place where, so that they stand in one line from place to place.

local ends = require("runtime.ends")
local ground = require("runtime.ground")
local members = require("runtime.members")
local routes = require("runtime.routes")

local wall_plan = {}

local MARGINS = {8, 40}
local EVERY = {[0] = true, true, true, true}

-- Tiles of an end; whether walls stand there.
local function tiles_of(surface, place)
  local entities = place.entities or {place.entity}
  if #entities == 0 then
    local tile = ends.tile(place.position)
    local wall = surface.find_entities_filtered({
      position = {x = tile.x + 0.5, y = tile.y + 0.5}, type = "wall", limit = 1,
    })[1]
    return {{x = tile.x, y = tile.y, is_built = wall ~= nil, entity = wall}}
  end
  local tiles = {}
  for place_in_group, entity in ipairs(entities) do
    if entity.type ~= "wall" then
      ends.refuse(entity, "walls join only walls and places")
    end
    local tile = ends.tile(entity.position)
    tiles[place_in_group] = {x = tile.x, y = tile.y, is_built = true, entity = entity}
  end
  return tiles
end

local function search_within(surface, starts, targets, taken, margin)
  local tiles = {}
  for _, list in ipairs({starts, targets}) do
    for _, tile in ipairs(list) do
      tiles[#tiles + 1] = tile
    end
  end
  local map = ground.read(surface, ground.box_around(tiles, margin))
  local search = {map = map, blocked = {}, starts = starts, goals = {}, on_ground = true}
  for cell in pairs(map.blocked) do
    search.blocked[cell] = true
  end
  for _, tile in ipairs(taken) do
    local cell = ground.cell(map, tile.x, tile.y)
    if cell then
      search.blocked[cell] = true
    end
  end
  for _, target in ipairs(targets) do
    local cell = ground.cell(map, target.x, target.y)
    if target.is_built or not map.blocked[cell] then
      search.goals[cell] = {on_ground = EVERY, is_built = target.is_built}
    end
  end
  return routes.find(search), map, search
end

-- Whether a wall of the one end stands in one piece with a wall of the other.
local function are_joined(starts, targets)
  local is_target, seen = {}, {}
  for _, target in ipairs(targets) do
    if target.entity then
      is_target[target.entity.unit_number] = true
    end
  end
  for _, start in ipairs(next(is_target) and starts or {}) do
    if start.entity and not seen[start.entity.unit_number] then
      for _, wall in ipairs(members.of(start.entity, "wall")) do
        if is_target[wall.unit_number] then
          return true
        end
        seen[wall.unit_number] = true
      end
    end
  end
  return false
end

---Plans a line of walls.
---@param surface LuaSurface
---@param from table as `ends.read` gives it, or what the plan before ended with
---@param to table as `ends.read` gives it
---@param names table ground: name of the wall
---@param taken table[] tiles of pieces that are planned already
---@return table plan pieces; last: to go on from; anchor: a wall of the line
function wall_plan.make(surface, from, to, names, taken)
  local starts = from.planned and {from.planned} or tiles_of(surface, from)
  local targets = tiles_of(surface, to)
  local anchor = starts[1].entity or targets[1].entity
  if are_joined(starts, targets) then
    return {pieces = {}, anchor = anchor}
  end
  local map
  for _, margin in ipairs(MARGINS) do
    local way, search
    way, map, search = search_within(surface, starts, targets, taken, margin)
    if way then
      local pieces = {}
      for place, node in ipairs(way) do
        local is_there = place == 1 and way.start.is_built
          or place == #way and search.goals[node.cell].is_built
        if not is_there then
          pieces[#pieces + 1] = {
            name = names.ground, x = node.x + 0.5, y = node.y + 0.5, direction = 0,
          }
        end
      end
      local last = way[#way]
      return {
        pieces = pieces, anchor = anchor,
        last = {x = last.x, y = last.y, is_built = true},
      }
    end
  end
  local start, goal = starts[1], targets[1]
  ends.refuse_no_route(start, goal, ground.in_the_way(map, start, goal), names)
end

return wall_plan
