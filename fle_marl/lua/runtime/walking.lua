-- Walking along a path, as a player would with eight direction keys.

local directions = require("runtime.directions")

local walking = {}

-- positions are multiples of 1/256 tile; measured 38/256 for 0.15
local UNITS = 256
-- tiles a tick. Source: prototype character.running_speed
local SPEED = 0.15
-- share of the speed along each axis when walking diagonally
local DIAGONAL = math.sqrt(0.5)

local function in_units(tiles)
  return math.floor(tiles * UNITS + 1e-9) / UNITS
end

---Tiles that a character walks in a tick, straight and along each axis diagonally.
function walking.steps(character)
  local speed = SPEED * (1 + character.character_running_speed_modifier)
    * (1 + character.force.character_running_speed_modifier)
  return in_units(speed), in_units(speed * DIAGONAL)
end

---Asks the game for a path.
---@return integer id of the request
function walking.request(character, goal, radius)
  local box = character.prototype.collision_box
  return character.surface.request_path({
    bounding_box = box,
    collision_mask = {
      "player-layer", "train-layer", "consider-tile-transitions", "water-tile", "object-layer",
    },
    start = character.position,
    goal = goal,
    force = character.force,
    radius = radius,
    entity_to_ignore = character,
    can_open_gates = true,
    path_resolution_modifier = 1,
    pathfind_flags = {cache = false, prefer_straight_paths = true},
  })
end

-- The game's path has a waypoint for every step on its grid; here they are only kept
-- where the way turns.
local function turning_points(path)
  local way = {}
  local from, dx, dy
  for _, waypoint in ipairs(path) do
    local x, y = waypoint.position.x, waypoint.position.y
    if from then
      local step_x, step_y = x - from.x, y - from.y
      if step_x == dx and step_y == dy then
        way[#way] = nil
      end
      dx, dy = step_x, step_y
    end
    from = {x = x, y = y}
    way[#way + 1] = from
  end
  return way
end

---Keeps the answer to a request; registered for on_script_path_request_finished.
function walking.keep_answer(event)
  global.paths = global.paths or {}
  local way = event.path and turning_points(event.path)
  global.paths[event.id] = {way = way, try_again_later = event.try_again_later or false}
end

---The answer to a request, once; nil while there is none.
---@return table? {way = positions?, try_again_later = boolean}
function walking.answer(request)
  local paths = global.paths or {}
  local answer = paths[request]
  paths[request] = nil
  return answer
end

local function stop(character)
  character.walking_state = {walking = false, direction = 0}
end

-- Ticks of walking straight in one of eight directions towards a point, and which one;
-- nil when less than a step is left.
local function leg_towards(character, position, point)
  local step, diagonal_step = walking.steps(character)
  local dx, dy = point.x - position.x, point.y - position.y
  local ax, ay = math.abs(dx), math.abs(dy)
  local both = math.min(ax, ay)
  if diagonal_step == 0 then
    return nil
  end
  if both >= diagonal_step then
    return directions.of(dx, dy), math.floor(both / diagonal_step)
  end
  if ax >= step and ax >= ay then
    return directions.of(dx, 0), math.floor(ax / step)
  end
  if ay >= step then
    return directions.of(0, dy), math.floor(ay / step)
  end
  return nil
end

---Sets the character walking on the next leg of state.way, from state.place on.
---@return integer? ticks until the leg is walked; nil at the end of the way or when stuck
function walking.next_leg(character, state)
  local position = character.position
  local last = state.last
  if last and last.x == position.x and last.y == position.y then
    stop(character)
    return nil
  end
  while state.way[state.place] do
    local direction, ticks = leg_towards(character, position, state.way[state.place])
    if direction then
      state.last = {x = position.x, y = position.y}
      character.walking_state = {walking = true, direction = direction}
      return ticks
    end
    state.place = state.place + 1
  end
  stop(character)
  return nil
end

return walking
