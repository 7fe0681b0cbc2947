-- Turn an entity within reach to a direction.

local agents = require("runtime.agents")
local costs = require("runtime.costs")
local errors = require("runtime.errors")
local facing = require("runtime.facing")
local find = require("runtime.find")
local reach = require("runtime.reach")
local records = require("runtime.records")

local tool = {name = "rotate_entity"}

-- turns that come back to the first direction
local FULL_TURN = 4

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local entity = find.argument(character, arguments.entity)
  local direction = facing.convert(entity.type, arguments.direction)
  reach.check_entity(character, entity)
  if not entity.rotatable then
    errors.fail(
      "not-rotatable",
      string.format(
        "%s at %s cannot be rotated; assembling machines can once their recipe uses a fluid",
        entity.name, errors.place(entity.position)
      ),
      {name = entity.name}
    )
  end
  local before = entity.direction
  for _ = 1, FULL_TURN do
    if entity.direction == direction then
      break
    end
    entity.rotate()
  end
  if entity.direction ~= direction then
    while entity.direction ~= before do
      entity.rotate()
    end
    errors.fail(
      "not-rotatable",
      string.format("%s at %s cannot face that way", entity.name, errors.place(entity.position)),
      {name = entity.name, direction = arguments.direction}
    )
  end
  return {value = records.entity(entity), ticks = costs.HANDLING}
end

return tool
