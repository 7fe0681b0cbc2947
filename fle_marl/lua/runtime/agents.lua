-- Agents and their characters. Agents count from 1 here.
--
-- An agent whose character dies gets a new one, with empty hands, where its force's
-- characters come into the world, after the time that the game's players wait for it.

local errors = require("runtime.errors")

local agents = {}

local TICKS_PER_SECOND = 60

---@return integer
function agents.count()
  return #(global.agents or {})
end

-- Ticks from a death to the new character. Source: prototype character, respawn_time
local function respawn_ticks()
  return game.entity_prototypes.character.respawn_time * TICKS_PER_SECOND
end

-- Notes a death, has the call that is going on fail, and watches the time.
local function bury(agent, position)
  local entry = global.agents[agent]
  entry.death = {respawn_tick = game.tick + respawn_ticks(), position = position}
  local pending = global.pending and global.pending[agent]
  if pending then
    pending.has_died = true
  end
  script.on_nth_tick(1, agents.respawn)
end

-- Notes as well what died without a word, as what a script destroys.
local function is_alive(agent)
  local entry = global.agents[agent]
  if not entry.death and not entry.character.valid then
    bury(agent, game.forces.player.get_spawn_position(game.surfaces[1]))
  end
  return entry.death == nil
end

---@param agent integer
---@return integer? ticks until a dead agent's character comes back; nil while it lives
function agents.ticks_to_respawn(agent)
  if is_alive(agent) then
    return nil
  end
  return math.max(global.agents[agent].death.respawn_tick - game.tick, 0)
end

---Refuses what an agent wants to do whose character is dead, or has been since it began.
---@param agent integer
function agents.refuse_dead(agent)
  local ticks = agents.ticks_to_respawn(agent)
  local when = ticks and string.format("it comes back in %d ticks: sleep till then", ticks)
    or "a new one stands where your force comes into the world"
  errors.fail(
    "character-dead", "your character has died and cannot act; " .. when,
    {agent = agent - 1, ticks_to_respawn = ticks or 0}
  )
end

local function check_known(agent)
  if global.agents == nil or global.agents[agent] == nil then
    errors.fail(
      "no-such-agent",
      string.format("there is no agent %d; this world has %d", agent - 1, agents.count()),
      {agent = agent - 1, agents = agents.count()}
    )
  end
end

---@return LuaEntity character
function agents.character(agent)
  check_known(agent)
  if not is_alive(agent) then
    agents.refuse_dead(agent)
  end
  return global.agents[agent].character
end

---Where an agent's character is, or died.
---@return table MapPosition
function agents.position(agent)
  local entry = global.agents[agent]
  return is_alive(agent) and entry.character.position or entry.death.position
end

---@param agent integer
---@return string its name outside of Lua, where agents count from 0
function agents.name(agent)
  return string.format("agent_%d", agent - 1)
end

---Index of an agent, from 0, as other agents name it: 1, "1" or "agent_1".
---@return integer? nil when there is no such agent
function agents.index_of(name)
  local index = name
  if type(name) ~= "number" then
    index = tonumber(name) or tonumber(string.match(name, "^agent_(%d+)$"))
  end
  if index and index % 1 == 0 and index >= 0 and index < agents.count() then
    return index
  end
  return nil
end

---Notes who died; registered for on_entity_died.
function agents.note_death(event)
  for agent, entry in ipairs(global.agents or {}) do
    if not entry.death and entry.character.valid and entry.character == event.entity then
      bury(agent, event.entity.position)
    end
  end
end

-- A character as near as it can stand to a place.
local function new_character(surface, wanted)
  local place = surface.find_non_colliding_position("character", wanted, 20, 0.5)
  return surface.create_entity({
    name = "character", position = place or wanted, force = "player",
  })
end

---Gives those their new character whose time has come; registered while anyone is dead.
function agents.respawn()
  local surface, is_anyone_dead = game.surfaces[1], false
  for _, entry in ipairs(global.agents or {}) do
    if entry.death and entry.death.respawn_tick <= game.tick then
      local spawn = game.forces.player.get_spawn_position(surface)
      entry.character, entry.death = new_character(surface, spawn), nil
    end
    is_anyone_dead = is_anyone_dead or entry.death ~= nil
  end
  if not is_anyone_dead then
    script.on_nth_tick(1, nil)
  end
end

---Goes on watching for who comes back; registered for on_load.
function agents.load()
  for _, entry in ipairs(global.agents or {}) do
    if entry.death then
      script.on_nth_tick(1, agents.respawn)
    end
  end
end

---Gives each agent a character: those that the map has, in the order of their numbers,
---and new ones side by side around the origin.
---@param count integer
function agents.create(count)
  local surface = game.surfaces[1]
  local standing = surface.find_entities_filtered({type = "character"})
  table.sort(standing, function(first, second)
    return first.unit_number < second.unit_number
  end)
  global.agents = {}
  for agent = 1, count do
    -- one above the other, two tiles apart, as FLE does
    local character = standing[agent] or new_character(surface, {x = 0, y = 2 * (agent - 1)})
    global.agents[agent] = {character = character}
  end
end

return agents
