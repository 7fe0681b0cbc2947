-- Walk to a place along a path that the game finds, leg by leg in eight directions.

local agents = require("runtime.agents")
local directions = require("runtime.directions")
local errors = require("runtime.errors")
local reach = require("runtime.reach")
local walking = require("runtime.walking")

local tool = {name = "move_to"}

-- how near to the wanted place a walk may end, tiles: the place itself may be built on
local RADII = {0.5, 2, 5}
-- a walk that gets no nearer for this many new paths has failed
local TRIES = 4

local function ask(agent, state)
  local character = agents.character(agent)
  state.request = walking.request(character, state.goal, RADII[state.radius])
  state.step = "path"
  return {wait = 1, state = state}
end

local function arrived(character)
  character.walking_state = {walking = false, direction = 0}
  return {value = {x = character.position.x, y = character.position.y}, ticks = 0}
end

local function unreachable(character, goal)
  character.walking_state = {walking = false, direction = 0}
  errors.fail(
    "unreachable",
    string.format(
      "there is no way on foot from %s to %s: water or buildings are around it; "
        .. "choose a place beside them",
      errors.place(character.position), errors.place(goal)
    ),
    {
      goal = goal, you = {x = character.position.x, y = character.position.y},
    }
  )
end

local function walk(agent, state)
  local character = agents.character(agent)
  local ticks = walking.next_leg(character, state)
  if ticks then
    return {wait = ticks, state = state}
  end
  if reach.distance(character.position, state.goal) <= RADII[state.radius] + 0.5 then
    return arrived(character)
  end
  -- something came in the way: ask again from here
  state.tries = state.tries + 1
  if state.tries > TRIES then
    unreachable(character, state.goal)
  end
  return ask(agent, state)
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local goal = {x = arguments.position.x, y = arguments.position.y}
  if reach.distance(character.position, goal) < walking.steps(character) then
    return arrived(character)
  end
  return ask(agent, {goal = goal, radius = 1, tries = 1})
end

function tool.resume(agent, state)
  if state.step == "walk" then
    return walk(agent, state)
  end
  local path = walking.answer(state.request)
  if path == nil then
    return {wait = 1, state = state}
  end
  if path.way then
    state.way, state.place, state.step = path.way, 1, "walk"
    return walk(agent, state)
  end
  if path.try_again_later then
    return ask(agent, state)
  end
  state.radius = state.radius + 1
  if RADII[state.radius] == nil then
    unreachable(agents.character(agent), state.goal)
  end
  return ask(agent, state)
end

function tool.cancel(agent)
  agents.character(agent).walking_state = {walking = false, direction = directions.of(0, -1)}
end

return tool
