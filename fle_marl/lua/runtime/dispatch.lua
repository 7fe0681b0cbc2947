-- The one door to the tools. A call is answered by a JSON envelope:
--   {ok = true, value = ..., ticks = n}            done; the agent is busy n ticks
--   {ok = true, pending = true, ticks = n}         go on in n ticks (dispatch.resume)
--   {ok = false, code = ..., message = ..., details = ...}
-- A call over a connection that may be lost carries a number that grows by agent: when
-- it is repeated, its answer is found kept and it is not done twice.

local agents = require("runtime.agents")

local dispatch = {}

local tools = {}

---@param name string
---@param tool table {name = ..., call = function(agent, arguments), resume = function(agent, state)}
function dispatch.add(name, tool)
  assert(tool.name == name, "tool " .. name .. " calls itself " .. tostring(tool.name))
  tools[name] = tool
end

local function envelope(ok, result)
  if ok then
    if result.wait then
      return {ok = true, pending = true, ticks = result.wait}
    end
    return {ok = true, value = result.value, ticks = result.ticks or 0}
  end
  if type(result) == "table" and result.code then
    return {
      ok = false, code = result.code, message = result.message, details = result.details,
    }
  end
  -- not a refusal but a fault of ours: the server reports it, agents do not see it
  return {ok = false, fault = true, code = "lua-error", message = tostring(result)}
end

local function answer(agent, sequence, tool, step, argument)
  global.pending = global.pending or {}
  global.pending[agent] = nil
  local ok, result = pcall(step, agent, argument)
  if ok and result.wait then
    global.pending[agent] = {tool = tool.name, state = result.state or {}}
  end
  local text = game.table_to_json(envelope(ok, result))
  if sequence then
    global.answers = global.answers or {}
    global.answers[agent] = {sequence = sequence, text = text}
  end
  return text
end

local function repeated(agent, sequence)
  local last = sequence and global.answers and global.answers[agent]
  return last and last.sequence == sequence and last.text
end

---Begins a call; what the agent was doing ends.
---@param name string tool
---@param agent integer from 1
---@param sequence integer? nil where no call can be lost
---@param arguments table
---@return string envelope as JSON
function dispatch.call(name, agent, sequence, arguments)
  local kept = repeated(agent, sequence)
  if kept then
    return kept
  end
  local tool = tools[name]
  if tool == nil then
    return game.table_to_json({
      ok = false, code = "no-such-tool", message = "there is no tool " .. tostring(name),
    })
  end
  dispatch.cancel(agent)
  return answer(agent, sequence, tool, tool.call, arguments)
end

-- Stops what an agent's character does for a call that will not go on.
local function stop(agent, pending)
  local tool = tools[pending.tool]
  if tool.cancel and not pending.has_died then
    tool.cancel(agent, pending.state)
  end
end

-- A step of a pending call; one that refuses leaves nobody walking on.
local function go_on(pending)
  local step = pending.has_died and agents.refuse_dead or tools[pending.tool].resume
  return function(agent, state)
    local ok, result = pcall(step, agent, state)
    if not ok then
      pcall(stop, agent, pending)
      error(result, 0)
    end
    return result
  end
end

---Goes on with the agent's pending call.
---@return string envelope as JSON
function dispatch.resume(agent, sequence)
  local kept = repeated(agent, sequence)
  if kept then
    return kept
  end
  local pending = global.pending and global.pending[agent]
  if pending == nil then
    return game.table_to_json({
      ok = false, code = "nothing-pending", message = "this agent has no call to go on with",
    })
  end
  return answer(agent, sequence, tools[pending.tool], go_on(pending), pending.state)
end

---Drops the agent's pending call and stops what its character does.
function dispatch.cancel(agent)
  local pending = global.pending and global.pending[agent]
  if pending == nil then
    return
  end
  global.pending[agent] = nil
  stop(agent, pending)
end

return dispatch
