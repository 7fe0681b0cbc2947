-- JSON, as game.table_to_json writes it.

local host, order = ...

local type, tostring, next, error, rawget = type, tostring, next, error, rawget
local getmetatable = host.getmetatable
local format, gsub, concat = string.format, string.gsub, table.concat
local huge = math.huge
local sorted_keys = order.sorted_keys

local MOST_DEPTH = 150 -- Lua and Python both take it; nothing sensible is deeper
local MOST_INTEGER = 1e15

local escapes = {
  ["\""] = "\\\"", ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f",
  ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
}

local function escape(character)
  return escapes[character] or format("\\u%04x", character:byte())
end

-- Remembers what a function made of texts, which come again and again, up to so many
-- bytes of it.
local MOST_REMEMBERED_BYTES = 100000

local function remembering(make)
  local known, bytes = {}, 0
  return function(text)
    local made = known[text]
    if made == nil then
      made = make(text)
      bytes = bytes + #made
      if bytes > MOST_REMEMBERED_BYTES then
        known, bytes = {}, #made
      end
      known[text] = made
    end
    return made
  end
end

local quoted = remembering(function(text)
  return "\"" .. gsub(text, "[%c\"\\]", escape) .. "\""
end)

-- keys with what stands around them
local first_key = remembering(function(text)
  return "{" .. quoted(text) .. ":"
end)
local next_key = remembering(function(text)
  return "," .. quoted(text) .. ":"
end)

-- texts of the integers from 0
local MOST_REMEMBERED_INTEGER = 1000
local integers = {}

local function encode_number(value)
  local text = integers[value]
  if text then
    return text
  end
  if value ~= value or value == huge or value == -huge then
    error("Cannot write " .. tostring(value) .. " as JSON.", 0)
  end
  if value % 1 == 0 and value < MOST_INTEGER and value > -MOST_INTEGER then
    text = format("%d", value)
    if value >= 0 and value <= MOST_REMEMBERED_INTEGER then
      integers[value] = text
    end
    return text
  end
  return format("%.17g", value)
end

-- whether the keys are 1, 2, ... and nothing else
local function is_list(value)
  local length, count = #value, 0
  if length == 0 then
    return false
  end
  for _ in next, value do
    count = count + 1
  end
  return count == length
end

-- what was written so far, how many parts that is, and the keys of the last object at
-- each depth
local parts, count, latest_keys

local encode

local function encode_list(value, depth)
  count = count + 1
  parts[count] = "["
  for position = 1, #value do
    if position > 1 then
      count = count + 1
      parts[count] = ","
    end
    encode(value[position], depth)
  end
  count = count + 1
  parts[count] = "]"
end

-- The sorted keys of a table; tables at one depth often have the same.
local function keys_of(value, depth)
  local keys = latest_keys[depth]
  if keys then
    local left = #keys
    for key in next, value do
      left = left - 1
    end
    for position = 1, left == 0 and #keys or 0 do
      if rawget(value, keys[position]) == nil then
        left = 1
        break
      end
    end
    if left == 0 then
      return keys
    end
  end
  keys = sorted_keys(value)
  latest_keys[depth] = keys
  return keys
end

local function encode_object(value, depth)
  local keys = keys_of(value, depth)
  local opening = first_key
  for position = 1, #keys do
    local key = keys[position]
    local kind = type(key)
    if kind == "number" then
      key = tostring(key)
    elseif kind ~= "string" then
      error("Cannot write a " .. kind .. " as a key of JSON.", 0)
    end
    count = count + 1
    parts[count] = opening(key)
    opening = next_key
    encode(value[keys[position]], depth)
  end
  count = count + 1
  parts[count] = opening == first_key and "{}" or "}"
end

local function encode_table(value, depth)
  local meta = getmetatable(value)
  if meta and meta.class_name then
    error("Cannot write a " .. meta.class_name .. " as JSON.", 0)
  end
  if depth > MOST_DEPTH then
    error("Cannot write tables within tables this deep as JSON.", 0)
  end
  if is_list(value) then
    encode_list(value, depth + 1)
  else
    encode_object(value, depth + 1)
  end
end

encode = function(value, depth)
  local kind = type(value)
  if kind == "table" then
    return encode_table(value, depth)
  end
  count = count + 1
  if kind == "string" then
    parts[count] = quoted(value)
  elseif kind == "number" then
    parts[count] = encode_number(value)
  elseif kind == "boolean" then
    parts[count] = tostring(value)
  elseif value == nil then
    parts[count] = "null"
  else
    error("Cannot write a " .. kind .. " as JSON.", 0)
  end
end

local json = {}

---@return string
function json.encode(value)
  parts, count, latest_keys = {}, 0, {}
  encode(value, 0)
  local text = concat(parts, "", 1, count)
  parts, latest_keys = nil, nil
  return text
end

return json
