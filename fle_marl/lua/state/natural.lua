-- Trees, rocks, cliffs and fish as plain data: by name a list of {x, y, orientation of
-- a cliff}. A map has many of them, and few change, so loading looks for differences.

local checks = require("runtime.checks")

local natural = {}

-- Source: runtime API, CliffOrientation: twenty of them, such as "west-to-east"
local orientation = checks.text

local function check_name(name, path)
  checks.entity(name, path)
  local type = game.entity_prototypes[name].type
  if not (type == "tree" or type == "simple-entity" or type == "cliff" or type == "fish") then
    checks.refuse(path, "the name of a tree, a rock, a cliff or a fish", name, "not-carried")
  end
end

---Refuses what is no table as `save` gives it.
natural.check = checks.map(check_name, checks.list(
  checks.tuple({checks.coordinate, checks.coordinate, orientation}, 2)
))

local KEPT = {tree = true, ["simple-entity"] = true, cliff = true, fish = true}

-- What marks one place of a thing; cliffs of two orientations are two things.
local function key_of(x, y, facing)
  return facing and x .. " " .. y .. " " .. facing or x .. " " .. y
end

---@param found LuaEntity[]
---@param left_behind table
---@return table by name, each list from the north to the south
function natural.save(found, left_behind)
  local saved = {}
  for _, entity in ipairs(found) do
    local type = entity.type
    if KEPT[type] then
      local name, position = entity.name, entity.position
      local list = saved[name] or {}
      saved[name] = list
      list[#list + 1] = {
        position.x, position.y, type == "cliff" and entity.cliff_orientation or nil,
      }
    elseif type ~= "resource" then
      left_behind.add(
        entity.name, "of what nobody's force owns only trees, rocks, cliffs and fish are carried"
      )
    end
  end
  for _, list in pairs(saved) do
    table.sort(list, function(first, second)
      if first[2] ~= second[2] then
        return first[2] < second[2]
      end
      if first[1] ~= second[1] then
        return first[1] < second[1]
      end
      return (first[3] or "") < (second[3] or "")
    end)
  end
  return saved
end

local function missing_places(saved)
  local missing = {}
  for name, list in pairs(saved) do
    missing[name] = {}
    for _, entry in ipairs(list) do
      missing[name][key_of(entry[1], entry[2], entry[3])] = true
    end
  end
  return missing
end

---Has what grows and lies on the map be exactly that of a state.
---@param found LuaEntity[] all that is on the map
---@param is_ours fun(x, y): boolean which places the state speaks of
---@return table {made, removed}
function natural.load(surface, saved, found, is_ours)
  local missing, result = missing_places(saved), {made = 0, removed = 0}
  for _, entity in ipairs(found) do
    local type = entity.type
    if KEPT[type] then
      local position, places = entity.position, missing[entity.name]
      local key = key_of(
        position.x, position.y, type == "cliff" and entity.cliff_orientation or nil
      )
      if places and places[key] then
        places[key] = nil
      elseif is_ours(position.x, position.y) then
        entity.destroy()
        result.removed = result.removed + 1
      end
    end
  end
  for name, list in pairs(saved) do
    for _, entry in ipairs(list) do
      if missing[name][key_of(entry[1], entry[2], entry[3])] then
        surface.create_entity({
          name = name, position = {x = entry[1], y = entry[2]}, force = "neutral",
          cliff_orientation = entry[3],
        })
        result.made = result.made + 1
      end
    end
  end
  return result
end

return natural
