-- What agents mined and crafted by hand since the reset: not made by the factory.

local ledger = {}

local function add(book, name, count)
  global[book] = global[book] or {}
  global[book][name] = (global[book][name] or 0) + count
end

---@param name string item or fluid
---@param count number
function ledger.harvested(name, count)
  add("harvested", name, count)
end

---@param name string item
---@param count number
function ledger.crafted(name, count)
  add("crafted", name, count)
end

return ledger
