-- serpent: tables as text that Lua reads, in the format of the library of that name as
-- the game has it: no addresses in comments, numbers by "%.17g". Of its options there
-- are those that say how it looks: indent, sortkeys, compact, sparse, maxlevel,
-- numformat and name.

local host, order, unless_ended = ...

local type, tostring, rawget, next, ipairs = type, tostring, rawget, next, ipairs
local getmetatable, load, pcall = host.getmetatable, load, pcall
local sort, concat = table.sort, table.concat
local huge = math.huge

local keywords = {}
for word in ([[
  and break do else elseif end false for function goto if in local nil not or repeat
  return then true until while]]):gmatch("%a+") do
  keywords[word] = true
end

local function number_text(value, options)
  if value ~= value then
    return "0/0"
  end
  if value == huge then
    return "1/0 --[[math.huge]]"
  end
  if value == -huge then
    return "-1/0 --[[-math.huge]]"
  end
  return ((options.numformat or "%.17g"):format(value):gsub(",", "."))
end

local function string_text(value)
  return (("%q"):format(value):gsub("\n", "n"):gsub("\26", "\\026"))
end

-- what is not a table
local function atom(value, options)
  local kind = type(value)
  if kind == "number" then
    return number_text(value, options)
  end
  if kind == "function" then
    return "function() --[[..skipped..]] end"
  end
  if kind == "string" then
    return string_text(value)
  end
  if kind == "userdata" then
    return string_text(tostring(value))
  end
  return tostring(value)
end

local function is_plain_name(key)
  return type(key) == "string" and key:match("^[%a_][%w_]*$") ~= nil and not keywords[key]
end

local function key_text(key, options)
  return is_plain_name(key) and key or "[" .. atom(key, options) .. "]"
end

-- Numbers within the list first, then other numbers, then names; digits in names count
-- as numbers.
local function sort_keys(keys)
  local ranks = {}
  for _, key in ipairs(keys) do
    local kind = type(key)
    local group = kind == "number" and (keys[key] ~= nil and "0" or "a")
      or kind == "string" and "b" or "z"
    ranks[key] = group .. tostring(key):gsub("%d+", function(digits)
      return ("%012.0f"):format(digits)
    end)
  end
  sort(keys, function(left, right)
    return ranks[left] < ranks[right]
  end)
end

-- The keys in the order in which they are written, those of the list first.
local function keys_of(value, length, options)
  local keys = {}
  for place = 1, length do
    keys[place] = place
  end
  for _, key in ipairs(order.sorted_keys(value)) do
    if keys[key] ~= key then
      keys[#keys + 1] = key
    end
  end
  if #keys > length and options.sortkeys then
    if type(options.sortkeys) == "function" then
      options.sortkeys(keys, value)
    else
      sort_keys(keys)
    end
  end
  return keys
end

local write

-- The inside of a table: a text for each element.
local function elements(value, state, level, path)
  local options = state.options
  local length = #value
  local keys = keys_of(value, length, options)
  local is_sparse = options.sparse and #keys > length
  local parts = {}
  for place, key in ipairs(keys) do
    local part, kind = rawget(value, key), type(key)
    -- tables and functions as keys have no text of their own
    if not (is_sparse and part == nil) and kind ~= "table" and kind ~= "function" then
      local is_listed = place <= length and not is_sparse
      local name = key_text(key, options)
      local dotted = is_plain_name(key) and "." .. name or name
      local tag = is_listed and "" or name .. state.space .. "=" .. state.space
      parts[#parts + 1] = tag .. write(part, state, level + 1, path .. dotted)
    end
  end
  return parts
end

local function write_table(value, state, level, path)
  local options = state.options
  if state.seen[value] then
    -- a table is written once; with a name the rest is told afterwards
    state.references[#state.references + 1] = path .. state.space .. "=" .. state.space
      .. state.seen[value]
    return "nil"
  end
  if level >= (options.maxlevel or huge) then
    return "{}"
  end
  state.seen[value] = path
  if next(value) == nil then
    return "{}"
  end
  local parts = elements(value, state, level, path)
  local indent = options.indent
  if not indent then
    return "{" .. concat(parts, "," .. state.space) .. "}"
  end
  local outer = indent:rep(level)
  local inner = outer .. indent
  return "{\n" .. inner .. concat(parts, ",\n" .. inner) .. "\n" .. outer .. "}"
end

write = function(value, state, level, path)
  if type(value) ~= "table" then
    return atom(value, state.options)
  end
  local meta = getmetatable(value)
  if meta and meta.__tostring and state.options.metatostring ~= false then
    return string_text(tostring(value))
  end
  return write_table(value, state, level, path)
end

local function serialise(value, given, defaults)
  local options = {}
  for _, source in ipairs({defaults, given or {}}) do
    for name, setting in order.pairs(source) do
      options[name] = setting
    end
  end
  local name = options.name
  local state = {
    options = options, space = options.compact and "" or " ", seen = {}, references = {},
  }
  local body = write(value, state, 0, name or "")
  if not name then
    return body
  end
  local separator = options.indent and "\n" or ";" .. state.space
  local told = ""
  if #state.references > 0 then
    told = "local _" .. name .. "={}" .. separator
      .. concat(state.references, separator) .. separator
  end
  return "do local " .. name .. state.space .. "=" .. state.space .. body .. separator
    .. told .. "return " .. name .. separator .. "end"
end

local serpent = {}

---On several lines.
function serpent.block(value, options)
  return serialise(value, options, {indent = "  ", sortkeys = true})
end

---On one line.
function serpent.line(value, options)
  return serialise(value, options, {sortkeys = true})
end

---As a chunk that returns the value.
function serpent.dump(value, options)
  return serialise(value, options, {name = "_", compact = true, sparse = true})
end

---Reads what the others write.
---@return boolean ok, any value or message
function serpent.load(text)
  local chunk, problem = load("return " .. text, "=serpent", "t", {})
  if chunk == nil then
    chunk, problem = load(text, "=serpent", "t", {})
  end
  if chunk == nil then
    return false, problem
  end
  return unless_ended(pcall(chunk))
end

return serpent
