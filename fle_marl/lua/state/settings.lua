-- What entities are set to and how far they are, by type, as plain data.

local checks = require("runtime.checks")
local stacks = require("state.stacks")

local settings = {}

local progress = checks.number(0, 1)
local side = checks.one_of("left", "none", "right")
local slot_number = checks.whole(1, 255)
-- far more than a mining takes, seconds
local mining = checks.number(0, 1e6)

settings.fields = {
  recipe = checks.recipe,
  recipe_locked = checks.flag,
  craft = checks.record({recipe = checks.recipe, progress = progress}),
  bonus_progress = progress,
  products_finished = checks.whole(0, 2 ^ 32 - 1),
  rocket_parts = checks.count,
  auto_launch = checks.flag,
  mining_progress = mining,
  bonus_mining_progress = mining,
  filters = checks.list(checks.record({slot = slot_number, name = checks.item})),
  filter_mode = checks.one_of("whitelist", "blacklist"),
  hand_limit = checks.whole(0, 2 ^ 32 - 1),
  held = stacks.check,
  belt_end = checks.one_of("input", "output"),
  splitter_filter = checks.item,
  input_priority = side,
  output_priority = side,
  kills = checks.whole(0, 2 ^ 32 - 1),
  color = checks.record({r = progress, g = progress, b = progress, a = progress}),
  variation = checks.whole(0, 255),
}

local function unless(value, usual)
  if value ~= usual then
    return value
  end
  return nil
end

-- --- machines

local function read_machine(record, entity)
  if entity.is_crafting() then
    record.craft = {recipe = entity.get_recipe().name, progress = entity.crafting_progress}
  end
  record.bonus_progress = unless(entity.bonus_progress, 0)
  record.products_finished = unless(entity.products_finished, 0)
end

local function write_machine(entity, record)
  entity.bonus_progress = record.bonus_progress or 0
  entity.products_finished = record.products_finished or 0
end

local function read_assembler(record, entity)
  local recipe = entity.get_recipe()
  record.recipe = recipe and recipe.name
  record.recipe_locked = unless(entity.recipe_locked, false)
  read_machine(record, entity)
end

local function write_assembler(entity, record)
  entity.recipe_locked = record.recipe_locked or false
  write_machine(entity, record)
end

local function read_silo(record, entity)
  read_machine(record, entity)
  record.rocket_parts = unless(entity.rocket_parts, 0)
  record.auto_launch = unless(entity.auto_launch, false)
end

local function write_silo(entity, record)
  write_machine(entity, record)
  entity.rocket_parts = record.rocket_parts or 0
  entity.auto_launch = record.auto_launch or false
end

local function read_drill(record, entity)
  record.mining_progress = unless(entity.mining_progress, 0)
  record.bonus_mining_progress = unless(entity.bonus_mining_progress, 0)
end

local function write_drill(entity, record)
  entity.bonus_mining_progress = record.bonus_mining_progress or 0
end

-- --- inserters and belts

local function read_inserter(record, entity)
  local filters = {}
  for slot = 1, entity.filter_slot_count do
    local name = entity.get_filter(slot)
    if name then
      filters[#filters + 1] = {slot = slot, name = name}
    end
  end
  record.filters = #filters > 0 and filters or nil
  local mode = entity.inserter_filter_mode
  record.filter_mode = mode and unless(mode, "whitelist")
  record.hand_limit = unless(entity.inserter_stack_size_override, 0)
  local held = entity.held_stack
  record.held = held.valid_for_read and stacks.read(held) or nil
end

local function write_inserter(entity, record)
  for _, filter in ipairs(record.filters or {}) do
    entity.set_filter(filter.slot, filter.name)
  end
  if record.filter_mode then
    entity.inserter_filter_mode = record.filter_mode
  end
  entity.inserter_stack_size_override = record.hand_limit or 0
  if record.held then
    stacks.write(entity.held_stack, record.held)
  end
end

local function read_underground(record, entity)
  record.belt_end = entity.belt_to_ground_type
end

local function read_splitter(record, entity)
  local filter = entity.splitter_filter
  record.splitter_filter = filter and filter.name
  record.input_priority = unless(entity.splitter_input_priority, "none")
  record.output_priority = unless(entity.splitter_output_priority, "none")
end

local function write_splitter(entity, record)
  entity.splitter_input_priority = record.input_priority or "none"
  entity.splitter_output_priority = record.output_priority or "none"
  if record.splitter_filter then
    entity.splitter_filter = game.item_prototypes[record.splitter_filter]
  end
end

-- --- the rest

local function read_turret(record, entity)
  record.kills = unless(entity.kills, 0)
end

local function write_turret(entity, record)
  entity.kills = record.kills or 0
end

local function read_looks(record, entity)
  local color = entity.color
  record.color = color and {r = color.r, g = color.g, b = color.b, a = color.a}
  record.variation = entity.graphics_variation
end

local function write_looks(entity, record)
  if record.color then
    entity.color = record.color
  end
  if record.variation then
    entity.graphics_variation = record.variation
  end
end

local function nothing() end

local PLAIN = {read = nothing, write = nothing}
local TURRET = {read = read_turret, write = write_turret}
local LOOKS = {read = read_looks, write = write_looks}

---By type, how settings are read and written: the types that a state carries.
settings.by_type = {
  ["assembling-machine"] = {read = read_assembler, write = write_assembler},
  furnace = {read = read_machine, write = write_machine},
  ["rocket-silo"] = {read = read_silo, write = write_silo},
  ["mining-drill"] = {read = read_drill, write = write_drill},
  inserter = {read = read_inserter, write = write_inserter},
  ["transport-belt"] = PLAIN,
  ["underground-belt"] = {read = read_underground, write = nothing},
  splitter = {read = read_splitter, write = write_splitter},
  ["ammo-turret"] = TURRET,
  ["electric-turret"] = TURRET,
  ["fluid-turret"] = TURRET,
  ["artillery-turret"] = TURRET,
  ["simple-entity"] = LOOKS,
  ["simple-entity-with-owner"] = LOOKS,
  ["simple-entity-with-force"] = LOOKS,
}
for _, type in ipairs({
  "accumulator", "beacon", "boiler", "container", "electric-pole", "gate", "generator",
  "heat-pipe", "lab", "lamp", "land-mine", "logistic-container", "offshore-pump", "pipe",
  "pipe-to-ground", "pump", "radar", "reactor", "solar-panel", "storage-tank", "wall",
}) do
  settings.by_type[type] = PLAIN
end

return settings
