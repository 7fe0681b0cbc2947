-- What scripts keep in `global`, as lists that JSON can hold:
--   {"t", key, value, ...}  a table; they are counted in this order, from 1
--   {"m", name, key, value, ...}  the same with a metatable that is registered
--   {"r", number}           a table that came before
--   {"o", class, self}      an object of the game
--   {"i", handle, row}      an inventory
--   {"n", "inf"}            a number that JSON lacks
--   {"v", value}            anything else

local host, order, setmetatable = ...

local type, tostring, rawget, error, ipairs = type, tostring, rawget, error, ipairs
local rawset = rawset
local getmetatable = host.getmetatable
local huge = math.huge

local MOST_DEPTH = 100
local odd_numbers = {inf = huge, ["-inf"] = -huge, nan = 0 / 0}
local unsaveable = {["function"] = true, thread = true, userdata = true}

local memory = {}

-- metatables of scripts that are linked again when a game is loaded
local by_name, name_of = {}, {}

---@param name string
---@param meta table
function memory.register(name, meta)
  if by_name[name] ~= nil or name_of[meta] ~= nil then
    error("A metatable is registered once, under one name: " .. name .. ".", 0)
  end
  by_name[name], name_of[meta] = meta, name
end

local function freeze_object(value, class)
  local self = rawget(value, "__self")
  if class == "LuaInventory" then
    return {"i", host.inventory_parts(self)}
  end
  if type(self) ~= "number" then
    error("Cannot save a " .. class .. " in global.", 0)
  end
  return {"o", class, self}
end

local function freeze_number(value)
  if value ~= value then
    return {"n", "nan"}
  end
  if value == huge or value == -huge then
    return {"n", value > 0 and "inf" or "-inf"}
  end
  return {"v", value}
end

local freeze

local function freeze_table(value, seen, depth)
  local meta = getmetatable(value)
  if meta and meta.class_name then
    return freeze_object(value, meta.class_name)
  end
  if seen[value] then
    return {"r", seen[value]}
  end
  if depth > MOST_DEPTH then
    error("Cannot save tables within tables this deep in global.", 0)
  end
  seen.count = seen.count + 1
  seen[value] = seen.count
  local name = meta and name_of[meta]
  local frozen = name and {"m", name} or {"t"}
  for _, key in ipairs(order.sorted_keys(value)) do
    frozen[#frozen + 1] = freeze(key, seen, depth + 1)
    frozen[#frozen + 1] = freeze(rawget(value, key), seen, depth + 1)
  end
  return frozen
end

freeze = function(value, seen, depth)
  local kind = type(value)
  if kind == "table" then
    return freeze_table(value, seen, depth)
  end
  if kind == "number" then
    return freeze_number(value)
  end
  if unsaveable[kind] then
    error("Cannot save a " .. tostring(kind) .. " in global.", 0)
  end
  return {"v", value}
end

---@return table plain lists
function memory.freeze(value)
  return freeze(value, {count = 0}, 1)
end

local thaw

local function thaw_table(frozen, seen, first)
  local value = {}
  seen[#seen + 1] = value
  for place = first, #frozen, 2 do
    local key = thaw(frozen[place], seen)
    rawset(value, key, thaw(frozen[place + 1], seen))
  end
  return value
end

local function thaw_linked(frozen, seen)
  local meta = by_name[frozen[2]]
  if meta == nil then
    error("No metatable is registered as " .. tostring(frozen[2]) .. ".", 0)
  end
  return setmetatable(thaw_table(frozen, seen, 3), meta)
end

thaw = function(frozen, seen)
  local kind = frozen[1]
  if kind == "t" then
    return thaw_table(frozen, seen, 2)
  end
  if kind == "m" then
    return thaw_linked(frozen, seen)
  end
  if kind == "r" then
    return seen[frozen[2]]
  end
  if kind == "o" then
    if not host.is_class(frozen[2]) or type(frozen[3]) ~= "number" then
      error("Cannot load an object of " .. tostring(frozen[2]) .. " in global.", 0)
    end
    return host.object(frozen[2], frozen[3])
  end
  if kind == "i" then
    return host.inventory(frozen[2], frozen[3])
  end
  if kind == "n" then
    return odd_numbers[frozen[2]]
  end
  return frozen[2]
end

---What `freeze` was given. Tables that were one are one again; metatables that are
---not registered are lost.
function memory.thaw(frozen)
  return thaw(frozen, {})
end

return memory
