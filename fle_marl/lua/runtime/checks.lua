-- Checking plain data from outside before anything follows it: whatever is not as agreed
-- is refused, with the place in the data where it stands.

local errors = require("runtime.errors")

local checks = {}

---Refuses; the place in the data is told.
---@param path string such as "state.entities[3].name"
---@param what string what it must be
function checks.refuse(path, what, value, code)
  local shown = type(value) == "table" and "a table" or tostring(value)
  errors.fail(
    code or "bad-argument", string.format("%s must be %s, not %s", path, what, shown),
    {at = path, expected = what}
  )
end

---@return fun(value, path) that refuses what is no number in a range
function checks.number(least, most)
  local what = string.format("a number from %.15g to %.15g", least, most)
  return function(value, path)
    -- false for what is not a number at all, for nan and for infinities
    if type(value) ~= "number" or not (value >= least and value <= most) then
      checks.refuse(path, what, value)
    end
  end
end

---@return fun(value, path) that refuses what is no whole number in a range
function checks.whole(least, most)
  local what = string.format("a whole number from %.15g to %.15g", least, most)
  return function(value, path)
    if type(value) ~= "number" or not (value >= least and value <= most) or value % 1 ~= 0 then
      checks.refuse(path, what, value)
    end
  end
end

function checks.flag(value, path)
  if type(value) ~= "boolean" then
    checks.refuse(path, "true or false", value)
  end
end

function checks.text(value, path)
  if type(value) ~= "string" then
    checks.refuse(path, "a text", value)
  end
end

---@return fun(value, path) that refuses all but some texts
function checks.one_of(...)
  local known, list = {}, {...}
  for _, each in ipairs(list) do
    known[each] = true
  end
  local what = "one of " .. table.concat(list, ", ")
  return function(value, path)
    if not known[value] then
      checks.refuse(path, what, value)
    end
  end
end

---@return fun(value, path) that refuses names that the game has no such prototype of
function checks.name_of(kind, what)
  local known = {}
  return function(value, path)
    if known[value] then
      return
    end
    if type(value) ~= "string" then
      checks.refuse(path, "the name of " .. what, value)
    end
    if game[kind][value] == nil then
      checks.refuse(path, "the name of " .. what, value, "no-such-prototype")
    end
    known[value] = true
  end
end

checks.item = checks.name_of("item_prototypes", "an item")
checks.fluid = checks.name_of("fluid_prototypes", "a fluid")
checks.recipe = checks.name_of("recipe_prototypes", "a recipe")
checks.entity = checks.name_of("entity_prototypes", "an entity")
checks.tile = checks.name_of("tile_prototypes", "a tile")
checks.technology = checks.name_of("technology_prototypes", "a technology")

local function check_table(value, path, what)
  if type(value) ~= "table" then
    checks.refuse(path, what, value)
  end
end

---@return fun(value, path) that refuses what is no list, or whose elements are refused
function checks.list(check)
  return function(value, path)
    check_table(value, path, "a list")
    if table_size(value) ~= #value then
      checks.refuse(path, "a list", value)
    end
    for place, each in ipairs(value) do
      check(each, path .. "[" .. place .. "]")
    end
  end
end

---@return fun(value, path) that refuses what is no table of names, each with its value
function checks.map(check_key, check)
  return function(value, path)
    check_table(value, path, "a table with names")
    for key, each in pairs(value) do
      check_key(key, path .. " (its keys)")
      check(each, path .. "." .. tostring(key))
    end
  end
end

---@return fun(value, path) that refuses a list without exactly these, the last ones maybe
function checks.tuple(parts, needed)
  return function(value, path)
    check_table(value, path, "a list")
    local count = table_size(value)
    if count ~= #value or count < needed or count > #parts then
      checks.refuse(path, string.format("a list of %d to %d", needed, #parts), value)
    end
    for place, each in ipairs(value) do
      parts[place](each, path .. "[" .. place .. "]")
    end
  end
end

---@param needed table<string, function> fields that must be there
---@param optional? table<string, function> fields that may be
---@return fun(value, path) that refuses a table without them, or with others
function checks.record(needed, optional)
  optional = optional or {}
  return function(value, path)
    check_table(value, path, "a table with names")
    for name, check in pairs(needed) do
      if value[name] == nil then
        checks.refuse(path .. "." .. name, "there", nil)
      end
      check(value[name], path .. "." .. name)
    end
    for name, each in pairs(value) do
      if not needed[name] then
        local check = optional[name]
        if not check then
          checks.refuse(path .. "." .. tostring(name), "left out: nothing has that name", each)
        end
        check(each, path .. "." .. name)
      end
    end
  end
end

-- the game's map ends there. Source: runtime API, MapPosition
local FARTHEST = 1000000
checks.coordinate = checks.number(-FARTHEST, FARTHEST)
checks.tile_coordinate = checks.whole(-FARTHEST, FARTHEST)
checks.position = checks.record({x = checks.coordinate, y = checks.coordinate})
checks.amount = checks.number(0, 2 ^ 53)
checks.count = checks.whole(0, 2 ^ 31)
checks.positive = checks.whole(1, 2 ^ 31)

return checks
