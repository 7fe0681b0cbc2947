-- Texts as Python takes them. Lua cuts the names of scripts in its messages to a number of
-- bytes, also within a letter.

local byte, sub, rep, gsub = string.byte, string.sub, string.rep, string.gsub

local text = {}

-- least and most second byte where it is not 128 to 191. Source: RFC 3629, 4
local SECOND = {[224] = {160, 191}, [237] = {128, 159}, [240] = {144, 191}, [244] = {128, 143}}

-- a byte that is not ASCII, and those behind it that can only go on
local function valid_letter(bytes)
  local first, second = byte(bytes, 1, 2)
  local size = first < 194 and 0 or first < 224 and 2 or first < 240 and 3 or first < 245 and 4 or 0
  local range = SECOND[first]
  local is_letter = size > 0 and #bytes >= size
    and (range == nil or second >= range[1] and second <= range[2])
  local kept = is_letter and size or 0
  return sub(bytes, 1, kept) .. rep("?", #bytes - kept)
end

---@return string the text, with question marks for bytes that are not UTF-8
function text.valid(given)
  return (gsub(given, "[\128-\255][\128-\191]*", valid_letter))
end

return text
