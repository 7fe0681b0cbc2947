-- Entities that work as one, told to agents as groups. Every step is linear in the
-- number of entities.

local belt_ends = require("runtime.belt_ends")
local items = require("runtime.items")
local records = require("runtime.records")

local groups = {}

local kinds = {
  ["transport-belt"] = "belt-group",
  ["underground-belt"] = "belt-group",
  pipe = "pipe-group",
  ["pipe-to-ground"] = "pipe-group",
  ["electric-pole"] = "electricity-group",
  wall = "wall-group",
}

---The kind of group that an entity would be part of; nil for most.
---@param entity LuaEntity
---@return string?
function groups.kind(entity)
  return kinds[entity.type]
end

-- --- belts

-- For each belt by its unit number: the belts of the same collection before and after it.
local function belt_links(belts)
  local links = {}
  for _, belt in ipairs(belts) do
    links[belt.unit_number] = {before = {}, after = {}}
  end
  for _, belt in ipairs(belts) do
    local own = links[belt.unit_number]
    for _, next_belt in ipairs(belt_ends.following(belt)) do
      local other = links[next_belt.unit_number]
      if other then
        own.after[#own.after + 1] = next_belt
        other.before[#other.before + 1] = belt
      end
    end
  end
  return links
end

-- All belts joined to a belt, those that it flows into first.
local function joined_belts(belt, links, taken)
  local found, open = {}, {belt}
  taken[belt.unit_number] = true
  while #open > 0 do
    local current = table.remove(open)
    found[#found + 1] = current
    local own = links[current.unit_number]
    for _, side in ipairs({own.before, own.after}) do
      for _, other in ipairs(side) do
        if not taken[other.unit_number] then
          taken[other.unit_number] = true
          open[#open + 1] = other
        end
      end
    end
  end
  return found
end

-- Nothing more goes onto the belt at its back end on either lane.
local function is_backed_up(belt)
  for line = 1, 2 do
    if belt.get_transport_line(line).can_insert_at_back() then
      return false
    end
  end
  return true
end

local function belt_status(ends, inventory)
  if next(inventory) == nil then
    return "empty"
  end
  for _, belt in ipairs(ends) do
    if is_backed_up(belt) then
      return "full_output", {"backed up: items are not taken off its end"}
    end
  end
  return "working"
end

local function belt_group(belts, links)
  local group = {name = "belt-group", belts = {}, inputs = {}, outputs = {}, inventory = {}}
  local smallest, ends = belts[1].unit_number, {}
  for place, belt in ipairs(belts) do
    local record, own = records.entity(belt), links[belt.unit_number]
    group.belts[place] = record
    if #own.before == 0 then
      group.inputs[#group.inputs + 1] = record
    end
    if #own.after == 0 then
      group.outputs[#group.outputs + 1] = record
      ends[#ends + 1] = belt
    end
    items.add(group.inventory, record.inventory.left)
    items.add(group.inventory, record.inventory.right)
    smallest = math.min(smallest, belt.unit_number)
  end
  group.id = smallest
  group.position = group.belts[1].position
  group.status, group.warnings = belt_status(ends, group.inventory)
  return group
end

local function belt_groups(belts)
  local links, taken, found = belt_links(belts), {}, {}
  local function begin_at(belt)
    if not taken[belt.unit_number] then
      found[#found + 1] = belt_group(joined_belts(belt, links, taken), links)
    end
  end
  for _, belt in ipairs(belts) do
    if #links[belt.unit_number].before == 0 then
      begin_at(belt)
    end
  end
  -- what is left goes round in circles
  for _, belt in ipairs(belts) do
    begin_at(belt)
  end
  return found
end

-- --- networks

-- Entities with the same number of a network, in the order of their first members.
local function by_network(entities, network_of)
  local lists, order = {}, {}
  for _, entity in ipairs(entities) do
    local network = network_of(entity) or -entity.unit_number
    if lists[network] == nil then
      lists[network] = {}
      order[#order + 1] = network
    end
    table.insert(lists[network], entity)
  end
  return lists, order
end

local function network_groups(entities, network_of, make)
  local lists, order = by_network(entities, network_of)
  local found = {}
  for place, network in ipairs(order) do
    local members = {}
    for index, entity in ipairs(lists[network]) do
      members[index] = records.entity(entity)
    end
    found[place] = make(network, members)
    found[place].id = network
    found[place].position = members[1].position
  end
  return found
end

local function pipe_group(_, pipes)
  local amount = 0
  for _, pipe in ipairs(pipes) do
    amount = amount + pipe.contents
  end
  local is_empty = amount == 0
  return {
    name = "pipe-group", pipes = pipes, status = is_empty and "empty" or "working",
    warnings = is_empty and {"no fluid is in it"} or {},
  }
end

local function pole_group(_, poles)
  return {name = "electricity-group", poles = poles, status = "normal", warnings = {}}
end

-- --- walls

local function cell(x, y)
  return math.floor(x) .. "," .. math.floor(y)
end

-- Numbers the walls that touch each other alike, by unit number.
local function wall_numbers(walls)
  local at, number_of = {}, {}
  for _, wall in ipairs(walls) do
    at[cell(wall.position.x, wall.position.y)] = wall
  end
  for _, wall in ipairs(walls) do
    local open = number_of[wall.unit_number] and {} or {wall}
    while #open > 0 do
      local current = table.remove(open)
      number_of[current.unit_number] = wall.unit_number
      local x, y = current.position.x, current.position.y
      for _, key in ipairs({cell(x - 1, y), cell(x + 1, y), cell(x, y - 1), cell(x, y + 1)}) do
        local other = at[key]
        if other and number_of[other.unit_number] == nil then
          number_of[other.unit_number] = wall.unit_number
          open[#open + 1] = other
        end
      end
    end
  end
  return number_of
end

local function wall_groups(walls)
  local number_of = wall_numbers(walls)
  local function network_of(wall)
    return number_of[wall.unit_number]
  end
  return network_groups(walls, network_of, function(_, entities)
    return {name = "wall-group", entities = entities, status = "normal", warnings = {}}
  end)
end

local makers = {
  ["belt-group"] = belt_groups,
  ["pipe-group"] = function(pipes)
    return network_groups(pipes, function(pipe)
      return pipe.fluidbox.get_fluid_system_id(1)
    end, pipe_group)
  end,
  ["electricity-group"] = function(poles)
    return network_groups(poles, function(pole)
      return pole.electric_network_id
    end, pole_group)
  end,
  ["wall-group"] = wall_groups,
}

---Records of entities, with those that work as one gathered into groups.
---@param entities LuaEntity[]
---@return table[] records of entities by unit number, then of groups
function groups.gather(entities)
  records.sort(entities)
  local found, members = {}, {}
  for _, entity in ipairs(entities) do
    local kind = groups.kind(entity)
    if kind then
      members[kind] = members[kind] or {}
      table.insert(members[kind], entity)
    else
      found[#found + 1] = records.entity(entity)
    end
  end
  for _, kind in ipairs({"belt-group", "pipe-group", "electricity-group", "wall-group"}) do
    for _, group in ipairs(members[kind] and makers[kind](members[kind]) or {}) do
      found[#found + 1] = group
    end
  end
  return found
end

return groups
