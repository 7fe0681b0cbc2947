-- Look at one entity, or at the group that it is part of.

local agents = require("runtime.agents")
local errors = require("runtime.errors")
local find = require("runtime.find")
local groups = require("runtime.groups")
local records = require("runtime.records")

local tool = {name = "get_entity"}

local group_types = {
  ["belt-group"] = {"transport-belt", "underground-belt"},
  ["pipe-group"] = {"pipe", "pipe-to-ground"},
  ["electricity-group"] = {"electric-pole"},
}

-- The group whose members include the entity at the place.
local function group_at(character, kind, position)
  local entity = find.near(character.surface, position, nil, function(candidate)
    return groups.kind(candidate) == kind
  end)
  if entity == nil then
    errors.fail(
      "no-such-entity",
      string.format("there is no part of a %s at %s", kind, errors.place(position)),
      {name = kind, position = position}
    )
  end
  local members = character.surface.find_entities_filtered({
    type = group_types[kind], force = character.force,
  })
  for _, group in ipairs(groups.gather(members)) do
    for _, member in ipairs(group.belts or group.pipes or group.poles) do
      if member.id == entity.unit_number then
        return group
      end
    end
  end
  return nil
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local name, position = arguments.entity, arguments.position
  if group_types[name] then
    return {value = group_at(character, name, position)}
  end
  if not game.entity_prototypes[name] then
    errors.fail("no-such-prototype", name .. " is nothing that can stand on the map", {name = name})
  end
  return {value = records.entity(find.entity(character, position, name))}
end

return tool
