-- Stacks of items, and the inventories that they lie in, as plain data.

local checks = require("runtime.checks")

local stacks = {}

local used = checks.number(0, 2 ^ 53)
local FIELDS = {
  durability = used, ammo = used, health = checks.number(0, 1), export = checks.text,
}
-- Source: runtime API, LuaInventory and defines.inventory: uint16 and small numbers
local slot_number, inventory_number = checks.whole(1, 65535), checks.whole(1, 255)

local function with_slot(fields)
  local needed = {slot = slot_number}
  for name, check in pairs(fields) do
    needed[name] = check
  end
  return needed
end

local STACK = {name = checks.item, count = checks.positive}
stacks.check = checks.record(STACK, FIELDS)
stacks.check_inventories = checks.list(checks.record({index = inventory_number}, {
  slots = checks.list(checks.record(with_slot(STACK), FIELDS)),
  bar = slot_number,
  filters = checks.list(checks.record({slot = slot_number, name = checks.item})),
}))

local function is_written(stack)
  return stack.is_blueprint or stack.is_blueprint_book or stack.is_deconstruction_item
    or stack.is_upgrade_item
end

---@param stack LuaItemStack valid for read
---@return table {name, count, and where it is not whole: durability, ammo, health; export}
function stacks.read(stack)
  local name = stack.name
  local saved = {name = name, count = stack.count}
  local prototype = game.item_prototypes[name]
  if prototype.magazine_size then
    saved.ammo = stack.ammo < prototype.magazine_size and stack.ammo or nil
  elseif prototype.durability then
    saved.durability = stack.durability < prototype.durability and stack.durability or nil
  end
  saved.health = stack.health < 1 and stack.health or nil
  if is_written(stack) then
    saved.export = stack.export_stack()
  end
  return saved
end

---@return boolean whether all of it lies there now
function stacks.write(stack, saved)
  local is_set = stack.set_stack({
    name = saved.name, count = saved.count, durability = saved.durability,
    ammo = saved.ammo, health = saved.health,
  })
  if not is_set or stack.count ~= saved.count then
    return false
  end
  if saved.export then
    stack.import_stack(saved.export)
  end
  return true
end

local function read_inventory(inventory, index)
  local slots, filters = {}, {}
  local has_filters = inventory.supports_filters() and inventory.is_filtered()
  local is_empty = inventory.is_empty()
  for slot = 1, (has_filters or not is_empty) and #inventory or 0 do
    local stack = inventory[slot]
    if stack.valid_for_read then
      local saved = stacks.read(stack)
      saved.slot = slot
      slots[#slots + 1] = saved
    end
    local name = has_filters and inventory.get_filter(slot)
    if name then
      filters[#filters + 1] = {slot = slot, name = name}
    end
  end
  local bar = inventory.supports_bar() and inventory.get_bar()
  bar = bar and bar <= #inventory and bar or nil
  if #slots == 0 and #filters == 0 and not bar then
    return nil
  end
  return {
    index = index, bar = bar,
    slots = #slots > 0 and slots or nil, filters = #filters > 0 and filters or nil,
  }
end

---@param entity LuaEntity
---@return table? list of {index, slots, bar, filters}; nil when there is nothing to tell
function stacks.read_inventories(entity)
  local list = {}
  for index = 1, entity.get_max_inventory_index() do
    local inventory = entity.get_inventory(index)
    -- a name for another entity's inventory may be a second number of the same
    if inventory and inventory.index == index then
      list[#list + 1] = read_inventory(inventory, index)
    end
  end
  return #list > 0 and list or nil
end

-- Machines may hold more of an ingredient than a stack, which only inserting gives them.
local function write_slot(entity, inventory, saved)
  local slot = saved.slot <= #inventory and inventory[saved.slot]
  if not slot or stacks.write(slot, saved) then
    return slot ~= false
  end
  if slot.valid_for_read and slot.name == saved.name then
    entity.insert({name = saved.name, count = saved.count - slot.count})
    return slot.count == saved.count
  end
  return false
end

local function write_inventory(entity, inventory, saved, refused)
  inventory.clear()
  for _, filter in ipairs(saved.filters or {}) do
    inventory.set_filter(filter.slot, filter.name)
  end
  for _, stack in ipairs(saved.slots or {}) do
    if not write_slot(entity, inventory, stack) then
      refused[#refused + 1] = stack
    end
  end
  if saved.bar and inventory.supports_bar() then
    inventory.set_bar(saved.bar)
  end
end

---@param saved table list as `read_inventories` gives it
---@return table[] saved stacks that there is no room for; by index in `missing` those
---  inventories that are not there yet
function stacks.write_inventories(entity, saved)
  local refused, missing = {}, {}
  local armor = entity.type == "character" and defines.inventory.character_armor
  -- what is worn gives room
  for _, is_worn in ipairs({true, false}) do
    for _, each in ipairs(saved) do
      if (each.index == armor) == is_worn then
        local inventory = entity.get_inventory(each.index)
        if inventory then
          write_inventory(entity, inventory, each, refused)
        else
          missing[#missing + 1] = each
        end
      end
    end
  end
  return refused, missing
end

return stacks
