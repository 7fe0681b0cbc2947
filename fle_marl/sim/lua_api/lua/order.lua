-- One order for the keys of a table, that depends on nothing but them. Lua's own order
-- changes from run to run; the game's is the order of insertion, which plain tables do
-- not know.

local host = ...

local type, tostring, rawget, rawequal, next = type, tostring, rawget, rawequal, next
local error = error
local getmetatable = host.getmetatable
local sort = table.sort

local order = {}

-- objects of the game by class and number; other tables and functions by their address,
-- which is all that there is
local function comes_before(left, right)
  local left_kind, right_kind = type(left), type(right)
  if left_kind ~= right_kind then
    return left_kind < right_kind
  end
  if left_kind == "number" or left_kind == "string" then
    return left < right
  end
  local left_name, right_name = tostring(left), tostring(right)
  if left_name ~= right_name or left_kind ~= "table" then
    return left_name < right_name
  end
  local left_self, right_self = rawget(left, "__self"), rawget(right, "__self")
  return type(left_self) == "number" and type(right_self) == "number" and left_self < right_self
end

-- numbers and strings have an order of their own, which costs a third of ours
local has_order = {number = true, string = true}

---@return table list of all keys
function order.sorted_keys(value)
  local first = next(value)
  local kind = type(first)
  local keys, count = {}, 0
  local is_alike, is_sorted = has_order[kind], true
  for key in next, value do
    if is_alike and type(key) ~= kind then
      is_alike = false
    end
    -- Lua keeps lists in their order
    is_sorted = is_sorted and is_alike and (count == 0 or keys[count] < key)
    count = count + 1
    keys[count] = key
  end
  if not is_alike then
    sort(keys, comes_before)
  elseif not is_sorted then
    sort(keys)
  end
  return keys
end

local function check_table(value, name)
  if type(value) ~= "table" then
    error("bad argument #1 to '" .. name .. "' (table expected, got " .. type(value) .. ")", 3)
  end
end

---Lua's ``pairs``, in order. Values that are removed meanwhile are left out.
function order.pairs(value)
  check_table(value, "pairs")
  local meta = getmetatable(value)
  if meta and meta.__pairs then
    return meta.__pairs(value)
  end
  local keys, place = order.sorted_keys(value), 0
  return function()
    local key, found
    repeat
      place = place + 1
      key = keys[place]
      found = nil
      if key ~= nil then
        found = rawget(value, key)
      end
    until key == nil or found ~= nil
    if key ~= nil then
      return key, found
    end
  end
end

local function least_key(value)
  local least = next(value)
  if least == nil then
    return nil
  end
  for key in next, value, least do
    if comes_before(key, least) then
      least = key
    end
  end
  return least
end

local function key_after(value, previous)
  local keys = order.sorted_keys(value)
  for place = 1, #keys do
    if rawequal(keys[place], previous) then
      return keys[place + 1]
    end
  end
  -- the previous one was removed meanwhile
  for place = 1, #keys do
    if comes_before(previous, keys[place]) then
      return keys[place]
    end
  end
end

---Lua's ``next``, in order; a walk through a table by it sorts the keys at each step.
function order.next(value, previous)
  check_table(value, "next")
  local key
  if previous == nil then
    key = least_key(value)
  else
    key = key_after(value, previous)
  end
  if key == nil then
    return nil
  end
  return key, rawget(value, key)
end

return order
