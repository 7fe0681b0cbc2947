-- What characters carry in their main inventory, as the administration sets it.

local agents = require("runtime.agents")
local errors = require("runtime.errors")

local hands = {}

local function sorted_names(contents)
  local names = {}
  for name, count in pairs(contents) do
    if count > 0 then
      names[#names + 1] = name
    end
  end
  table.sort(names)
  return names
end

---Refuses contents that are no items with counts.
function hands.check(contents)
  if type(contents) ~= "table" then
    errors.fail("bad-argument", "an inventory is a table of counts by the names of items")
  end
  for name, count in pairs(contents) do
    if type(name) ~= "string" or game.item_prototypes[name] == nil then
      errors.fail(
        "no-such-item", tostring(name) .. " is not an item", {item = tostring(name)}
      )
    end
    if type(count) ~= "number" or not (count >= 0 and count < 2 ^ 31) or count % 1 ~= 0 then
      errors.fail(
        "bad-argument",
        string.format("the count of %s must be a whole number, not %s", name, tostring(count)),
        {item = name}
      )
    end
  end
end

---Refuses what would not fit into so many empty slots.
---@param slots integer
function hands.check_slots(slots, contents)
  local needed = 0
  for _, name in ipairs(sorted_names(contents)) do
    needed = needed + math.ceil(contents[name] / game.item_prototypes[name].stack_size)
  end
  if needed > slots then
    errors.fail(
      "inventory-full",
      string.format("the items take %d slots, and a character has %d", needed, slots),
      {slots = slots, needed = needed}
    )
  end
end

---Has a main inventory hold these items and nothing else. They are put in by the order of
---their names, so that they lie in the same slots everywhere.
function hands.fill(character, contents)
  local inventory = character.get_main_inventory()
  inventory.clear()
  for _, name in ipairs(sorted_names(contents)) do
    local put = inventory.insert({name = name, count = contents[name]})
    if put < contents[name] then
      errors.fail(
        "inventory-full",
        string.format(
          "only %d of %d %s fit into a character's inventory", put, contents[name], name
        ),
        {item = name, room = put, count = contents[name]}
      )
    end
  end
end

---The agents that arguments name: one, or all.
---@param agent any index from 0 or name; nil for all
---@return integer[] from 1
function hands.chosen(agent)
  if agent ~= nil then
    local is_name = type(agent) == "string" or type(agent) == "number"
    local index = is_name and agents.index_of(agent)
    if not index then
      local shown = is_name and tostring(agent) or "a " .. type(agent)
      errors.fail(
        "no-such-agent",
        string.format("there is no agent %s; this world has %d", shown, agents.count()),
        {agent = shown, agents = agents.count()}
      )
    end
    return {index + 1}
  end
  local all = {}
  for index = 1, agents.count() do
    all[index] = index
  end
  return all
end

return hands
