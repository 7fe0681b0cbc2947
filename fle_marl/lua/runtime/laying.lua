-- Placing a planned line piece by piece: what is in reach is placed, then the character
-- walks on along the line. It all happens in game time, and what is placed stays.

local approach = require("runtime.approach")
local building = require("runtime.building")
local costs = require("runtime.costs")
local errors = require("runtime.errors")
local reach = require("runtime.reach")

local laying = {}

-- how far beyond the next piece to walk, tiles: the next piece and some more are then in
-- reach
local WALK_AHEAD = 3
-- how far from the middle of a piece, along each axis, nobody is in its way, tiles
local CLEARANCE = 0.75
-- attempts to place a piece that somebody stands on, and ticks between them
local PATIENCE, PAUSE = 10, 30

local function place_of(piece)
  return {x = piece.x, y = piece.y}
end

local function is_in_reach(character, piece)
  return reach.distance(character.position, piece) <= character.build_distance
end

local function give_up(character, state, why)
  approach.stop(character)
  local piece = state.pieces[state.next]
  errors.fail(
    "blocked",
    string.format(
      "%d of %d pieces are placed and stay; the next one, %s at %s, cannot be: %s",
      state.next - 1, #state.pieces, piece.name, errors.place(piece), why
    ),
    {
      placed = state.next - 1, planned = #state.pieces, name = piece.name,
      position = place_of(piece),
    }
  )
end

local function turn(character, piece)
  local belt = character.surface.find_entity(piece.name, place_of(piece))
  if belt then
    belt.direction = piece.direction
  end
  return belt
end

-- Whether who stands at a place is in the way of pieces that are still to come: a line
-- would push somebody along in no time.
local function is_needed_for(state)
  return function(place)
    for number = state.next + 1, #state.pieces do
      local piece = state.pieces[number]
      local dx, dy = math.abs(piece.x - place.x), math.abs(piece.y - place.y)
      if dx < CLEARANCE and dy < CLEARANCE then
        return true
      end
    end
    return false
  end
end

-- The entity that was placed or turned; nil and why not.
local function place_piece(character, state)
  local piece = state.pieces[state.next]
  if piece.turn then
    return turn(character, piece), "the belt that was to be led on is gone"
  end
  local free, problem = pcall(
    building.check_free, character, piece.name, place_of(piece), piece.direction,
    is_needed_for(state)
  )
  if not free then
    return nil, problem.message or problem
  end
  local entity = building.place_checked(
    character, piece.name, place_of(piece), piece.direction, {type = piece.end_type}
  )
  return entity, "you have no " .. building.item_for(piece.name) .. " left"
end

-- Places what is in reach; how many pieces that were, and why it stopped early.
local function place_in_reach(character, state)
  local placed = 0
  local distance = character.build_distance
  while state.pieces[state.next] do
    local piece = state.pieces[state.next]
    -- who stands in the way of a piece steps aside, this character as well
    if reach.distance(character.position, piece) > distance then
      return placed
    end
    local entity, why = place_piece(character, state)
    if entity == nil then
      return placed, why
    end
    state.placed = entity
    state.next = state.next + 1
    placed = placed + 1
  end
  return placed
end

-- The piece to walk to.
local function goal_of(state)
  local next_piece = state.pieces[state.next]
  local goal = next_piece
  for place = state.next + 1, #state.pieces do
    local piece = state.pieces[place]
    if reach.distance(next_piece, piece) > WALK_AHEAD then
      break
    end
    goal = piece
  end
  return goal
end

-- The line may come from afar: its next piece counts as much as those beyond.
local function walk_on(character, state)
  local goal = goal_of(state)
  local has_come = is_in_reach(character, state.pieces[state.next])
    and is_in_reach(character, goal)
  local ticks, why = approach.go_on(character, state.walk, place_of(goal), has_come)
  if why then
    give_up(character, state, why)
  end
  return ticks
end

-- Walks, places what is in reach, and waits for as long as that takes.
local function go_on(character, state)
  if state.walk then
    local ticks = walk_on(character, state)
    if ticks then
      return {wait = ticks, state = state}
    end
    state.walk = nil
  end
  local placed, why = place_in_reach(character, state)
  if why then
    state.tries = placed > 0 and 1 or state.tries + 1
    if state.tries > PATIENCE then
      give_up(character, state, why)
    end
    return {wait = math.max(placed * costs.HANDLING, PAUSE), state = state}
  end
  state.tries = 0
  if placed > 0 then
    return {wait = placed * costs.HANDLING, state = state}
  end
  if state.pieces[state.next] == nil then
    return nil
  end
  state.walk = approach.new()
  return {wait = walk_on(character, state), state = state}
end

---Begins to place pieces.
---@param character LuaEntity
---@param pieces table[] {name, x, y, direction, end_type?, turn?} in order
---@return table? what the tool returns to wait; nil when all is done
---@return table state plain data but for state.placed, the last entity
function laying.begin(character, pieces)
  local state = {pieces = pieces, next = 1, tries = 0}
  return go_on(character, state), state
end

---Goes on after a wait.
---@return table? the same as `laying.begin`
function laying.resume(character, state)
  return go_on(character, state)
end

---Stops the character.
function laying.cancel(character)
  approach.stop(character)
end

return laying
