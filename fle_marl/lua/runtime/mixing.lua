-- Another recipe for a machine, unless it would bring different fluids together.
--
-- The game refuses that to players and not to scripts, and has no way to ask beforehand.
-- So the recipe is tried, and taken back if a fluid box of it touches another fluid. A
-- craft that was going on begins anew then; what the machine has no room for meanwhile,
-- of the ingredients of that craft, comes to who asked.

local errors = require("runtime.errors")
local fluids = require("runtime.fluids")

local mixing = {}

-- what is so near to a machine may touch its fluid boxes, tiles
local BESIDE = 1

local function around(entity)
  local box = entity.bounding_box
  local area = {
    {box.left_top.x - BESIDE, box.left_top.y - BESIDE},
    {box.right_bottom.x + BESIDE, box.right_bottom.y + BESIDE},
  }
  local found = {}
  for _, other in ipairs(entity.surface.find_entities_filtered({area = area})) do
    if other.unit_number and other ~= entity and #other.fluidbox > 0 then
      found[#found + 1] = other
    end
  end
  return found
end

-- Fluids that each fluid box of entities is joined to or locked to:
-- names by unit number and fluid box.
local function fluids_of(entities)
  local known = {}
  for _, other in ipairs(entities) do
    local of_boxes = {}
    for box = 1, #other.fluidbox do
      local names = {}
      for name in pairs(other.fluidbox.get_fluid_system_contents(box) or {}) do
        names[#names + 1] = name
      end
      names[#names + 1] = other.fluidbox.get_locked_fluid(box)
      of_boxes[box] = names
    end
    known[other.unit_number] = of_boxes
  end
  return known
end

-- The first fluid that a fluid box of the machine meets and is not for, if there is one.
local function find_other_fluid(entity, known)
  local boxes = entity.fluidbox
  for box = 1, #boxes do
    local fluid = boxes.get_locked_fluid(box)
    for _, connection in ipairs(boxes.get_pipe_connections(box)) do
      local target = connection.target
      local of_boxes = fluid and target and known[target.owner.unit_number]
      for _, name in ipairs(of_boxes and of_boxes[connection.target_fluidbox_index] or {}) do
        if name ~= fluid then
          return {fluid = fluid, other = name, at = connection.target_position}
        end
      end
    end
  end
  return nil
end

local function give_back(character, entity, removed)
  local products = entity.get_output_inventory()
  for name, count in pairs(removed) do
    local left = count - entity.insert({name = name, count = count})
    if left > 0 then
      left = left - products.insert({name = name, count = left})
    end
    if left > 0 then
      character.insert({name = name, count = left})
    end
  end
end

local function add(total, removed)
  for name, count in pairs(removed) do
    total[name] = (total[name] or 0) + count
  end
end

---Sets a recipe.
---@param character LuaEntity who asks; has room for what is in the machine
---@param entity LuaEntity
---@param recipe LuaRecipe
---@return table<string, number> what the machine held
function mixing.set_recipe(character, entity, recipe)
  local before = entity.get_recipe()
  local others = (before == nil or before.name ~= recipe.name)
    and fluids.has_fluid(recipe) and around(entity) or {}
  if #others == 0 then
    return entity.set_recipe(recipe)
  end
  local held = {}
  for box = 1, #entity.fluidbox do
    held[box] = entity.fluidbox[box]
  end
  local boxes = #entity.fluidbox
  -- first none, so that what is around shows what it is for without this machine
  local removed = {}
  add(removed, entity.set_recipe(nil))
  local known = fluids_of(others)
  add(removed, entity.set_recipe(recipe))
  local found = find_other_fluid(entity, known)
  if found == nil then
    return removed
  end
  entity.set_recipe(before)
  give_back(character, entity, removed)
  for box = 1, boxes do
    if held[box] then
      entity.fluidbox[box] = held[box]
    end
  end
  errors.fail(
    "would-mix-fluids",
    string.format(
      "with the recipe %s the fluid box for %s of %s would touch %s at %s", recipe.name,
      found.fluid, entity.name, found.other, errors.place(found.at)
    ),
    {recipe = recipe.name, fluid = found.fluid, other = found.other}
  )
end

return mixing
