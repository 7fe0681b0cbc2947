-- What is around an agent, by kind and by distance.

local agents = require("runtime.agents")
local errors = require("runtime.errors")
local nearest = require("runtime.nearest")
local reach = require("runtime.reach")
local records = require("runtime.records")

local tool = {name = "look"}

local FARTHEST = 50
-- what is told by its kind and its number only, under these names
local NATURE = {tree = "trees", cliff = "cliffs", fish = "fish"}

-- Counts a thing in a list of kinds, in the order in which they are met.
local function count(list, by_name, name, position, amount)
  local kind = by_name[name]
  if kind == nil then
    kind = {name = name, count = 0, amount = 0, nearest = position, entities = {}}
    by_name[name] = kind
    list[#list + 1] = kind
  end
  kind.count, kind.amount = kind.count + 1, kind.amount + (amount or 0)
  return kind
end

local function copied(position)
  return {x = position.x, y = position.y}
end

-- Entities around a place, the nearest first; of equals the northernmost.
local function around(surface, from, radius)
  local found = {}
  for place, entity in ipairs(surface.find_entities_filtered({
    position = from, radius = radius,
  })) do
    local position = entity.position
    found[place] = {
      entity = entity, position = copied(position), away = reach.distance(position, from),
    }
  end
  table.sort(found, function(first, second)
    if first.away ~= second.away then
      return first.away < second.away
    end
    if first.position.y ~= second.position.y then
      return first.position.y < second.position.y
    end
    if first.position.x ~= second.position.x then
      return first.position.x < second.position.x
    end
    return first.entity.name < second.entity.name
  end)
  return found
end

local function water(surface, from, radius)
  local tiles = nearest.water(surface, from, radius)
  local place = nearest.of(tiles, from)
  return place and {name = "tiles of water", count = #tiles, nearest = place}
end

local function sort_into(seen, kinds, each)
  local entity, position = each.entity, each.position
  local kind = entity.type
  if kind == "resource" then
    count(seen.resources, kinds.resources, entity.name, position, entity.amount)
  elseif kind == "item-entity" then
    count(seen.ground, kinds.ground, entity.stack.name, position, entity.stack.count)
  elseif NATURE[kind] or kind == "simple-entity" then
    count(seen.nature, kinds.nature, NATURE[kind] or entity.name, position)
  elseif kind ~= "character" and entity.prototype.is_building then
    local built = count(seen.built, kinds.built, entity.name, position)
    built.entities[built.count] = {position = position, status = records.status(entity)}
  end
end

function tool.call(agent, arguments)
  local radius = arguments.radius
  if radius < 1 or radius > FARTHEST then
    errors.fail(
      "bad-argument",
      string.format("radius must be from 1 to %d tiles, not %g", FARTHEST, radius),
      {radius = radius}
    )
  end
  local from, surface = agents.position(agent), game.surfaces[1]
  local seen = {
    position = copied(from), radius = radius,
    resources = {}, nature = {}, built = {}, ground = {}, agents = {},
  }
  local kinds = {resources = {}, nature = {}, built = {}, ground = {}}
  for _, each in ipairs(around(surface, from, radius)) do
    sort_into(seen, kinds, each)
  end
  seen.nature[#seen.nature + 1] = water(surface, from, radius)
  for other = 1, agents.count() do
    local position = agents.position(other)
    if other ~= agent and reach.distance(position, from) <= radius then
      seen.agents[#seen.agents + 1] = {
        name = agents.name(other), position = copied(position),
      }
    end
  end
  return {value = seen, ticks = 0}
end

return tool
