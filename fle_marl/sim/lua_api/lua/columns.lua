-- Attributes of entities, remembered until anything may have changed. Those of entities
-- that were found together are read together: a script that reads an attribute of a few
-- of them walks through what it found, and gets those of the rest from one call of Python.

local host = ...

local next, type = next, type

local columns = {}

-- reads of an attribute, one by one, before it is read of all
local FEW = 3
-- entities that are remembered at most, so that scripts keep their memory
local MOST = 20000

-- how many searches were remembered since `forget`, how many entities they found and how
-- many values were read one by one, and a number that is another one after each `forget`
local searches, count, age = 0, 0, 0
-- what lies in the parts of what was found, by the objects of the parts, and how many were
-- asked for, without those that are not there
local contents, held = {}, 0

---Forgets everything, since something may be another from now on.
function columns.forget()
  if count > 0 then
    age, count, contents, held = age + 1, 0, {}, 0
    if searches > 0 then
      searches = 0
      host.forget_found()
    end
  end
end

---Whether to remember what a search has found.
---@param length integer how many that are
function columns.is_remembered(length)
  if length <= FEW or length > MOST then
    return false
  end
  if count + length > MOST then
    columns.forget()
  end
  searches, count = searches + 1, count + length
  return true
end

---A getter that reads the attribute of all that was found, once it was read of a few.
---@param key string the attribute
---@param getter function value = getter(self); of a place x, y
---@return function the same
function columns.reader(key, getter)
  local seen, firsts, seconds, reads, done
  local function read_all()
    local handles, ones, others = host.read_found(key, done)
    for index = 1, #handles do
      local one, self = ones[index], handles[index]
      if one then
        firsts[self] = one
        if others then
          seconds[self] = others[index]
        end
      end
    end
    reads, done = 0, searches
  end
  return function(self)
    if seen ~= age then
      seen, firsts, seconds, reads, done = age, {}, {}, 0, 0
    end
    if firsts[self] == nil then
      reads = reads + 1
      if done < searches and reads > FEW then
        read_all()
      end
    end
    if firsts[self] == nil then
      local first, second = getter(self)
      if count < MOST then
        firsts[self], seconds[self], count = first, second, count + 1
      end
      return first, second
    end
    return firsts[self], seconds[self]
  end
end

---A getter that remembers what it was told.
---@param getter function value = getter(self)
---@return function the same
function columns.remembering(getter)
  local seen, values
  return function(self)
    if seen ~= age then
      seen, values = age, {}
    end
    local value = values[self]
    if value == nil then
      value = getter(self)
      if count < MOST then
        values[self], count = value, count + 1
      end
    end
    return value
  end
end

-- One of the parts of all that was found, once it was asked of a few.
local function new_part(name, number, object)
  local known, reads, done = {}, 0, 0
  local function read_all()
    local first = done
    done = searches
    if held + count > MOST then
      return
    end
    held = held + count
    local handles, selves, lying = host.read_parts(name, number, first)
    for index = 1, #handles do
      local self = selves[index]
      if self then
        local part = object(self)
        known[handles[index]], contents[part] = part, lying[index]
      end
    end
  end
  return function(self)
    if known[self] == nil and done < searches then
      reads = reads + 1
      if reads > FEW then
        read_all()
      end
    end
    return known[self]
  end
end

---A method that gives a part of an entity by its number.
---@param name string the method
---@param method function self of the part = method(self, number)
---@param largest integer number that it takes
---@param object function part = object(self)
---@return function part = method(self, number)
function columns.parts(name, method, largest, object)
  local seen, numbers
  return function(self, number)
    if type(number) == "number" and number % 1 == 0 and number > 0 and number <= largest then
      if seen ~= age then
        seen, numbers = age, {}
      end
      local find = numbers[number]
      if find == nil then
        find = new_part(name, number, object)
        numbers[number] = find
      end
      local part = find(self)
      if part then
        return part
      end
    end
    local part = method(self, number)
    return part ~= nil and object(part) or nil
  end
end

---What lies in a part that was found with others, as a table of its own; nil when that is
---not known.
function columns.contents_of(object)
  local lying = contents[object]
  if lying == nil then
    return nil
  end
  local copy = {}
  for item, amount in next, lying do
    copy[item] = amount
  end
  return copy
end

-- what begins so only looks. Source: runtime API, the names of its methods
local LOOKS = {"get_", "find_", "count_", "can_", "is_", "has_"}
local ACTS = {"get_or_create_"}

local function begins_with(name, beginnings)
  for index = 1, #beginnings do
    if name:sub(1, #beginnings[index]) == beginnings[index] then
      return true
    end
  end
  return false
end

---Whether a method leaves everything as it is.
function columns.only_looks(method)
  return begins_with(method, LOOKS) and not begins_with(method, ACTS)
end

return columns
