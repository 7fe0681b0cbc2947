-- Which belts to lay where, so that what comes in at the source arrives at the target.

local belt_ends = require("runtime.belt_ends")
local belt_ways = require("runtime.belt_ways")
local directions = require("runtime.directions")
local ends = require("runtime.ends")
local ground = require("runtime.ground")
local pipe_ends = require("runtime.pipe_ends")
local routes = require("runtime.routes")
local undergrounds = require("runtime.undergrounds")

local belt_plan = {}

-- tiles around the ends that routes may use; a wider circle when there is no way
local MARGINS = {8, 40}
local EVERY = {[0] = true, true, true, true}

-- Cells that belts of other lines give to: what is laid there would be fed by them.
local function fed_cells(map, passed)
  local fed = {}
  for _, entity in ipairs(map.entities) do
    if belt_ends.is_belt(entity) and not passed[entity.unit_number] then
      for _, tile in ipairs(belt_ends.tiles_ahead(entity)) do
        local cell = ground.cell(map, tile.x, tile.y)
        if cell then
          fed[cell] = true
        end
      end
    end
  end
  return fed
end

-- The last belt should not run on into a belt ahead of it by accident.
local function ways_to_end(map, tile)
  local ways, count = {}, 0
  for way = 0, 3 do
    local ahead = directions.vector(way * 2)
    local cell = ground.cell(map, tile.x + ahead.x, tile.y + ahead.y)
    local entity = cell and map.entities[map.blocked[cell]]
    if not (entity and belt_ends.is_belt(entity)) then
      ways[way], count = true, count + 1
    end
  end
  return count > 0 and ways or EVERY
end

local function add_goals(search, found)
  for _, goal in ipairs(found) do
    local cell = ground.cell(search.map, goal.tile.x, goal.tile.y)
    if cell and goal.belt then
      search.goals[cell] = {on_ground = belt_ways.into(goal.belt), is_built = true}
    elseif cell and not search.map.blocked[cell] then
      local ways = ways_to_end(search.map, goal.tile)
      search.goals[cell] = {on_ground = ways, from_below = ways}
      search.blocked[cell] = nil
    end
  end
end

local function blocked_cells(map, passed, taken)
  local blocked = ground.taken_cells(map, taken)
  for cell in pairs(fed_cells(map, passed)) do
    blocked[cell] = true
  end
  return blocked
end

-- The pieces along a way; `names` says of what.
local function pieces_along(way, names, goal)
  local pieces = {}
  for place, node in ipairs(way) do
    local next_node = way[place + 1]
    local onwards = next_node and next_node.direction or node.direction or 0
    local piece = {x = node.x + 0.5, y = node.y + 0.5, direction = onwards, name = names.ground}
    if node.from_below then
      piece.name, piece.direction, piece.end_type = names.below, node.direction, "output"
    elseif next_node and next_node.from_below then
      piece.name, piece.end_type = names.below, "input"
    end
    local is_there = place == 1 and way.start.is_built
    if is_there then
      local belt = way.start.belt
      if belt and next_node and belt.direction ~= onwards then
        piece.name, piece.turn = belt.name, true
        pieces[#pieces + 1] = piece
      end
    elseif next_node or not goal.is_built then
      pieces[#pieces + 1] = piece
    end
  end
  return pieces
end

local function search_within(surface, starts, passed, found, names, margin, taken)
  local tiles = {}
  for _, start in ipairs(starts) do
    tiles[#tiles + 1] = start
  end
  for _, goal in ipairs(found) do
    tiles[#tiles + 1] = goal.tile
  end
  local map = ground.read(surface, ground.box_around(tiles, margin))
  pipe_ends.keep_free(map)
  local search = {
    map = map, blocked = blocked_cells(map, passed, taken), goals = {}, starts = starts,
    on_ground = names.ground ~= nil,
  }
  undergrounds.add(search, names.below)
  add_goals(search, found)
  return routes.find(search), search
end

-- Whether what leaves the source already comes to the target.
local function joined_already(target, passed)
  for _, belt in ipairs(target.belts or {}) do
    if passed[belt.unit_number] then
      return belt
    end
  end
  return nil
end

---Plans a line of belts.
---@param surface LuaSurface
---@param from table as `ends.read` gives it, or what the plan before ended with
---@param to table as `ends.read` gives it
---@param names table ground and below: names of the belts that may be used
---@param taken table[] tiles of pieces that are planned already
---@return table plan pieces; last: to go on from; anchor: a belt of the line
function belt_plan.make(surface, from, to, names, taken)
  local target = belt_ends.resolve(surface, to, false)
  local starts, passed
  if from.planned then
    starts, passed = {from.planned}, {}
  else
    starts, passed = belt_ways.starts(belt_ends.resolve(surface, from, true))
  end
  local joined = joined_already(target, passed)
  if joined then
    return {pieces = {}, anchor = joined}
  end
  local found = belt_ways.goals(target)
  local map
  for _, margin in ipairs(MARGINS) do
    local way, search = search_within(surface, starts, passed, found, names, margin, taken)
    map = search.map
    if way then
      local last = way[#way]
      local goal = search.goals[last.cell]
      local is_open = not goal.is_built
      return {
        pieces = pieces_along(way, names, goal),
        anchor = goal.is_built and target.belts[1] or way.start.belt,
        last = is_open and {
          x = last.x, y = last.y, direction = last.direction, is_built = last.from_below,
          only = last.from_below and {[last.direction / 2] = true} or nil,
        } or nil,
      }
    end
  end
  local start, goal = starts[1] or ends.tile(from.position), found[1].tile
  ends.refuse_no_route(start, goal, ground.in_the_way(map, start, goal), names)
end

return belt_plan
