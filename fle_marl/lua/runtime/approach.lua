-- Walking until something is in reach, as a part of a longer act.

local walking = require("runtime.walking")

local approach = {}

-- how near to walk, tiles: first as near as is handy, then as near as is needed
local NEAR = {3, 6}
-- new ways asked for before giving up
local PATIENCE = 8

---@return table state of a walk that is about to begin, plain data
function approach.new()
  return {near = 1, asked = 0}
end

local function ask(character, walk, goal)
  walk.asked = walk.asked + 1
  if walk.asked > PATIENCE then
    return nil, "you cannot come near enough to it"
  end
  walk.request = walking.request(character, goal, NEAR[walk.near])
  return 1
end

local function read_answer(walk)
  local path = walking.answer(walk.request)
  if path == nil then
    return 1
  end
  walk.request = nil
  if path.way then
    walk.way, walk.place, walk.last = path.way, 1, nil
  elseif not path.try_again_later then
    walk.near = walk.near + 1
    if NEAR[walk.near] == nil then
      return nil, "there is no way on foot near enough to it"
    end
  end
  return nil
end

---Goes on with a walk.
---@param character LuaEntity
---@param walk table as `approach.new` gives it
---@param goal table position
---@param has_come boolean whether the character is near enough now
---@return integer? ticks until to call again; nil when the walk is over
---@return string? why it failed; nil when the character has come
function approach.go_on(character, walk, goal, has_come)
  if has_come then
    approach.stop(character)
    return nil
  end
  if walk.request then
    local ticks, why = read_answer(walk)
    if ticks or why then
      return ticks, why
    end
  end
  if walk.way then
    local ticks = walking.next_leg(character, walk)
    if ticks then
      return ticks
    end
    walk.way = nil
  end
  return ask(character, walk, goal)
end

---Stops the character where it is.
function approach.stop(character)
  character.walking_state = {walking = false, direction = 0}
end

return approach
