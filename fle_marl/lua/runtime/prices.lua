-- What items and fluids are worth, for the production score.
--
-- The rule is that of the game's production score. What the ground gives has a fixed
-- price. A product of recipes costs, by the cheapest recipe that makes it,
--     C * EXPONENT ^ (ingredients - 1) + ln(E + 1) * sqrt(C)
-- where C is the price of the ingredients and E the crafting time in seconds, both for
-- one unit of the product; a recipe with several products shares both evenly between
-- them. So the more ingredients a thing takes, the more it is worth beyond its parts.
-- What nothing makes and the ground does not give has no price; nor have filled barrels
-- and spent fuel cells, whose recipes only turn things back into what they were.

local recipes = require("runtime.recipes")

local prices = {}

-- prices of what the ground gives; those of the game's production score
local GIVEN = {
  ["iron-ore"] = 3.1, ["copper-ore"] = 3.6, coal = 3, stone = 2.4, ["uranium-ore"] = 8.2,
  ["crude-oil"] = 0.2, water = 0.001, steam = 0.001, wood = 3.2, ["raw-fish"] = 100,
}
-- other resources; that of the game's production score
local OTHER_RESOURCE = 2.5
-- worth that each further ingredient multiplies; the Factorio Learning Environment
-- takes 2 to favour complex products, and scores are compared with its
local EXPONENT = 2
-- rounds until prices must have settled: recipes are far less deep
local MOST_ROUNDS = 100

-- computed once for all: prototypes do not change while a game runs
local list

local function start()
  local found = {}
  for name, price in pairs(GIVEN) do
    found[name] = price
  end
  for _, entity in pairs(game.entity_prototypes) do
    if entity.type == "resource" then
      for _, product in ipairs(entity.mineable_properties.products) do
        found[product.name] = found[product.name] or OTHER_RESOURCE
      end
    end
  end
  return found
end

-- Ways to make things: {product, ingredients = {{name, amount for one}}, energy}.
local function ways_of(recipe)
  local found = {}
  local share = #recipe.products
  for _, product in ipairs(recipe.products) do
    local amount = recipes.mean_amount(product) * share
    if amount > 0 then
      local way = {product = product.name, energy = recipe.energy / amount, ingredients = {}}
      for place, part in ipairs(recipe.ingredients) do
        way.ingredients[place] = {name = part.name, amount = part.amount / amount}
      end
      found[#found + 1] = way
    end
  end
  return found
end

-- What a rocket brings back, made of the rocket's parts and of what it carries up.
local function launch_ways(silo)
  local recipe = game.recipe_prototypes[silo.fixed_recipe]
  local part = recipe.products[1]
  local parts = recipes.mean_amount(part) * silo.rocket_parts_required
  local found = {}
  for name, item in pairs(game.item_prototypes) do
    for _, product in ipairs(item.rocket_launch_products) do
      local amount = recipes.mean_amount(product)
      found[#found + 1] = {
        product = product.name,
        energy = recipe.energy / amount,
        ingredients = {
          {name = part.name, amount = parts / amount}, {name = name, amount = 1 / amount},
        },
      }
    end
  end
  return found
end

local function all_ways()
  local found = {}
  local function add(ways)
    for _, way in ipairs(ways) do
      found[#found + 1] = way
    end
  end
  for _, recipe in pairs(game.recipe_prototypes) do
    -- the others turn a thing back into what it was, such as emptying barrels
    if recipe.allow_decomposition then
      add(ways_of(recipe))
    end
  end
  for _, entity in pairs(game.entity_prototypes) do
    if entity.type == "rocket-silo" and entity.fixed_recipe then
      add(launch_ways(entity))
    end
  end
  return found
end

-- Price of one unit made this way; nil when an ingredient has no price yet.
local function price_by(way, found)
  local cost = 0
  for _, part in ipairs(way.ingredients) do
    local price = found[part.name]
    if price == nil then
      return nil
    end
    cost = cost + price * part.amount
  end
  if cost == 0 then
    return nil
  end
  return cost * EXPONENT ^ (#way.ingredients - 1) + math.log(way.energy + 1) * math.sqrt(cost)
end

local function compute()
  local found, ways = start(), all_ways()
  local fixed = {}
  for name in pairs(found) do
    fixed[name] = true
  end
  for _ = 1, MOST_ROUNDS do
    local has_changed = false
    for _, way in ipairs(ways) do
      local price = not fixed[way.product] and price_by(way, found)
      if price and (found[way.product] == nil or price < found[way.product]) then
        found[way.product] = price
        has_changed = true
      end
    end
    if not has_changed then
      return found
    end
  end
  error("prices have not settled after " .. MOST_ROUNDS .. " rounds")
end

---Price of one unit by name of the item or fluid; what has none is missing.
---@return table<string, number>
function prices.list()
  list = list or compute()
  return list
end

return prices
