-- Builds many small production lines that all work all the time; returns how many
-- entities of them are active.

local surface = game.surfaces[1]
local lines = 24
surface.always_day = true
local active = 0
local function build(name, x, y, direction, extra)
  local given = {name = name, position = {x, y}, direction = direction or 0, force = "player"}
  for key, value in pairs(extra or {}) do given[key] = value end
  active = active + 1
  return surface.create_entity(given)
end
-- drill -> belt -> inserter -> furnace -> inserter -> chest, fuelled for the whole time
for line = 0, lines - 1 do
  local y = -120 + 10 * line
  for x = -126, -123 do
    for row = y, y + 1 do
      surface.create_entity({
        name = "iron-ore", position = {x + 0.5, row + 0.5}, amount = 1000000,
      })
    end
  end
  -- one drill mines less than the furnace smelts, so nothing waits and all items move
  build("burner-mining-drill", -125, y + 1, 4).insert({name = "coal", count = 50})
  for tile = 0, 9 do
    build("transport-belt", -125.5 + tile, y + 2.5, 2)
  end
  build("burner-inserter", -116.5, y + 3.5, 0).insert({name = "coal", count = 5})
  build("stone-furnace", -117, y + 5, 0).insert({name = "coal", count = 50})
  build("burner-inserter", -116.5, y + 6.5, 0).insert({name = "coal", count = 5})
  surface.create_entity({name = "steel-chest", position = {-116.5, y + 7.5}, force = "player"})
end
return active
