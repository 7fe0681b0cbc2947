-- What the force makes and uses up per minute.

local errors = require("runtime.errors")

local tool = {name = "production"}

local precisions = defines.flow_precision_index
-- the windows that the game keeps, by their length in seconds
local WINDOWS = {
  [5] = precisions.five_seconds,
  [60] = precisions.one_minute,
  [600] = precisions.ten_minutes,
  [3600] = precisions.one_hour,
  [36000] = precisions.ten_hours,
}

-- Adds the rates of what was counted at all on one side of some statistics.
local function add(rates, statistics, counts, is_input, window)
  for name in pairs(counts) do
    local rate = statistics.get_flow_count({
      name = name, input = is_input, precision_index = window,
    })
    if rate > 0 then
      rates[name] = rate
    end
  end
end

function tool.call(_, arguments)
  local window = WINDOWS[arguments.seconds]
  if window == nil then
    errors.fail(
      "bad-argument",
      string.format("seconds must be 5, 60, 600, 3600 or 36000, not %g", arguments.seconds),
      {seconds = arguments.seconds}
    )
  end
  local force = game.forces.player
  local rates = {produced = {}, consumed = {}}
  for _, statistics in ipairs({
    force.item_production_statistics, force.fluid_production_statistics,
  }) do
    add(rates.produced, statistics, statistics.input_counts, true, window)
    add(rates.consumed, statistics, statistics.output_counts, false, window)
  end
  return {value = rates, ticks = 0}
end

return tool
