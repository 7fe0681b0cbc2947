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
  local turns = 0
  while turns < FULL_TURN and entity.direction ~= direction and entity.rotate() do
    turns = turns + 1
  end
  if entity.direction ~= direction then
    for _ = 1, turns do
      entity.rotate({reverse = true})
    end
    errors.fail(
      "not-rotatable",
      string.format(
        "%s at %s cannot face that way: it has no such direction, or would mix fluids there",
        entity.name, errors.place(entity.position)
      ),
      {name = entity.name, direction = arguments.direction}
    )
  end
  return {value = records.entity(entity), ticks = costs.HANDLING}
end

return tool
