-- Size and extent of the patch of a resource at a place.

local agents = require("runtime.agents")
local errors = require("runtime.errors")
local reach = require("runtime.reach")

local tool = {name = "get_resource_patch"}

-- the map is read in squares of so many tiles, as the patch is followed into them
local SQUARE = 32
-- most squares that a patch is followed into; lakes and forests may never end
local MOST_SQUARES = 400

-- how far apart two pieces of one patch may be, tiles: ore and water touch, also at
-- corners; trees of a wood and wells of a field stand apart
local APART = {water = 1, wood = 3, ["crude-oil"] = 12}

local function read_water(surface, area)
  local found = {}
  for place, tile in ipairs(surface.find_tiles_filtered({area = area, collision_mask = "water-tile"})) do
    local corner = tile.position
    found[place] = {x = corner.x + 0.5, y = corner.y + 0.5, amount = 1}
  end
  return found
end

local function read_trees(surface, area)
  local found = {}
  for place, tree in ipairs(surface.find_entities_filtered({area = area, type = "tree"})) do
    local position = tree.position
    found[place] = {x = position.x, y = position.y, amount = 1}
  end
  return found
end

local function read_ore(surface, area, name)
  local found = {}
  for place, ore in ipairs(surface.find_entities_filtered({area = area, name = name})) do
    local position = ore.position
    found[place] = {x = position.x, y = position.y, amount = ore.amount}
  end
  return found
end

local readers = {water = read_water, wood = read_trees}

-- Pieces of a resource, read from the map where they are asked for, by buckets as wide
-- as pieces of one patch may be apart.
local function open_map(surface, name)
  local map = {
    surface = surface, name = name, read = readers[name] or read_ore,
    apart = APART[name] or 1, buckets = {}, squares = {}, square_count = 0,
  }
  return map
end

local function key(x, y)
  return x .. "," .. y
end

local function put(map, piece)
  local bucket = key(math.floor(piece.x / map.apart), math.floor(piece.y / map.apart))
  map.buckets[bucket] = map.buckets[bucket] or {}
  table.insert(map.buckets[bucket], piece)
end

local function load_square(map, column, row)
  local square = key(column, row)
  if map.squares[square] or map.square_count >= MOST_SQUARES then
    return
  end
  map.squares[square] = true
  map.square_count = map.square_count + 1
  local left, top = column * SQUARE, row * SQUARE
  local area = {{left, top}, {left + SQUARE, top + SQUARE}}
  for _, piece in ipairs(map.read(map.surface, area, map.name)) do
    -- what stands on the edge belongs to one square only
    if math.floor(piece.x / SQUARE) == column and math.floor(piece.y / SQUARE) == row then
      put(map, piece)
    end
  end
end

local function load_around(map, x, y, radius)
  for column = math.floor((x - radius) / SQUARE), math.floor((x + radius) / SQUARE) do
    for row = math.floor((y - radius) / SQUARE), math.floor((y + radius) / SQUARE) do
      load_square(map, column, row)
    end
  end
end

-- Calls a function with each piece that lies within so many tiles on both axes.
local function each_near(map, x, y, radius, visit)
  load_around(map, x, y, radius)
  local size = map.apart
  for column = math.floor((x - radius) / size), math.floor((x + radius) / size) do
    for row = math.floor((y - radius) / size), math.floor((y + radius) / size) do
      for _, piece in ipairs(map.buckets[key(column, row)] or {}) do
        if math.abs(piece.x - x) <= radius and math.abs(piece.y - y) <= radius then
          visit(piece)
        end
      end
    end
  end
end

-- The piece nearest to a place and within the radius; radius 0 means on its tile.
local function nearest_piece(map, position, radius)
  local best, best_away
  each_near(map, position.x, position.y, math.max(radius, 0.5), function(piece)
    local away = reach.distance(piece, position)
    local is_within = radius == 0 or away <= radius
    if is_within and (best == nil or away < best_away
      or away == best_away and (piece.y < best.y or piece.y == best.y and piece.x < best.x)) then
      best, best_away = piece, away
    end
  end)
  return best
end

local function flood(map, first)
  local open, seen = {first}, {[first] = true}
  local pieces = {}
  while #open > 0 do
    local piece = table.remove(open)
    pieces[#pieces + 1] = piece
    each_near(map, piece.x, piece.y, map.apart, function(other)
      if not seen[other] then
        seen[other] = true
        open[#open + 1] = other
      end
    end)
  end
  return pieces
end

local function describe(name, pieces)
  local left, top, right, bottom = math.huge, math.huge, -math.huge, -math.huge
  local size = 0
  for _, piece in ipairs(pieces) do
    -- whole tiles, as pieces stand in the middle of theirs
    local x, y = math.floor(piece.x), math.floor(piece.y)
    left, top = math.min(left, x), math.min(top, y)
    right, bottom = math.max(right, x + 1), math.max(bottom, y + 1)
    size = size + piece.amount
  end
  return {
    name = name, size = size,
    bounding_box = {left_top = {x = left, y = top}, right_bottom = {x = right, y = bottom}},
  }
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local name, position, radius = arguments.resource, arguments.position, arguments.radius
  if radius < 0 then
    errors.fail("bad-argument", string.format("radius must be 0 or more, not %g", radius), {radius = radius})
  end
  local map = open_map(character.surface, name)
  local first = nearest_piece(map, position, radius)
  if first == nil then
    errors.fail(
      "nothing-found",
      string.format(
        "there is no %s within %g tiles of %s; nearest() finds where there is", name, radius,
        errors.place(position)
      ),
      {resource = name, position = {x = position.x, y = position.y}, radius = radius}
    )
  end
  return {value = describe(name, flood(map, first))}
end

return tool
