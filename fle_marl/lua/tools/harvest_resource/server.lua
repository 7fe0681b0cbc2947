-- Mine ore, trees and rocks by hand until enough has come into the inventory.

local agents = require("runtime.agents")
local costs = require("runtime.costs")
local errors = require("runtime.errors")
local items = require("runtime.items")
local ledger = require("runtime.ledger")
local reach = require("runtime.reach")

local tool = {name = "harvest_resource"}

local HARVESTED = {resource = true, tree = true, ["simple-entity"] = true}
-- items of ore between two looks at what came in
local ITEMS_AT_ONCE = 5
-- what lies so near, in tiles, is looked for before all else is looked at
local BESIDE = 1

local function products_of(entity)
  local found = {}
  for _, product in ipairs(entity.prototype.mineable_properties.products or {}) do
    found[#found + 1] = product.name
  end
  return found
end

local function can_be_mined(entity)
  if not HARVESTED[entity.type] or not entity.minable then
    return false
  end
  local category = entity.prototype.resource_category
  return category == nil or category == "basic-solid"
end

-- What lies nearest to the position, within so many tiles of it: in reach, and at all.
local function choose_within(character, state, radius)
  local found = character.surface.find_entities_filtered({
    position = state.position, radius = radius, name = state.name, type = state.type,
  })
  local best, best_away, nearest, nearest_away
  for _, entity in ipairs(found) do
    if can_be_mined(entity) then
      local away = reach.distance(entity.position, state.position)
      if nearest == nil or away < nearest_away then
        nearest, nearest_away = entity, away
      end
      if (best == nil or away < best_away) and character.can_reach_entity(entity) then
        best, best_away = entity, away
      end
    end
  end
  return best, nearest
end

-- The same, first where most is found that is asked for.
local function choose(character, state)
  if state.radius > BESIDE then
    local best, nearest = choose_within(character, state, BESIDE)
    if best then
      return best, nearest
    end
  end
  return choose_within(character, state, state.radius)
end

local function count_products(character, names)
  local total = 0
  for _, name in ipairs(names) do
    total = total + character.get_main_inventory().get_item_count(name)
  end
  return total
end

local function finish(character, state)
  character.mining_state = {mining = false}
  local harvested = 0
  for place, name in ipairs(state.products) do
    local gained = character.get_main_inventory().get_item_count(name) - state.before[place]
    if gained > 0 then
      ledger.harvested(name, gained)
      harvested = harvested + gained
    end
  end
  return {value = harvested, ticks = 0}
end

local function begin(character, state, entity)
  character.update_selected_entity(entity.position)
  character.mining_state = {mining = true, position = entity.position}
  -- the item is there in the tick after the work is done. Source: measured in the game
  local each = costs.mining(character, entity)
  local wanted = 1
  if entity.type == "resource" then
    wanted = math.min(state.quantity - state.got, entity.amount, ITEMS_AT_ONCE)
  end
  return {wait = each * wanted + 1, state = state}
end

local function refuse_nothing(state)
  errors.fail(
    "no-resource",
    string.format(
      "there is nothing to mine by hand within %g tiles of %s: move to ore, trees or rocks "
        .. "(nearest finds them)",
      state.radius, errors.place(state.position)
    ),
    {position = state.position, radius = state.radius}
  )
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  items.check_quantity(arguments.quantity)
  local state = {
    position = {x = arguments.position.x, y = arguments.position.y},
    radius = arguments.radius, quantity = arguments.quantity, got = 0,
  }
  local entity, nearest = choose(character, state)
  if nearest == nil then
    refuse_nothing(state)
  end
  if entity == nil then
    reach.check_resource(character, nearest)
  end
  if entity.type == "tree" then
    state.type = "tree"
  else
    state.name = entity.name
  end
  state.products = products_of(entity)
  state.before = {}
  local inventory = character.get_main_inventory()
  for place, name in ipairs(state.products) do
    state.before[place] = inventory.get_item_count(name)
    if inventory.get_insertable_count(name) == 0 then
      errors.fail("inventory-full", "your inventory has no room for " .. name, {item = name})
    end
  end
  state.start = count_products(character, state.products)
  return begin(character, state, entity)
end

function tool.resume(agent, state)
  local character = agents.character(agent)
  local got = count_products(character, state.products) - state.start
  if got >= state.quantity or (got == state.got and not character.mining_state.mining) then
    return finish(character, state)
  end
  state.got = got
  local entity = choose(character, state)
  if entity == nil then
    return finish(character, state)
  end
  return begin(character, state, entity)
end

function tool.cancel(agent, state)
  local character = agents.character(agent)
  finish(character, state)
end

return tool
