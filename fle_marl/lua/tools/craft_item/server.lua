-- Craft by hand, with what is missing on the way, in the character's own queue.

local agents = require("runtime.agents")
local errors = require("runtime.errors")
local items = require("runtime.items")
local ledger = require("runtime.ledger")

local tool = {name = "craft_item"}

local function recipe_for(character, item)
  local recipe = character.force.recipes[item]
  if recipe == nil then
    errors.fail(
      "not-craftable",
      item .. " has no recipe: raw materials are mined with harvest_resource or by drills",
      {item = item}
    )
  end
  if not recipe.enabled then
    errors.fail(
      "recipe-locked", "the recipe of " .. item .. " is not researched yet", {item = item}
    )
  end
  if not character.prototype.crafting_categories[recipe.category] then
    errors.fail(
      "not-craftable",
      string.format(
        "%s is not made by hand (its recipe is of category %s): use a machine", item,
        recipe.category
      ),
      {item = item, category = recipe.category}
    )
  end
  return recipe
end

local function made_per_craft(recipe, item)
  for _, product in ipairs(recipe.products) do
    if product.name == item then
      return product.amount
    end
  end
  return 1
end

local function refuse_missing(character, recipe, crafts, possible)
  local needs = {}
  for _, ingredient in ipairs(recipe.ingredients) do
    local has = character.get_main_inventory().get_item_count(ingredient.name)
    needs[#needs + 1] = string.format(
      "%d %s (you have %d)", ingredient.amount * crafts, ingredient.name, has
    )
  end
  errors.fail(
    "item-missing",
    string.format(
      "%s cannot be crafted %d times, only %d: it takes %s, or what these are made of",
      recipe.name, crafts, possible, table.concat(needs, ", ")
    ),
    {item = recipe.name, crafts = crafts, possible = possible}
  )
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local item, quantity = arguments.entity, arguments.quantity
  items.check_quantity(quantity)
  items.check_item(item)
  local recipe = recipe_for(character, item)
  local crafts = math.ceil(quantity / made_per_craft(recipe, item))
  local possible = character.get_craftable_count(recipe)
  if possible < crafts then
    refuse_missing(character, recipe, crafts, possible)
  end
  items.check_room(character, item, quantity)
  character.begin_crafting({recipe = recipe, count = crafts})
  local made = crafts * made_per_craft(recipe, item)
  return tool.resume(agent, {item = item, made = made})
end

-- Ticks until the present craft may be done: at least one.
local function ticks_left(character)
  local order = character.crafting_queue[1]
  local energy = character.force.recipes[order.recipe].energy
  local left = energy * (1 - character.crafting_queue_progress)
  local others = energy * (order.count - 1)
  return math.max(1, math.floor((left + others) * 60))
end

function tool.resume(agent, state)
  local character = agents.character(agent)
  if character.crafting_queue_size > 0 then
    return {wait = ticks_left(character), state = state}
  end
  ledger.crafted(state.item, state.made)
  return {value = state.made, ticks = 0}
end

function tool.cancel(agent)
  local character = agents.character(agent)
  while character.crafting_queue_size > 0 do
    local size = character.crafting_queue_size
    local order = character.crafting_queue[size]
    character.cancel_crafting({index = size, count = order.count})
    if character.crafting_queue_size >= size then
      return
    end
  end
end

return tool
