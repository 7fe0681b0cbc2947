-- Give items from the inventory to another agent's character within reach.

local agents = require("runtime.agents")
local costs = require("runtime.costs")
local errors = require("runtime.errors")
local items = require("runtime.items")
local reach = require("runtime.reach")

local tool = {name = "give_item"}

local function receiver_of(agent, name)
  local index = agents.index_of(name)
  if index == nil or index == agent - 1 then
    errors.fail(
      "no-such-agent",
      string.format(
        "items are given to another agent, not to %s; the agents are 0 to %d, and you are %d",
        tostring(name), agents.count() - 1, agent - 1
      ),
      {receiver = name, agents = agents.count()}
    )
  end
  local ticks = agents.ticks_to_respawn(index + 1)
  if ticks then
    errors.fail(
      "receiver-dead",
      string.format("the character of agent %d is dead for %d more ticks", index, ticks),
      {receiver = index, ticks_to_respawn = ticks}
    )
  end
  return agents.character(index + 1), index
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local item, count = arguments.entity, arguments.quantity
  items.check_item(item)
  if count < 1 then
    errors.fail(
      "bad-argument", string.format("quantity must be at least 1, not %g", count),
      {quantity = count}
    )
  end
  local receiver, index = receiver_of(agent, arguments.receiver)
  reach.check_entity(character, receiver)
  items.check_has(character, item, count)
  local given = items.hand_over(
    character.get_main_inventory(), receiver.get_main_inventory(), item, count
  )
  if given == 0 then
    errors.fail(
      "no-room", string.format("the inventory of agent %d has no room for %s", index, item),
      {receiver = index, item = item}
    )
  end
  return {value = given, ticks = costs.HANDLING}
end

return tool
