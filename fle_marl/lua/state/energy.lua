-- Fluids, fuel that burns, energy and heat of an entity, as plain data.

local checks = require("runtime.checks")

local energy = {}

-- more than any buffer of the game holds, joules
local joules = checks.number(0, 1e15)
local degrees = checks.number(-1e6, 1e6)
local box_number = checks.whole(1, 255)

energy.fields = {
  fluids = checks.list(checks.record({box = box_number}, {
    name = checks.fluid, amount = checks.number(0, 1e9), temperature = degrees,
    filter = checks.fluid,
  })),
  burner = checks.record({}, {burning = checks.item, remaining = joules, heat = joules}),
  energy = joules,
  temperature = degrees,
}

-- types whose boxes are for any fluid unless a script says for which. Source: runtime
-- API, LuaFluidBox.set_filter
local FILTERED = {
  pipe = true, ["pipe-to-ground"] = true, pump = true, ["storage-tank"] = true,
}

local function read_fluids(entity)
  local boxes, list = entity.fluidbox, {}
  local may_filter = FILTERED[entity.type]
  for box = 1, #boxes do
    local fluid = boxes[box]
    local filter = may_filter and boxes.get_filter(box)
    if fluid or filter then
      list[#list + 1] = {
        box = box, name = fluid and fluid.name, amount = fluid and fluid.amount,
        temperature = fluid and fluid.temperature, filter = filter and filter.name or nil,
      }
    end
  end
  return #list > 0 and list or nil
end

local function read_burner(burner)
  local burning = burner.currently_burning
  return {
    burning = burning and burning.name,
    remaining = burning and burner.remaining_burning_fuel,
    heat = burner.heat > 0 and burner.heat or nil,
  }
end

---Adds what an entity has of all that to its record.
function energy.read(record, entity)
  record.fluids = read_fluids(entity)
  local burner = entity.burner
  record.burner = burner and read_burner(burner)
  if entity.electric_buffer_size and entity.energy > 0 then
    record.energy = entity.energy
  end
  record.temperature = entity.temperature
end

local function write_fluid(boxes, saved)
  if saved.filter then
    boxes.set_filter(saved.box, {name = saved.filter})
  end
  if saved.name then
    boxes[saved.box] = {
      name = saved.name, amount = saved.amount, temperature = saved.temperature,
    }
  end
end

---Fills an entity with what its record says.
function energy.write(entity, record)
  local boxes = entity.fluidbox
  for _, saved in ipairs(record.fluids or {}) do
    write_fluid(boxes, saved)
  end
  local burner, saved = entity.burner, record.burner
  if burner and saved then
    burner.currently_burning = saved.burning and game.item_prototypes[saved.burning]
    if saved.burning then
      burner.remaining_burning_fuel = saved.remaining or 0
    end
    burner.heat = saved.heat or 0
  end
  if record.temperature then
    entity.temperature = record.temperature
  end
end

---Charges entities as their records say. Modules and beacons make buffers larger, and
---beacons need energy for it, so that they come first, and all after modules are in.
---@param made LuaEntity[]
---@param list table[] their records
function energy.charge(made, list)
  for _, is_beacon in ipairs({true, false}) do
    for place, entity in ipairs(made) do
      if (entity.type == "beacon") == is_beacon and entity.electric_buffer_size then
        entity.energy = list[place].energy or 0
      end
    end
  end
end

return energy
