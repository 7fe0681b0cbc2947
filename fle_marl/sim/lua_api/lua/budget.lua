-- What a script may use before it is ended. Lua's hook counts its instructions; what
-- has run out stays so until the next call from outside, so that no pcall goes on.

local sethook, getinfo, clock = debug.sethook, debug.getinfo, os.clock
local error, huge = error, math.huge
local collectgarbage = collectgarbage

-- a hook each thousand instructions costs some hundredths of the time
local INSTRUCTIONS = 1000
-- how far memory grows before it is collected again
local PAUSE_PERCENT = 400

-- Share of its memory that a script may hold. Where nearly all is held, Lua collects
-- garbage with each new table, which takes minutes before it finally fails.
local FULL = 7 / 8
local BYTES = 1024

local budget = {
  -- how the names of the sources of the API's own Lua begin
  OURS = "=[api",
}
local most_instructions, most_seconds, most_kilobytes = huge, huge, huge
local spent, deadline = 0, huge
local problem = nil

local function count()
  spent = spent + INSTRUCTIONS
  if problem == nil then
    if spent > most_instructions then
      problem = ("the script was ended: it ran for more than %.0f instructions"):format(
        most_instructions
      )
    elseif clock() > deadline then
      problem = ("the script was ended: it ran for more than %g seconds"):format(most_seconds)
    end
  end
end

local function check_memory()
  if problem == nil and collectgarbage("count") > most_kilobytes then
    collectgarbage()
    if collectgarbage("count") > most_kilobytes then
      problem = "not enough memory"
    end
  end
end

-- Whether the hook came within a script; between two of them nothing is to be ended.
local function is_script_running()
  local level = 3
  local info = getinfo(level, "S")
  while info ~= nil do
    if info.what ~= "C" and info.source:sub(1, #budget.OURS) ~= budget.OURS then
      return true
    end
    level = level + 1
    info = getinfo(level, "S")
  end
  return false
end

local function hook()
  count()
  check_memory()
  if problem ~= nil and is_script_running() then
    error(problem, 2)
  end
end

---Sets limits for every call from outside.
---@param instructions number
---@param seconds number of processor time
---@param memory number bytes that Lua may hold at all
function budget.limit(instructions, seconds, memory)
  most_instructions, most_seconds = instructions, seconds
  most_kilobytes = memory * FULL / BYTES
  sethook(hook, "", INSTRUCTIONS)
  -- where memory has a limit it may be used: found entities are many and soon garbage
  collectgarbage("setpause", PAUSE_PERCENT)
end

---Begins a call from outside.
function budget.renew()
  spent, problem = 0, nil
  deadline = clock() + most_seconds
end

---@return string? why the script is being ended
function budget.problem()
  return problem
end

---What a pcall gives: what ends a script goes through all of them.
function budget.unless_ended(ok, ...)
  if not ok then
    -- where the stack ends there is no room for the hook, and it fails instead
    count()
  end
  if problem ~= nil then
    error(problem, 0)
  end
  return ok, ...
end

return budget
