-- Begins an episode anew in the world as it is, without building the map again.

local agents = require("runtime.agents")
local built = require("runtime.built")
local checks = require("runtime.checks")
local episodes = require("runtime.episodes")
local errors = require("runtime.errors")
local hands = require("runtime.hands")
local resources = require("state.resources")

local reset = {}

local contents = checks.map(checks.text, checks.count)
local check = checks.record({}, {
  inventory = contents,
  inventories = checks.list(contents),
  reset_position = checks.flag,
  all_technologies_researched = checks.flag,
  clear_entities = checks.flag,
  resources = resources.check,
})

local function positions_now()
  local positions = {}
  for agent = 1, agents.count() do
    positions[agent] = agents.position(agent)
  end
  return positions
end

-- Slots that a character will have, with what research adds.
local function slots_then(all_technologies_researched)
  local slots = game.entity_prototypes.character.get_inventory_size(
    defines.inventory.character_main
  )
  if all_technologies_researched ~= false then
    for _, technology in pairs(game.forces.player.technologies) do
      for _, effect in ipairs(technology.effects) do
        if effect.type == "character-inventory-slots-bonus" then
          slots = slots + effect.modifier
        end
      end
    end
  end
  return slots
end

-- Before anything is taken away: what could not be carried is refused.
local function check_options(arguments, count)
  check(arguments, "arguments")
  if count == 0 then
    errors.fail("no-such-agent", "there are no agents in this world: set it up first")
  end
  if arguments.inventories and #arguments.inventories ~= count then
    errors.fail(
      "bad-argument",
      string.format("there are %d agents, and inventories for %d", count, #arguments.inventories),
      {agents = count, inventories = #arguments.inventories}
    )
  end
  episodes.check_inventories(arguments)
  local slots = slots_then(arguments.all_technologies_researched)
  for _, carried in ipairs(arguments.inventories or {arguments.inventory}) do
    hands.check_slots(slots, carried)
  end
end

---Agents get new characters, those of the dead too; statistics, ledgers, time and calls
---that were going on are forgotten; the goal stays.
---@param arguments table {inventory = of each agent, or inventories = a list by agent
---  (neither: empty hands); reset_position = they stand where they began (false: where
---  they are); all_technologies_researched (true); clear_entities = what was built and
---  floors are gone (true); resources = as a saved state has them: ores and wells are as
---  they were then (nil: they stay)}
---@return table {agents = how many, entities = how many were taken away}
---Refuses with: bad-argument, no-such-agent, no-such-item, no-such-prototype, inventory-full
function reset.run(arguments)
  local count = agents.count()
  check_options(arguments, count)
  local surface, force = game.surfaces[1], game.forces.player
  local positions = not arguments.reset_position and positions_now() or nil
  local taken = 0
  if arguments.clear_entities ~= false then
    taken = built.clear(surface)
    built.take_up_floors(surface)
  end
  if arguments.resources then
    resources.load(surface, arguments.resources)
  end
  episodes.begin_research(force, arguments.all_technologies_researched ~= false)
  episodes.renew_characters(count, positions)
  episodes.fill(arguments, count)
  episodes.forget_the_past(force)
  return {agents = count, entities = taken}
end

return reset
