-- What is wrong with an entity and what to do about it, in words for agents.

local errors = require("runtime.errors")

local warnings = {}

-- by status; what to do comes after the colon
local by_status = {
  no_power = "no power: its electric network carries no energy",
  low_power = "low power: its electric network carries less energy than is asked for",
  not_plugged_in_electric_network =
    "not connected to an electric network: place an electric pole near it",
  no_fuel = "out of fuel: insert coal or another fuel",
  no_recipe = "no recipe: set one with set_entity_recipe",
  no_ingredients = "no ingredients: insert what its recipe needs",
  item_ingredient_shortage = "some ingredients are missing: insert what its recipe needs",
  fluid_ingredient_shortage = "a fluid of its recipe is missing: connect pipes that bring it",
  missing_required_fluid = "a fluid that it needs is missing: connect pipes that bring it",
  no_input_fluid = "no fluid comes in: connect pipes that bring it",
  low_input_fluid = "too little fluid comes in",
  low_temperature = "the fluid that comes in is not hot enough",
  full_output = "its output is full: take items or fluid out",
  full_burnt_result_output = "its slot for burnt fuel is full: take the remains out",
  no_minable_resources = "nothing is left to mine under it",
  waiting_for_source_items = "nothing to pick up at its pickup position",
  waiting_for_space_in_destination = "no room for its items at its drop position",
  no_ammo = "no ammunition: insert magazines",
  missing_science_packs = "science packs are missing",
  no_research_in_progress = "no research is going on",
  disabled_by_script = "switched off",
  marked_for_deconstruction = "marked to be taken away",
}

-- The status in words; the game says "no power" also where no network is.
local function status(record, found)
  local name = record.status
  if name == "no_power" and record.electrical_id == nil then
    name = "not_plugged_in_electric_network"
  end
  found[1] = by_status[name]
  if record.type == "assembling-machine" and record.recipe == nil then
    found[#found + 1] = by_status.no_recipe
  end
end

local function what_lies_ahead(entity, record, found)
  if record.type == "inserter" and entity.pickup_target == nil then
    found[#found + 1] = "nothing stands at its pickup position "
      .. errors.place(record.pickup_position)
  end
  local drops = record.type == "inserter"
    or (record.type == "mining-drill" and #entity.fluidbox == 0)
  if drops and entity.drop_target == nil then
    found[#found + 1] = "nothing stands at its drop position "
      .. errors.place(record.drop_position) .. ": items fall on the ground"
  end
end

-- Poles and generators have no status for it.
local function electricity(record, found)
  local makes_power = record.type == "generator" or record.type == "solar-panel"
  if makes_power and record.electrical_id == nil then
    found[#found + 1] = by_status.not_plugged_in_electric_network
  end
end

local function storage(entity, record, found)
  if record.type ~= "container" and record.type ~= "logistic-container"
    or record.inventory == nil then
    return
  end
  if entity.get_inventory(defines.inventory.chest).is_full() then
    found[#found + 1] = "full: no more items go in"
  end
end

-- Fluid machines that nothing is connected to.
local function pipes(entity, record, found)
  if record.connection_points == nil or #record.connection_points == 0 then
    return
  end
  for box = 1, #entity.fluidbox do
    if #entity.fluidbox.get_connections(box) > 0 then
      return
    end
  end
  found[#found + 1] = "no pipe is connected to it"
end

---Warnings of an entity, in a fixed order; empty when all is well.
---@param entity LuaEntity
---@param record table its record, without warnings
---@return string[]
function warnings.of(entity, record)
  local found = {}
  status(record, found)
  what_lies_ahead(entity, record, found)
  electricity(record, found)
  storage(entity, record, found)
  pipes(entity, record, found)
  if #found < 2 then
    return found
  end
  local unique, seen = {}, {}
  for _, warning in ipairs(found) do
    if not seen[warning] then
      seen[warning] = true
      unique[#unique + 1] = warning
    end
  end
  return unique
end

return warnings
