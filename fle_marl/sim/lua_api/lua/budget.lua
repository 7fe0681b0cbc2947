-- What a script may use before it is ended. Lua's hook counts its instructions; what
-- has run out stays so until the next call from outside, so that no pcall goes on.

local sethook, clock, error, huge = debug.sethook, os.clock, error, math.huge
local collectgarbage = collectgarbage

-- a hook each thousand instructions costs some hundredths of the time
local INSTRUCTIONS = 1000
-- how far memory grows before it is collected again
local PAUSE_PERCENT = 400

local budget = {}
local most_instructions, most_seconds = huge, huge
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

local function hook()
  count()
  if problem ~= nil then
    error(problem, 2)
  end
end

---Sets limits for every call from outside.
---@param instructions number
---@param seconds number of processor time
function budget.limit(instructions, seconds)
  most_instructions, most_seconds = instructions, seconds
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
