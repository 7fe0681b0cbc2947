-- Agents and their characters. Agents count from 1 here.

local errors = require("runtime.errors")

local agents = {}

---@return integer
function agents.count()
  return #(global.agents or {})
end

---@param agent integer
---@return LuaEntity character
function agents.character(agent)
  local entry = global.agents and global.agents[agent]
  if entry == nil then
    errors.fail(
      "no-such-agent",
      string.format("there is no agent %d; this world has %d", agent - 1, agents.count()),
      {agent = agent - 1, agents = agents.count()}
    )
  end
  if not entry.character.valid then
    errors.fail("character-dead", "your character is dead and cannot act", {agent = agent - 1})
  end
  return entry.character
end

---Makes a character for each agent, side by side around the force's spawn.
---@param count integer
function agents.create(count)
  local surface = game.surfaces[1]
  global.agents = {}
  for agent = 1, count do
    -- one above the other, two tiles apart, as FLE does
    local wanted = {x = 0, y = 2 * (agent - 1)}
    local place = surface.find_non_colliding_position("character", wanted, 20, 0.5)
    local character = surface.create_entity({
      name = "character", position = place or wanted, force = "player",
    })
    global.agents[agent] = {character = character}
  end
end

return agents
