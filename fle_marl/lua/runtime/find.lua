-- Which entity an agent means by a position and perhaps a name.

local errors = require("runtime.errors")
local reach = require("runtime.reach")

local find = {}

-- how far from an entity's position an agent's position may lie, tiles: agents round,
-- and keep positions of corners and of drop points
local TOLERANCE = 1

local natural = {resource = true, tree = true, ["simple-entity"] = true, cliff = true, fish = true}

local function is_built(entity)
  return not natural[entity.type] and entity.type ~= "character"
    and entity.type ~= "item-entity"
end

local function covers(entity, position)
  local box = entity.selection_box
  return position.x >= box.left_top.x and position.x <= box.right_bottom.x
    and position.y >= box.left_top.y and position.y <= box.right_bottom.y
end

---The entity nearest to a position: one that covers it, else one within the tolerance.
---@param surface LuaSurface
---@param position table
---@param name? string only of this name
---@param accept? function only entities for which it is true
---@return LuaEntity?
function find.near(surface, position, name, accept)
  if name and not game.entity_prototypes[name] then
    return nil
  end
  local area = {
    {position.x - TOLERANCE, position.y - TOLERANCE},
    {position.x + TOLERANCE, position.y + TOLERANCE},
  }
  local found = {}
  for _, entity in ipairs(surface.find_entities_filtered({area = area, name = name})) do
    if (accept or is_built)(entity) then
      found[#found + 1] = entity
    end
  end
  if #found < 2 then
    return found[1]
  end
  local best, best_rank
  for _, entity in ipairs(found) do
    local rank = reach.distance(entity.position, position)
    if covers(entity, position) then
      rank = rank - 1000
    end
    if best == nil or rank < best_rank then
      best, best_rank = entity, rank
    end
  end
  return best
end

local function what_is_there(surface, position)
  local names, seen = {}, {}
  local around = {
    {position.x - 3, position.y - 3}, {position.x + 3, position.y + 3},
  }
  for _, entity in ipairs(surface.find_entities_filtered({area = around})) do
    if is_built(entity) and not seen[entity.name] then
      seen[entity.name] = true
      names[#names + 1] = entity.name .. " at " .. errors.place(entity.position)
    end
  end
  if #names == 0 then
    return "nothing is built within 3 tiles of it"
  end
  return "near it: " .. table.concat(names, ", ")
end

---The entity that an agent names; refuses when there is none.
---@param character LuaEntity
---@param position table
---@param name? string
---@return LuaEntity
function find.entity(character, position, name)
  local entity = find.near(character.surface, position, name)
  if entity == nil then
    errors.fail(
      "no-such-entity",
      string.format(
        "there is no %s at %s; %s", name or "entity", errors.place(position),
        what_is_there(character.surface, position)
      ),
      {name = name, position = {x = position.x, y = position.y}}
    )
  end
  return entity
end

---The entity of an argument {name = ..., position = ...}, or of a bare position.
function find.argument(character, argument)
  if argument.position then
    local name = argument.name
    if name and not game.entity_prototypes[name] then
      name = nil
    end
    return find.entity(character, argument.position, name)
  end
  return find.entity(character, argument)
end

return find
