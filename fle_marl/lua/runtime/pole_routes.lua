-- Places for the fewest poles between two ends: A* over hops as long as a wire reaches.

local ground = require("runtime.ground")
local queue = require("runtime.queue")

local pole_routes = {}

-- A pole costs 1000; one on a tile that should stay free a fifth more.
local POLE, KEPT = 1000, 200
-- places looked at before giving up
local MOST_PLACES = 1500

-- Poles stand in the middle of a tile, or of two by two; the node of a place is the cell
-- of its south-east tile.
local function centre(search, x, y)
  local shift = search.size % 2 == 1 and 0.5 or 0
  return x + shift, y + shift
end

local function is_free(search, x, y)
  for dy = 1 - search.size, 0 do
    for dx = 1 - search.size, 0 do
      local cell = ground.cell(search.map, x + dx, y + dy)
      if cell == nil or search.map.blocked[cell] then
        return false
      end
    end
  end
  return true
end

-- Tiles between a place and a box.
local function distance_to_box(x, y, box)
  local dx = math.max(box.left - x, x - box.right, 0)
  local dy = math.max(box.top - y, y - box.bottom, 0)
  return math.sqrt(dx * dx + dy * dy), math.max(dx, dy)
end

-- How far a pole at a place is from serving an end, tiles; 0 or less when it does.
local function distance_left(search, x, y, place)
  if place.tile then
    local at_x, at_y = centre(search, place.tile.x, place.tile.y)
    local dx, dy = at_x - x, at_y - y
    return math.sqrt(dx * dx + dy * dy)
  end
  if place.box then
    local straight, larger = distance_to_box(x, y, place.box)
    -- what only touches the supply area is not in it
    return larger < search.supply and 0 or math.max(straight - search.supply, 0.01)
  end
  local least = math.huge
  for _, pole in ipairs(place.poles) do
    local dx, dy = pole.x - x, pole.y - y
    local left = math.sqrt(dx * dx + dy * dy) - math.min(pole.reach, search.reach)
    least = math.min(least, left)
  end
  return least
end

local function add(search, x, y, from, cost)
  local node = ground.cell(search.map, x, y)
  local known = search.cost[node]
  if known and known <= cost then
    return
  end
  search.cost[node], search.from[node] = cost, from
  local at_x, at_y = centre(search, x, y)
  local left = math.max(distance_left(search, at_x, at_y, search.target), 0)
  -- at least so many poles more; along the grid a wire reaches whole tiles only. Of
  -- places that are equally good so far, the nearest to the target first.
  local poles = math.ceil(left / search.whole_reach)
  queue.push(search.waiting, cost + poles * POLE + math.min(math.floor(left), POLE - 1), node)
end

local function cost_at(search, x, y)
  return search.map.kept[ground.cell(search.map, x, y)] and POLE + KEPT or POLE
end

-- The places in one row from which a wire reaches a pole: those between two distances
-- along the row on either side.
local function add_row(search, y, at_x, inner, outer, from, cost)
  local shift = search.size % 2 == 1 and 0.5 or 0
  for x = math.ceil(at_x - outer - shift), math.floor(at_x + outer - shift) do
    if math.abs(x + shift - at_x) >= inner and is_free(search, x, y) then
      add(search, x, y, from, cost + cost_at(search, x, y))
    end
  end
end

-- All free places from which a wire reaches a pole, but for those that are too near.
local function add_around(search, at_x, at_y, reach, from, cost)
  local shift = search.size % 2 == 1 and 0.5 or 0
  local shortest = search.shortest * reach
  for y = math.ceil(at_y - reach - shift), math.floor(at_y + reach - shift) do
    local dy = y + shift - at_y
    local outer = math.sqrt(reach * reach - dy * dy)
    local inner = math.sqrt(math.max(shortest * shortest - dy * dy, 0))
    add_row(search, y, at_x, inner, outer, from, cost)
  end
  local tile = search.target.tile
  if tile then
    local to_x, to_y = centre(search, tile.x, tile.y)
    if (to_x - at_x) ^ 2 + (to_y - at_y) ^ 2 <= reach * reach then
      add(search, tile.x, tile.y, from, cost + POLE)
    end
  end
end

-- All free places whose supply area reaches a box.
local function add_beside(search, box)
  local supply = math.ceil(search.supply) + 1
  for y = math.floor(box.top) - supply, math.ceil(box.bottom) + supply do
    for x = math.floor(box.left) - supply, math.ceil(box.right) + supply do
      local at_x, at_y = centre(search, x, y)
      local _, larger = distance_to_box(at_x, at_y, box)
      if larger < search.supply and is_free(search, x, y) then
        add(search, x, y, nil, cost_at(search, x, y))
      end
    end
  end
end

local function begin(search)
  local source = search.source
  if source.tile then
    if is_free(search, source.tile.x, source.tile.y) then
      add(search, source.tile.x, source.tile.y, nil, POLE)
    end
  elseif source.box then
    add_beside(search, source.box)
  else
    for _, pole in ipairs(source.poles) do
      if ground.cell(search.map, math.floor(pole.x), math.floor(pole.y)) then
        add_around(search, pole.x, pole.y, math.min(pole.reach, search.reach), nil, 0)
      end
    end
  end
end

local function way_to(search, node)
  local backwards, way = {}, {}
  while node do
    local x, y = centre(search, ground.tile(search.map, node))
    backwards[#backwards + 1] = {x = x, y = y}
    node = search.from[node]
  end
  for place = #backwards, 1, -1 do
    way[#way + 1] = backwards[place]
  end
  return way
end

---Finds places for the fewest poles.
---@param search table
---  map: as `ground.read` makes it; source, target: as `pole_ends.resolve` gives them;
---  size: of the pole, tiles; reach: of its wires; whole_reach: rounded down;
---  supply: distance that its supply area reaches; shortest: hops, as a share of the reach
---@return table[]? centres of the new poles, from the source on
function pole_routes.find(search)
  local tile = search.target.tile
  if tile and not is_free(search, tile.x, tile.y) then
    return nil
  end
  search.cost, search.from, search.waiting = {}, {}, queue.new()
  begin(search)
  return queue.explore(search.waiting, MOST_PLACES, function(node)
    local x, y = centre(search, ground.tile(search.map, node))
    if distance_left(search, x, y, search.target) <= 0 then
      return way_to(search, node)
    end
    add_around(search, x, y, search.reach, node, search.cost[node])
  end)
end

return pole_routes
