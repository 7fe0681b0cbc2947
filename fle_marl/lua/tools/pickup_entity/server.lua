-- Take built entities, items on the ground and floors into the inventory, contents and
-- all.

local agents = require("runtime.agents")
local approach = require("runtime.approach")
local costs = require("runtime.costs")
local errors = require("runtime.errors")
local find = require("runtime.find")
local floors = require("runtime.floors")
local items = require("runtime.items")
local reach = require("runtime.reach")
local taking = require("runtime.taking")

local tool = {name = "pickup_entity"}

-- Items lying on the ground at a place.
local function ground_items(character, position, name)
  local found = character.surface.find_entities_filtered({
    type = "item-entity", position = position, radius = 1,
  })
  for _, entity in ipairs(found) do
    if entity.stack.name == name then
      return entity
    end
  end
  return nil
end

local function take_from_ground(character, entity, name)
  local away = reach.distance(character.position, entity.position)
  if away > character.reach_distance then
    reach.check_entity(character, entity)
  end
  local count = entity.stack.count
  items.check_room(character, name, count)
  entity.destroy()
  character.insert({name = name, count = count})
  return {value = true, ticks = costs.HANDLING}
end

-- Walks near the next of several entities; nil when it is in reach.
local function walk_to(character, state, entity)
  state.walk = state.walk or approach.new()
  local has_come = character.can_reach_entity(entity)
  local ticks, why = approach.go_on(character, state.walk, entity.position, has_come)
  if why then
    errors.fail(
      "out-of-reach",
      string.format(
        "%d of %d are taken up; %s at %s is not: %s", state.place - 1, #state.targets,
        entity.name, errors.place(entity.position), why
      ),
      {taken = state.place - 1, name = entity.name}
    )
  end
  return ticks
end

-- One of several: the others follow after the time that each takes.
local function step(character, state)
  local target = state.targets[state.place]
  if target == nil then
    return {value = true, ticks = 0}
  end
  local entity = find.entity(character, target.position, target.name)
  taking.check(entity)
  local walk_ticks = walk_to(character, state, entity)
  if walk_ticks then
    return {wait = walk_ticks, state = state}
  end
  state.walk = nil
  local ticks = costs.mining(character, entity)
  taking.take(character, entity)
  state.place = state.place + 1
  return {wait = ticks, state = state}
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local targets = arguments.entities
  if #targets == 1 then
    local name, position = targets[1].name, targets[1].position
    if name and not find.near(character.surface, position, name) then
      local lying = ground_items(character, position, name)
      if lying then
        return take_from_ground(character, lying, name)
      end
      local floor = floors.named(character.surface, position, name)
      if floor then
        return {value = true, ticks = floors.take_up(character, floor)}
      end
    end
  end
  for _, target in ipairs(targets) do
    local entity = find.entity(character, target.position, target.name)
    taking.check(entity)
    if not arguments.walk then
      reach.check_entity(character, entity)
    end
  end
  return step(character, {targets = targets, place = 1})
end

function tool.resume(agent, state)
  return step(agents.character(agent), state)
end

function tool.cancel(agent)
  approach.stop(agents.character(agent))
end

return tool
