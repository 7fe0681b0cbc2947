-- What a force counts and is given beyond its research, as plain data: bonuses, recipes,
-- rockets, production statistics.

local checks = require("runtime.checks")

local force_state = {}

-- Source: runtime API, LuaForce: attributes that are numbers and can be written
local MODIFIERS = {
  "artillery_range_modifier", "character_build_distance_bonus", "character_health_bonus",
  "character_inventory_slots_bonus", "character_item_drop_distance_bonus",
  "character_item_pickup_distance_bonus", "character_loot_pickup_distance_bonus",
  "character_reach_distance_bonus", "character_resource_reach_distance_bonus",
  "character_running_speed_modifier", "character_trash_slot_count",
  "following_robots_lifetime_modifier", "ghost_time_to_live", "inserter_stack_size_bonus",
  "laboratory_productivity_bonus", "laboratory_speed_modifier",
  "manual_crafting_speed_modifier", "manual_mining_speed_modifier",
  "maximum_following_robot_count", "mining_drill_productivity_bonus",
  "stack_inserter_capacity_bonus", "train_braking_force_bonus",
  "worker_robots_battery_modifier", "worker_robots_speed_modifier",
  "worker_robots_storage_bonus",
}
local check_modifier = checks.one_of(table.unpack(MODIFIERS))
local number = checks.number(-1e9, 1e9)

local function check_category(name, path)
  if type(name) ~= "string" or game.ammo_category_prototypes[name] == nil then
    checks.refuse(path, "the name of a category of ammunition", name, "no-such-prototype")
  end
end

local by_category = checks.map(check_category, number)
local function flows(check_name, check_amount)
  return checks.record({
    produced = checks.map(check_name, check_amount),
    consumed = checks.map(check_name, check_amount),
  })
end

---Refuses what is no table as `save` gives it.
force_state.check = checks.record({
  modifiers = checks.map(check_modifier, number),
  ammo_damage = by_category,
  gun_speed = by_category,
  recipes = checks.map(checks.recipe, checks.flag),
  rockets_launched = checks.count,
  items_launched = checks.map(checks.item, checks.count),
  spawn = checks.position,
})

---Refuses what is no table as `save_statistics` gives it.
force_state.check_statistics = checks.record({
  items = flows(checks.item, checks.whole(0, 2 ^ 53)),
  fluids = flows(checks.fluid, checks.amount),
  pollution = flows(checks.entity, checks.amount),
})

-- --- bonuses, recipes, rockets

local function by_categories(read)
  local values = {}
  for name in pairs(game.ammo_category_prototypes) do
    local value = read(name)
    values[name] = value ~= 0 and value or nil
  end
  return values
end

---@param force LuaForce
---@param surface LuaSurface
---@return table {modifiers, ammo_damage, gun_speed: what is not 0; recipes: whose enabling
---  is not the prototype's; rockets_launched, items_launched, spawn}
function force_state.save(force, surface)
  local saved = {modifiers = {}, recipes = {}, items_launched = {}}
  for _, name in ipairs(MODIFIERS) do
    saved.modifiers[name] = force[name] ~= 0 and force[name] or nil
  end
  saved.ammo_damage = by_categories(force.get_ammo_damage_modifier)
  saved.gun_speed = by_categories(force.get_gun_speed_modifier)
  for name, recipe in pairs(force.recipes) do
    if recipe.enabled ~= recipe.prototype.enabled then
      saved.recipes[name] = recipe.enabled
    end
  end
  saved.rockets_launched = force.rockets_launched
  for name, count in pairs(force.items_launched) do
    saved.items_launched[name] = count
  end
  local spawn = force.get_spawn_position(surface)
  saved.spawn = {x = spawn.x, y = spawn.y}
  return saved
end

local function set_modifiers(force, saved)
  for _, name in ipairs(MODIFIERS) do
    local wanted = saved.modifiers[name] or 0
    if force[name] ~= wanted then
      force[name] = wanted
    end
  end
  for name in pairs(game.ammo_category_prototypes) do
    force.set_ammo_damage_modifier(name, saved.ammo_damage[name] or 0)
    force.set_gun_speed_modifier(name, saved.gun_speed[name] or 0)
  end
end

---Gives a force what it had; after its research, which changes the same things.
---@param saved table as `save` gives it
function force_state.load(force, surface, saved)
  set_modifiers(force, saved)
  for name, recipe in pairs(force.recipes) do
    local wanted = saved.recipes[name]
    if wanted == nil then
      wanted = recipe.prototype.enabled
    end
    if recipe.enabled ~= wanted then
      recipe.enabled = wanted
    end
  end
  force.rockets_launched = saved.rockets_launched
  for name in pairs(force.items_launched) do
    force.set_item_launched(name, 0)
  end
  for name, count in pairs(saved.items_launched) do
    force.set_item_launched(name, count)
  end
  force.set_spawn_position(saved.spawn, surface)
end

-- --- statistics

local function read_flows(statistics)
  local function copy(counts)
    local copied = {}
    for name, count in pairs(counts) do
      copied[name] = count ~= 0 and count or nil
    end
    return copied
  end
  -- the game calls what was made its input. Source: runtime API, LuaFlowStatistics
  return {produced = copy(statistics.input_counts), consumed = copy(statistics.output_counts)}
end

local function write_flows(statistics, saved)
  statistics.clear()
  for name, count in pairs(saved.produced) do
    statistics.set_input_count(name, count)
  end
  for name, count in pairs(saved.consumed) do
    statistics.set_output_count(name, count)
  end
end

local function statistics_of(force)
  return {
    items = force.item_production_statistics,
    fluids = force.fluid_production_statistics,
    pollution = game.pollution_statistics,
  }
end

---@return table {items, fluids, pollution}, each {produced, consumed}
function force_state.save_statistics(force)
  local saved = {}
  for name, statistics in pairs(statistics_of(force)) do
    saved[name] = read_flows(statistics)
  end
  return saved
end

---Has totals be what they were; they have come about at no time.
function force_state.load_statistics(force, saved)
  for name, statistics in pairs(statistics_of(force)) do
    write_flows(statistics, saved[name])
  end
end

return force_state
