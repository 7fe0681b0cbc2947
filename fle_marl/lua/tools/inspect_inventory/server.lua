-- Count what the agent or an entity holds.

local agents = require("runtime.agents")
local errors = require("runtime.errors")
local find = require("runtime.find")
local items = require("runtime.items")

local tool = {name = "inspect_inventory"}

-- Refuses a look into another agent's pockets.
local function check_not_character(character, position)
  local found = character.surface.find_entities_filtered({
    type = "character", position = position, radius = 0.5,
  })
  for _, other in ipairs(found) do
    if other ~= character then
      errors.fail(
        "not-yours",
        "another agent's inventory cannot be seen: ask it with send_message",
        {position = {x = position.x, y = position.y}}
      )
    end
  end
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  if arguments.all_players then
    errors.fail(
      "not-yours",
      "only your own inventory can be seen; ask the other agents with send_message", {}
    )
  end
  local target = arguments.entity
  if target == nil then
    return {value = items.contents(character.get_main_inventory())}
  end
  local position = target.position or target
  if find.near(character.surface, position, target.name) == nil then
    check_not_character(character, position)
  end
  return {value = items.in_entity(find.argument(character, target))}
end

return tool
