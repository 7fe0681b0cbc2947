-- Items in inventories, counted and moved so that none is made or lost.

local errors = require("runtime.errors")
local names = require("runtime.names")

local items = {}

-- inventories that an entity may have, each once: some names share a number
local defined = {
  "chest", "fuel", "burnt_result", "furnace_source", "furnace_result",
  "assembling_machine_input", "assembling_machine_output", "assembling_machine_modules",
  "lab_input", "lab_modules", "turret_ammo", "rocket_silo_rocket", "rocket_silo_result",
}

-- numbers of the inventories that entities of a name have; those of all entities of a
-- name are the same, but for a silo, which has more while a rocket stands in it
local known = {}

local function has_changing_inventories(entity)
  return entity.type == "rocket-silo"
end

-- Inventories that an entity may have, and their numbers.
local function find_inventories(entity)
  local found, numbers, seen = {}, {}, {}
  for _, name in ipairs(defined) do
    local index = defines.inventory[name]
    if not seen[index] then
      seen[index] = true
      local inventory = entity.get_inventory(index)
      if inventory then
        found[#found + 1], numbers[#numbers + 1] = inventory, index
      end
    end
  end
  return found, numbers
end

---Inventories of an entity, each once.
---@param entity LuaEntity
---@return LuaInventory[]
function items.inventories(entity)
  if entity.type == "character" then
    return {entity.get_main_inventory()}
  end
  local name = entity.name
  local numbers = known[name]
  if numbers then
    local found = {}
    for place, index in ipairs(numbers) do
      found[place] = entity.get_inventory(index)
    end
    return found
  end
  local found
  found, numbers = find_inventories(entity)
  if not has_changing_inventories(entity) then
    known[name] = numbers
  end
  return found
end

---Adds the contents of one table to another.
---@param total table<string, number>
---@param contents table<string, number>
function items.add(total, contents)
  for name, count in pairs(contents) do
    total[name] = (total[name] or 0) + count
  end
  return total
end

---Contents of an inventory; empty for nil.
function items.contents(inventory)
  return inventory and inventory.get_contents() or {}
end

---What lies on a belt, underground or splitter.
function items.on_belt(entity)
  local total = {}
  for line = 1, entity.get_max_transport_line_index() do
    items.add(total, entity.get_transport_line(line).get_contents())
  end
  return total
end

local belts = {["transport-belt"] = true, ["underground-belt"] = true, splitter = true}

---Whether an entity carries items on transport lines.
function items.is_belt(entity)
  return belts[entity.type] == true
end

---Everything in an entity that can be taken out, by name.
function items.in_entity(entity)
  if items.is_belt(entity) then
    return items.on_belt(entity)
  end
  local total = {}
  for _, inventory in ipairs(items.inventories(entity)) do
    items.add(total, inventory.get_contents())
  end
  return total
end

---Ingredients that a machine has taken for the craft that goes on, by name; they come
---back when it is broken off.
---@param entity LuaEntity a crafting machine
function items.in_craft(entity)
  local total = {}
  local recipe = entity.is_crafting() and entity.get_recipe()
  for _, ingredient in ipairs(recipe and recipe.ingredients or {}) do
    if ingredient.type == "item" then
      items.add(total, {[ingredient.name] = ingredient.amount})
    end
  end
  return total
end

---Contents as text: "5 coal, 2 iron-plate", or "nothing".
function items.describe(contents)
  local parts = names.sorted(contents)
  for place, name in ipairs(parts) do
    parts[place] = contents[name] .. " " .. name
  end
  return #parts > 0 and table.concat(parts, ", ") or "nothing"
end

---Refuses when the character has fewer of an item.
function items.check_has(character, name, count)
  local has = character.get_main_inventory().get_item_count(name)
  if has < count then
    errors.fail(
      "item-missing",
      string.format("you need %d %s and have %d in your inventory", count, name, has),
      {item = name, needed = count, has = has}
    )
  end
end

---Refuses to handle fewer than one.
function items.check_quantity(quantity)
  if quantity < 1 then
    errors.fail(
      "bad-argument", string.format("quantity must be at least 1, not %g", quantity),
      {quantity = quantity}
    )
  end
end

---Whether an item is used up by and by, as repair packs and magazines are.
function items.wears_down(name)
  local prototype = game.item_prototypes[name]
  return prototype.durability ~= nil or prototype.magazine_size ~= nil
end

-- Moves items out of an inventory stack by stack, so that what is used of one goes along.
local function hand_over_stacks(source, target, name, count)
  local moved = 0
  for place = #source, 1, -1 do
    local stack = source[place]
    if moved < count and stack.valid_for_read and stack.name == name then
      local offered = math.min(stack.count, count - moved)
      local given = offered == stack.count and stack or {name = name, count = offered}
      local inserted = target.insert(given)
      stack.count = stack.count - inserted
      moved = moved + inserted
    end
  end
  return moved
end

---Moves items from one inventory to another.
---@param source LuaInventory
---@param target LuaInventory|LuaEntity
---@param count integer how many, 0 or more
---@return integer how many there were and had room
function items.hand_over(source, target, name, count)
  if items.wears_down(name) then
    return hand_over_stacks(source, target, name, count)
  end
  local offered = math.min(count, source.get_item_count(name))
  local inserted = offered > 0 and target.insert({name = name, count = offered}) or 0
  if inserted > 0 then
    source.remove({name = name, count = inserted})
  end
  return inserted
end

---Refuses an entity that scripts let nobody open.
function items.check_operable(entity)
  if not entity.operable then
    errors.fail(
      "not-operable",
      string.format("%s at %s cannot be opened", entity.name, errors.place(entity.position)),
      {name = entity.name}
    )
  end
end

---Refuses a name that is not an item.
function items.check_item(name)
  if type(name) ~= "string" or not game.item_prototypes[name] then
    errors.fail(
      "no-such-item", tostring(name) .. " is not an item that can be held",
      {item = tostring(name)}
    )
  end
end

---Refuses when not all of an item fit into the character's inventory.
function items.check_room(character, name, count)
  local room = character.get_main_inventory().get_insertable_count(name)
  if room < count then
    errors.fail(
      "inventory-full",
      string.format("your inventory has room for %d more %s, not for %d", room, name, count),
      {item = name, room = room, count = count}
    )
  end
end

-- Empty slots that more of an item take.
local function slots_for(inventory, name, count)
  local stack = game.item_prototypes[name].stack_size
  local room_in_stacks = inventory.get_insertable_count(name)
    - inventory.count_empty_stacks() * stack
  return math.max(0, math.ceil((count - room_in_stacks) / stack))
end

---Refuses when several items do not fit into the character's inventory together.
---@param contents table<string, number>
function items.check_room_for_all(character, contents)
  if next(contents) == nil then
    return
  end
  local inventory = character.get_main_inventory()
  local slots, free = 0, inventory.count_empty_stacks()
  for name, count in pairs(contents) do
    slots = slots + slots_for(inventory, name, count)
  end
  if slots > free then
    errors.fail(
      "inventory-full",
      string.format(
        "your inventory has %d free slots and %s take %d", free, items.describe(contents), slots
      ),
      {free_slots = free, slots = slots, items = contents}
    )
  end
end

return items
