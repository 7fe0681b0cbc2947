-- Connect places, entities and groups by belts, pipes, poles or walls, walking along.

local agents = require("runtime.agents")
local connecting = require("runtime.connecting")
local errors = require("runtime.errors")
local groups = require("runtime.groups")
local laying = require("runtime.laying")
local members = require("runtime.members")
local records = require("runtime.records")

local tool = {name = "connect_entities"}

local function is_there(entity)
  return entity ~= nil and entity.valid
end

-- The group that the connection is now part of, or the entity when it is part of none.
local function finish(state)
  local entity = is_there(state.placed) and state.placed or state.anchor
  if not is_there(entity) then
    errors.fail(
      "no-such-entity",
      "all is placed, and what it ends in is gone again: somebody has taken it up",
      {placed = #state.pieces}
    )
  end
  local found = groups.gather(members.of(entity, state.kind))
  return {value = found[1] or records.entity(entity), ticks = 0}
end

function tool.call(agent, arguments)
  local character = agents.character(agent)
  local plan = connecting.plan(character, arguments.waypoints, arguments.connection_type)
  if arguments.dry_run then
    return {value = connecting.amounts(plan), ticks = 0}
  end
  connecting.check_has(character, plan)
  local pending, state = laying.begin(character, plan.pieces)
  state.kind, state.anchor = plan.kind, plan.anchor
  return pending or finish(state)
end

function tool.resume(agent, state)
  return laying.resume(agents.character(agent), state)
    or finish(state)
end

function tool.cancel(agent)
  laying.cancel(agents.character(agent))
end

return tool
