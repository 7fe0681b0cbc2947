-- Shows a line to everybody who watches: in the game's chat.

local checks = require("runtime.checks")

local render_message = {}

local share = checks.number(0, 1)
local check = checks.record(
  {message = checks.text}, {color = checks.record({r = share, g = share, b = share}, {a = share})}
)

---@param arguments table {message, color = {r, g, b, a?} from 0 to 1 (nil: white)}
---@return table {message}
---Refuses with: bad-argument
function render_message.run(arguments)
  check(arguments, "arguments")
  game.print(arguments.message, arguments.color)
  return {message = arguments.message}
end

return render_message
