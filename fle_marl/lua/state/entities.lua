-- What was built, as plain data: each entity with all that scripts can read of it and
-- write again.

local belts = require("state.belts")
local checks = require("runtime.checks")
local energy = require("state.energy")
local errors = require("runtime.errors")
local ground = require("state.ground")
local resuming = require("runtime.resuming")
local settings = require("state.settings")
local stacks = require("state.stacks")

local entities = {}

-- what scripts may allow or forbid; allowed unless they did
local PERMISSIONS = {"active", "destructible", "minable", "operable", "rotatable"}
local permission = checks.one_of(
  "active", "destructible", "minable", "operable", "rotatable"
)

local function check_carried(name, path)
  checks.entity(name, path)
  if not settings.by_type[game.entity_prototypes[name].type] then
    checks.refuse(path, "an entity of a type that states carry", name, "not-carried")
  end
end

local optional = {
  direction = checks.whole(1, 7),
  force = checks.text,
  health = checks.number(0, 1e9),
  forbidden = checks.list(permission),
  backer_name = checks.text,
  inventories = stacks.check_inventories,
  lines = belts.check,
  is_off_ground = checks.flag,
}
for _, fields in ipairs({energy.fields, settings.fields}) do
  for name, check in pairs(fields) do
    optional[name] = check
  end
end

---Refuses what is no list as `save` gives it.
entities.check = checks.list(checks.record(
  {name = check_carried, x = checks.coordinate, y = checks.coordinate}, optional
))

-- --- reading

-- A machine that stands still only until its craft goes on is active.
local function is_held_back(waiting)
  for _, entry in ipairs(waiting or {}) do
    if entry.craft and not entry.is_poured then
      return entry.was_active
    end
  end
  return false
end

local function read_permissions(entity, waiting)
  local forbidden = {}
  for _, name in ipairs(PERMISSIONS) do
    local concerns = true
    if name == "rotatable" then
      concerns = entity.supports_direction
    elseif name == "destructible" then
      concerns = entity.is_entity_with_health
    elseif name == "active" then
      concerns = not is_held_back(waiting)
    end
    if concerns and not entity[name] then
      forbidden[#forbidden + 1] = name
    end
  end
  return #forbidden > 0 and forbidden or nil
end

-- What waits for an entity is as if it was done.
local function read_waiting(record, waiting)
  for _, entry in ipairs(waiting or {}) do
    if entry.craft and not (entry.is_poured and record.craft) then
      record.craft = {recipe = entry.craft.recipe, progress = entry.craft.progress}
    end
    record.mining_progress = entry.mining_progress or record.mining_progress
    if entry.cargo then
      record.inventories = record.inventories or {}
      table.insert(record.inventories, entry.cargo)
    end
  end
end

local function read(entity, waiting)
  local position, direction, force = entity.position, entity.direction, entity.force.name
  local record = {
    name = entity.name, x = position.x, y = position.y,
    direction = direction ~= 0 and direction or nil,
    force = force ~= "player" and force or nil,
    forbidden = read_permissions(entity, waiting),
    is_off_ground = not ground.is_for(entity.surface, entity) or nil,
    inventories = stacks.read_inventories(entity),
  }
  if entity.is_entity_with_health and entity.get_health_ratio() < 1 then
    record.health = entity.health
  end
  if entity.supports_backer_name() then
    record.backer_name = entity.backer_name
  end
  energy.read(record, entity)
  settings.by_type[entity.type].read(record, entity)
  if belts.is_belt(entity) then
    record.lines = belts.read(entity, waiting)
  end
  read_waiting(record, waiting)
  return record
end

---@param built LuaEntity[] in the order in which they were built
---@param left_behind table see state/left_behind.lua
---@return table[] records, LuaEntity[] whose they are
function entities.save(built, left_behind)
  local waiting, list, kept = resuming.by_entity(), {}, {}
  for _, entity in ipairs(built) do
    if settings.by_type[entity.type] then
      list[#list + 1] = read(entity, waiting[entity.unit_number])
      kept[#kept + 1] = entity
      left_behind.look_at(entity)
    else
      left_behind.add(entity.name, "entities of its type (" .. entity.type .. ") are not carried")
    end
  end
  return list, kept
end

-- --- building

local function fail(record, why)
  errors.fail(
    "not-loadable",
    string.format("%s at %s %s", record.name, errors.place(record), why),
    {name = record.name, position = {x = record.x, y = record.y}}
  )
end

local function create(surface, record, direction)
  return surface.create_entity({
    name = record.name, position = {x = record.x, y = record.y}, direction = direction,
    force = record.force or "player", type = record.belt_end, raise_built = false,
    create_build_effect_smoke = false, move_stuck_players = false, fast_replace = false,
  })
end

local function stands_there(entity, record)
  local position = entity.position
  return position.x == record.x and position.y == record.y
end

-- What was turned after it was built may stand where nothing could be built as it faces.
local function create_turned(surface, record, direction)
  local entity = create(surface, record, (direction + 2) % 8)
  if entity then
    entity.direction = direction
  end
  return entity
end

local function build(surface, record)
  local direction = record.direction or 0
  local entity = create(surface, record, direction)
  if entity and not stands_there(entity, record) then
    entity.destroy()
    entity = create_turned(surface, record, direction)
  end
  if not entity then
    fail(record, "cannot be built")
  end
  if not stands_there(entity, record) then
    fail(record, "comes to stand at another place, " .. errors.place(entity.position))
  end
  return entity
end

local function set_recipe(entity, record)
  local is_fixed = entity.prototype.fixed_recipe ~= nil
  if record.recipe and entity.type == "assembling-machine" and not is_fixed then
    entity.set_recipe(record.recipe)
    -- machines have a direction only with fluids
    if entity.direction ~= (record.direction or 0) then
      entity.direction = record.direction or 0
    end
  end
end

local function fill(entity, record)
  local refused, missing = stacks.write_inventories(entity, record.inventories or {})
  if refused[1] then
    fail(record, string.format("has no room for %d %s", refused[1].count, refused[1].name))
  end
  for _, inventory in ipairs(missing) do
    resuming.add({entity = entity, cargo = inventory})
  end
end

local function set_up(entity, record)
  set_recipe(entity, record)
  fill(entity, record)
  energy.write(entity, record)
  settings.by_type[entity.type].write(entity, record)
  if record.craft then
    resuming.add({entity = entity, craft = record.craft})
  end
  if record.mining_progress then
    resuming.add({entity = entity, mining_progress = record.mining_progress})
  end
  if record.health then
    entity.health = record.health
  end
  if record.backer_name then
    entity.backer_name = record.backer_name
  end
end

---Builds all entities of a state where nothing stands.
---@param list table[] as `save` gives it
---@return LuaEntity[] by their place in the list
function entities.load(surface, list)
  local made, carrying = {}, {}
  for place, record in ipairs(list) do
    made[place] = build(surface, record)
  end
  for place, record in ipairs(list) do
    set_up(made[place], record)
    if record.lines and belts.is_belt(made[place]) then
      carrying[#carrying + 1] = {entity = made[place], record = record}
    end
  end
  energy.charge(made, list)
  belts.write(carrying)
  return made
end

---Forbids what scripts had forbidden; last, as some of it forbids to set things up.
---@param made LuaEntity[] as `load` gives them
function entities.forbid(made, list)
  for place, record in ipairs(list) do
    for _, name in ipairs(record.forbidden or {}) do
      made[place][name] = false
      if name == "active" then
        resuming.stop(made[place])
      end
    end
  end
end

return entities
