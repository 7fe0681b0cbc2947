-- JSON, as game.table_to_json writes it.

local host, order = ...

local type, tostring, next, ipairs, error = type, tostring, next, ipairs, error
local getmetatable = host.getmetatable
local format, gsub, concat = string.format, string.gsub, table.concat
local huge = math.huge

local MOST_DEPTH = 150 -- Lua and Python both take it; nothing sensible is deeper
local MOST_INTEGER = 1e15

local escapes = {
  ["\""] = "\\\"", ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f",
  ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
}

local function escape(character)
  return escapes[character] or format("\\u%04x", character:byte())
end

local function quoted(text)
  return "\"" .. gsub(text, "[%c\"\\]", escape) .. "\""
end

local function encode_number(value)
  if value ~= value or value == huge or value == -huge then
    error("Cannot write " .. tostring(value) .. " as JSON.", 0)
  end
  if value % 1 == 0 and value < MOST_INTEGER and value > -MOST_INTEGER then
    return format("%d", value)
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

local encode

local function encode_list(value, parts, depth)
  parts[#parts + 1] = "["
  for position = 1, #value do
    if position > 1 then
      parts[#parts + 1] = ","
    end
    encode(value[position], parts, depth)
  end
  parts[#parts + 1] = "]"
end

local function encode_object(value, parts, depth)
  parts[#parts + 1] = "{"
  for position, key in ipairs(order.sorted_keys(value)) do
    if position > 1 then
      parts[#parts + 1] = ","
    end
    local kind = type(key)
    if kind ~= "string" and kind ~= "number" then
      error("Cannot write a " .. kind .. " as a key of JSON.", 0)
    end
    parts[#parts + 1] = quoted(tostring(key)) .. ":"
    encode(value[key], parts, depth)
  end
  parts[#parts + 1] = "}"
end

local function encode_table(value, parts, depth)
  local meta = getmetatable(value)
  if meta and meta.class_name then
    error("Cannot write a " .. meta.class_name .. " as JSON.", 0)
  end
  if depth > MOST_DEPTH then
    error("Cannot write tables within tables this deep as JSON.", 0)
  end
  if is_list(value) then
    encode_list(value, parts, depth + 1)
  else
    encode_object(value, parts, depth + 1)
  end
end

encode = function(value, parts, depth)
  local kind = type(value)
  if kind == "table" then
    encode_table(value, parts, depth)
  elseif kind == "string" then
    parts[#parts + 1] = quoted(value)
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

local json = {}

---@return string
function json.encode(value)
  local parts = {}
  encode(value, parts, 0)
  return concat(parts)
end

return json
