-- Take items out of an entity within reach into the inventory.

local agents = require("runtime.agents")
local costs = require("runtime.costs")
local errors = require("runtime.errors")
local find = require("runtime.find")
local items = require("runtime.items")
local reach = require("runtime.reach")

local tool = {name = "extract_item"}

local function take_from_belt(entity, item, count)
  local taken = 0
  for line = 1, entity.get_max_transport_line_index() do
    if taken < count then
      local stack = {name = item, count = count - taken}
      taken = taken + entity.get_transport_line(line).remove_item(stack)
    end
  end
  return taken
end

local function take_from_inventories(entity, character, item, count)
  local taken = 0
  for _, inventory in ipairs(items.inventories(entity)) do
    if taken < count then
      taken = taken + items.hand_over(inventory, character, item, count - taken)
    end
  end
  return taken
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local item, count = arguments.entity, arguments.quantity
  items.check_item(item)
  items.check_quantity(count)
  local entity = find.argument(character, arguments.source)
  reach.check_entity(character, entity)
  items.check_operable(entity)
  local holds = items.in_entity(entity)
  local available = holds[item] or 0
  if available == 0 then
    errors.fail(
      "item-missing",
      string.format(
        "%s at %s holds no %s; it holds %s", entity.name, errors.place(entity.position),
        item, items.describe(holds)
      ),
      {entity = entity.name, item = item, holds = holds}
    )
  end
  local wanted = math.min(count, available)
  local room = character.get_main_inventory().get_insertable_count(item)
  if room == 0 then
    items.check_room(character, item, wanted)
  end
  wanted = math.min(wanted, room)
  local taken
  if items.is_belt(entity) then
    taken = take_from_belt(entity, item, wanted)
    character.insert({name = item, count = taken})
  else
    taken = take_from_inventories(entity, character, item, wanted)
  end
  return {value = taken, ticks = costs.HANDLING}
end

return tool
