-- The Lua side of the API: classes as metatables, and values in the forms that the game
-- takes. Python calls the functions of the table returned here.

-- Python's functions: is_known(class, key), is_writable(class, key),
-- raise_missing(class, key), is_same(left, right), is_item(name), describe(error),
-- random(), log(...), inventory_parts(self), inventory(handle, row); and the sources of the other files here by name
local host, sources = ...

local rawget, setmetatable, load, assert = rawget, setmetatable, load, assert
local type, tostring, error, pcall, select = type, tostring, error, pcall, select
local ipairs, pairs = ipairs, pairs
-- scripts see no metatables of objects, we do
local getmetatable = debug.getmetatable
host.getmetatable = getmetatable

-- what an object of ours is of may be one of Python's, which scripts are not shown
getmetatable(host.describe).__tostring = function()
  return "userdata"
end

-- without it errors reach Python without a traceback behind their message
debug.traceback = nil

local api = {}
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

local function part(name, ...)
  return assert(load(sources[name], "=[api " .. name .. "]", "t"))(...)
end

local checks_of_types = part("checks")
local check_arguments, check_written = checks_of_types.check, checks_of_types.check_written

local valid_text = part("text").valid
local columns = part("columns", host)
local forget = columns.forget

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

local function make_index(name, getters, methods, index, counts, checks, help)
  return function(object, key)
    local self = rawget(object, "__self")
    local getter = getters[key]
    if getter then
      return getter(self)
    end
    local method = methods[key]
    if method then
      local least, most, check = counts[key][1], counts[key][2], checks[key]
      return function(...)
        local given = select("#", ...)
        if given < least or given > most then
          refuse_count(name, key, given, least, most)
        end
        if check then
          check_arguments(key, check, ...)
        end
        return method(self, ...)
      end
    end
    if key == "object_name" then
      return name
    end
    if key == "help" then
      return function() return help end
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

local function make_newindex(name, setters, newindex, checks)
  return function(object, key, value)
    forget()
    local setter = setters[key]
    if setter then
      check_written(key, checks[key], value)
      return setter(rawget(object, "__self"), value)
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

---@param name string class, such as "LuaEntity"
---@param getters table<string, function> value = getter(self)
---@param setters table<string, function> setter(self, value)
---@param methods table<string, function> method(self, ...)
---@param operators table<string, function> "index", "newindex", "len", "call", "pairs"
---@param counts table<string, number[]> fewest and most arguments of each method
---@param checks table<string, table> what methods and attributes take, as
---  `api_arguments.json` has it
---@param help string what the method of that name gives
---@param kept string[] getters that are asked once, of a class with a single object
---@param places string[] getters that give x and y of a MapPosition
---@param gives table<string, string> classes of the objects of which members give `__self`
---@param read_together string[] getters of which `host.read_found` knows, too
---@param is_constant boolean whether what getters give of an object never changes
function api.define_class(
  name, getters, setters, methods, operators, counts, checks, help, kept, places,
  read_together, gives, is_constant
)
  for _, key in ipairs(kept) do
    getters[key] = asked_once(getters[key])
  end
  for _, key in ipairs(read_together) do
    getters[key] = columns.reader(key, getters[key])
  end
  for _, key in ipairs(places) do
    getters[key] = as_position(getters[key])
  end
  for key, class in pairs(gives) do
    local members = getters[key] and getters or methods
    members[key] = giving(members[key], class)
  end
  for key, method in pairs(methods) do
    if not columns.only_looks(key) then
      methods[key] = acting(method)
    end
  end
  if is_constant then
    for key, getter in pairs(getters) do
      getters[key] = remembered(getter)
    end
  end
  local meta = {
    class_name = name,
    __metatable = name,
    __index = make_index(name, getters, methods, operators.index, counts, checks, help),
    __newindex = make_newindex(name, setters, operators.newindex, checks),
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

---@return table an object of the class
function api.object(class, self)
  return setmetatable({__self = self}, metatables[class])
end

---Turns a list of numbers into objects, in place.
function api.objects(class, list)
  local meta = metatables[class]
  for position = 1, #list do
    list[position] = setmetatable({__self = list[position]}, meta)
  end
  return list
end

---The same for what was found; whether it is remembered for `host.read_found`.
function api.found_objects(class, list)
  return api.objects(class, list), columns.is_remembered(#list)
end

---The `__self` of an object of a class; nil for anything else.
function api.self_of(value, class)
  if type(value) == "table" then
    local meta = getmetatable(value)
    if meta and meta.class_name == class then
      return rawget(value, "__self")
    end
  end
  return nil
end

function api.position(x, y)
  return {x = x, y = y}
end

function api.box(left, top, right, bottom)
  return {left_top = {x = left, y = top}, right_bottom = {x = right, y = bottom}}
end

-- x, y of a MapPosition in any of the forms that the game takes
function api.xy(value)
  if type(value) ~= "table" then
    return nil
  end
  return rawget(value, "x") or rawget(value, 1), rawget(value, "y") or rawget(value, 2)
end

-- left, top, right, bottom of a BoundingBox in any of the forms that the game takes
function api.corners(value)
  if type(value) ~= "table" then
    return nil
  end
  local first = rawget(value, "left_top") or rawget(value, 1)
  local second = rawget(value, "right_bottom") or rawget(value, 2)
  if first == nil or second == nil then
    return nil
  end
  local left, top = api.xy(first)
  local right, bottom = api.xy(second)
  return left, top, right, bottom
end

-- A list or a single value as a list.
function api.as_list(value)
  if type(value) ~= "table" then
    return {value}
  end
  local meta = getmetatable(value)
  return meta and meta.class_name and {value} or value
end

---Runs a chunk of Lua in the environment, as /silent-command does.
function api.run(source, name, environment)
  local chunk, problem = load(source, name, "t", environment)
  if chunk == nil then
    error(problem, 0)
  end
  return chunk()
end

---Calls a function of scripts.
---@return boolean ok, any result or problem: a text, a table or one of Python's errors
function api.protected(call, ...)
  return pcall(call, ...)
end

host.object = api.object
host.is_class = function(name) return metatables[name] ~= nil end
local order = part("order", host)
host.pairs = order.pairs
local json = part("json", host, order)
local budget = part("budget")
part("patterns")
local libraries = part("libraries", host)
local memory = part("memory", host, order, libraries.setmetatable)
local environment = part(
  "environment", host, order, budget, part("serpent", host, order, budget.unless_ended),
  part("util", host, order, libraries.setmetatable), libraries
)

---Runs a chunk of Lua as a console command does.
---@return string? the failure, in the words that scripts see
function api.command(source, name, globals)
  local chunk, problem = load(source, name, "t", globals)
  if chunk ~= nil then
    problem = environment.failure_of(chunk)
  end
  return problem and valid_text(problem)
end

api.forget = forget
api.limit = budget.limit
api.renew = budget.renew
api.to_json = json.encode
api.freeze = memory.freeze
api.thaw = memory.thaw
api.register_metatable = memory.register
api.make_environment = environment.make
return api
