-- What stands where in a part of the map, fetched at once for finding routes.
--
-- Tiles are numbered row by row ("cells"), so that tables by cell stay small and quick.

local ground = {}

local MACHINES_THAT_DROP = {inserter = true, ["mining-drill"] = true}

---The number of a tile; nil outside.
---@param map table as `ground.read` makes it
---@param x integer tile
---@param y integer tile
---@return integer?
function ground.cell(map, x, y)
  local column, row = x - map.left, y - map.top
  if column < 0 or row < 0 or column >= map.width or row >= map.height then
    return nil
  end
  return row * map.width + column
end

---The tile of a cell.
---@return integer x, integer y
function ground.tile(map, cell)
  local column = cell % map.width
  return map.left + column, map.top + (cell - column) / map.width
end

-- Calls `act` with each cell that a box touches.
local function each_cell(map, box, act)
  local left = math.max(math.floor(box.left_top.x), map.left)
  local top = math.max(math.floor(box.left_top.y), map.top)
  local right = math.min(math.ceil(box.right_bottom.x), map.left + map.width)
  local bottom = math.min(math.ceil(box.right_bottom.y), map.top + map.height)
  for y = top, bottom - 1 do
    for x = left, right - 1 do
      act((y - map.top) * map.width + x - map.left)
    end
  end
end

-- Where machines drop and take should stay free: a route avoids it when it can.
local function keep_free(map, entity)
  local places = {entity.drop_position}
  if entity.type == "inserter" then
    places[2] = entity.pickup_position
  end
  for _, place in ipairs(places) do
    local cell = ground.cell(map, math.floor(place.x), math.floor(place.y))
    if cell then
      map.kept[cell] = true
    end
  end
end

local function read_entities(map, surface, area)
  local found = surface.find_entities_filtered({area = area, collision_mask = "object-layer"})
  for index, entity in ipairs(found) do
    map.entities[index] = entity
    each_cell(map, entity.bounding_box, function(cell)
      map.blocked[cell] = index
    end)
    if MACHINES_THAT_DROP[entity.type] then
      keep_free(map, entity)
    end
  end
end

local function read_water(map, surface, area)
  local found = surface.find_tiles_filtered({area = area, collision_mask = "water-tile"})
  for _, tile in ipairs(found) do
    local position = tile.position
    local cell = ground.cell(map, position.x, position.y)
    if cell then
      map.blocked[cell] = map.blocked[cell] or 0
    end
  end
end

---Reads a part of the map.
---@param surface LuaSurface
---@param box table left, top, right, bottom: whole tiles, right and bottom not included
---@return table map blocked: by cell the index of an entity, 0 for water; entities; kept:
---  cells that machines drop on or take from
function ground.read(surface, box)
  local map = {
    left = box.left, top = box.top, width = box.right - box.left,
    height = box.bottom - box.top, blocked = {}, entities = {}, kept = {},
  }
  local area = {{box.left, box.top}, {box.right, box.bottom}}
  read_entities(map, surface, area)
  read_water(map, surface, area)
  return map
end

---Cells that are not free: those that the map has, and tiles that are to be built on.
---@param map table as `ground.read` makes it
---@param taken table[] {x = ..., y = ...}
---@return table<integer, boolean> true by cell
function ground.taken_cells(map, taken)
  local cells = {}
  for cell in pairs(map.blocked) do
    cells[cell] = true
  end
  for _, tile in ipairs(taken) do
    local cell = ground.cell(map, tile.x, tile.y)
    if cell then
      cells[cell] = true
    end
  end
  return cells
end

---The smallest box around tiles, with a margin.
---@param tiles table[] {x = ..., y = ...}
---@param margin integer tiles
function ground.box_around(tiles, margin)
  local box = {left = math.huge, top = math.huge, right = -math.huge, bottom = -math.huge}
  for _, tile in ipairs(tiles) do
    box.left, box.right = math.min(box.left, tile.x), math.max(box.right, tile.x)
    box.top, box.bottom = math.min(box.top, tile.y), math.max(box.bottom, tile.y)
  end
  return {
    left = box.left - margin, top = box.top - margin,
    right = box.right + margin + 1, bottom = box.bottom + margin + 1,
  }
end

---What stands on the straight lines between two tiles, for telling why there is no way.
---@return string[] such as "stone-furnace at (x=3, y=4)", each once, six at most
function ground.in_the_way(map, from, to)
  local names, seen = {}, {}
  local function look(x, y)
    local cell = ground.cell(map, x, y)
    local index = cell and map.blocked[cell]
    if index == nil or seen[index] or #names == 6 then
      return
    end
    seen[index] = true
    local entity = map.entities[index]
    names[#names + 1] = entity
      and string.format("%s at (x=%g, y=%g)", entity.name, entity.position.x, entity.position.y)
      or "water"
  end
  -- the end itself first: most often that is what is taken
  look(to.x, to.y)
  local step_x = from.x <= to.x and 1 or -1
  local step_y = from.y <= to.y and 1 or -1
  for x = from.x, to.x, step_x do
    look(x, from.y)
    look(x, to.y)
  end
  for y = from.y, to.y, step_y do
    look(from.x, y)
    look(to.x, y)
  end
  return names
end

return ground
