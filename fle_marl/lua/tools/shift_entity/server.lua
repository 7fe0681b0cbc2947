-- Move what is built: take it up and place it again some tiles further.

local agents = require("runtime.agents")
local building = require("runtime.building")
local costs = require("runtime.costs")
local directions = require("runtime.directions")
local errors = require("runtime.errors")
local find = require("runtime.find")
local reach = require("runtime.reach")
local records = require("runtime.records")
local taking = require("runtime.taking")

local tool = {name = "shift_entity"}

-- What it is told by besides its place.
local function settings_of(entity)
  local recipe = entity.type == "assembling-machine" and entity.get_recipe()
  local is_underground = entity.type == "underground-belt"
  return {
    recipe = recipe and recipe.name or nil,
    type = is_underground and entity.belt_to_ground_type or nil,
  }
end

-- Whether a place so many tiles away is beside the entity and not partly its own.
local function is_apart(entity, step, distance)
  local width, height = entity.prototype.tile_width, entity.prototype.tile_height
  if (entity.direction % 4 == 2) ~= (step.x == 0) then
    return distance >= height
  end
  return distance >= width
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local distance, step = arguments.distance, directions.vector(arguments.direction)
  if distance < 1 then
    errors.fail(
      "bad-argument", string.format("distance must be at least 1, not %g", distance),
      {distance = distance}
    )
  end
  local entity = find.entity(character, arguments.position, arguments.name)
  taking.check(entity)
  reach.check_entity(character, entity)
  local name, from, direction = entity.name, entity.position, entity.direction
  local place = {x = from.x + step.x * distance, y = from.y + step.y * distance}
  reach.check_build(character, place)
  building.check_clear(character, name, place, direction, entity)
  if is_apart(entity, step, distance) then
    building.check_free(character, name, place, direction)
  end
  local settings, ticks = settings_of(entity), costs.mining(character, entity)
  taking.take(character, entity)
  if not building.is_free(character, name, place, direction) then
    -- the ground lacks what it needs, ore or a shore, and while it stood in its own way
    -- nobody could ask
    building.place_checked(character, name, from, direction, settings)
    building.check_free(character, name, place, direction)
  end
  local moved = building.place_checked(character, name, place, direction, settings)
  return {value = records.entity(moved), ticks = ticks + costs.HANDLING}
end

return tool
