-- From what an agent wants connected to the pieces to place, of any kind of connection.

local belt_plan = require("runtime.belt_plan")
local building = require("runtime.building")
local ends = require("runtime.ends")
local errors = require("runtime.errors")
local items = require("runtime.items")
local sorted_names = require("runtime.names").sorted
local pipe_plan = require("runtime.pipe_plan")
local pole_plan = require("runtime.pole_plan")
local wall_plan = require("runtime.wall_plan")

local connecting = {}

local KINDS = {
  ["transport-belt"] = "belt", ["underground-belt"] = "belt", pipe = "pipe",
  ["pipe-to-ground"] = "pipe", ["electric-pole"] = "pole", wall = "wall",
}
local IS_BELOW = {["underground-belt"] = true, ["pipe-to-ground"] = true}
local PLANNERS = {belt = belt_plan, pipe = pipe_plan, pole = pole_plan, wall = wall_plan}

local function refuse_types(names, why)
  errors.fail(
    "bad-argument",
    string.format(
      "connection_type %s: %s. It is one kind of belts, with undergrounds if you like; or "
        .. "pipes, with undergrounds if you like; or poles; or walls",
      #names > 0 and table.concat(names, ", ") or "(none)", why
    ),
    {connection_type = names}
  )
end

-- Sorts the names of what may be placed: the kind, and names on and below the ground.
local function read_types(names)
  local kind
  local ground, below = {}, {}
  for _, name in ipairs(names) do
    local prototype = game.entity_prototypes[name]
    local own = prototype and KINDS[prototype.type]
    if own == nil then
      refuse_types(names, tostring(name) .. " connects nothing")
    end
    if kind and kind ~= own then
      refuse_types(names, "these do not go together")
    end
    kind = own
    table.insert(IS_BELOW[prototype.type] and below or ground, name)
  end
  if kind == nil then
    refuse_types(names, "say what to connect with")
  end
  if #below > 1 or #ground > 1 and kind ~= "pole" then
    refuse_types(names, "give one of each sort only")
  end
  return kind, ground, below[1]
end

local function count_of(character, name)
  return character.get_main_inventory().get_item_count(building.item_for(name))
end

-- Of several sorts of poles, the one with the longest wires that the character has.
local function choose_pole(character, names)
  table.sort(names, function(one, other)
    local first = game.entity_prototypes[one].max_wire_distance
    local second = game.entity_prototypes[other].max_wire_distance
    return first == second and one < other or first > second
  end)
  for _, name in ipairs(names) do
    if count_of(character, name) > 0 then
      return name
    end
  end
  return names[1]
end

local function tile_of(piece)
  return {x = math.floor(piece.x), y = math.floor(piece.y)}
end

-- Plans from waypoint to waypoint; each stretch begins where the one before ended.
local function plan_all(surface, kind, places, names)
  local all, from, anchor = {}, places[1], nil
  for index = 2, #places do
    local taken = {}
    for _, piece in ipairs(all) do
      taken[#taken + 1] = tile_of(piece)
    end
    local plan = PLANNERS[kind].make(surface, from, places[index], names, taken)
    for _, piece in ipairs(plan.pieces) do
      all[#all + 1] = piece
    end
    anchor = plan.anchor or anchor
    from = places[index]
    if plan.last and index < #places then
      from = {planned = plan.last, position = places[index].position}
      if kind == "belt" and not plan.last.is_built then
        -- where the last belt faces is for the next stretch to say
        all[#all] = nil
      end
    end
  end
  return all, anchor
end

local function needs_of(pieces)
  local needs = {}
  for _, piece in ipairs(pieces) do
    if not piece.turn then
      local item = building.item_for(piece.name)
      needs[item] = (needs[item] or 0) + 1
    end
  end
  return needs
end

-- Plans without undergrounds when there are too few of them.
local function plan_with_what_there_is(character, kind, places, ground, below)
  local surface = character.surface
  local pieces, anchor = plan_all(surface, kind, places, {ground = ground, below = below})
  if ground and below then
    local needed = needs_of(pieces)[building.item_for(below)] or 0
    if needed > count_of(character, below) then
      return plan_all(surface, kind, places, {ground = ground})
    end
  end
  return pieces, anchor
end

---Plans a connection.
---@param character LuaEntity
---@param waypoints table[] as the client encodes them: two or more
---@param types string[] names of what may be placed
---@return table {kind, pieces, anchor = LuaEntity?, needs = count by item, total, has}
function connecting.plan(character, waypoints, types)
  if #waypoints < 2 then
    errors.fail(
      "bad-argument",
      string.format("connecting takes two or more waypoints, not %d", #waypoints),
      {waypoints = #waypoints}
    )
  end
  local kind, on_ground, below = read_types(types)
  local ground = kind == "pole" and choose_pole(character, on_ground) or on_ground[1]
  local places = {}
  for index, waypoint in ipairs(waypoints) do
    places[index] = ends.read(character, waypoint)
  end
  local pieces, anchor = plan_with_what_there_is(character, kind, places, ground, below)
  local total, has = 0, 0
  local needs = needs_of(pieces)
  for _, count in pairs(needs) do
    total = total + count
  end
  for _, name in ipairs(types) do
    has = has + count_of(character, name)
  end
  return {kind = kind, pieces = pieces, anchor = anchor, needs = needs, total = total, has = has}
end

---Refuses when the character has too few of what a plan takes.
function connecting.check_has(character, plan)
  for _, name in ipairs(sorted_names(plan.needs)) do
    items.check_has(character, name, plan.needs[name])
  end
end

---What FLE's dry run tells.
function connecting.amounts(plan)
  return {number_of_entities_required = plan.total, number_of_entities_available = plan.has}
end

return connecting
