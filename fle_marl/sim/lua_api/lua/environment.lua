-- The globals of scripts: Lua's own functions that harm nobody, and the game's.

local host, order, budget, serpent, util, libraries = ...

local type, tostring, error, select = type, tostring, error, select
local setmetatable = libraries.setmetatable
local load, getmetatable, xpcall_of_lua, next_of_lua = load, getmetatable, xpcall, next
local getinfo, floor = debug.getinfo, math.floor
local unless_ended, concat = budget.unless_ended, table.concat

-- text methods find string.dump through the metatable of strings
string.dump = nil
getmetatable("").__metatable = false

local function copied(library, changes)
  local copy = {}
  for name, value in next_of_lua, library do
    copy[name] = value
  end
  for name, value in next_of_lua, changes do
    copy[name] = value
  end
  return copy
end

-- --- errors: those of the API come as Python values, scripts know texts

local MOST_LEVELS = 50

-- "module:line: " of the script that is running
local function where()
  for level = 3, MOST_LEVELS do
    local info = getinfo(level, "Sl")
    if info == nil then
      break
    end
    if info.what ~= "C" and info.source:sub(1, #budget.OURS) ~= budget.OURS then
      return info.short_src .. ":" .. info.currentline .. ": "
    end
  end
  return ""
end

local refusal = {__tostring = function(self) return self.message end}

local function readable(problem)
  if type(problem) == "userdata" then
    -- what the simulator lacks is told agents as a refusal, not as a fault of a tool
    local code, message, name = host.refused(problem)
    if code then
      return setmetatable({code = code, message = message, details = {name = name}}, refusal)
    end
    return where() .. host.describe(problem)
  end
  return problem
end

local function protected_call(call, ...)
  return unless_ended(xpcall_of_lua(call, readable, ...))
end

local function protected_call_with(call, handler, ...)
  return unless_ended(xpcall_of_lua(call, function(problem)
    -- of what the hook raises a handler would hear within the hook, where nothing counts
    if budget.problem() ~= nil then
      return nil
    end
    return handler(readable(problem))
  end, ...))
end

-- the failure of a script as a text; nil when all went well
local function failure_of(call)
  local ok, problem = xpcall_of_lua(call, readable)
  if ok then
    return nil
  end
  return budget.problem() or tostring(problem)
end

-- --- random numbers of the world, so that they are the same in each run

local function random(...)
  local count = select("#", ...)
  local drawn = host.random()
  if count == 0 then
    return drawn
  end
  local first, last = 1, ...
  if count > 1 then
    first, last = ...
  end
  if type(first) ~= "number" or type(last) ~= "number" then
    error("bad argument to 'random' (number expected)", 2)
  end
  if first > last then
    error("bad argument to 'random' (interval is empty)", 2)
  end
  return floor(drawn * (last - first + 1)) + first
end

-- the game ignores seeds as well: the map's seed decides
local function randomseed()
end

-- --- modules

local function make_require(environment, modules)
  local loaded = {util = util}
  return function(name)
    if loaded[name] == nil then
      local source = modules[name]
      if source == nil then
        error("module '" .. tostring(name) .. "' not found", 2)
      end
      local compiled, problem = host.compiled(source, "@" .. name)
      if compiled == nil then
        error(problem, 0)
      end
      local result = load(compiled, "@" .. name, "b", environment)()
      loaded[name] = result == nil and true or result
    end
    return loaded[name]
  end
end

-- Lua's own print takes anything, where the game's functions take localised strings
local function print_plain(...)
  local texts = {}
  for place = 1, select("#", ...) do
    texts[place] = tostring((select(place, ...)))
  end
  host.log(concat(texts, "\t"))
end

---@param modules table<string, string> source of each module by its name
---@return table the globals
local function make(modules)
  local environment = {
    _VERSION = _VERSION, assert = assert, error = error, ipairs = ipairs,
    next = order.next, pairs = order.pairs, pcall = protected_call,
    rawequal = rawequal, rawget = rawget, rawlen = rawlen, rawset = libraries.rawset,
    select = select, setmetatable = setmetatable, tonumber = tonumber,
    tostring = tostring, type = type, xpcall = protected_call_with,
    bit32 = copied(bit32, {}), string = copied(string, {}),
    math = copied(math, {random = random, randomseed = randomseed}),
    table = copied(table, util.table),
    serpent = serpent, util = util, global = {},
    log = function(...) host.log(...) end,
    print = print_plain,
    localised_print = function(...) host.log(...) end,
  }
  environment._G = environment
  environment.require = make_require(environment, modules)
  function environment.getmetatable(value)
    return type(value) == "table" and getmetatable(value) or nil
  end
  -- texts only, and never in another environment than scripts can name
  function environment.load(chunk, name, _, scope)
    -- the budget knows by their names what are scripts
    if type(name) == "string" and name:sub(1, #budget.OURS) == budget.OURS then
      name = "=" .. name
    end
    -- its reader runs as in a pcall
    return unless_ended(load(chunk, name, "t", scope or environment))
  end
  function environment.table_size(value)
    local size = 0
    for _ in next_of_lua, value do
      size = size + 1
    end
    return size
  end
  return environment
end

return {make = make, failure_of = failure_of}
