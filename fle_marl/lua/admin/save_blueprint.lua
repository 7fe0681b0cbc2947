-- Gives what was built as a blueprint string, and the place to build it at again.

local built = require("runtime.built")
local checks = require("runtime.checks")
local errors = require("runtime.errors")
local blueprints = require("state.blueprints")

local save_blueprint = {}

local check = checks.record({}, {
  area = checks.record({left_top = checks.position, right_bottom = checks.position}),
  floors = checks.flag,
})

-- The box around all that was built and laid; nil without any.
local function box_around_all(surface, with_floors)
  local left, top, right, bottom = math.huge, math.huge, -math.huge, -math.huge
  local function widen(x, y)
    left, top = math.min(left, x), math.min(top, y)
    right, bottom = math.max(right, x), math.max(bottom, y)
  end
  for _, entity in ipairs(built.sorted(surface).built) do
    local box = entity.bounding_box
    widen(box.left_top.x, box.left_top.y)
    widen(box.right_bottom.x, box.right_bottom.y)
  end
  for _, tile in ipairs(with_floors and built.floors(surface) or {}) do
    widen(tile.position.x, tile.position.y)
    widen(tile.position.x + 1, tile.position.y + 1)
  end
  if left > right then
    return nil
  end
  return {left_top = {x = left, y = top}, right_bottom = {x = right, y = bottom}}
end

---@param arguments table {area = {left_top, right_bottom} in tiles (nil: all); floors =
---  whether floors go with what stands there (false)}
---@return table {blueprint = the game's blueprint string, position = where load_blueprint
---  builds it exactly where it is now, offset = from that to the left top of the area,
---  entities = how many are in it, tiles = how many}
---Contents, fuel, energy and progress are no part of blueprints, modules are.
---Refuses with: bad-argument, nothing-built
function save_blueprint.run(arguments)
  check(arguments, "arguments")
  local surface = game.surfaces[1]
  local floors = arguments.floors or false
  local area = arguments.area or box_around_all(surface, floors)
  local saved = area and blueprints.save(surface, area, floors)
  if saved == nil then
    errors.fail("nothing-built", "nothing was built there that goes into a blueprint")
  end
  saved.offset = {
    x = area.left_top.x - saved.position.x, y = area.left_top.y - saved.position.y,
  }
  return saved
end

return save_blueprint
