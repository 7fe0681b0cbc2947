-- Puts a saved state in the place of everything that is in the world.

local checks = require("runtime.checks")
local loading = require("state.loading")

local load_state = {}

local check = checks.record({state = function() end})

---The state is checked first, and its ground compared with the map's. What is built
---already goes; chunks that the state does not know stay as they are. Crafts that were
---going on go on after two ticks; agents' calls that were going on are dropped.
---@param arguments table {state = as save_state gave it}
---@return table {agents, entities = how many there are now, not_loaded = list of {what,
---  why}: what could not be as it was}
---Refuses with: bad-argument, other-version, no-such-prototype, not-carried, other-ground,
---  not-loadable
function load_state.run(arguments)
  check(arguments, "arguments")
  local problems = loading.load(arguments.state)
  return {
    agents = #arguments.state.agents, entities = #arguments.state.entities,
    not_loaded = problems,
  }
end

return load_state
