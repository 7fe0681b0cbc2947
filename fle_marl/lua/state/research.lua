-- What a force knows and is finding out, as plain data.

local checks = require("runtime.checks")
local names = require("runtime.names")

local research = {}

local share = checks.number(0, 1)
local levels = checks.map(checks.technology, checks.whole(1, 2 ^ 32 - 1))

local check = checks.record({
  researched = checks.list(checks.technology),
  enabled = checks.map(checks.technology, checks.flag),
  levels = levels,
  progress = checks.map(checks.technology, share),
  queue = checks.list(checks.technology),
  current_progress = share,
  is_queue_enabled = checks.flag,
  is_enabled = checks.flag,
}, {previous = checks.technology})

---Refuses what is no table as `save` gives it.
function research.check(value, path)
  check(value, path)
  for name, level in pairs(value.levels) do
    local prototype = game.technology_prototypes[name]
    checks.whole(prototype.level, prototype.max_level)(level, path .. ".levels." .. name)
  end
end

---@param force LuaForce
---@return table {researched, enabled and levels where they are not the prototype's,
---  progress of what was begun, queue, current_progress, is_queue_enabled, is_enabled,
---  previous}
function research.save(force)
  local saved = {researched = {}, enabled = {}, levels = {}, progress = {}, queue = {}}
  for _, name in ipairs(names.sorted(force.technologies)) do
    local technology = force.technologies[name]
    local prototype = technology.prototype
    if technology.researched then
      saved.researched[#saved.researched + 1] = name
    end
    if technology.enabled ~= prototype.enabled then
      saved.enabled[name] = technology.enabled
    end
    if technology.level ~= prototype.level then
      saved.levels[name] = technology.level
    end
    local progress = force.get_saved_technology_progress(name)
    saved.progress[name] = progress and progress > 0 and progress or nil
  end
  for place, technology in ipairs(force.research_queue or {}) do
    saved.queue[place] = type(technology) == "string" and technology or technology.name
  end
  local previous = force.previous_research
  saved.previous = previous and previous.name
  saved.current_progress = force.current_research and force.research_progress or 0
  saved.is_queue_enabled = force.research_queue_enabled
  saved.is_enabled = force.research_enabled
  return saved
end

-- Technologies with those first that others need.
local function in_order(force)
  local order, is_known = {}, {}
  local function add(name)
    if is_known[name] then
      return
    end
    is_known[name] = true
    local needed = {}
    for prerequisite in pairs(force.technologies[name].prerequisites) do
      needed[#needed + 1] = prerequisite
    end
    table.sort(needed)
    for _, prerequisite in ipairs(needed) do
      add(prerequisite)
    end
    order[#order + 1] = name
  end
  for _, name in ipairs(names.sorted(force.technologies)) do
    add(name)
  end
  return order
end

local function set_researched(force, saved)
  local wanted, order = {}, in_order(force)
  for _, name in ipairs(saved.researched) do
    wanted[name] = true
  end
  -- taken back from the last on, so that nothing is known whose grounds are not
  for place = #order, 1, -1 do
    local technology = force.technologies[order[place]]
    if technology.researched and not wanted[order[place]] then
      technology.researched = false
    end
  end
  for _, name in ipairs(order) do
    local technology = force.technologies[name]
    if wanted[name] and not technology.researched then
      technology.researched = true
    end
    local level = saved.levels[name] or technology.prototype.level
    if technology.level ~= level then
      technology.level = level
    end
  end
end

local function set_progress(force, saved)
  for _, name in ipairs(names.sorted(force.technologies)) do
    local wanted = saved.progress[name]
    local technology = force.technologies[name]
    if not technology.researched and force.get_saved_technology_progress(name) ~= wanted then
      force.set_saved_technology_progress(name, wanted)
    end
  end
end

local function set_queue(force, saved)
  force.research_queue_enabled = saved.is_queue_enabled
  if saved.is_queue_enabled then
    force.research_queue = saved.queue
  elseif saved.queue[1] then
    force.add_research(saved.queue[1])
  end
  if force.current_research then
    force.research_progress = saved.current_progress
  end
end

local function drop_queue(force)
  while force.current_research do
    local current = force.current_research.name
    force.cancel_current_research()
    -- what was begun would be kept as progress
    if not force.technologies[current].researched then
      force.set_saved_technology_progress(current, nil)
    end
  end
end

---Has a force know exactly what it knew.
---@param saved table as `save` gives it
function research.load(force, saved)
  force.enable_research()
  drop_queue(force)
  set_researched(force, saved)
  for _, name in ipairs(names.sorted(force.technologies)) do
    local technology, wanted = force.technologies[name], saved.enabled[name]
    if wanted == nil then
      wanted = technology.prototype.enabled
    end
    if technology.enabled ~= wanted then
      technology.enabled = wanted
    end
  end
  set_progress(force, saved)
  set_queue(force, saved)
  force.previous_research = saved.previous
  if not saved.is_enabled then
    force.disable_research()
  end
end

return research
