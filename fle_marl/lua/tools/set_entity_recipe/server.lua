-- Choose what a machine makes, or what a filter inserter moves.

local agents = require("runtime.agents")
local costs = require("runtime.costs")
local errors = require("runtime.errors")
local find = require("runtime.find")
local items = require("runtime.items")
local mixing = require("runtime.mixing")
local names = require("runtime.names")
local reach = require("runtime.reach")
local records = require("runtime.records")

local tool = {name = "set_entity_recipe"}

local function check_recipe(character, entity, name)
  local recipe = character.force.recipes[name]
  if recipe == nil then
    errors.fail("no-such-recipe", name .. " has no recipe", {recipe = name})
  end
  if not recipe.enabled then
    errors.fail("recipe-locked", "the recipe " .. name .. " is not researched yet", {recipe = name})
  end
  local categories = entity.prototype.crafting_categories
  if not categories[recipe.category] then
    local able = names.sorted(categories)
    errors.fail(
      "wrong-recipe",
      string.format(
        "%s cannot make %s: that is of category %s, and it does %s", entity.name, name,
        recipe.category, table.concat(able, ", ")
      ),
      {entity = entity.name, recipe = name, category = recipe.category, categories = able}
    )
  end
  return recipe
end

local function set_filter(entity, name)
  items.check_item(name)
  entity.set_filter(1, name)
  return {value = records.entity(entity), ticks = costs.HANDLING}
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local entity = find.argument(character, arguments.entity)
  reach.check_entity(character, entity)
  items.check_operable(entity)
  if entity.type == "inserter" and (entity.filter_slot_count or 0) > 0 then
    return set_filter(entity, arguments.prototype)
  end
  if entity.type ~= "assembling-machine" then
    errors.fail(
      "wrong-recipe",
      entity.name .. " takes no recipe: furnaces choose by what is put in",
      {entity = entity.name}
    )
  end
  local recipe = check_recipe(character, entity, arguments.prototype)
  items.check_room_for_all(character, items.add(items.in_entity(entity), items.in_craft(entity)))
  for name, count in pairs(mixing.set_recipe(character, entity, recipe)) do
    character.insert({name = name, count = count})
  end
  return {value = records.entity(entity), ticks = costs.HANDLING}
end

return tool
