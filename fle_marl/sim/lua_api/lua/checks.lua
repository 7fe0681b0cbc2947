-- Whether a method or an attribute is given what it takes, as far as the types of Lua
-- tell it, in the words of the game: those of Lua for arguments in order, and those of
-- its property trees for arguments by name.

local type, next, error, select, ipairs = type, next, error, select, ipairs

local checks = {}

local function check_ordered(method, arguments, ...)
  for place, argument in ipairs(arguments) do
    local kind, is_optional = argument[1], argument[2]
    local given = type((select(place, ...)))
    local is_absent = is_optional and given == "nil"
    if kind ~= "any" and given ~= kind and not is_absent then
      error(
        "bad argument #" .. place .. " of " .. #arguments .. " to '" .. method .. "' ("
          .. kind .. " expected, got " .. given .. ")",
        4
      )
    end
  end
end

local function check_named(method, named, given)
  if given == nil and named.is_table_optional then
    return
  end
  if type(given) ~= "table" then
    error(
      "bad argument #1 of 1 to '" .. method .. "' (table expected, got " .. type(given) .. ")", 4
    )
  end
  for _, key in ipairs(named.required) do
    if given[key] == nil then
      error("Key \"" .. key .. "\" not found in property tree at ROOT", 4)
    end
  end
  for key, value in next, given do
    local kind = named.kinds[key]
    if kind and kind ~= "any" and type(value) ~= kind then
      error("Value must be a " .. kind .. " in property tree at ROOT." .. key, 4)
    end
  end
end

---Refuses arguments of wrong types.
---@param method string
---@param check table {ordered = ...} or {named = ...}, as `api_arguments.json` has it
function checks.check(method, check, ...)
  if check.named then
    check_named(method, check.named, ...)
  else
    check_ordered(method, check.ordered, ...)
  end
end

---Refuses a value of a wrong type for an attribute. It is the third argument of
---Lua's __newindex; that the attribute is named in its place is a choice.
---@param attribute string
---@param check table? {written = {kind, is_optional}}, as `api_arguments.json` has it
function checks.check_written(attribute, check, value)
  if check == nil then
    return
  end
  local kind, is_optional = check.written[1], check.written[2]
  local given = type(value)
  if given ~= kind and not (is_optional and given == "nil") then
    error(
      "bad argument #3 of 3 to '" .. attribute .. "' (" .. kind .. " expected, got " .. given
        .. ")",
      3
    )
  end
end

return checks
