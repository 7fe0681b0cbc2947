-- Show what an agent prints to spectators of the game.

local agents = require("runtime.agents")

local tool = {name = "print"}

-- the game's console shows no more of a line
local SHOWN = 1000

function tool.call(agent, arguments)
  agents.character(agent)
  game.print(agents.name(agent) .. ": " .. string.sub(arguments.text, 1, SHOWN))
  return {value = arguments.text}
end

return tool
