-- Placing entities out of a character's inventory.

local costs = require("runtime.costs")
local errors = require("runtime.errors")
local items = require("runtime.items")
local reach = require("runtime.reach")

local building = {}

-- the item that builds each entity, as far as it was asked for
local known_items = {}

---The item that builds an entity; refuses what no item builds.
---@param name string entity
---@return string item
function building.item_for(name)
  if known_items[name] then
    return known_items[name]
  end
  local prototype = game.entity_prototypes[name]
  local makers = prototype and prototype.items_to_place_this
  if makers == nil then
    errors.fail(
      "not-placeable", tostring(name) .. " is not an entity that can be placed",
      {name = tostring(name)}
    )
  end
  known_items[name] = makers[1].name
  return makers[1].name
end

---Where the game would put an entity that is asked for at a position.
function building.snapped(name, position, direction)
  local prototype = game.entity_prototypes[name]
  local width, height = prototype.tile_width, prototype.tile_height
  if direction % 4 == 2 then
    width, height = height, width
  end
  local function snap(value, size)
    if size % 2 == 1 then
      return math.floor(value) + 0.5
    end
    return math.floor(value + 0.5)
  end
  return {x = snap(position.x, width), y = snap(position.y, height)}
end

local function half_size(name, direction)
  local prototype = game.entity_prototypes[name]
  local half_width, half_height = prototype.tile_width / 2, prototype.tile_height / 2
  if direction % 4 == 2 then
    return half_height, half_width
  end
  return half_width, half_height
end

local function obstacles(character, name, position, direction, ignored)
  local half_width, half_height = half_size(name, direction)
  -- a hair inside, so that neighbours that only touch do not count
  local inset = 0.01
  local area = {
    {position.x - half_width + inset, position.y - half_height + inset},
    {position.x + half_width - inset, position.y + half_height - inset},
  }
  local names = {}
  for _, entity in ipairs(character.surface.find_entities_filtered({area = area})) do
    if entity ~= ignored and entity.type ~= "resource" and entity.type ~= "item-entity" then
      names[#names + 1] = (entity == character and "you" or entity.name)
        .. " at " .. errors.place(entity.position)
    end
  end
  local water = character.surface.count_tiles_filtered({area = area, collision_mask = "water-tile"})
  if water > 0 then
    names[#names + 1] = water .. " tiles of water"
  end
  return names
end

---Whether an entity could be placed, without the reasons.
function building.is_free(character, name, position, direction)
  return character.surface.can_place_entity({
    name = name, position = position, direction = direction, force = character.force,
    build_check_type = defines.build_check_type.manual,
  })
end

local function step_back(moved)
  for _, entry in ipairs(moved) do
    entry.character.teleport(entry.from)
  end
end

-- Characters in the way step aside, as the game lets them when somebody builds: each to
-- the nearest free place around the new entity's tiles. They step back when that does
-- not make the place free, and then this gives nil.
local function step_aside(character, name, position, direction, is_needed)
  local half_width, half_height = half_size(name, direction)
  local margin = 0.5
  local moved = {}
  local area = {
    {position.x - half_width, position.y - half_height},
    {position.x + half_width, position.y + half_height},
  }
  local found = character.surface.find_entities_filtered({type = "character", area = area})
  for _, standing in ipairs(found) do
    local from = standing.position
    local best, best_away
    for step = 0, 31 do
      local turn = step / 32 * 2 * math.pi
      local x, y = math.cos(turn), math.sin(turn)
      local stretch = 1 / math.max(math.abs(x), math.abs(y))
      local place = {
        x = position.x + x * stretch * (half_width + margin),
        y = position.y + y * stretch * (half_height + margin),
      }
      local dx, dy = place.x - from.x, place.y - from.y
      local away = dx * dx + dy * dy
      if (best == nil or away < best_away)
        and not (is_needed and is_needed(place))
        and character.surface.can_place_entity({name = "character", position = place}) then
        best, best_away = place, away
      end
    end
    if best then
      standing.teleport(best)
      moved[#moved + 1] = {character = standing, from = from}
    end
  end
  if #moved > 0 and building.is_free(character, name, position, direction) then
    return moved
  end
  step_back(moved)
  return nil
end

---Whether an entity could be placed once characters have stepped aside; nobody is moved.
function building.can_be_freed(character, name, position, direction)
  if building.is_free(character, name, position, direction) then
    return true
  end
  local moved = step_aside(character, name, position, direction)
  if moved then
    step_back(moved)
  end
  return moved ~= nil
end

local function refuse_blocked(name, position, names, why)
  errors.fail(
    "blocked",
    string.format("%s cannot be placed at %s: %s", name, errors.place(position), why),
    {name = name, position = position, obstacles = names}
  )
end

---Refuses a place where something stands besides one entity, which is to go.
function building.check_clear(character, name, position, direction, ignored)
  local names = obstacles(character, name, position, direction, ignored)
  if #names > 0 then
    refuse_blocked(name, position, names, "in the way: " .. table.concat(names, ", "))
  end
end

---Refuses a place where the entity cannot stand.
---@param is_needed? function(place) where nobody may step aside to
function building.check_free(character, name, position, direction, is_needed)
  if building.is_free(character, name, position, direction)
    or step_aside(character, name, position, direction, is_needed) then
    return
  end
  local names = obstacles(character, name, position, direction)
  local why = #names > 0 and "in the way: " .. table.concat(names, ", ")
    or "this entity needs other ground (a drill needs ore below it, an offshore pump a shore), "
      .. "or would bring different fluids together"
  refuse_blocked(name, position, names, why)
end

---Places an entity that was checked, and takes its item.
---@param extra? table further arguments of create_entity
---@return LuaEntity? nil when the character has no such item
function building.place_checked(character, name, position, direction, extra)
  local item = building.item_for(name)
  local given = {
    name = name, position = position, direction = direction, force = character.force,
    raise_built = true,
  }
  for key, value in pairs(extra or {}) do
    given[key] = value
  end
  if character.remove_item({name = item, count = 1}) == 0 then
    return nil
  end
  return character.surface.create_entity(given)
end

---Places an entity where the agent asks, after all checks.
---@return LuaEntity entity, integer ticks
function building.place(character, name, position, direction)
  local item = building.item_for(name)
  items.check_has(character, item, 1)
  position = building.snapped(name, position, direction)
  reach.check_build(character, position)
  building.check_free(character, name, position, direction)
  return building.place_checked(character, name, position, direction), costs.HANDLING
end

return building
