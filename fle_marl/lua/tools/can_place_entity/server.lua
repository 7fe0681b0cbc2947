-- Whether place_entity would succeed; changes nothing and moves nobody.

local agents = require("runtime.agents")
local building = require("runtime.building")
local facing = require("runtime.facing")
local floors = require("runtime.floors")
local reach = require("runtime.reach")

local tool = {name = "can_place_entity"}

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local name = arguments.entity
  local ground = floors.rule(name) and floors or building
  local item = ground.item_for(name)
  if character.get_main_inventory().get_item_count(item) == 0 then
    return {value = false}
  end
  local direction = facing.of_prototype(name, arguments.direction or 0)
  local place = ground.snapped(name, arguments.position, direction)
  if reach.distance(character.position, place) > character.build_distance then
    return {value = false}
  end
  if ground == floors then
    return {value = floors.is_free(character, name, place, direction)}
  end
  return {value = building.can_be_freed(character, name, place, direction)}
end

return tool
