-- Refusing a call: every error that an agent may see goes through here.

local errors = {}

---Stops the tool call; the agent gets a ToolError.
---@param code string kebab-case, a negative fact
---@param message string what happened, with the values, and what is allowed
---@param details? table the same as plain data
function errors.fail(code, message, details)
  error({code = code, message = message, details = details or {}}, 0)
end

---A position as agents write it.
---@param position table MapPosition
---@return string
function errors.place(position)
  return string.format("(x=%g, y=%g)", position.x, position.y)
end

return errors
