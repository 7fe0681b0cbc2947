-- What goes on only after a state was loaded, since no script can set it at once.
--
-- A machine begins its craft in a tick: it stands still until it is given what the craft
-- takes, so that it begins no other, and when it has begun it is as far as it was. A drill
-- is as far as it was once it has chosen its ore. Items that found no room on a belt, or
-- whose inventory comes with a rocket, are put there as soon as there is room; after a
-- minute they fall on the ground.

local resuming = {}

-- ticks that machines and drills have to begin; after that they begin anew
local BEGINNING_TICKS = 60
-- ticks that items wait for room
local PATIENCE_TICKS = 3600

local function is_late(entry, patience)
  return game.tick - entry.since > patience
end

-- --- crafts

local function input_inventory(entity)
  return entity.get_inventory(defines.inventory.assembling_machine_input)
end

-- The box that a recipe takes a fluid from.
local function box_for(entity, fluid)
  local boxes = entity.fluidbox
  for box = 1, #boxes do
    local filter = boxes.get_filter(box)
    local held = boxes[box]
    if filter and filter.name == fluid or held and held.name == fluid then
      return boxes, box
    end
  end
  return nil
end

-- Gives a machine the fluid of a craft, as far as there is room.
local function pour_fluid(entity, part)
  local boxes, box = box_for(entity, part.name)
  if not boxes then
    return 0
  end
  local held = boxes[box]
  local present = held and held.amount or 0
  local poured = math.min(part.amount, boxes.get_capacity(box) - present)
  if poured > 0 then
    boxes[box] = {
      name = part.name, amount = present + poured,
      temperature = held and held.temperature
        or game.fluid_prototypes[part.name].default_temperature,
    }
  end
  return math.max(poured, 0)
end

-- Takes aside what lies in the way of an ingredient: another one that a furnace goes on
-- with afterwards.
local function set_aside(entry, inventory, name)
  local stack = inventory[1]
  if entry.entity.type == "furnace" and stack.valid_for_read and stack.name ~= name then
    entry.aside = {name = stack.name, count = stack.count}
    stack.clear()
  end
end

-- Puts into a machine what its craft takes, and notes what there is no room for.
local function pour(entry)
  local entity, owed = entry.entity, {}
  local inventory = input_inventory(entity)
  for _, part in ipairs(game.recipe_prototypes[entry.craft.recipe].ingredients) do
    local poured
    if part.type == "fluid" then
      poured = pour_fluid(entity, part)
    else
      set_aside(entry, inventory, part.name)
      poured = inventory.insert({name = part.name, count = part.amount})
    end
    if poured < part.amount then
      owed[#owed + 1] = {type = part.type, name = part.name, amount = part.amount - poured}
    end
  end
  entry.is_poured, entry.owed = true, owed
end

-- The craft was counted as consumption before it was saved.
local function correct_statistics(entry)
  local force = entry.entity.force
  if force.name ~= "player" then
    return
  end
  for _, part in ipairs(game.recipe_prototypes[entry.craft.recipe].ingredients) do
    local flow = part.type == "fluid" and force.fluid_production_statistics
      or force.item_production_statistics
    local counted = flow.get_output_count(part.name)
    flow.set_output_count(part.name, math.max(counted - part.amount, 0))
  end
end

local function give(entity, stack)
  local put = entity.insert(stack)
  if put < stack.count then
    entity.surface.spill_item_stack(
      entity.position, {name = stack.name, count = stack.count - put}
    )
  end
end

local function give_back(entry)
  local entity = entry.entity
  for _, part in ipairs(entry.owed) do
    if part.type == "fluid" then
      pour_fluid(entity, part)
    else
      give(entity, {name = part.name, count = part.amount})
    end
  end
  if entry.aside then
    give(entity, entry.aside)
  end
end

-- Whether a machine's craft is as it was, or cannot be.
local function resume_craft(entry)
  local entity = entry.entity
  if not entry.is_poured then
    pour(entry)
    entity.active = entry.was_active
    return false
  end
  if entity.is_crafting() and entity.get_recipe().name == entry.craft.recipe then
    entity.crafting_progress = math.max(entity.crafting_progress, entry.craft.progress)
    correct_statistics(entry)
  elseif not is_late(entry, BEGINNING_TICKS) then
    return false
  end
  give_back(entry)
  return true
end

-- --- the others

local function resume_mining(entry)
  if entry.entity.mining_target then
    entry.entity.mining_progress = entry.mining_progress
    return true
  end
  return is_late(entry, BEGINNING_TICKS)
end

local function spill(entry, name, count)
  entry.entity.surface.spill_item_stack(entry.entity.position, {name = name, count = count})
end

local function resume_line(entry)
  local line = entry.entity.get_transport_line(entry.line)
  while entry.items[1] and line.insert_at_back({name = entry.items[1]}) do
    table.remove(entry.items, 1)
  end
  if is_late(entry, PATIENCE_TICKS) then
    for _, name in ipairs(entry.items) do
      spill(entry, name, 1)
    end
    return true
  end
  return #entry.items == 0
end

local function resume_cargo(entry)
  local inventory = entry.entity.get_inventory(entry.cargo.index)
  local is_over = is_late(entry, PATIENCE_TICKS)
  if not inventory and not is_over then
    return false
  end
  for _, stack in ipairs(entry.cargo.slots or {}) do
    local put = inventory and inventory.insert(stack) or 0
    if put < stack.count then
      spill(entry, stack.name, stack.count - put)
    end
  end
  return true
end

local function resume(entry)
  local act = entry.craft and resume_craft or entry.mining_progress and resume_mining
    or entry.line and resume_line or resume_cargo
  return not entry.entity.valid or act(entry)
end

---Goes on with all that waits; registered for each tick while anything does.
function resuming.go_on()
  local waiting = {}
  for _, entry in ipairs(global.resuming or {}) do
    if not resume(entry) then
      waiting[#waiting + 1] = entry
    end
  end
  global.resuming = waiting
  if #waiting == 0 then
    script.on_event(defines.events.on_tick, nil)
  end
end

---Watches for the next tick if anything waits; registered for on_load.
function resuming.watch()
  if global.resuming and #global.resuming > 0 then
    script.on_event(defines.events.on_tick, resuming.go_on)
  end
end

---Has something go on with an entity.
---@param entry table {entity, and one of craft = {recipe, progress}, mining_progress,
---  line with items, cargo = inventory as a state has it}
function resuming.add(entry)
  entry.since = game.tick
  if entry.craft then
    entry.was_active = entry.entity.active
    entry.entity.active = false
  end
  global.resuming = global.resuming or {}
  table.insert(global.resuming, entry)
end

---Has a machine that waits stand still for good; see `resuming.add`.
function resuming.stop(entity)
  for _, entry in ipairs(global.resuming or {}) do
    if entry.craft and entry.entity == entity then
      entry.was_active = false
    end
  end
end

---@return table<integer, table[]> what waits, by the entity's unit_number
function resuming.by_entity()
  local found = {}
  for _, entry in ipairs(global.resuming or {}) do
    if entry.entity.valid then
      local number = entry.entity.unit_number
      found[number] = found[number] or {}
      table.insert(found[number], entry)
    end
  end
  return found
end

return resuming
