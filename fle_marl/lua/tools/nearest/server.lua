-- Where the nearest thing of a kind is.

local agents = require("runtime.agents")
local errors = require("runtime.errors")
local nearest = require("runtime.nearest")

local tool = {name = "nearest"}

-- how far it looks, tiles
local FARTHEST = 500
-- the first circle that is searched: resources are mostly that near; each next one is
-- twice as wide
local FIRST_RADIUS = 64
-- as long as more is found, counting in narrower circles is quicker than to look at each
local FEW = 32
-- circles are not narrowed to less than so many tiles
local FINEST = 0.5

-- Where entities are looked for by their type, what agents ask for by another name.
local types = {wood = "tree"}

-- The radius of a circle that bears what is wanted, and little of it if that can be;
-- nil when there is none.
local function narrow_radius(surface, filter)
  local empty, radius = 0, FIRST_RADIUS
  local function count(within)
    filter.radius = within
    return surface.count_entities_filtered(filter)
  end
  local found = count(radius)
  while found == 0 do
    if radius == FARTHEST then
      return nil
    end
    empty, radius = radius, math.min(2 * radius, FARTHEST)
    found = count(radius)
  end
  while found > FEW and radius - empty > FINEST do
    local middle = (empty + radius) / 2
    local inside = count(middle)
    if inside > 0 then
      radius, found = middle, inside
    else
      empty = middle
    end
  end
  return radius
end

local function nearest_entity(character, name)
  local from = character.position
  local filter = {position = from}
  if types[name] then
    filter.type = types[name]
  else
    filter.name = name
  end
  local radius = narrow_radius(character.surface, filter)
  if radius == nil then
    return nil
  end
  filter.radius = radius
  local positions = {}
  for place, entity in ipairs(character.surface.find_entities_filtered(filter)) do
    positions[place] = entity.position
  end
  return nearest.of(positions, from)
end

-- The agent itself is not what it looks for.
local function nearest_character(character)
  local positions = {}
  for _, other in ipairs(character.surface.find_entities_filtered({name = "character", position = character.position, radius = FARTHEST})) do
    if other ~= character then
      positions[#positions + 1] = other.position
    end
  end
  return nearest.of(positions, character.position)
end

local function nearest_water(character)
  local radius = FIRST_RADIUS
  while true do
    local found = nearest.of(nearest.water(character.surface, character.position, radius), character.position)
    if found or radius == FARTHEST then
      return found
    end
    radius = math.min(2 * radius, FARTHEST)
  end
end

local function search(character, name)
  if name == "water" then
    return nearest_water(character)
  end
  if name == "character" then
    return nearest_character(character)
  end
  return nearest_entity(character, name)
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local name = arguments.type
  if name ~= "water" and name ~= "wood" and not game.entity_prototypes[name] then
    errors.fail(
      "no-such-prototype",
      name .. " is nothing that can stand on the map, so there is none to be near",
      {name = name}
    )
  end
  local found = search(character, name)
  if found == nil then
    errors.fail(
      "nothing-found",
      string.format(
        "there is no %s within %d tiles of you at %s", name, FARTHEST,
        errors.place(character.position)
      ),
      {name = name, radius = FARTHEST}
    )
  end
  return {value = {x = found.x, y = found.y}}
end

return tool
