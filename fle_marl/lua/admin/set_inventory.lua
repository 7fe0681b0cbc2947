-- Has characters carry exactly these items in their main inventory.

local agents = require("runtime.agents")
local checks = require("runtime.checks")
local hands = require("runtime.hands")

local set_inventory = {}

local check = checks.record(
  {inventory = function() end}, {agent = function() end}
)

---@param arguments table {inventory = counts by the names of items, agent = index from 0
---  or name (nil: all agents)}
---@return table {agents = indices from 0 of those whose inventory was set}
---What they wear, what they craft and the bags of the dead stay.
---Refuses with: bad-argument, no-such-agent, no-such-item, character-dead, inventory-full
function set_inventory.run(arguments)
  check(arguments, "arguments")
  local chosen = hands.chosen(arguments.agent)
  hands.check(arguments.inventory)
  for _, agent in ipairs(chosen) do
    local inventory = agents.character(agent).get_main_inventory()
    hands.check_slots(#inventory, arguments.inventory)
  end
  for place, agent in ipairs(chosen) do
    hands.fill(agents.character(agent), arguments.inventory)
    chosen[place] = agent - 1
  end
  return {agents = chosen}
end

return set_inventory
