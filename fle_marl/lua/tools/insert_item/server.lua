-- Put items from the inventory into an entity within reach.

local agents = require("runtime.agents")
local costs = require("runtime.costs")
local errors = require("runtime.errors")
local find = require("runtime.find")
local items = require("runtime.items")
local reach = require("runtime.reach")
local records = require("runtime.records")

local tool = {name = "insert_item"}

-- Puts items onto a belt's lines, one at a time at their back ends; how many went on.
local function insert_on_belt(entity, item, count)
  local inserted = 0
  for line = 1, entity.get_max_transport_line_index() do
    local transport_line = entity.get_transport_line(line)
    while inserted < count and transport_line.can_insert_at_back() do
      if not transport_line.insert_at_back({name = item, count = 1}) then
        break
      end
      inserted = inserted + 1
    end
  end
  return inserted
end

local function refuse(entity, item, character)
  local why
  if entity.type == "assembling-machine" and entity.get_recipe() == nil then
    why = "it has no recipe: set one first with set_entity_recipe"
  elseif game.item_prototypes[item].fuel_value == 0 and entity.burner
    and entity.type ~= "furnace" then
    why = "it only takes fuel"
  else
    why = "it does not take this item, or it is full of it; it holds "
      .. items.describe(items.in_entity(entity))
  end
  errors.fail(
    "not-accepted",
    string.format(
      "%s at %s takes no %s: %s", entity.name, errors.place(entity.position), item, why
    ),
    {
      entity = entity.name, item = item, holds = items.in_entity(entity),
      you_have = character.get_main_inventory().get_item_count(item),
    }
  )
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local item, count = arguments.entity, arguments.quantity
  items.check_item(item)
  if count < 1 then
    errors.fail("bad-argument", string.format("quantity must be at least 1, not %g", count), {quantity = count})
  end
  local entity = find.argument(character, arguments.target)
  reach.check_entity(character, entity)
  items.check_has(character, item, count)
  local inserted
  if items.is_belt(entity) then
    inserted = insert_on_belt(entity, item, count)
  else
    inserted = entity.insert({name = item, count = count})
  end
  if inserted == 0 then
    refuse(entity, item, character)
  end
  character.remove_item({name = item, count = inserted})
  return {value = records.entity(entity), ticks = costs.HANDLING}
end

return tool
