-- Put items from the inventory into an entity within reach.

local agents = require("runtime.agents")
local costs = require("runtime.costs")
local errors = require("runtime.errors")
local find = require("runtime.find")
local items = require("runtime.items")
local reach = require("runtime.reach")
local records = require("runtime.records")

local tool = {name = "insert_item"}

-- where items fit side by side on a straight lane, tiles from its front end
local PLACES = {0.125, 0.375, 0.625, 0.875}

-- Fills one lane, from its front; how many items went on.
local function insert_on_line(line, item, count)
  local stack, inserted = {name = item, count = 1}, 0
  for _, place in ipairs(PLACES) do
    if inserted < count and line.can_insert_at(place) and line.insert_at(place, stack) then
      inserted = inserted + 1
    end
  end
  if inserted < count and line.can_insert_at_back() and line.insert_at_back(stack) then
    inserted = inserted + 1
  end
  return inserted
end

-- Puts items onto a belt as far as there is room above the ground; how many went on.
local function insert_on_belt(entity, item, count)
  local inserted = 0
  for line = 1, entity.type == "splitter" and entity.get_max_transport_line_index() or 2 do
    inserted = inserted + insert_on_line(entity.get_transport_line(line), item, count - inserted)
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
  items.check_quantity(count)
  local entity = find.argument(character, arguments.target)
  reach.check_entity(character, entity)
  items.check_operable(entity)
  items.check_has(character, item, count)
  local inserted
  if items.is_belt(entity) then
    inserted = insert_on_belt(entity, item, count)
    if inserted > 0 then
      character.remove_item({name = item, count = inserted})
    end
  else
    inserted = items.hand_over(character.get_main_inventory(), entity, item, count)
  end
  if inserted == 0 then
    refuse(entity, item, character)
  end
  return {value = records.entity(entity), ticks = costs.HANDLING}
end

return tool
