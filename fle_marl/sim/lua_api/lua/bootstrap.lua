-- The Lua side of the API: classes as metatables, and values in the forms that the game
-- takes. Python calls the functions of the table returned here.

-- Python's functions, which the files here say that they need; and those files, compiled,
-- by name
local host, sources = ...

local rawget, setmetatable, load = rawget, setmetatable, load
local type, error, pcall = type, error, pcall
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

local function part(name, ...)
  return load(sources[name], name, "b")(...)
end

local valid_text = part("text").valid
local columns = part("columns", host)
local classes = part("classes", host, part("checks"), columns)
local metatables = classes.metatables

api.define_class = classes.define

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

api.forget = columns.forget
api.limit = budget.limit
api.renew = budget.renew
api.to_json = json.encode
api.freeze = memory.freeze
api.thaw = memory.thaw
api.register_metatable = memory.register
api.make_environment = environment.make
return api
