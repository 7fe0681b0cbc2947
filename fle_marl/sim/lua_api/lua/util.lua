-- util: the functions of the game's library of that name that scripts use, and
-- table.deepcopy and table.compare, which the game puts beside them.

local host, order, setmetatable = ...

local type, tostring, rawget, ipairs = type, tostring, rawget, ipairs
local next, tonumber, error = next, tonumber, error
local getmetatable = host.getmetatable
local sqrt, floor = math.sqrt, math.floor

local util = {}

local function copied(value, copies)
  if type(value) ~= "table" or rawget(value, "__self") ~= nil then
    return value -- objects of the game stay the same objects
  end
  if copies[value] == nil then
    local copy = {}
    copies[value] = copy
    for _, key in ipairs(order.sorted_keys(value)) do
      copy[copied(key, copies)] = copied(rawget(value, key), copies)
    end
    setmetatable(copy, getmetatable(value))
  end
  return copies[value]
end

---A copy of a table and of the tables in it.
function util.copy(value)
  return copied(value, {})
end

local compare

-- whether two values are the same, or tables with the same in them
local function is_alike(left, right)
  if type(left) == "table" and type(right) == "table" then
    return compare(left, right)
  end
  return left == right
end

compare = function(left, right)
  if left == right then
    return true
  end
  for key, value in next, left do
    if not is_alike(value, right[key]) then
      return false
    end
  end
  for key in next, right do
    if left[key] == nil then
      return false
    end
  end
  return true
end

util.table = {deepcopy = util.copy, compare = compare}

local grouped_digits = "^(%-?%d+)(%d%d%d)"
local suffixes = {{"T", 1e12}, {"B", 1e9}, {"M", 1e6}, {"k", 1e3}}

---@param has_suffix boolean? round down to a tenth of a thousand, a million, ...
---@return string a number with a comma between each three digits
function util.format_number(number, has_suffix)
  local suffix = ""
  for _, each in ipairs(has_suffix and suffixes or {}) do
    if number >= each[2] or number <= -each[2] then
      number, suffix = floor(number / (each[2] / 10)) / 10, each[1]
      break
    end
  end
  local text, found = tostring(number), 0
  repeat
    text, found = text:gsub(grouped_digits, "%1,%2")
  until found == 0
  return text .. suffix
end

-- digits of each part of a color, by the length of its text
local color_forms = {
  {1, 1, 1}, {1, 1, 1, 2}, {1, 2, 3}, {1, 2, 3, 4}, nil,
  {{1, 2}, {3, 4}, {5, 6}}, nil, {{1, 2}, {3, 4}, {5, 6}, {7, 8}},
}

---@param text string "rrggbb", "rgb", "rrggbbaa", "rgba", "wa" or "w", maybe behind "#"
---@return table {r, g, b, a}, each 0 to 1
function util.color(text)
  local digits = text:gsub("^#", "")
  local form = color_forms[#digits]
  if form == nil or digits:find("%X") then
    error("not a color: " .. text, 2)
  end
  local parts = {}
  for place, name in ipairs({"r", "g", "b", "a"}) do
    local at = form[place]
    if type(at) == "number" then
      parts[name] = tonumber(digits:sub(at, at), 16) / 15
    else
      parts[name] = at and tonumber(digits:sub(at[1], at[2]), 16) / 255 or 1
    end
  end
  return parts
end

local function xy(position)
  return position.x or position[1], position.y or position[2]
end

---@return number tiles between two positions
function util.distance(first, second)
  local first_x, first_y = xy(first)
  local second_x, second_y = xy(second)
  return sqrt((first_x - second_x) ^ 2 + (first_y - second_y) ^ 2)
end

---@return string "[x, y]"
function util.positiontostr(position)
  return ("[%g, %g]"):format(xy(position))
end

---@return string minutes:seconds
function util.formattime(ticks)
  local seconds = floor(ticks / 60)
  return ("%d:%02d"):format(floor(seconds / 60), seconds % 60)
end

local steps = {[0] = {0, -1}, [2] = {1, 0}, [4] = {0, 1}, [6] = {-1, 0}}

---@return table {x, y} so many tiles further north, east, south or west
function util.moveposition(position, direction, distance)
  local step = steps[direction]
  if step == nil then
    error(tostring(direction) .. " is not north, east, south or west", 2)
  end
  local x, y = xy(position)
  return {x + step[1] * distance, y + step[2] * distance}
end

function util.oppositedirection(direction)
  return (direction + 4) % 8
end

---Tables on top of each other, those in them likewise; nothing of them is shared.
function util.merge(tables)
  local merged = {}
  for _, each in ipairs(tables) do
    for key, value in order.pairs(each) do
      if type(value) == "table" and type(merged[key]) == "table" then
        merged[key] = util.merge({merged[key], value})
      else
        merged[key] = util.copy(value)
      end
    end
  end
  return merged
end

local function each_stack(contents, act)
  for name, count in order.pairs(contents) do
    act({name = name, count = count})
  end
end

---Inserts items of {name = count} that exist, into an entity if it stands.
function util.insert_safe(entity, contents)
  if entity and entity.valid and contents then
    each_stack(contents, function(stack)
      if host.is_item(stack.name) then
        entity.insert(stack)
      end
    end)
  end
end

---Removes items of {name = count} that exist, from an entity if it stands.
function util.remove_safe(entity, contents)
  if entity and entity.valid and contents then
    each_stack(contents, function(stack)
      if host.is_item(stack.name) then
        entity.remove_item(stack)
      end
    end)
  end
end

---@return string[] parts between separators
function util.split(text, separator)
  local parts = {}
  for part in text:gmatch("[^" .. separator .. "]+") do
    parts[#parts + 1] = part
  end
  return parts
end

function util.split_whitespace(text)
  return util.split(text, "%s")
end

function util.string_starts_with(text, start)
  return text:sub(1, #start) == start
end

function util.clamp(value, lower, upper)
  if value < lower then
    return lower
  end
  return value > upper and upper or value
end

function util.increment(list, index, by)
  list[index] = list[index] + (by or 1)
end

---@return table<any, boolean> true by each value of the list
function util.list_to_map(list)
  local map = {}
  for _, value in order.pairs(list) do
    map[value] = true
  end
  return map
end

---@return boolean whether the value was in the list; its first is taken out
function util.remove_from_list(list, value)
  for place = 1, #list do
    if list[place] == value then
      table.remove(list, place)
      return true
    end
  end
  return false
end

---@return number how much of a product one craft makes on average
function util.product_amount(product)
  local amount = product.amount or (product.amount_min + product.amount_max) / 2
  return amount * (product.probability or 1)
end

return util
