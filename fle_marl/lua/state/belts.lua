-- What lies on belts, as plain data: by transport line runs of {item, count}, the front
-- one first. Where exactly on its line an item lies no script can read, so that items
-- stand as near to the front as they can after loading, in their order.

local checks = require("runtime.checks")
local resuming = require("runtime.resuming")

local belts = {}

belts.check = checks.list(checks.record({
  line = checks.whole(1, 8),
  runs = checks.list(checks.tuple({checks.item, checks.whole(1, 256)}, 2)),
}))

local TYPES = {["transport-belt"] = true, ["underground-belt"] = true, splitter = true}

---@return boolean whether an entity carries items on transport lines
function belts.is_belt(entity)
  return TYPES[entity.type] == true
end

-- Both ends of an underground stretch show it; it is told by the end where items go in.
local function last_line(entity)
  local last = entity.get_max_transport_line_index()
  if entity.type == "underground-belt" and entity.belt_to_ground_type == "output" then
    return math.min(last, 2)
  end
  return last
end

local function add(runs, name)
  local run = runs[#runs]
  if run and run[1] == name and run[2] < 256 then
    run[2] = run[2] + 1
  else
    runs[#runs + 1] = {name, 1}
  end
end

---@param waiting table[]? entries of `resuming` about the entity
---@return table? list of {line, runs}; nil when nothing lies there
function belts.read(entity, waiting)
  local list = {}
  for index = 1, last_line(entity) do
    local line, runs = entity.get_transport_line(index), {}
    for place = 1, #line do
      add(runs, line[place].name)
    end
    for _, entry in ipairs(waiting or {}) do
      if entry.line == index then
        for _, name in ipairs(entry.items) do
          add(runs, name)
        end
      end
    end
    if #runs > 0 then
      list[#list + 1] = {line = index, runs = runs}
    end
  end
  return #list > 0 and list or nil
end

-- --- putting items on

local function key_of(line)
  local owner = line.owner
  for index = 1, owner.get_max_transport_line_index() do
    if owner.get_transport_line(index).line_equals(line) then
      return owner.unit_number .. ":" .. index
    end
  end
end

-- Lines with something on them, by entity and number.
local function jobs_of(pairs_of_belts)
  local jobs, by_key = {}, {}
  for _, pair in ipairs(pairs_of_belts) do
    for _, saved in ipairs(pair.record.lines) do
      local line = pair.entity.get_transport_line(saved.line)
      local job = {
        entity = pair.entity, index = saved.line, line = line, runs = saved.runs,
        -- what is put on a line moves on by one tick's way at once
        step = pair.entity.prototype.belt_speed,
      }
      jobs[#jobs + 1] = job
      by_key[pair.entity.unit_number .. ":" .. saved.line] = job
    end
  end
  return jobs, by_key
end

-- Tiles between places that are tried, and a line's length that is more than any.
local PRECISION, LONGEST = 1 / 32, 16

local function put(job, name, from)
  local place = from
  while place < LONGEST do
    if job.line.can_insert_at(place) and job.line.insert_at(place, {name = name}) then
      return place
    end
    place = place + PRECISION
  end
  return nil
end

local function fill(job)
  local left, place = {}, job.step
  for _, run in ipairs(job.runs) do
    for _ = 1, run[2] do
      local found = #left == 0 and put(job, run[1], place)
      if found then
        place = found
      else
        left[#left + 1] = run[1]
      end
    end
  end
  if #left > 0 then
    resuming.add({entity = job.entity, line = job.index, items = left})
  end
end

---Puts items onto belts: those ahead first, so that nobody moves on into their places.
---@param pairs_of_belts table[] {entity, record} with record.lines
function belts.write(pairs_of_belts)
  local jobs, by_key = jobs_of(pairs_of_belts)
  for _, first in ipairs(jobs) do
    -- along the lines ahead until one that is done or empty, then back
    local way, current = {}, first
    while current and not current.is_done do
      current.is_done = true
      way[#way + 1] = current
      current = nil
      for _, ahead in ipairs(way[#way].line.output_lines) do
        local job = by_key[key_of(ahead)]
        if job and not job.is_done then
          current = current or job
        end
      end
    end
    for place = #way, 1, -1 do
      fill(way[place])
    end
  end
end

return belts
