-- List what the force has built around a place.

local agents = require("runtime.agents")
local errors = require("runtime.errors")
local groups = require("runtime.groups")
local records = require("runtime.records")

local tool = {name = "get_entities"}

local group_types = {
  ["belt-group"] = {"transport-belt", "underground-belt"},
  ["pipe-group"] = {"pipe", "pipe-to-ground"},
  ["electricity-group"] = {"electric-pole"},
}

-- What is never listed unless it is asked for by name or type: nobody built it.
local unbuilt = {character = true, ["item-entity"] = true, resource = true, tree = true}

-- Splits the asked names into names of entities and types of groups' members.
local function read_names(asked)
  local names, types, wants_groups = {}, {}, false
  for _, name in ipairs(asked) do
    if group_types[name] then
      wants_groups = true
      for _, kind in ipairs(group_types[name]) do
        types[#types + 1] = kind
      end
    elseif game.entity_prototypes[name] then
      names[#names + 1] = name
    else
      errors.fail("no-such-prototype", name .. " is nothing that can stand on the map", {name = name})
    end
  end
  return names, types, wants_groups
end

local function search(character, place, names, types)
  local found, seen = {}, {}
  local function add(filter)
    filter.position, filter.radius = place.position, place.radius
    for _, entity in ipairs(character.surface.find_entities_filtered(filter)) do
      local key = entity.unit_number
      if key and not seen[key] and entity.type ~= "character" then
        seen[key] = true
        found[#found + 1] = entity
      end
    end
  end
  if #names > 0 then
    add({name = names})
  end
  if #types > 0 then
    add({type = types, force = character.force})
  end
  return found
end

local function everything_built(character, place)
  local found = {}
  local nearby = character.surface.find_entities_filtered({
    position = place.position, radius = place.radius, force = character.force,
  })
  for _, entity in ipairs(nearby) do
    if entity.unit_number and not unbuilt[entity.type] then
      found[#found + 1] = entity
    end
  end
  return found
end

local function one_by_one(entities)
  records.sort(entities)
  local list = {}
  for place, entity in ipairs(entities) do
    list[place] = records.entity(entity)
  end
  return list
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local radius = arguments.radius
  if radius < 0 then
    errors.fail("bad-argument", string.format("radius must be 0 or more, not %g", radius), {radius = radius})
  end
  local place = {position = arguments.position or character.position, radius = radius}
  local names, types, wants_groups = read_names(arguments.entities)
  if arguments.type then
    types[#types + 1] = arguments.type
  end
  local is_filtered = #names + #types > 0
  local entities = is_filtered and search(character, place, names, types)
    or everything_built(character, place)
  -- single entities only where single kinds are asked for without a place
  if not is_filtered or wants_groups or arguments.position then
    return {value = groups.gather(entities)}
  end
  return {value = one_by_one(entities)}
end

return tool
