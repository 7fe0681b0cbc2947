-- Which pipes to lay where, so that fluid comes from the source to the target and mixes
-- with no other on its way.

local ends = require("runtime.ends")
local ground = require("runtime.ground")
local pipe_ends = require("runtime.pipe_ends")
local pipe_fluids = require("runtime.pipe_fluids")
local routes = require("runtime.routes")
local undergrounds = require("runtime.undergrounds")

local pipe_plan = {}

-- tiles around the ends that routes may use; a wider circle when there is no way
local MARGINS = {8, 40}
local EVERY = {[0] = true, true, true, true}

local function systems_of(...)
  local systems = {}
  for _, openings in ipairs({...}) do
    for _, opening in ipairs(openings) do
      if opening.system then
        systems[opening.system] = true
      end
    end
  end
  return systems
end

local BESIDE = {{0, -1}, {1, 0}, {0, 1}, {-1, 0}}

local function note(map, cells, x, y, system)
  local cell = ground.cell(map, x, y)
  if cell then
    cells[cell] = cells[cell] or {}
    table.insert(cells[cell], system)
  end
end

-- Systems by the cells that free openings open to, and by the cells beside those of
-- machines: a pipe there would be in the way of what is yet to be joined to them.
local function read_openings(map)
  local onto, beside = {}, {}
  for _, entity in ipairs(map.entities) do
    for _, opening in ipairs(pipe_ends.openings(entity)) do
      if opening.joined == nil then
        note(map, onto, opening.x, opening.y, opening.system)
        for _, step in ipairs(entity.type == "pipe" and {} or BESIDE) do
          note(map, beside, opening.x + step[1], opening.y + step[2], opening.system)
        end
      end
    end
  end
  return onto, beside
end

local function block(search, cells, allowed)
  for cell, systems in pairs(cells) do
    for _, system in ipairs(systems) do
      if not allowed[system] then
        search.blocked[cell] = true
      end
    end
  end
end

-- Cells where a pipe would join what it should not.
local function add_blocked(search, cells, allowed, taken)
  search.blocked = ground.taken_cells(search.map, taken)
  for _, each in ipairs(cells) do
    block(search, each, allowed)
  end
end

local function add_ends(search, sources, targets)
  search.starts, search.goals = {}, {}
  for _, opening in ipairs(sources) do
    search.starts[#search.starts + 1] = {
      x = opening.x, y = opening.y, direction = opening.direction, fluid = opening.fluid,
      is_built = opening.is_built,
    }
  end
  for _, opening in ipairs(targets) do
    local cell = ground.cell(search.map, opening.x, opening.y)
    if cell and not search.map.blocked[cell] then
      local goal = search.goals[cell] or {on_ground = EVERY, from_below = {}}
      if opening.direction then
        goal.from_below[(opening.direction / 2 + 2) % 4] = true
      elseif not search.on_ground then
        goal.from_below = EVERY
      end
      search.goals[cell] = goal
    end
  end
end

local function pieces_along(way, names)
  local pieces = {}
  for place, node in ipairs(way) do
    local next_node = way[place + 1]
    local piece = {x = node.x + 0.5, y = node.y + 0.5, direction = 0, name = names.ground}
    if node.from_below then
      -- its opening is ahead
      piece.name, piece.direction = names.below, node.direction
    elseif next_node and next_node.from_below then
      -- its opening is behind
      piece.name, piece.direction = names.below, (next_node.direction + 4) % 8
    end
    if not (place == 1 and way.start.is_built) then
      pieces[#pieces + 1] = piece
    end
  end
  return pieces
end

local function all_tiles(pairs_of_openings)
  local tiles = {}
  for _, pair in ipairs(pairs_of_openings) do
    for _, openings in ipairs(pair) do
      for _, opening in ipairs(openings) do
        tiles[#tiles + 1] = opening
      end
    end
  end
  return tiles
end

-- The cheapest way for any of the fluids within a part of the map; one that leaves all
-- openings of other fluids free, if there is any.
local function best_way(surface, found, names, taken, margin)
  local map = ground.read(surface, ground.box_around(all_tiles(found), margin))
  local search = {map = map, on_ground = names.ground ~= nil}
  undergrounds.add(search, names.below)
  local onto, beside = read_openings(map)
  local best
  for _, cells in ipairs({{onto, beside}, {onto}}) do
    for _, pair in ipairs(found) do
      add_blocked(search, cells, systems_of(pair[1], pair[2]), taken)
      add_ends(search, pair[1], pair[2])
      local way = routes.find(search)
      if way and (best == nil or way.cost < best.cost) then
        best = way
      end
    end
    if best then
      break
    end
  end
  return best, map
end

local function are_joined(found)
  for _, pair in ipairs(found) do
    local systems = systems_of(pair[1])
    for system in pairs(systems_of(pair[2])) do
      if systems[system] then
        return true
      end
    end
  end
  return false
end

-- Openings of both ends: all for what shares its fluid, free ones for laying pipes.
local function free_pairs(surface, found)
  local free = {}
  for _, pair in ipairs(found) do
    local one = {pipe_ends.free(surface, pair[1]), pipe_ends.free(surface, pair[2])}
    if #one[1] > 0 and #one[2] > 0 then
      free[#free + 1] = one
    end
  end
  return free
end

---Plans a line of pipes.
---@param surface LuaSurface
---@param from table as `ends.read` gives it, or what the plan before ended with
---@param to table as `ends.read` gives it
---@param names table ground and below: names of the pipes that may be used
---@param taken table[] tiles of pieces that are planned already
---@return table plan pieces; last: to go on from; anchor: an entity of the line
function pipe_plan.make(surface, from, to, names, taken)
  local sources, source_entity
  if from.planned then
    sources = {from.planned}
  else
    sources, source_entity = pipe_ends.resolve(surface, from)
  end
  local targets, target_entity = pipe_ends.resolve(surface, to)
  local found = pipe_fluids.pairs(sources, targets)
  local anchor = source_entity or target_entity
  if are_joined(found) then
    return {pieces = {}, anchor = anchor}
  end
  local free = free_pairs(surface, found)
  local map
  for _, margin in ipairs(#free > 0 and MARGINS or {}) do
    local way
    way, map = best_way(surface, free, names, taken, margin)
    if way then
      local last = way[#way]
      return {
        pieces = pieces_along(way, names), anchor = anchor,
        last = {
          x = last.x, y = last.y, is_built = true, flow = "input-output",
          fluid = way.start.fluid,
          direction = last.from_below and last.direction or nil,
        },
      }
    end
  end
  local pair = free[1] or found[1]
  local start, goal = pair[1][1], pair[2][1]
  ends.refuse_no_route(start, goal, map and ground.in_the_way(map, start, goal) or {}, names)
end

return pipe_plan
