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
    local character = standing[agent]
    if character == nil then
      -- one above the other, two tiles apart, as FLE does
      local wanted = {x = 0, y = 2 * (agent - 1)}
      local place = surface.find_non_colliding_position("character", wanted, 20, 0.5)
      character = surface.create_entity({
        name = "character", position = place or wanted, force = "player",
      })
    end
    global.agents[agent] = {character = character}
  end
end

return agents
