-- The Lua side of the API: classes as metatables, JSON, and the globals that the game
-- gives to scripts. Python calls the functions of the table returned here.

local host = ...  -- Python functions: host.is_known(class, key), host.raise_missing(class, key)

local rawget, setmetatable, getmetatable = rawget, setmetatable, getmetatable
local type, tostring, ipairs, next = type, tostring, ipairs, next
local error, pcall_of_lua = error, pcall
local string_format, string_gsub, concat = string.format, string.gsub, table.concat
local huge = math.huge

local api = {}
local metatables = {}

local function comes_before(left, right)
  local left_kind, right_kind = type(left), type(right)
  if left_kind ~= right_kind then
    return left_kind < right_kind
  end
  if left_kind == "number" or left_kind == "string" then
    return left < right
  end
  return tostring(left) < tostring(right)
end

-- Keys of a table in an order that depends on nothing but them. Lua's own order changes
-- from run to run; the game's is the order of insertion, which plain tables do not know.
local function sorted_keys(value)
  local keys = {}
  for key in next, value do
    keys[#keys + 1] = key
  end
  table.sort(keys, comes_before)
  return keys
end

local function ordered_pairs(value)
  local meta = getmetatable(value)
  if meta and meta.__pairs then
    return meta.__pairs(value)
  end
  local keys, place = sorted_keys(value), 0
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

-- Refuses a key in the words of the game, or says that only we lack it.
local function refuse(class, key)
  if host.is_known(class, key) then
    host.raise_missing(class, key)
  end
  error(class .. " doesn't contain key " .. tostring(key) .. ".", 3)
end

---@param name string class, such as "LuaEntity"
---@param getters table<string, function> value = getter(self)
---@param setters table<string, function> setter(self, value)
---@param methods table<string, function> method(self, ...)
---@param operators table<string, function> "index", "newindex", "len", "call", "pairs"
function api.define_class(name, getters, setters, methods, operators)
  local meta = {}
  local index = operators.index
  meta.__index = function(object, key)
    local self = rawget(object, "__self")
    local getter = getters[key]
    if getter then
      return getter(self)
    end
    local method = methods[key]
    if method then
      return function(...)
        return method(self, ...)
      end
    end
    if key == "object_name" then
      return name
    end
    if index then
      local value, found = index(self, key)
      if found then
        return value
      end
    end
    refuse(name, key)
  end
  local newindex = operators.newindex
  meta.__newindex = function(object, key, value)
    local setter = setters[key]
    if setter then
      return setter(rawget(object, "__self"), value)
    end
    if newindex and newindex(rawget(object, "__self"), key, value) then
      return
    end
    if getters[key] or methods[key] then
      error("Attempt to set a read-only key: " .. name .. "." .. tostring(key) .. ".", 2)
    end
    refuse(name, key)
  end
  meta.__eq = function(left, right)
    return host.is_same(rawget(left, "__self"), rawget(right, "__self"))
  end
  if operators.len then
    meta.__len = function(object)
      return operators.len(rawget(object, "__self"))
    end
  end
  if operators.call then
    meta.__call = function(object, ...)
      return operators.call(rawget(object, "__self"), ...)
    end
  end
  if operators.pairs then
    meta.__pairs = function(object)
      return ordered_pairs(operators.pairs(rawget(object, "__self")))
    end
  end
  meta.__tostring = function()
    return "[" .. name .. "]"
  end
  meta.class_name = name
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

---The `__self` of an object of a class; nil for anything else.
function api.self_of(value, class)
  if type(value) == "table" then
    local meta = getmetatable(value)
    if meta and (class == nil or meta.class_name == class) then
      return rawget(value, "__self"), meta.class_name
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
  local first = value.left_top or value[1]
  local second = value.right_bottom or value[2]
  if first == nil or second == nil then
    return nil
  end
  local left, top = api.xy(first)
  local right, bottom = api.xy(second)
  return left, top, right, bottom
end

-- A list or a single value as a list.
function api.as_list(value)
  if type(value) ~= "table" or getmetatable(value) then
    return {value}
  end
  return value
end

-- --- JSON, as game.table_to_json writes it

local escapes = {
  ["\""] = "\\\"", ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f",
  ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
}

local function escape(character)
  return escapes[character] or string_format("\\u%04x", character:byte())
end

local function encode_number(value)
  if value ~= value or value == huge or value == -huge then
    error("Cannot write " .. tostring(value) .. " as JSON.", 0)
  end
  if value % 1 == 0 and value < 1e15 and value > -1e15 then
    return string_format("%d", value)
  end
  return string_format("%.17g", value)
end

local encode

local function encode_table(value, parts)
  if getmetatable(value) then
    error("Cannot write a " .. tostring(value) .. " as JSON.", 0)
  end
  local length = #value
  if length > 0 then
    parts[#parts + 1] = "["
    for position = 1, length do
      if position > 1 then
        parts[#parts + 1] = ","
      end
      encode(value[position], parts)
    end
    parts[#parts + 1] = "]"
    return
  end
  parts[#parts + 1] = "{"
  for position, key in ipairs(sorted_keys(value)) do
    if position > 1 then
      parts[#parts + 1] = ","
    end
    parts[#parts + 1] = "\"" .. string_gsub(tostring(key), "[%c\"\\]", escape) .. "\":"
    encode(value[key], parts)
  end
  parts[#parts + 1] = "}"
end

encode = function(value, parts)
  local kind = type(value)
  if kind == "table" then
    encode_table(value, parts)
  elseif kind == "string" then
    parts[#parts + 1] = "\"" .. string_gsub(value, "[%c\"\\]", escape) .. "\""
  elseif kind == "number" then
    parts[#parts + 1] = encode_number(value)
  elseif kind == "boolean" then
    parts[#parts + 1] = tostring(value)
  elseif value == nil then
    parts[#parts + 1] = "null"
  else
    error("Cannot write a " .. kind .. " as JSON.", 0)
  end
end

function api.to_json(value)
  local parts = {}
  encode(value, parts)
  return concat(parts)
end

-- --- what scripts keep, as lists that JSON can hold

local MOST_DEPTH = 100

-- {"t", key, value, ...} for tables, {"o", class, self} for objects, {"v", value} else
function api.freeze(value, depth)
  depth = (depth or 0) + 1
  local kind = type(value)
  if kind == "table" then
    local self, class = api.self_of(value)
    if class then
      if type(self) ~= "number" then
        error("Cannot save a " .. class .. " in global.", 0)
      end
      return {"o", class, self}
    end
    if depth > MOST_DEPTH then
      error("Cannot save tables within tables this deep in global.", 0)
    end
    local frozen = {"t"}
    for key, part in ordered_pairs(value) do
      frozen[#frozen + 1] = api.freeze(key, depth)
      frozen[#frozen + 1] = api.freeze(part, depth)
    end
    return frozen
  end
  if kind == "function" or kind == "thread" or kind == "userdata" then
    error("Cannot save a " .. kind .. " in global.", 0)
  end
  return {"v", value}
end

function api.thaw(frozen)
  local kind = frozen[1]
  if kind == "v" then
    return frozen[2]
  end
  if kind == "o" then
    return api.object(frozen[2], frozen[3])
  end
  local value = {}
  for place = 2, #frozen, 2 do
    value[api.thaw(frozen[place])] = api.thaw(frozen[place + 1])
  end
  return value
end

-- --- globals

---The global environment of scripts: Lua's own safe functions and the game's.
---@param modules table<string, string> source of each module by its name
function api.make_environment(modules)
  local loaded = {}
  local environment = {
    _VERSION = _VERSION, assert = assert, error = error, getmetatable = getmetatable,
    ipairs = ipairs, next = next, pairs = ordered_pairs, rawequal = rawequal, rawget = rawget,
    rawlen = rawlen, rawset = rawset, select = select, setmetatable = setmetatable,
    tonumber = tonumber, tostring = tostring, type = type,
    bit32 = bit32, math = math, string = string, table = table,
    global = {},
  }
  environment._G = environment

  -- errors of the API come as Python values; scripts know strings
  local function readable(ok, ...)
    if ok or type(...) ~= "userdata" then
      return ok, ...
    end
    return false, tostring((...))
  end
  function environment.pcall(...)
    return readable(pcall_of_lua(...))
  end
  function environment.xpcall(call, handler, ...)
    return readable(xpcall(call, handler, ...))
  end
  function environment.load(chunk, name, _, scope)
    return load(chunk, name, "t", scope or environment)
  end
  function environment.table_size(value)
    local size = 0
    for _ in pairs(value) do
      size = size + 1
    end
    return size
  end
  function environment.require(name)
    if loaded[name] == nil then
      local source = modules[name]
      if source == nil then
        error("module '" .. tostring(name) .. "' not found", 2)
      end
      local chunk, problem = load(source, "@" .. name, "t", environment)
      if chunk == nil then
        error(problem, 0)
      end
      local result = chunk()
      loaded[name] = result == nil and true or result
    end
    return loaded[name]
  end
  return environment
end

---Runs a chunk of Lua in the environment, as /silent-command does.
function api.run(source, name, environment)
  local chunk, problem = load(source, name, "t", environment)
  if chunk == nil then
    error(problem, 0)
  end
  return chunk()
end

return api
