-- Look a recipe up.

local agents = require("runtime.agents")
local errors = require("runtime.errors")
local recipes = require("runtime.recipes")

local tool = {name = "get_prototype_recipe"}

-- Names of the recipes that give a thing, in alphabetical order.
local function makers_of(force, name)
  local found = {}
  for recipe_name, recipe in pairs(force.recipes) do
    for _, product in ipairs(recipe.products) do
      if product.name == name then
        found[#found + 1] = recipe_name
      end
    end
  end
  table.sort(found)
  return found
end

function tool.call(agent, arguments)
  local force = agents.character(agent).force
  local name = arguments.prototype
  local recipe = force.recipes[name]
  if recipe == nil then
    local makers = makers_of(force, name)
    local hint = #makers > 0 and "; it is made by: " .. table.concat(makers, ", ")
      or " and nothing makes it"
    errors.fail(
      "no-such-recipe", "there is no recipe of the name " .. name .. hint,
      {recipe = name, made_by = makers}
    )
  end
  return {value = recipes.record(recipe)}
end

return tool
