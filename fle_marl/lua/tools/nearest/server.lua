-- Where the nearest thing of a kind is.

local agents = require("runtime.agents")
local errors = require("runtime.errors")
local nearest = require("runtime.nearest")

local tool = {name = "nearest"}

-- how far it looks, tiles
local FARTHEST = 500
-- the first circle that is searched; each next one is twice as wide, so that near
-- things are found fast and far ones cost little more
local FIRST_RADIUS = 8

local function entities(surface, filter, from, radius, character)
  local found = {}
  filter.position, filter.radius = from, radius
  for _, entity in ipairs(surface.find_entities_filtered(filter)) do
    if entity ~= character then
      local position = entity.position
      found[#found + 1] = {x = position.x, y = position.y}
    end
  end
  return found
end

local function search(character, name, radius)
  local surface, from = character.surface, character.position
  if name == "water" then
    return nearest.water(surface, from, radius)
  end
  if name == "wood" then
    return entities(surface, {type = "tree"}, from, radius, character)
  end
  return entities(surface, {name = name}, from, radius, character)
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
  local radius = FIRST_RADIUS
  while true do
    radius = math.min(radius, FARTHEST)
    local found = nearest.of(search(character, name, radius), character.position)
    if found then
      return {value = found}
    end
    if radius == FARTHEST then
      errors.fail(
        "nothing-found",
        string.format(
          "there is no %s within %d tiles of you at %s", name, FARTHEST,
          errors.place(character.position)
        ),
        {name = name, radius = FARTHEST}
      )
    end
    radius = radius * 2
  end
end

return tool
