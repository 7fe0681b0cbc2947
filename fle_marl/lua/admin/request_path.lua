-- Asks for a way on foot between two places; `get_path` gives it when time has passed.

local agents = require("runtime.agents")
local checks = require("runtime.checks")
local hands = require("runtime.hands")

local request_path = {}

-- Tiles that a walker is wide unless told otherwise: a character. Source: prototype
-- character, collision_box
local CHARACTER_BOX = "character"
local LARGEST = 100
-- Source: runtime API, LuaSurface.request_path, path_resolution_modifier: -8 to 8
local FINEST = 8

local check = checks.record({finish = checks.position}, {
  start = checks.position,
  agent = function() end,
  radius = checks.number(0, LARGEST),
  entity_size = checks.number(0.01, LARGEST),
  resolution = checks.whole(-FINEST, FINEST),
  allow_paths_through_own_entities = checks.flag,
})

local function walker_box(size)
  if size == nil then
    return game.entity_prototypes[CHARACTER_BOX].collision_box
  end
  return {{-size / 2, -size / 2}, {size / 2, size / 2}}
end

-- Where the way begins, and whose own box is in nobody's way there.
local function beginning(arguments)
  if arguments.agent ~= nil then
    local character = agents.character(hands.chosen(arguments.agent)[1])
    return arguments.start or character.position, character
  end
  if arguments.start == nil then
    checks.refuse("arguments.start", "there, or an agent", nil)
  end
  return arguments.start, nil
end

---@param arguments table {finish = MapPosition; start = MapPosition or agent = index from
---  0 or name, whose place is the start and who is in nobody's way; radius = how near to
---  the finish is near enough (0.5 tiles); entity_size = tiles that the walker is wide
---  (nil: a character); resolution = of the game's grid, -8 to 8 (0);
---  allow_paths_through_own_entities (false)}
---@return table {request = number to give to get_path}
---Refuses with: bad-argument, no-such-agent, character-dead
function request_path.run(arguments)
  check(arguments, "arguments")
  local start, character = beginning(arguments)
  local request = game.surfaces[1].request_path({
    bounding_box = walker_box(arguments.entity_size),
    collision_mask = {
      "player-layer", "train-layer", "consider-tile-transitions", "water-tile", "object-layer",
    },
    start = start,
    goal = arguments.finish,
    force = "player",
    radius = arguments.radius or 0.5,
    entity_to_ignore = character,
    can_open_gates = true,
    path_resolution_modifier = arguments.resolution or 0,
    pathfind_flags = {
      cache = false, prefer_straight_paths = true,
      allow_paths_through_own_entities = arguments.allow_paths_through_own_entities or false,
    },
  })
  global.asked_paths = global.asked_paths or {}
  global.asked_paths[request] = true
  return {request = request}
end

return request_path
