-- Ores and wells as plain data: by name a list of {x, y, amount, what a well began with}.

local checks = require("runtime.checks")

local resources = {}

-- Source: runtime API, LuaEntity.amount is a uint
local MOST = 2 ^ 32 - 1
local amount = checks.whole(1, MOST)

local function check_name(name, path)
  checks.entity(name, path)
  if game.entity_prototypes[name].type ~= "resource" then
    checks.refuse(path, "the name of a resource", name, "no-such-prototype")
  end
end

---Refuses what is no table as `save` gives it.
resources.check = checks.map(check_name, checks.list(
  checks.tuple({checks.coordinate, checks.coordinate, amount, amount}, 3)
))

local function before(first, second)
  return first[2] < second[2] or first[2] == second[2] and first[1] < second[1]
end

---@return table by name, each list from the north to the south
function resources.save(surface)
  local saved = {}
  for _, entity in ipairs(surface.find_entities_filtered({type = "resource"})) do
    local name, position = entity.name, entity.position
    local list = saved[name] or {}
    saved[name] = list
    list[#list + 1] = {position.x, position.y, entity.amount, entity.initial_amount}
  end
  for _, list in pairs(saved) do
    table.sort(list, before)
  end
  return saved
end

local function place_of(x, y)
  return x .. " " .. y
end

-- What a saved state wants, by name and place.
local function wanted_places(saved)
  local wanted = {}
  for name, list in pairs(saved) do
    local places = {}
    wanted[name] = places
    for _, entry in ipairs(list) do
      places[place_of(entry[1], entry[2])] = entry
    end
  end
  return wanted
end

local function set(entity, wanted)
  local is_new = false
  if wanted[4] and entity.initial_amount ~= wanted[4] then
    entity.initial_amount = wanted[4]
    is_new = true
  end
  if entity.amount ~= wanted[3] then
    entity.amount = wanted[3]
    is_new = true
  end
  return is_new
end

---Has ores and wells be exactly those of a saved state.
---@param saved table as `save` gives it
---@param is_ours? fun(x, y): boolean which places the state speaks of; nil: all
---@return table {changed, made, removed}
function resources.load(surface, saved, is_ours)
  local wanted = wanted_places(saved)
  local result = {changed = 0, made = 0, removed = 0}
  for _, entity in ipairs(surface.find_entities_filtered({type = "resource"})) do
    local position = entity.position
    local places = wanted[entity.name]
    local key = place_of(position.x, position.y)
    local entry = places and places[key]
    if entry then
      places[key] = nil
      result.changed = result.changed + (set(entity, entry) and 1 or 0)
    elseif is_ours == nil or is_ours(position.x, position.y) then
      entity.destroy()
      result.removed = result.removed + 1
    end
  end
  for name, list in pairs(saved) do
    for _, entry in ipairs(list) do
      if wanted[name][place_of(entry[1], entry[2])] then
        set(surface.create_entity({
          name = name, position = {x = entry[1], y = entry[2]}, amount = entry[3],
          snap_to_tile_center = false, enable_tree_removal = false,
          enable_cliff_removal = false,
        }), entry)
        result.made = result.made + 1
      end
    end
  end
  return result
end

---Gives ores that are left an amount each, and wells what they began with.
function resources.fill_up(surface, ore_amount)
  local result = {changed = 0, made = 0, removed = 0}
  for _, entity in ipairs(surface.find_entities_filtered({type = "resource"})) do
    local wanted = entity.initial_amount or ore_amount
    if entity.amount ~= wanted then
      entity.amount = wanted
      result.changed = result.changed + 1
    end
  end
  return result
end

return resources
