-- Size and extent of the patch of a resource at a place.

local agents = require("runtime.agents")
local errors = require("runtime.errors")
local reach = require("runtime.reach")

local floor, abs = math.floor, math.abs

local tool = {name = "get_resource_patch"}

-- the map is read in squares of so many tiles, as the patch is followed into them
local SQUARE = 32
-- most squares that a patch is followed into; lakes and forests may never end
local MOST_SQUARES = 400

-- how far apart two pieces of one patch may be, tiles: ore and water touch, also at
-- corners; trees of a wood and wells of a field stand apart
local APART = {water = 1, wood = 3, ["crude-oil"] = 12}

local function read_water(surface, area, add)
  for _, tile in ipairs(surface.find_tiles_filtered({area = area, collision_mask = "water-tile"})) do
    local corner = tile.position
    add(corner.x + 0.5, corner.y + 0.5, 1)
  end
end

local function read_trees(surface, area, add)
  for _, tree in ipairs(surface.find_entities_filtered({area = area, type = "tree"})) do
    local position = tree.position
    add(position.x, position.y, 1)
  end
end

local function read_ore(surface, area, add, name)
  for _, ore in ipairs(surface.find_entities_filtered({area = area, name = name})) do
    local position = ore.position
    add(position.x, position.y, ore.amount)
  end
end

local readers = {water = read_water, wood = read_trees}

-- Pieces of a resource, read from the map where they are asked for, by buckets as wide
-- as pieces of one patch may be apart.
local function open_map(surface, name)
  return {
    surface = surface, name = name, read = readers[name] or read_ore,
    apart = APART[name] or 1, buckets = {}, squares = {}, square_count = 0,
  }
end

-- One number for a column and a row; the map has 2,000,000 of each.
local ROW = 0x400000

local function key(column, row)
  return row * ROW + column
end

local function load_square(map, column, row)
  local square = key(column, row)
  if map.square_count >= MOST_SQUARES then
    return
  end
  map.squares[square] = true
  map.square_count = map.square_count + 1
  local left, top = column * SQUARE, row * SQUARE
  local right, bottom = left + SQUARE, top + SQUARE
  local buckets, apart = map.buckets, map.apart
  map.read(map.surface, {{left, top}, {right, bottom}}, function(x, y, amount)
    -- what stands on the edge belongs to one square only
    if x >= left and x < right and y >= top and y < bottom then
      local number = key(floor(x / apart), floor(y / apart))
      buckets[number] = {
        x = x, y = y, amount = amount, bucket = number,
        -- all that may hang together with it is in this square
        is_inner = x - apart >= left and x + apart < right and y - apart >= top and y + apart < bottom,
        -- several of a bucket are a chain
        next = buckets[number],
      }
    end
  end, map.name)
end

local function load_around(map, x, y, radius)
  local squares = map.squares
  for column = floor((x - radius) / SQUARE), floor((x + radius) / SQUARE) do
    for row = floor((y - radius) / SQUARE), floor((y + radius) / SQUARE) do
      if not squares[key(column, row)] then
        load_square(map, column, row)
      end
    end
  end
end

-- Calls a function with each piece that lies within so many tiles on both axes.
local function each_near(map, x, y, radius, visit)
  load_around(map, x, y, radius)
  local size, buckets = map.apart, map.buckets
  for row = floor((y - radius) / size), floor((y + radius) / size) do
    for column = floor((x - radius) / size), floor((x + radius) / size) do
      local piece = buckets[key(column, row)]
      while piece do
        if abs(piece.x - x) <= radius and abs(piece.y - y) <= radius then
          visit(piece)
        end
        piece = piece.next
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

-- All pieces that hang together with one.
local function flood(map, first)
  local buckets, apart = map.buckets, map.apart
  local pieces, count, done = {first}, 1, 0
  first.is_seen = true
  while done < count do
    done = done + 1
    local piece = pieces[done]
    if not piece.is_inner then
      load_around(map, piece.x, piece.y, apart)
    end
    for row = piece.bucket - ROW, piece.bucket + ROW, ROW do
      for bucket = row - 1, row + 1 do
        local other = buckets[bucket]
        while other do
          if not other.is_seen and abs(other.x - piece.x) <= apart and abs(other.y - piece.y) <= apart then
            other.is_seen = true
            count = count + 1
            pieces[count] = other
          end
          other = other.next
        end
      end
    end
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
