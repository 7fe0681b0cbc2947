-- Functions of Lua's libraries that could keep the world waiting without end, or could
-- run scripts where nothing counts their instructions. What is here stands in for them
-- everywhere, also as methods of texts.

local host = ...

local type, rawget, error, rawlen = type, rawget, error, rawlen
local setmetatable_of_lua, getmetatable = setmetatable, host.getmetatable
local rawset_of_lua = rawset
local rep, sort = string.rep, table.sort

local libraries = {}

-- the order of so few is found soon, however badly they are given
local MOST_SORTED_UNCOUNTED = 1000

---Lua's own but for finalizers, in which no hook counts.
function libraries.setmetatable(value, meta)
  if type(meta) == "table" and rawget(meta, "__gc") ~= nil then
    error("cannot set a metatable with __gc: scripts have no finalizers", 2)
  end
  return setmetatable_of_lua(value, meta)
end

---Lua's own, but an object of the API stays what it is.
function libraries.rawset(value, key, set)
  local meta = key == "__self" and type(value) == "table" and getmetatable(value)
  if meta and rawget(meta, "class_name") then
    error("cannot set __self: an object stays what it is", 2)
  end
  return rawset_of_lua(value, key, set)
end

-- nothing, ever so often
function string.rep(text, count, separator)
  if text == "" and (separator == nil or separator == "") then
    return ""
  end
  return rep(text, count, separator)
end

-- A length that a script makes up would be believed.
local function check_length(value, name)
  local meta = type(value) == "table" and getmetatable(value)
  if meta and rawget(meta, "__len") ~= nil then
    error("bad argument #1 to '" .. name .. "' (a table with __len)", 3)
  end
end

for _, name in next, {"concat", "insert", "remove", "unpack"} do
  local call = table[name]
  table[name] = function(value, ...)
    check_length(value, name)
    return call(value, ...)
  end
end

local function comes_before(left, right)
  return left < right
end

-- in compiled code alone the worst order of many would take hours
function table.sort(list, before)
  check_length(list, "sort")
  if type(list) == "table" and rawlen(list) > MOST_SORTED_UNCOUNTED then
    local given = before
    before = given and function(left, right)
      return given(left, right)
    end or comes_before
  end
  return sort(list, before)
end

return libraries
