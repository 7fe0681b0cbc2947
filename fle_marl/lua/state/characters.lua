-- Agents and their characters, as plain data.

local agents = require("runtime.agents")
local checks = require("runtime.checks")
local errors = require("runtime.errors")
local stacks = require("state.stacks")

local characters = {}

-- Source: runtime API, LuaControl: what scripts give a character beyond its force
local BONUSES = {
  "character_build_distance_bonus", "character_crafting_speed_modifier",
  "character_health_bonus", "character_inventory_slots_bonus",
  "character_item_drop_distance_bonus", "character_item_pickup_distance_bonus",
  "character_loot_pickup_distance_bonus", "character_mining_speed_modifier",
  "character_reach_distance_bonus", "character_resource_reach_distance_bonus",
  "character_running_speed_modifier",
}
local MOST_AGENTS = 1000

local counts = checks.map(checks.item, checks.positive)
local orders = checks.list(checks.record({recipe = checks.recipe, count = checks.positive}))
local share = checks.number(0, 1)
local check = checks.list(checks.record({x = checks.coordinate, y = checks.coordinate}, {
  ticks_to_respawn = checks.count,
  direction = checks.whole(1, 7),
  health = checks.number(0, 1e9),
  bonuses = checks.map(checks.one_of(table.unpack(BONUSES)), checks.number(-1e9, 1e9)),
  color = checks.record({r = share, g = share, b = share, a = share}),
  inventories = stacks.check_inventories,
  cursor = stacks.check,
  crafting = checks.record({orders = orders, held = counts, progress = share}),
}))

---Refuses what is no list as `save` gives it.
function characters.check(value, path)
  check(value, path)
  if #value < 1 or #value > MOST_AGENTS then
    checks.refuse(path, string.format("a list of 1 to %d agents", MOST_AGENTS), #value)
  end
end

-- --- crafting by hand

local function per_craft(recipe, name)
  local made = 0
  for _, product in ipairs(recipe.products) do
    if product.name == name then
      made = made + (product.amount or 0)
    end
  end
  return made
end

local function needs(order, name)
  for _, part in ipairs(game.recipe_prototypes[order.recipe].ingredients) do
    if part.name == name then
      return part.amount * order.count
    end
  end
  return 0
end

-- What an order makes for one that comes later: the item, and how many of them.
local function made_for(order, other)
  for _, product in ipairs(game.recipe_prototypes[order.recipe].products) do
    local needed = needs(other, product.name)
    local each = per_craft(game.recipe_prototypes[order.recipe], product.name)
    -- no more is made than is needed, but for what comes with the last craft
    if needed > 0 and each * order.count < needed + each then
      return product.name, math.min(each * order.count, needed), each == 1
    end
  end
  return nil
end

-- Whom each order works for: of those behind it which it may work for, and which in turn
-- work for each other, the nearest that nobody makes that item for.
local function promised(queue)
  local promises, path, is_exact = {}, {}, true
  for place = #queue, 1, -1 do
    local order = queue[place]
    if not order.prerequisite then
      path = {}
    end
    while order.prerequisite and #path > 0 do
      local last = path[#path]
      local item, count, is_single = made_for(order, last.order)
      if item and not last.has[item] then
        last.has[item] = true
        promises[#promises + 1] = {item = item, count = count}
        is_exact = is_exact and is_single
        break
      end
      path[#path] = nil
    end
    path[#path + 1] = {order = order, has = {}}
  end
  return promises, is_exact
end

-- What a character's orders hold: the ingredients of all of them, less those that some of
-- them are still to make for others.
local function read_crafting(character, name, left_behind)
  local queue = character.crafting_queue
  if not queue or #queue == 0 then
    return nil
  end
  local held, wanted = {}, {}
  for _, order in ipairs(queue) do
    for _, part in ipairs(game.recipe_prototypes[order.recipe].ingredients) do
      held[part.name] = (held[part.name] or 0) + part.amount * order.count
    end
    if not order.prerequisite then
      wanted[#wanted + 1] = {recipe = order.recipe, count = order.count}
    end
  end
  local promises, is_exact = promised(queue)
  for _, promise in ipairs(promises) do
    held[promise.item] = held[promise.item] - promise.count
  end
  for item, count in pairs(held) do
    held[item] = count > 0 and count or nil
  end
  if not is_exact then
    left_behind.add(
      "what " .. name .. " crafts on the way",
      "of ingredients that come several at once scripts cannot tell which are done"
    )
  end
  return {orders = wanted, held = held, progress = character.crafting_queue_progress}
end

-- With nothing else at hand orders are planned as they were.
local function begin_crafting(character, crafting)
  local inventory, problems = character.get_main_inventory(), {}
  for name, count in pairs(crafting.held) do
    inventory.insert({name = name, count = count})
  end
  for _, order in ipairs(crafting.orders) do
    local begun = character.begin_crafting({
      recipe = order.recipe, count = order.count, silent = true,
    })
    if begun < order.count then
      problems[#problems + 1] = {
        what = string.format("%d crafts of %s by hand", order.count - begun, order.recipe),
        why = "they cannot begin here; what they held is in the character's hands",
      }
    end
  end
  if character.crafting_queue_size > 0 then
    character.crafting_queue_progress = crafting.progress
  end
  local rest = inventory.get_contents()
  inventory.clear()
  return problems, rest
end

-- --- reading

local function read_living(agent, character, left_behind)
  local direction = character.direction
  local saved = {
    direction = direction ~= 0 and direction or nil,
    inventories = stacks.read_inventories(character),
    crafting = read_crafting(character, agents.name(agent), left_behind),
    bonuses = {},
  }
  if character.get_health_ratio() < 1 then
    saved.health = character.health
  end
  for _, name in ipairs(BONUSES) do
    saved.bonuses[name] = character[name] ~= 0 and character[name] or nil
  end
  local color, cursor = character.color, character.cursor_stack
  saved.color = color and {r = color.r, g = color.g, b = color.b, a = color.a}
  saved.cursor = cursor.valid_for_read and stacks.read(cursor) or nil
  return saved
end

---@param standing LuaEntity[] all characters of the world
---@param left_behind table
---@return table[] list by agent
function characters.save(standing, left_behind)
  local list, living = {}, 0
  for agent = 1, agents.count() do
    local ticks, position = agents.ticks_to_respawn(agent), agents.position(agent)
    local saved
    if ticks then
      saved = {ticks_to_respawn = ticks}
    else
      living = living + 1
      saved = read_living(agent, agents.character(agent), left_behind)
    end
    saved.x, saved.y = position.x, position.y
    list[agent] = saved
  end
  for _ = living + 1, #standing do
    left_behind.add("character", "it is no agent's")
  end
  return list
end

-- --- making

local function equip(character, saved)
  local problems, rest = {}, {}
  for name, value in pairs(saved.bonuses or {}) do
    character[name] = value
  end
  if saved.crafting then
    problems, rest = begin_crafting(character, saved.crafting)
  end
  local refused, missing = stacks.write_inventories(character, saved.inventories or {})
  for name, count in pairs(rest) do
    if character.insert({name = name, count = count}) < count then
      refused[#refused + 1] = {name = name, count = count}
    end
  end
  if refused[1] or missing[1] then
    errors.fail(
      "not-loadable", "a character has no room for all that it carried",
      {item = refused[1] and refused[1].name}
    )
  end
  if saved.cursor then
    stacks.write(character.cursor_stack, saved.cursor)
  end
  if saved.health then
    character.health = saved.health
  end
  if saved.color then
    character.color = saved.color
  end
  return problems
end

---Gives each agent of a state its character; there are none before.
---@param list table[] as `save` gives it
---@return table[] {what, why} of crafts that could not begin again
function characters.load(surface, list)
  local problems = {}
  global.agents = {}
  for agent, saved in ipairs(list) do
    local position = {x = saved.x, y = saved.y}
    if saved.ticks_to_respawn then
      global.agents[agent] = {
        death = {respawn_tick = game.tick + saved.ticks_to_respawn, position = position},
      }
    else
      local character = surface.create_entity({
        name = "character", position = position, force = "player",
        direction = saved.direction,
      })
      global.agents[agent] = {character = character}
      for _, problem in ipairs(equip(character, saved)) do
        problems[#problems + 1] = problem
      end
    end
  end
  -- goes on watching for those who come back
  agents.load()
  return problems
end

return characters
