-- The production score of the agents' force.

local scoring = require("runtime.scoring")

local tool = {name = "score"}

function tool.call()
  return {value = {score = scoring.production(game.forces.player), goal = global.goal or ""}}
end

return tool
