-- Build an entity from the inventory beside another one, or beside a bare tile.

local agents = require("runtime.agents")
local building = require("runtime.building")
local directions = require("runtime.directions")
local errors = require("runtime.errors")
local facing = require("runtime.facing")
local find = require("runtime.find")
local items = require("runtime.items")
local records = require("runtime.records")

local tool = {name = "place_entity_next_to"}

-- Tiles from west to east and from north to south.
local function extent(prototype, direction)
  if direction % 4 == 2 then
    return prototype.tile_height, prototype.tile_width
  end
  return prototype.tile_width, prototype.tile_height
end

-- Where the reference is, and how many tiles it takes. An entity counts when the
-- position lies on its tiles; otherwise the tile of the position is the reference.
local function reference(character, position)
  local entity = find.near(character.surface, position)
  if entity then
    local centre = entity.position
    local width, height = extent(entity.prototype, entity.direction)
    if math.abs(position.x - centre.x) <= width / 2
      and math.abs(position.y - centre.y) <= height / 2 then
      return centre, width, height
    end
  end
  return {x = math.floor(position.x) + 0.5, y = math.floor(position.y) + 0.5}, 1, 1
end

-- The centre that leaves so many free tiles between the two.
local function beside(character, arguments, name, direction)
  local centre, width, height = reference(character, arguments.reference_position)
  local own_width, own_height = extent(game.entity_prototypes[name], direction)
  local step = directions.vector(arguments.direction)
  return {
    x = centre.x + step.x * ((width + own_width) / 2 + arguments.spacing),
    y = centre.y + step.y * ((height + own_height) / 2 + arguments.spacing),
  }
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local name, spacing = arguments.entity, arguments.spacing
  items.check_has(character, building.item_for(name), 1)
  if spacing < 0 then
    errors.fail(
      "bad-argument",
      string.format("spacing is a number of free tiles, 0 or more, not %g", spacing),
      {spacing = spacing}
    )
  end
  local direction = facing.of_prototype(name, arguments.direction)
  local position = beside(character, arguments, name, direction)
  local entity, ticks = building.place(character, name, position, direction)
  return {value = records.entity(entity), ticks = ticks}
end

return tool
