-- What an agent is told of an entity, as plain data. The keys are the fields of the
-- agents' types (fle_marl/lua/types); what does not apply to an entity is left out.

local facing = require("runtime.facing")
local fluids = require("runtime.fluids")
local items = require("runtime.items")
local recipes = require("runtime.recipes")
local warnings = require("runtime.warnings")

local records = {}

-- names of statuses by number
local status_names = {}
for name, number in pairs(defines.entity_status) do
  status_names[number] = name
end

-- one tile in each direction
local steps = {
  [0] = {x = 0, y = -1}, [2] = {x = 1, y = 0}, [4] = {x = 0, y = 1}, [6] = {x = -1, y = 0},
}

---What the entity is doing, by its name in defines.entity_status; nil when it has none.
---@param entity LuaEntity
---@return string?
function records.status(entity)
  local status = entity.status
  return status and status_names[status]
end

---The centre of the tile that a position lies in.
function records.tile_center(position)
  return {x = math.floor(position.x) + 0.5, y = math.floor(position.y) + 0.5}
end

local function place(position)
  return {x = position.x, y = position.y}
end

-- A table with something in it; nil for an empty one, which need not be told.
local function filled(counts)
  return next(counts) ~= nil and counts or nil
end

local function contents_of(entity, name)
  return filled(items.contents(entity.get_inventory(defines.inventory[name])))
end

local function add_energy_source(record, entity)
  if entity.burner then
    record.fuel = contents_of(entity, "fuel")
  end
  record.electrical_id = entity.electric_network_id
end

-- --- belts

local function ahead(record, distance)
  local step, position = steps[record.direction], record.position
  return {x = position.x + step.x * distance, y = position.y + step.y * distance}
end

-- The tile that a belt gets its items from: behind it, or beside it for a curve.
local function belt_input(record, inputs)
  if #inputs == 1 and inputs[1].type ~= "splitter" then
    local from, position = inputs[1].position, record.position
    if math.abs(from.x - position.x) + math.abs(from.y - position.y) == 1 then
      return place(from)
    end
  end
  return ahead(record, -1)
end

-- Items by lane. Odd lines are left ones and even lines right ones. An underground
-- stretch is counted at the end where items go in, as both ends can see it.
local function lanes(entity, is_way_out)
  local left, right = {}, {}
  local last = entity.get_max_transport_line_index()
  if is_way_out then
    last = math.min(last, 2)
  end
  for line = 1, last do
    items.add(line % 2 == 1 and left or right, entity.get_transport_line(line).get_contents())
  end
  return left, right
end

local function add_belt(record, entity)
  local neighbours = entity.belt_neighbours
  record.input_position = belt_input(record, neighbours.inputs)
  record.output_position = ahead(record, 1)
  record.is_source = #neighbours.inputs == 0
  record.is_terminus = #neighbours.outputs == 0
  local left, right = lanes(entity, record.is_input == false)
  record.inventory = {left = left, right = right}
end

local function add_underground_belt(record, entity)
  record.is_input = entity.belt_to_ground_type == "input"
  add_belt(record, entity)
  local other = entity.neighbours
  if other then
    record.connected_to = other.unit_number
    if record.is_input then
      record.is_terminus = false
    else
      record.is_source = false
    end
  end
end

local function add_splitter(record, entity)
  local step = steps[record.direction]
  -- half a tile to either side of its middle
  local side = {x = -step.y / 2, y = step.x / 2}
  local function both(distance)
    local middle = ahead(record, distance)
    return {
      {x = middle.x - side.x, y = middle.y - side.y},
      {x = middle.x + side.x, y = middle.y + side.y},
    }
  end
  record.input_positions = both(-1)
  record.output_positions = both(1)
  record.inventory = {lanes(entity)}
end

-- --- what takes, mines and makes

local function add_inserter(record, entity)
  record.drop_position = records.tile_center(entity.drop_position)
  record.pickup_position = records.tile_center(entity.pickup_position)
  add_energy_source(record, entity)
  if entity.filter_slot_count > 0 then
    record.filter = entity.get_filter(1)
  end
  local held = entity.held_stack
  if held.valid_for_read then
    record.held = {name = held.name, count = held.count}
  end
end

---What a drill has under it, by resource.
---@return table[] {{name = ..., count = ..., type = "item"}}
function records.resources_below(entity)
  local radius = entity.prototype.mining_drill_radius
  local position = entity.position
  local found = entity.surface.find_entities_filtered({
    type = "resource",
    area = {
      {position.x - radius, position.y - radius}, {position.x + radius, position.y + radius},
    },
  })
  local categories = entity.prototype.resource_categories
  local counts = {}
  for _, resource in ipairs(found) do
    if categories[resource.prototype.resource_category] then
      counts[resource.name] = (counts[resource.name] or 0) + resource.amount
    end
  end
  local list = {}
  for name, count in pairs(counts) do
    list[#list + 1] = {
      name = name, count = count, type = game.fluid_prototypes[name] and "fluid" or "item",
    }
  end
  table.sort(list, function(one, other)
    return one.name < other.name
  end)
  return list
end

local function add_drill(record, entity)
  record.drop_position = records.tile_center(entity.drop_position)
  record.resources = records.resources_below(entity)
  add_energy_source(record, entity)
  if #entity.fluidbox > 0 then
    fluids.add(record, entity)
  end
end

local function add_furnace(record, entity)
  record.furnace_source = contents_of(entity, "furnace_source")
  record.furnace_result = contents_of(entity, "furnace_result")
  add_energy_source(record, entity)
end

local function add_assembling_machine(record, entity)
  local recipe = entity.get_recipe()
  record.recipe = recipe and recipes.record(recipe)
  record.assembling_machine_input = contents_of(entity, "assembling_machine_input")
  record.assembling_machine_output = contents_of(entity, "assembling_machine_output")
  record.assembling_machine_modules = contents_of(entity, "assembling_machine_modules")
  add_energy_source(record, entity)
  if #entity.fluidbox > 0 or recipe and fluids.has_fluid(recipe) then
    fluids.add_by_recipe(record, entity, recipe)
  end
end

local function add_lab(record, entity)
  record.lab_input = contents_of(entity, "lab_input")
  record.lab_modules = contents_of(entity, "lab_modules")
  local research = entity.force.current_research
  record.research = research and research.name
  add_energy_source(record, entity)
end

local function add_rocket_silo(record, entity)
  add_energy_source(record, entity)
  local needed = entity.prototype.rocket_parts_required
  record.rocket_parts = entity.rocket_parts
  record.rocket_progress = 100 * entity.rocket_parts / needed
  record.rocket_inventory = contents_of(entity, "rocket_silo_rocket")
  record.launch_count = entity.force.rockets_launched
end

-- --- the rest

local function add_chest(record, entity)
  record.inventory = contents_of(entity, "chest")
end

local function add_turret(record, entity)
  record.turret_ammo = contents_of(entity, "turret_ammo")
  record.kills = entity.kills
end

local function add_electric(record, entity)
  record.electrical_id = entity.electric_network_id
end

local function add_power_source(record, entity)
  add_electric(record, entity)
  record.energy_source = {buffer = entity.energy, capacity = entity.electric_buffer_size}
end

local function add_generator(record, entity)
  fluids.add(record, entity)
  add_electric(record, entity)
  -- agents ask by it whether it works, and its buffer is empty either way
  record.energy = entity.energy_generated_last_tick
end

local function add_boiler(record, entity)
  fluids.add_boiler(record, entity)
  add_energy_source(record, entity)
end

local function add_pump(record, entity)
  fluids.add(record, entity)
  add_energy_source(record, entity)
end

local by_type = {
  ["transport-belt"] = add_belt,
  ["underground-belt"] = add_underground_belt,
  splitter = add_splitter,
  inserter = add_inserter,
  ["mining-drill"] = add_drill,
  furnace = add_furnace,
  ["assembling-machine"] = add_assembling_machine,
  lab = add_lab,
  ["rocket-silo"] = add_rocket_silo,
  container = add_chest,
  ["logistic-container"] = add_chest,
  ["ammo-turret"] = add_turret,
  ["electric-pole"] = add_electric,
  ["electric-turret"] = add_electric,
  lamp = add_electric,
  radar = add_electric,
  roboport = add_electric,
  beacon = add_electric,
  ["solar-panel"] = add_power_source,
  accumulator = add_power_source,
  generator = add_generator,
  boiler = add_boiler,
  reactor = add_energy_source,
  pump = add_pump,
  ["offshore-pump"] = fluids.add,
  ["storage-tank"] = fluids.add,
  pipe = fluids.add_pipe,
  ["pipe-to-ground"] = fluids.add_pipe,
}

---Sorts entities into the order in which they were built, in place.
---@param entities LuaEntity[] all with unit numbers
function records.sort(entities)
  local numbered, is_sorted, last = {}, true, 0
  for index, entity in ipairs(entities) do
    local number = entity.unit_number
    numbered[index] = {number = number, entity = entity}
    is_sorted, last = is_sorted and last < number, number
  end
  if is_sorted then
    return
  end
  table.sort(numbered, function(first, second)
    return first.number < second.number
  end)
  for index, entry in ipairs(numbered) do
    entities[index] = entry.entity
  end
end

-- Leaves out what is as the agents' types have it anyway: the longest records are lists of
-- what just stands there.
local function shortened(record)
  record.status = record.status ~= "normal" and record.status or nil
  record.energy = record.energy ~= 0 and record.energy or nil
  record.direction = record.direction ~= 0 and record.direction or nil
  record.warnings = filled(record.warnings)
  return record
end

---Everything that an agent may know of an entity.
---@param entity LuaEntity
---@return table record see fle_marl/lua/types/records.py
function records.entity(entity)
  local type, direction = entity.type, entity.direction
  local record = {
    name = entity.name,
    type = type,
    id = entity.unit_number,
    position = place(entity.position),
    -- the diagonals between are only rails'; agents know four directions
    direction = facing.convert(type, direction - direction % 2),
    status = records.status(entity),
    energy = entity.energy,
    health = entity.health,
  }
  local add = by_type[record.type]
  if add then
    add(record, entity)
  end
  record.warnings = warnings.of(entity, record)
  return shortened(record)
end

return records
