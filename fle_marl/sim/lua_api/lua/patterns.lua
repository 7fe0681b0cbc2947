-- Patterns, where Lua's own matcher could keep the world waiting: it goes back and
-- forth in compiled code, where nothing counts. What could take long is matched here,
-- by the same rules (Lua 5.2 manual, 6.4.1) and many times slower, but counted.

local type, tostring, tonumber, error, select = type, tostring, tonumber, error, select
local byte, char, sub, concat, unpack = string.byte, string.char, string.sub, table.concat, table.unpack
local own = {find = string.find, match = string.match, gmatch = string.gmatch, gsub = string.gsub}

-- steps that compiled code is let do; they take less than a second
local MOST_STEPS = 1e8
-- bytes that it is let compare, which is much quicker
local MOST_COMPARED = 1e10
-- source: lstrlib.c, MAXCCALLS
local MOST_DEPTH = 200
local MOST_CAPTURES = 32

local SPECIALS = "[%^%$%*%+%?%.%(%[%%%-]"
local PERCENT, OPEN, CLOSE, DOLLAR, CARET = 37, 40, 41, 36, 94
local DOT, SET, SET_END = 46, 91, 93
local QUESTION, PLUS, STAR, MINUS = 63, 43, 42, 45
local POSITION, UNFINISHED = -2, -1

-- how often Lua's own matcher would look at a byte, at most
local function is_soon_matched(text, pattern)
  local repeats = select(2, own.gsub(pattern, "[%*%+%-]", ""))
    + select(2, own.gsub(pattern, "%%[b1-9]", ""))
  local doubts = select(2, own.gsub(pattern, "%?", ""))
  return (#pattern + 1) * (#text + 1) ^ (repeats + 1) * 2 ^ doubts <= MOST_STEPS
end

local function class_end(pattern, at)
  local first = byte(pattern, at)
  at = at + 1
  if first == PERCENT then
    if at > #pattern then
      error("malformed pattern (ends with '%')", 0)
    end
    return at + 1
  elseif first == SET then
    if byte(pattern, at) == CARET then
      at = at + 1
    end
    repeat
      if at > #pattern then
        error("malformed pattern (missing ']')", 0)
      end
      at = at + (byte(pattern, at) == PERCENT and at < #pattern and 2 or 1)
    until byte(pattern, at) == SET_END
    return at + 1
  end
  return at
end

-- whether a byte is of a class; asked of Lua once for each byte
local function make_is_of(pattern)
  local classes = {}
  return function(code, first, last)
    if code == nil then
      return false
    end
    local head = byte(pattern, first)
    if head == DOT then
      return true
    elseif head ~= PERCENT and head ~= SET then
      return head == code
    end
    local class = classes[first]
    if class == nil then
      class = {sub(pattern, first, last - 1)}
      classes[first] = class
    end
    local known = class[code + 2]
    if known == nil then
      known = own.find(char(code), class[1]) ~= nil
      class[code + 2] = known
    end
    return known
  end
end

local function make_matcher(text, pattern)
  local is_of = make_is_of(pattern)
  local starts, lengths = {}, {}
  local level, depth = 0, 0
  local match

  local function deeper(at, from)
    depth = depth + 1
    if depth > MOST_DEPTH then
      error("pattern too complex", 0)
    end
    local ended = match(at, from)
    depth = depth - 1
    return ended
  end

  local function longest(at, first, last)
    local count = 0
    while is_of(byte(text, at + count), first, last) do
      count = count + 1
    end
    while count >= 0 do
      local ended = deeper(at + count, last + 1)
      if ended then
        return ended
      end
      count = count - 1
    end
  end

  local function shortest(at, first, last)
    while true do
      local ended = deeper(at, last + 1)
      if ended then
        return ended
      elseif not is_of(byte(text, at), first, last) then
        return nil
      end
      at = at + 1
    end
  end

  local function balanced(at, from)
    if from + 1 > #pattern then
      error("malformed pattern (missing arguments to '%b')", 0)
    end
    local opening, closing = byte(pattern, from, from + 1)
    if byte(text, at) ~= opening then
      return nil
    end
    local open = 1
    for place = at + 1, #text do
      local code = byte(text, place)
      if code == closing then
        open = open - 1
        if open == 0 then
          return place + 1
        end
      elseif code == opening then
        open = open + 1
      end
    end
  end

  local function capture(at, from, length)
    if level >= MOST_CAPTURES then
      error("too many captures", 0)
    end
    level = level + 1
    starts[level], lengths[level] = at, length
    local ended = deeper(at, from)
    if not ended then
      level = level - 1
    end
    return ended
  end

  local function close_capture(at, from)
    for each = level, 1, -1 do
      if lengths[each] == UNFINISHED then
        lengths[each] = at - starts[each]
        local ended = deeper(at, from)
        if not ended then
          lengths[each] = UNFINISHED
        end
        return ended
      end
    end
    error("invalid pattern capture", 0)
  end

  local function repeated(at, digit)
    local which = digit - 48
    if which < 1 or which > level or lengths[which] == UNFINISHED then
      error("invalid capture index %" .. which, 0)
    end
    local length = lengths[which]
    if length == POSITION then
      -- as in C, where this length is a huge number
      return nil
    end
    if sub(text, at, at + length - 1) == sub(text, starts[which], starts[which] + length - 1) then
      return at + length
    end
  end

  function match(at, from)
    while from <= #pattern do
      local head, after = byte(pattern, from, from + 1)
      if head == OPEN then
        if after == CLOSE then
          return capture(at, from + 2, POSITION)
        end
        return capture(at, from + 1, UNFINISHED)
      elseif head == CLOSE then
        return close_capture(at, from + 1)
      elseif head == DOLLAR and from == #pattern then
        return at == #text + 1 and at or nil
      elseif head == PERCENT and after == 98 then -- %b
        at = balanced(at, from + 2)
        from = from + 4
        if not at then
          return nil
        end
      elseif head == PERCENT and after == 102 then -- %f
        from = from + 2
        if byte(pattern, from) ~= SET then
          error("missing '[' after '%f' in pattern", 0)
        end
        local last = class_end(pattern, from)
        local before = at > 1 and byte(text, at - 1) or 0
        if is_of(before, from, last) or not is_of(byte(text, at) or 0, from, last) then
          return nil
        end
        from = last
      elseif head == PERCENT and after and after >= 48 and after <= 57 then
        at = repeated(at, after)
        from = from + 2
        if not at then
          return nil
        end
      else
        local last = class_end(pattern, from)
        local suffix = byte(pattern, last)
        if suffix == STAR then
          return longest(at, from, last)
        elseif suffix == MINUS then
          return shortest(at, from, last)
        end
        local is_one = is_of(byte(text, at), from, last)
        if suffix == PLUS then
          return is_one and longest(at + 1, from, last) or nil
        elseif suffix == QUESTION then
          local ended = is_one and deeper(at + 1, last + 1)
          if ended then
            return ended
          end
          from = last + 1
        elseif is_one then
          at, from = at + 1, last
        else
          return nil
        end
      end
    end
    return at
  end

  local function captured(each)
    local length = lengths[each]
    if length == POSITION then
      return starts[each]
    elseif length == UNFINISHED then
      error("unfinished capture", 0)
    end
    return sub(text, starts[each], starts[each] + length - 1)
  end

  local matcher = {}

  -- the end of a match that begins here, exclusive
  function matcher.at(place, from)
    level, depth = 0, 0
    return match(place, from)
  end

  function matcher.count()
    return level
  end

  -- the captures, or in their place the whole match when it has borders
  function matcher.captures(first, last)
    if level == 0 then
      return first and sub(text, first, last - 1)
    end
    local all = {}
    for each = 1, level do
      all[each] = captured(each)
    end
    return unpack(all, 1, level)
  end

  function matcher.captured(each, first, last)
    if each == 0 or each == 1 and level == 0 then
      return sub(text, first, last - 1)
    elseif each > level then
      error("invalid capture index", 0)
    end
    return captured(each)
  end

  return matcher
end

-- the text, the pattern and where to begin; nothing when Lua is to say what is wrong
local function read(text, pattern, from)
  local text_type, pattern_type = type(text), type(pattern)
  if text_type == "number" then
    text = tostring(text)
  elseif text_type ~= "string" then
    return nil
  end
  if pattern_type == "number" then
    pattern = tostring(pattern)
  elseif pattern_type ~= "string" then
    return nil
  end
  from = from == nil and 1 or tonumber(from)
  if from == nil or from ~= from then
    return nil
  end
  from = from - from % 1
  if from < 0 then
    from = #text + from + 1
  end
  return text, pattern, from < 1 and 1 or from
end

local function find_plain(text, wanted, from)
  for place = from, #text - #wanted + 1 do
    if sub(text, place, place + #wanted - 1) == wanted then
      return place, place + #wanted - 1
    end
  end
  return nil
end

local function search(text, pattern, from, is_find)
  if from > #text + 1 then
    return nil
  end
  local matcher = make_matcher(text, pattern)
  local is_anchored = byte(pattern, 1) == CARET
  for place = from, is_anchored and from or #text + 1 do
    local ended = matcher.at(place, is_anchored and 2 or 1)
    if ended then
      if not is_find then
        return matcher.captures(place, ended)
      elseif matcher.count() == 0 then
        return place, ended - 1
      end
      return place, ended - 1, matcher.captures()
    end
  end
  return nil
end

function string.find(given, wanted, init, is_plain)
  local text, pattern, from = read(given, wanted, init)
  if text == nil then
    return own.find(given, wanted, init, is_plain)
  elseif is_plain or not own.find(pattern, SPECIALS) then
    if #text * #pattern <= MOST_COMPARED then
      return own.find(text, pattern, init, is_plain)
    end
    return find_plain(text, pattern, from)
  elseif is_soon_matched(text, pattern) then
    return own.find(text, pattern, init)
  end
  return search(text, pattern, from, true)
end

function string.match(given, wanted, init)
  local text, pattern, from = read(given, wanted, init)
  if text == nil or is_soon_matched(text, pattern) then
    return own.match(given, wanted, init)
  end
  return search(text, pattern, from, false)
end

function string.gmatch(given, wanted)
  local text, pattern = read(given, wanted)
  if text == nil or is_soon_matched(text, pattern) then
    return own.gmatch(given, wanted)
  end
  local matcher = make_matcher(text, pattern)
  local from = 1
  return function()
    for place = from, #text + 1 do
      local ended = matcher.at(place, 1)
      if ended then
        from = ended == place and ended + 1 or ended
        return matcher.captures(place, ended)
      end
    end
    from = #text + 2
    return nil
  end
end

-- what comes in the place of a match
local function replacement(matcher, by, first, last)
  local kind = type(by)
  local value
  if kind == "table" then
    value = by[matcher.captured(1, first, last)]
  elseif kind == "function" then
    value = by(matcher.captures(first, last))
  else
    return (own.gsub(by, "%%(.?)", function(which)
      if which == "%" then
        return which
      elseif not own.find(which, "^%d$") then
        error("invalid use of '%' in replacement string", 0)
      end
      return (tostring(matcher.captured(which + 0, first, last)))
    end))
  end
  if not value then
    return nil
  elseif type(value) ~= "string" and type(value) ~= "number" then
    error("invalid replacement value (a " .. type(value) .. ")", 0)
  end
  return value
end

local REPLACES = {string = true, number = true, table = true, ["function"] = true}

function string.gsub(given, wanted, by, most)
  local text, pattern = read(given, wanted)
  local count = most == nil and 1 / 0 or tonumber(most)
  if text == nil or count == nil or not REPLACES[type(by)] or is_soon_matched(text, pattern) then
    return own.gsub(given, wanted, by, most)
  end
  local matcher = make_matcher(text, pattern)
  local is_anchored = byte(pattern, 1) == CARET
  local parts, replaced, place = {}, 0, 1
  while replaced < count do
    local ended = matcher.at(place, is_anchored and 2 or 1)
    if ended then
      replaced = replaced + 1
      local put = replacement(matcher, by, place, ended)
      parts[#parts + 1] = put or sub(text, place, ended - 1)
    end
    if ended and ended > place then
      place = ended
    elseif place <= #text then
      parts[#parts + 1] = sub(text, place, place)
      place = place + 1
    else
      break
    end
    if is_anchored then
      break
    end
  end
  parts[#parts + 1] = sub(text, place)
  return concat(parts), replaced
end

return own
