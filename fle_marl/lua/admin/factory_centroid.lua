-- Tells where the factory is: its middle and the box around it.

local built = require("runtime.built")
local checks = require("runtime.checks")

local factory_centroid = {}

local check = checks.record({})

---@param arguments table {}
---@return table {entities = how many; and if there are any: centroid = the mean of their
---  positions, center = the middle of the box, box = {left_top, right_bottom}, tiles}
---Refuses with: bad-argument
function factory_centroid.run(arguments)
  check(arguments, "arguments")
  local entities = built.sorted(game.surfaces[1]).built
  if #entities == 0 then
    return {entities = 0}
  end
  local x, y = 0, 0
  local left, top, right, bottom = math.huge, math.huge, -math.huge, -math.huge
  for _, entity in ipairs(entities) do
    local position, box = entity.position, entity.bounding_box
    x, y = x + position.x, y + position.y
    left, top = math.min(left, box.left_top.x), math.min(top, box.left_top.y)
    right = math.max(right, box.right_bottom.x)
    bottom = math.max(bottom, box.right_bottom.y)
  end
  return {
    entities = #entities,
    centroid = {x = x / #entities, y = y / #entities},
    center = {x = (left + right) / 2, y = (top + bottom) / 2},
    box = {left_top = {x = left, y = top}, right_bottom = {x = right, y = bottom}},
  }
end

return factory_centroid
