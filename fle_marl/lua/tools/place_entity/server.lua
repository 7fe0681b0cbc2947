-- Build an entity from the inventory at a place within reach.

local agents = require("runtime.agents")
local building = require("runtime.building")
local errors = require("runtime.errors")
local items = require("runtime.items")
local reach = require("runtime.reach")
local records = require("runtime.records")

local tool = {name = "place_entity"}

-- how far from the asked place `exact = false` looks, tiles
local SEARCH = 10

-- The free place nearest to the asked one, within reach; nil when there is none.
local function nearest_free(character, name, wanted, direction)
  local best, best_away
  for dx = -SEARCH, SEARCH do
    for dy = -SEARCH, SEARCH do
      local place = building.snapped(name, {x = wanted.x + dx, y = wanted.y + dy}, direction)
      local away = reach.distance(place, wanted)
      local reachable = reach.distance(place, character.position) <= character.build_distance
      if reachable and (best == nil or away < best_away)
        and building.is_free(character, name, place, direction) then
        best, best_away = place, away
      end
    end
  end
  return best
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local name, direction = arguments.entity, arguments.direction or 0
  local position = arguments.position
  if arguments.exact == false then
    items.check_has(character, building.item_for(name), 1)
    local place = nearest_free(character, name, position, direction)
    if place == nil then
      errors.fail(
        "blocked",
        string.format(
          "there is no free place for %s within %d tiles of %s and within your reach",
          name, SEARCH, errors.place(position)
        ),
        {name = name, position = position}
      )
    end
    position = place
  end
  local entity, ticks = building.place(character, name, position, direction)
  return {value = records.entity(entity), ticks = ticks}
end

return tool
