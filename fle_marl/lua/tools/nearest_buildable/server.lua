-- The nearest free box of ground to build in, on ore where a drill is to be built.

local agents = require("runtime.agents")
local building = require("runtime.building")
local errors = require("runtime.errors")

local tool = {name = "nearest_buildable"}

-- how far from the asked place the middle of the box may lie on each axis, tiles
local FARTHEST = 30
-- how far it looks first, and then: most boxes fit near by
local STAGES = {4, 12, FARTHEST}
-- largest box, tiles: the ground that is searched
local LARGEST = 2 * FARTHEST

-- --- the ground, as counts of tiles in the rectangle from its corner to each tile

-- Sums of a grid of numbers; sums[row][column] counts rows and columns before them.
local function summed(cells, size)
  local sums = {[0] = {}}
  for column = 0, size do
    sums[0][column] = 0
  end
  for row = 1, size do
    local above, own, line = sums[row - 1], {[0] = 0}, 0
    for column = 1, size do
      line = line + (cells[(row - 1) * size + column] or 0)
      own[column] = above[column] + line
    end
    sums[row] = own
  end
  return sums
end

-- Tiles that count in a box of columns and rows; left and top are the tiles before it.
local function count_in(sums, left, top, width, height)
  local low, high = sums[top], sums[top + height]
  return high[left + width] - high[left] - low[left + width] + low[left]
end

-- The square of ground that is searched.
local function ground_around(center, reach)
  local ground = {
    left = math.floor(center.x) - reach, top = math.floor(center.y) - reach, size = 2 * reach + 1,
  }
  ground.area = {
    {ground.left, ground.top}, {ground.left + ground.size, ground.top + ground.size},
  }
  return ground
end

-- Marks the tiles that a box covers.
local function mark(ground, cells, box)
  -- a hair inside: a box that ends on the edge of a tile does not cover the next one
  local hair = 0.001
  local first_column = math.max(math.floor(box.left_top.x + hair) - ground.left, 0)
  local last_column = math.min(math.floor(box.right_bottom.x - hair) - ground.left, ground.size - 1)
  local first_row = math.max(math.floor(box.left_top.y + hair) - ground.top, 0)
  local last_row = math.min(math.floor(box.right_bottom.y - hair) - ground.top, ground.size - 1)
  for row = first_row, last_row do
    for column = first_column, last_column do
      cells[row * ground.size + column + 1] = 1
    end
  end
end

local function taken_tiles(ground, surface)
  local cells = {}
  for _, entity in ipairs(surface.find_entities_filtered({area = ground.area, collision_mask = "object-layer"})) do
    mark(ground, cells, entity.bounding_box)
  end
  for _, tile in ipairs(surface.find_tiles_filtered({area = ground.area, collision_mask = "water-tile"})) do
    local corner = tile.position
    mark(ground, cells, {left_top = corner, right_bottom = {x = corner.x + 1, y = corner.y + 1}})
  end
  return summed(cells, ground.size)
end

-- For each resource that a drill can mine: the tiles that bear it.
local function bearing_tiles(ground, surface, categories)
  local cells_of = {}
  for _, resource in ipairs(surface.find_entities_filtered({area = ground.area, type = "resource"})) do
    if categories[resource.prototype.resource_category] then
      local name, position = resource.name, resource.position
      cells_of[name] = cells_of[name] or {}
      local column, row = math.floor(position.x) - ground.left, math.floor(position.y) - ground.top
      if column >= 0 and row >= 0 and column < ground.size and row < ground.size then
        cells_of[name][row * ground.size + column + 1] = 1
      end
    end
  end
  local sums_of = {}
  for name, cells in pairs(cells_of) do
    sums_of[name] = summed(cells, ground.size)
  end
  return sums_of
end

-- --- what a box must have below it

-- Ore: one resource on every tile, so that drills give nothing else.
local function is_all_ore(box, sums_of)
  for _, sums in pairs(sums_of) do
    if count_in(sums, box.left, box.top, box.width, box.height) == box.width * box.height then
      return true
    end
  end
  return false
end

-- Oil: a well where the middle of the entity can come to lie, fully inside the box.
local function has_well(box, sums_of, prototype)
  local aside_x = math.floor((prototype.tile_width - 1) / 2)
  local aside_y = math.floor((prototype.tile_height - 1) / 2)
  local width = box.width - 2 * aside_x
  local height = box.height - 2 * aside_y
  for _, sums in pairs(sums_of) do
    if count_in(sums, box.left + aside_x, box.top + aside_y, width, height) > 0 then
      return true
    end
  end
  return false
end

-- The check that a box must pass besides being free; nil when it needs no resource.
local function resource_check(prototype, ground, surface)
  local categories = prototype.resource_categories
  if categories == nil then
    return nil
  end
  local sums_of = bearing_tiles(ground, surface, categories)
  if categories["basic-fluid"] then
    return function(box)
      return has_well(box, sums_of, prototype)
    end
  end
  return function(box)
    return is_all_ore(box, sums_of)
  end
end

-- --- the search

-- The free box whose middle is nearest to the asked place, and at most so far from it;
-- the northernmost, then westernmost, of equals. So many tiles before it to the west and
-- north must be free as well.
local function nearest_free(ground, box, aside_x, aside_y, farthest)
  local width, height = box.width, box.height
  local middle_x, middle_y = box.center.x - width / 2, box.center.y - height / 2
  local best, least = nil, nil
  for top = math.ceil(middle_y - farthest), math.floor(middle_y + farthest) do
    for left = math.ceil(middle_x - farthest), math.floor(middle_x + farthest) do
      local rank = (left - middle_x) ^ 2 + (top - middle_y) ^ 2
      if least == nil or rank < least then
        local place = {left = left - ground.left, top = top - ground.top, width = width, height = height}
        local blocked = count_in(
          ground.taken, place.left - aside_x, place.top - aside_y, width + aside_x, height + aside_y
        )
        if blocked == 0 and (ground.has_resource == nil or ground.has_resource(place)) then
          best, least = place, rank
        end
      end
    end
  end
  return best, least
end

local function check_size(width, height, prototype)
  local narrow = math.min(prototype.tile_width, prototype.tile_height)
  local too_small = math.min(width, height) < narrow
  if too_small or width > LARGEST or height > LARGEST or width % 1 ~= 0 or height % 1 ~= 0 then
    errors.fail(
      "bad-argument",
      string.format(
        "building_box must be whole tiles, large enough for %s (%d x %d) and at most %d x %d, "
          .. "not %g x %g",
        prototype.name, prototype.tile_width, prototype.tile_height, LARGEST, LARGEST, width, height
      ),
      {width = width, height = height}
    )
  end
end

-- What the ground must bear, in words.
local function needs(prototype)
  local categories = prototype.resource_categories
  if categories == nil then
    return ""
  end
  return categories["basic-fluid"] and " around a well" or " all on one resource"
end

-- The ground within so many tiles of where the middle of the box is wanted.
local function survey(surface, prototype, box, margin, farthest)
  local ground = ground_around(box.center, farthest + math.ceil(math.max(box.width, box.height) / 2) + margin)
  ground.taken = taken_tiles(ground, surface)
  ground.has_resource = resource_check(prototype, ground, surface)
  return ground
end

local function search(surface, prototype, box)
  -- half of the entity: what is placed with its middle on the box's left top tile
  -- reaches so far beyond the box
  local aside_x = math.floor(prototype.tile_width / 2)
  local aside_y = math.floor(prototype.tile_height / 2)
  local margin = math.max(aside_x, aside_y) + 1
  local ground, found, rank
  for _, farthest in ipairs(STAGES) do
    ground = survey(surface, prototype, box, margin, farthest)
    found, rank = nearest_free(ground, box, aside_x, aside_y, farthest)
    -- what lies in a corner of the square may be farther than what lies beyond its sides
    if found and rank <= farthest * farthest then
      break
    end
  end
  found = found or nearest_free(ground, box, 0, 0, FARTHEST)
  return found and {
    left_top = {x = ground.left + found.left, y = ground.top + found.top},
    right_bottom = {
      x = ground.left + found.left + box.width, y = ground.top + found.top + box.height,
    },
  }
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local name, center = arguments.entity, arguments.center_position
  local width, height = arguments.building_box.width, arguments.building_box.height
  building.item_for(name)
  local prototype = game.entity_prototypes[name]
  check_size(width, height, prototype)
  if prototype.type == "offshore-pump" then
    errors.fail(
      "not-placeable",
      "an offshore pump stands at a shore, not on free ground: move to nearest(Resource.Water) "
        .. "and place it there",
      {name = name}
    )
  end
  local box = search(
    character.surface, prototype, {center = center, width = width, height = height}
  )
  if box == nil then
    errors.fail(
      "nothing-found",
      string.format(
        "there is no free box of %d x %d tiles%s within %d tiles of %s; take a smaller box or "
          .. "several, or another place",
        width, height, needs(prototype),
        FARTHEST, errors.place(center)
      ),
      {name = name, width = width, height = height, center = {x = center.x, y = center.y}}
    )
  end
  return {value = box}
end

return tool
