-- Recipes as plain data.

local recipes = {}

-- A product may come in a random amount; agents get its mean.
local function amount(part)
  return part.amount or (part.amount_min + part.amount_max) / 2
end

---@param recipe LuaRecipe
---@return table record see fle_marl/lua/types/records.py
function recipes.record(recipe)
  local ingredients, products = {}, {}
  for place, part in ipairs(recipe.ingredients) do
    ingredients[place] = {name = part.name, count = part.amount, type = part.type}
  end
  for place, part in ipairs(recipe.products) do
    products[place] = {
      name = part.name, count = amount(part), type = part.type,
      probability = part.probability or 1,
    }
  end
  return {
    name = recipe.name, ingredients = ingredients, products = products,
    energy = recipe.energy, category = recipe.category, enabled = recipe.enabled,
  }
end

---How much of a product one craft gives on average.
---@param product table Product
---@return number
function recipes.mean_amount(product)
  return amount(product) * (product.probability or 1)
end

return recipes
