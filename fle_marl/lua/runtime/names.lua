-- Names in one order everywhere: Lua's own is by chance, and the game's by insertion.

local names = {}

---@param map table<string, any>
---@return string[] its keys in the order of the alphabet
function names.sorted(map)
  local list = {}
  for name in pairs(map) do
    list[#list + 1] = name
  end
  table.sort(list)
  return list
end

return names
