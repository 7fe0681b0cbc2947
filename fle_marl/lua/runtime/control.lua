-- What a server registers once each time its scripts are loaded.

local walking = require("runtime.walking")

script.on_event(defines.events.on_script_path_request_finished, walking.keep_answer)

return {}
