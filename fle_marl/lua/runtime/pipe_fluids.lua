-- Which openings of two ends belong together, by the fluids that they are for.

local errors = require("runtime.errors")

local pipe_fluids = {}

local function without(openings, flow)
  local kept = {}
  for _, opening in ipairs(openings) do
    if opening.flow ~= flow then
      kept[#kept + 1] = opening
    end
  end
  return kept
end

-- Those of one direction of flow, if there are any: steam comes out of a boiler's outlet
-- and not out of its water.
local function preferring(openings, flow)
  local kept = {}
  for _, opening in ipairs(openings) do
    if opening.flow == flow then
      kept[#kept + 1] = opening
    end
  end
  return #kept > 0 and kept or openings
end

local function fluids_in(openings)
  local names, seen = {}, {}
  for _, opening in ipairs(openings) do
    if opening.fluid and not seen[opening.fluid] then
      seen[opening.fluid] = true
      names[#names + 1] = opening.fluid
    end
  end
  table.sort(names)
  return names, seen
end

-- Openings for a fluid; those that are named after it, or else those open to any: what a
-- recipe leaves unused names nothing, and would take or give nothing either.
local function for_fluid(openings, fluid)
  local named, open = {}, {}
  for _, opening in ipairs(openings) do
    if opening.fluid == fluid then
      named[#named + 1] = opening
    elseif fluid == nil or opening.fluid == nil then
      open[#open + 1] = opening
    end
  end
  return #named > 0 and named or open
end

-- Whether none of the openings is open to just any fluid.
local function are_all_named(openings)
  for _, opening in ipairs(openings) do
    if opening.fluid == nil then
      return false
    end
  end
  return true
end

local function refuse_fluids(given, taken)
  errors.fail(
    "wrong-fluid",
    string.format(
      "the source gives %s and the target takes %s: they would not mix",
      #given > 0 and table.concat(given, ", ") or "no fluid",
      #taken > 0 and table.concat(taken, ", ") or "no fluid"
    ),
    {source = given, target = taken}
  )
end

local function pairs_by_fluid(sources, targets, fluids)
  local found = {}
  for _, fluid in ipairs(fluids) do
    local pair = {for_fluid(sources, fluid), for_fluid(targets, fluid)}
    if #pair[1] > 0 and #pair[2] > 0 then
      found[#found + 1] = pair
    end
  end
  return found
end

---The pairs of openings that may be joined, one for each fluid that it may be about;
---refuses ends that are for different fluids.
---@param sources table[] openings as `pipe_ends.openings` gives them
---@param targets table[] the same
---@return table[] {openings of the source, openings of the target}
function pipe_fluids.pairs(sources, targets)
  sources, targets = without(sources, "input"), without(targets, "output")
  local given, is_given = fluids_in(sources)
  local taken = fluids_in(targets)
  local shared = {}
  for _, fluid in ipairs(taken) do
    shared[#shared + 1] = is_given[fluid] and fluid or nil
  end
  if #shared > 0 then
    return pairs_by_fluid(sources, targets, shared)
  end
  if #sources == 0 or #targets == 0 or are_all_named(sources) and are_all_named(targets) then
    refuse_fluids(given, taken)
  end
  -- one end does not say what flows; the other's outlet or inlet is what is meant
  sources, targets = preferring(sources, "output"), preferring(targets, "input")
  given, taken = fluids_in(sources), fluids_in(targets)
  if #given == 0 and #taken == 0 then
    return {{sources, targets}}
  end
  return pairs_by_fluid(sources, targets, #given > 0 and given or taken)
end

return pipe_fluids
