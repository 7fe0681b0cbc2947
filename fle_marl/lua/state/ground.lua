-- Ground as plain data: which chunks there are, floors that were laid, and whether the
-- ground of a map is one that an entity can stand on.

local built = require("runtime.built")
local checks = require("runtime.checks")
local errors = require("runtime.errors")

local ground = {}

local CHUNK_TILES = 32
-- a chunk further out lies beyond the game's map; so many are a map for weeks of play
local chunk_coordinate = checks.whole(-31250, 31250)
local MOST_CHUNKS = 20000

local check_chunks = checks.list(
  checks.tuple({chunk_coordinate, chunk_coordinate, checks.whole(0, 1)}, 3)
)

---Refuses what is no list of chunks as `save_chunks` gives it.
function ground.check_chunks(value, path)
  check_chunks(value, path)
  if #value > MOST_CHUNKS then
    checks.refuse(path, string.format("at most %d chunks", MOST_CHUNKS), #value)
  end
end

ground.check_floors = checks.list(checks.tuple(
  {checks.tile_coordinate, checks.tile_coordinate, checks.tile, checks.tile}, 3
))

-- --- whether something can stand somewhere

local function collides(surface, layers, x, y)
  local tile = surface.get_tile(x, y)
  for layer in pairs(layers) do
    if tile.collides_with(layer) then
      return true
    end
  end
  return false
end

-- Tiles that a box touches, by a hair less, so that edges on edges do not count.
local HAIR = 1 / 128

local function each_tile(box, act)
  for y = math.floor(box.top + HAIR), math.floor(box.bottom - HAIR) do
    for x = math.floor(box.left + HAIR), math.floor(box.right - HAIR) do
      if act(x, y) then
        return true
      end
    end
  end
  return false
end

local function is_free(surface, prototype, box)
  local layers = prototype.collision_mask
  return not each_tile(box, function(x, y)
    return collides(surface, layers, x, y)
  end)
end

---Whether the ground below an entity is one that it can stand on.
function ground.is_for(surface, entity)
  local box = entity.bounding_box
  return is_free(surface, entity.prototype, {
    left = box.left_top.x, top = box.left_top.y,
    right = box.right_bottom.x, bottom = box.right_bottom.y,
  })
end

local function box_of(record)
  local box = game.entity_prototypes[record.name].collision_box
  local left, top, right, bottom = box.left_top.x, box.left_top.y, box.right_bottom.x,
    box.right_bottom.y
  for _ = 1, math.floor((record.direction or 0) / 2) do
    left, top, right, bottom = -bottom, left, -top, right
  end
  return {
    left = record.x + left, top = record.y + top, right = record.x + right,
    bottom = record.y + bottom,
  }
end

---Refuses a state that was saved on other ground than there is: what stood on its own
---ground would not.
---@param state table
function ground.check_below(surface, state)
  local laid = {}
  for _, floor in ipairs(state.floors) do
    laid[floor[1] .. " " .. floor[2]] = true
  end
  for _, record in ipairs(state.entities) do
    local prototype = game.entity_prototypes[record.name]
    local box, layers = box_of(record), prototype.collision_mask
    local is_wrong = each_tile(box, function(x, y)
      if surface.get_tile(x, y).name == "out-of-map" then
        return true
      end
      return not record.is_off_ground and not laid[x .. " " .. y]
        and collides(surface, layers, x, y)
    end)
    if is_wrong then
      errors.fail(
        "other-ground",
        string.format(
          "%s at %s cannot stand there: this is another map than the one that was saved",
          record.name, errors.place(record)
        ),
        {name = record.name, position = {x = record.x, y = record.y}}
      )
    end
  end
end

-- --- chunks

---@return table[] list of {x, y, 1 if it is charted}, row by row
function ground.save_chunks(surface, force)
  local list = {}
  for chunk in surface.get_chunks() do
    local place = {x = chunk.x, y = chunk.y}
    if surface.is_chunk_generated(place) then
      list[#list + 1] = {
        chunk.x, chunk.y, force.is_chunk_charted(surface, place) and 1 or 0,
      }
    end
  end
  table.sort(list, function(first, second)
    return first[2] < second[2] or first[2] == second[2] and first[1] < second[1]
  end)
  return list
end

---Generates the chunks of a state that are not there yet.
function ground.generate(surface, chunks)
  local is_missing = false
  for _, chunk in ipairs(chunks) do
    if not surface.is_chunk_generated({x = chunk[1], y = chunk[2]}) then
      is_missing = true
      surface.request_to_generate_chunks(
        {x = (chunk[1] + 0.5) * CHUNK_TILES, y = (chunk[2] + 0.5) * CHUNK_TILES}, 0
      )
    end
  end
  if is_missing then
    surface.force_generate_chunk_requests()
  end
end

---@return fun(x, y): boolean whether a place in tiles is in one of the chunks
function ground.inside(chunks)
  local known = {}
  for _, chunk in ipairs(chunks) do
    known[chunk[1] .. " " .. chunk[2]] = true
  end
  return function(x, y)
    return known[math.floor(x / CHUNK_TILES) .. " " .. math.floor(y / CHUNK_TILES)] == true
  end
end

---Has the force know the chunks that it knew, and no other.
function ground.chart(surface, force, chunks)
  local wanted = {}
  for _, chunk in ipairs(chunks) do
    if chunk[3] == 1 then
      wanted[chunk[1] .. " " .. chunk[2]] = true
    end
  end
  for chunk in surface.get_chunks() do
    local place = {x = chunk.x, y = chunk.y}
    local is_wanted = wanted[chunk.x .. " " .. chunk.y] == true
    if force.is_chunk_charted(surface, place) ~= is_wanted then
      if is_wanted then
        local left, top = chunk.x * CHUNK_TILES, chunk.y * CHUNK_TILES
        force.chart(surface, {{left + 1, top + 1}, {left + 2, top + 2}})
      else
        force.unchart_chunk(place, surface)
      end
    end
  end
end

-- --- floors

---@return table[] list of {x, y, tile, hidden tile}, row by row
function ground.save_floors(surface)
  local list = {}
  for index, tile in ipairs(built.floors(surface)) do
    local position = tile.position
    list[index] = {position.x, position.y, tile.name, tile.hidden_tile}
  end
  return list
end

---Lays the floors of a state, and takes up all others.
---@return integer tiles of other floors that stay, as what they cover is not known
function ground.load_floors(surface, floors)
  built.take_up_floors(surface)
  local wanted, tiles = {}, {}
  for index, floor in ipairs(floors) do
    wanted[floor[1] .. " " .. floor[2]] = true
    tiles[index] = {name = floor[3], position = {x = floor[1], y = floor[2]}}
  end
  if #tiles > 0 then
    surface.set_tiles(tiles, false, false)
  end
  for _, floor in ipairs(floors) do
    local place = {x = floor[1], y = floor[2]}
    if surface.get_hidden_tile(place) ~= floor[4] then
      surface.set_hidden_tile(place, floor[4])
    end
  end
  local left = 0
  for _, tile in ipairs(built.floors(surface)) do
    local position = tile.position
    left = left + (wanted[position.x .. " " .. position.y] and 0 or 1)
  end
  return left
end

return ground
