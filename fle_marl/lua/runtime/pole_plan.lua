-- Which poles to place where, so that source and target are on one electric network.

local ends = require("runtime.ends")
local ground = require("runtime.ground")
local pipe_ends = require("runtime.pipe_ends")
local pole_ends = require("runtime.pole_ends")
local pole_routes = require("runtime.pole_routes")

local pole_plan = {}

-- tiles around the ends that poles may stand on; a wider circle when there is no way
local MARGINS = {8, 40}
-- short hops are only looked at when long ones lead nowhere
local SHORTEST_HOPS = {0.7, 0}

-- The tiles where two ends are nearest to each other, roughly.
local function nearest_tiles(source, target)
  local start = pole_ends.tile(source, pole_ends.tile(target))
  local goal = pole_ends.tile(target, start)
  return pole_ends.tile(source, goal), goal
end

local function read(surface, source, target, margin, taken)
  local map = ground.read(surface, ground.box_around({nearest_tiles(source, target)}, margin))
  pipe_ends.keep_free(map)
  for _, tile in ipairs(taken) do
    local cell = ground.cell(map, tile.x, tile.y)
    if cell then
      map.blocked[cell] = map.blocked[cell] or 0
    end
  end
  return map
end

local function pieces_of(way, name)
  local pieces = {}
  for place, pole in ipairs(way) do
    pieces[place] = {name = name, x = pole.x, y = pole.y, direction = 0}
  end
  return pieces
end

-- The poles of the plan before carry on the network of its source.
local function source_of(surface, from)
  if from.planned then
    return from.planned
  end
  return pole_ends.resolve(surface, from)
end

local function last_of(source, way, search)
  local poles = {}
  for _, pole in ipairs(source.poles or {}) do
    poles[#poles + 1] = pole
  end
  for _, pole in ipairs(way) do
    poles[#poles + 1] = {x = pole.x, y = pole.y, reach = search.reach}
  end
  return {poles = poles, entity = source.entity, network = source.network}
end

---Plans a line of poles.
---@param surface LuaSurface
---@param from table as `ends.read` gives it, or what the plan before ended with
---@param to table as `ends.read` gives it
---@param names table ground: name of the pole
---@param taken table[] tiles of pieces that are planned already
---@return table plan pieces; last: to go on from; anchor: an entity of the network
function pole_plan.make(surface, from, to, names, taken)
  local source, target = source_of(surface, from), pole_ends.resolve(surface, to)
  local anchor = source.poles and source.poles[1].entity or target.poles and target.poles[1].entity
  if source.network and source.network == target.network then
    return {pieces = {}, anchor = anchor, last = last_of(source, {}, {})}
  end
  local prototype = game.entity_prototypes[names.ground]
  local search = {
    source = source, target = target, size = prototype.tile_width,
    reach = prototype.max_wire_distance,
    whole_reach = math.floor(prototype.max_wire_distance),
    supply = prototype.supply_area_distance,
  }
  for _, margin in ipairs(MARGINS) do
    search.map = read(surface, source, target, margin, taken)
    for _, shortest in ipairs(SHORTEST_HOPS) do
      search.shortest = shortest
      local way = pole_routes.find(search)
      if way then
        return {
          pieces = pieces_of(way, names.ground), anchor = anchor,
          last = last_of(source, way, search),
        }
      end
    end
  end
  local start, goal = nearest_tiles(source, target)
  ends.refuse_no_route(start, goal, ground.in_the_way(search.map, start, goal), names)
end

return pole_plan
