-- Build an entity from the inventory at a place within reach.

local agents = require("runtime.agents")
local building = require("runtime.building")
local errors = require("runtime.errors")
local facing = require("runtime.facing")
local floors = require("runtime.floors")
local items = require("runtime.items")
local reach = require("runtime.reach")
local records = require("runtime.records")

local tool = {name = "place_entity"}

-- how far from the asked place `exact = false` looks, tiles
local SEARCH = 10

-- Steps from the asked place, the nearest first.
local steps = {}
for dx = -SEARCH, SEARCH do
  for dy = -SEARCH, SEARCH do
    steps[#steps + 1] = {x = dx, y = dy, square = dx * dx + dy * dy}
  end
end
table.sort(steps, function(one, other)
  if one.square ~= other.square then
    return one.square < other.square
  end
  return one.y < other.y or one.y == other.y and one.x < other.x
end)

-- The free place nearest to the asked one, within reach; nil when there is none. Where
-- it is snapped to and whether it is free, `building` or `floors` say.
local function nearest_free(ground, character, name, wanted, direction)
  local start = ground.snapped(name, wanted, direction)
  local you, limit = character.position, character.build_distance
  for _, step in ipairs(steps) do
    local place = {x = start.x + step.x, y = start.y + step.y}
    if reach.distance(place, you) <= limit
      and ground.is_free(character, name, place, direction) then
      return place
    end
  end
  return nil
end

local function refuse_nowhere(name, position)
  errors.fail(
    "blocked",
    string.format(
      "there is no free place for %s within %d tiles of %s and within your reach",
      name, SEARCH, errors.place(position)
    ),
    {name = name, position = position}
  )
end

-- A pump stands on the shore, wherever that is near and whichever way it faces.
local function nearest_shore(character, name, position, direction)
  local best, best_direction, best_away
  for turn = 0, 6, 2 do
    local towards = (direction + turn) % 8
    local place = nearest_free(building, character, name, position, towards)
    local away = place and reach.distance(place, position)
    if place and (best == nil or away < best_away) then
      best, best_direction, best_away = place, towards, away
    end
  end
  return best, best_direction
end

local function chosen_place(ground, character, name, position, direction, exact)
  if ground == building and game.entity_prototypes[name].type == "offshore-pump" then
    local place = building.snapped(name, position, direction)
    if exact and building.is_free(character, name, place, direction) then
      return position, direction
    end
    return nearest_shore(character, name, position, direction)
  end
  if exact then
    return position, direction
  end
  return nearest_free(ground, character, name, position, direction), direction
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local name = arguments.entity
  local ground = floors.rule(name) and floors or building
  items.check_has(character, ground.item_for(name), 1)
  local direction = facing.of_prototype(name, arguments.direction or 0)
  local position
  position, direction = chosen_place(
    ground, character, name, arguments.position, direction, arguments.exact ~= false
  )
  if position == nil then
    refuse_nowhere(name, arguments.position)
  end
  if ground == floors then
    local record, ticks = floors.place(character, name, position, direction)
    return {value = record, ticks = ticks}
  end
  local entity, ticks = building.place(character, name, position, direction)
  return {value = records.entity(entity), ticks = ticks}
end

return tool
