-- What a server registers once each time its scripts are loaded.

local agents = require("runtime.agents")
local resuming = require("runtime.resuming")
local walking = require("runtime.walking")

script.on_event(defines.events.on_script_path_request_finished, walking.keep_answer)
script.on_event(defines.events.on_entity_died, agents.note_death)
script.on_load(function()
  agents.load()
  resuming.watch()
end)

return {}
