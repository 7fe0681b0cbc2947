-- Classes of the API as metatables. A member is fetched from Python when a script first
-- uses it: there are two thousand, and a script uses some fifty.

-- Python's functions: fetch(class, key), fetch_setter(class, key), help(class),
-- is_known(class, key), is_writable(class, key), raise_missing(class, key),
-- is_same(left, right); and the parts `checks` and `columns`
local host, checks, columns = ...

local rawget, setmetatable, type, tostring = rawget, setmetatable, type, tostring
local error, select, next = error, select, next
local getmetatable = host.getmetatable
local check_arguments, check_written = checks.check, checks.check_written
local forget = columns.forget

local metatables = {}

-- Refuses a key in the words of the game, or says that only we lack it.
local function refuse(class, key)
  if host.is_known(class, key) then
    host.raise_missing(class, key)
  end
  error(class .. " doesn't contain key " .. tostring(key) .. ".", 3)
end

local function refuse_count(class, key, given, least, most)
  local wanted = least == most and tostring(least) or least .. " to " .. most
  error(
    "Wrong number of arguments for " .. class .. "." .. key .. ": " .. given
      .. ", it takes " .. wanted .. ".",
    3
  )
end

-- --- how members are called

local function asked_once(getter)
  local value
  return function(self)
    if value == nil then
      value = getter(self)
    end
    return value
  end
end

local plain = {boolean = true, number = true, string = true}

-- tables belong to the script that asked for them
local function remembered(getter)
  local values = {}
  return function(self)
    local value = values[self]
    if value == nil then
      value = getter(self)
      if plain[type(value)] then
        values[self] = value
      end
    end
    return value
  end
end

local function as_position(getter)
  return function(self)
    local x, y = getter(self)
    return x and {x = x, y = y}
  end
end

-- A member that gives an object of a class; Python gives what it holds.
local function giving(member, class)
  return function(...)
    local self = member(...)
    return self ~= nil and setmetatable({__self = self}, metatables[class]) or nil
  end
end

-- A getter of lists of objects; Python gives lists of what they hold.
local function listing(getter, class)
  getter = columns.remembering(getter)
  return function(self)
    local meta, lists = metatables[class], {}
    for key, list in next, getter(self) do
      local objects = {}
      for place = 1, #list do
        objects[place] = setmetatable({__self = list[place]}, meta)
      end
      lists[key] = objects
    end
    return lists
  end
end

local function forget_after(...)
  forget()
  return ...
end

-- Calls a method after which nothing may be as it was; what handlers of events have
-- remembered meanwhile goes as well.
local function acting(method)
  return function(...)
    forget()
    return forget_after(method(...))
  end
end

local function getter_of(member, key)
  local getter = member.call
  if member.is_kept then
    getter = asked_once(getter)
  end
  if member.is_read_together then
    getter = columns.reader(key, getter)
  end
  if member.is_place then
    getter = as_position(getter)
  end
  if member.gives then
    getter = giving(getter, member.gives)
  end
  if member.gives_lists then
    getter = listing(getter, member.gives_lists)
  end
  if member.is_constant then
    getter = remembered(getter)
  end
  return getter
end

local function method_of(member, key)
  local method = member.call
  if member.largest_part then
    local meta = metatables[member.gives]
    method = columns.parts(key, method, member.largest_part, function(self)
      return setmetatable({__self = self}, meta)
    end)
  elseif member.gives then
    method = giving(method, member.gives)
  end
  if not columns.only_looks(key) then
    method = acting(method)
  end
  return method
end

-- --- classes

local function make_index(name, members, index)
  local getters, methods = {}, {}
  local function fetch(key)
    local member = host.fetch(name, key)
    members[key] = nil
    if member.most then
      methods[key] = {
        call = method_of(member, key), least = member.least, most = member.most,
        check = member.check,
      }
    else
      getters[key] = getter_of(member, key)
    end
  end
  return function(object, key)
    local self = rawget(object, "__self")
    local getter = getters[key]
    if getter == nil and members[key] then
      fetch(key)
      getter = getters[key]
    end
    if getter then
      return getter(self)
    end
    local method = methods[key]
    if method then
      local call, least, most, check = method.call, method.least, method.most, method.check
      return function(...)
        local given = select("#", ...)
        if given < least or given > most then
          refuse_count(name, key, given, least, most)
        end
        if check then
          check_arguments(key, check, ...)
        end
        local lying = key == "get_contents" and columns.contents_of(object)
        if lying then
          return lying
        end
        return call(self, ...)
      end
    end
    if key == "object_name" then
      return name
    end
    if key == "help" then
      return function() return host.help(name) end
    end
    if index then
      local value, found = index(self, key)
      if found then
        return value
      end
    end
    refuse(name, key)
  end
end

local function make_newindex(name, newindex)
  local setters = {}
  return function(object, key, value)
    forget()
    local setter = setters[key]
    if setter == nil and type(key) == "string" then
      setter = host.fetch_setter(name, key)
      setters[key] = setter
    end
    if setter then
      check_written(key, setter.check, value)
      return setter.call(rawget(object, "__self"), value)
    end
    if newindex and newindex(rawget(object, "__self"), key, value) then
      return
    end
    if host.is_known(name, key) and not host.is_writable(name, key) then
      error("Attempt to set a read-only key: " .. name .. "." .. tostring(key) .. ".", 2)
    end
    refuse(name, key)
  end
end

local classes = {metatables = metatables}

---@param name string class, such as "LuaEntity"
---@param members table<string, boolean> names of what `host.fetch` gives
---@param operators table<string, function> "index", "newindex", "len", "call", "pairs"
function classes.define(name, members, operators)
  local meta = {
    class_name = name,
    __metatable = name,
    __index = make_index(name, members, operators.index),
    __newindex = make_newindex(name, operators.newindex),
  }
  function meta.__eq(left, right)
    -- Lua 5.2 may make one closure for all classes, and then asks it for two of them
    local first, second = rawget(left, "__self"), rawget(right, "__self")
    if getmetatable(left) ~= getmetatable(right) then
      return false
    end
    -- only what Python holds does Lua not compare by its value
    return first == second or type(first) == "userdata" and host.is_same(first, second)
  end
  function meta.__tostring()
    return "[" .. name .. "]"
  end
  if operators.len then
    function meta.__len(object)
      return operators.len(rawget(object, "__self"))
    end
  end
  if operators.call then
    function meta.__call(object, ...)
      return operators.call(rawget(object, "__self"), ...)
    end
  end
  if operators.pairs then
    function meta.__pairs(object)
      return host.pairs(operators.pairs(rawget(object, "__self")))
    end
  end
  metatables[name] = meta
end

return classes
