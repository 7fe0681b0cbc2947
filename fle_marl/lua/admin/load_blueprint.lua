-- Builds a blueprint, finished and out of nothing, with the modules that it asks for.

local checks = require("runtime.checks")
local blueprints = require("state.blueprints")

local load_blueprint = {}

local check = checks.record(
  {blueprint = checks.text, position = checks.position}, {direction = checks.one_of(0, 2, 4, 6)}
)

---What stands there already as the blueprint wants it stays; what has no room is left out.
---@param arguments table {blueprint = a blueprint string; position = where its middle
---  comes to be; direction = where its north points: 0, 2, 4 or 6 (0)}
---@return table {built = how many entities, laid = how many tiles, blocked = list of
---  {name, position} that could not be built}
---Refuses with: bad-argument, bad-blueprint, not-buildable, nothing-built
function load_blueprint.run(arguments)
  check(arguments, "arguments")
  return blueprints.load(
    game.surfaces[1], arguments.blueprint, arguments.position, arguments.direction or 0
  )
end

return load_blueprint
