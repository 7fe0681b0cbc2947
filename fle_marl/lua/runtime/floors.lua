-- Floors and landfill: tiles that items lay, and that are taken up again by hand.

local costs = require("runtime.costs")
local errors = require("runtime.errors")
local items = require("runtime.items")
local reach = require("runtime.reach")

local floors = {}

---How an item lays tiles; nil for a name that is no such item.
---@param name string
---@return PlaceAsTileResult?
function floors.rule(name)
  local item = game.item_prototypes[name]
  return item and item.place_as_tile_result
end

---The item that lays it: an agent names the tile by it.
function floors.item_for(name)
  return name
end

---The middle of the tile that a position lies in.
function floors.snapped(_, position)
  return {x = math.floor(position.x) + 0.5, y = math.floor(position.y) + 0.5}
end

local function tile_at(surface, position)
  return surface.get_tile(math.floor(position.x), math.floor(position.y))
end

-- Hazard concrete lies in one of two ways; east and west are the second, a choice.
local function wanted_tile(rule, direction)
  local tile = rule.result
  return direction % 4 == 2 and tile.next_direction or tile
end

-- Why a tile cannot be laid; nil when it can. The condition of every item of the game
-- is about the one tile alone.
local function obstacle(character, rule, position, direction)
  local tile = tile_at(character.surface, position)
  for layer in pairs(rule.condition) do
    if tile.collides_with(layer) then
      return "it does not go onto " .. tile.name
    end
  end
  if tile.name == wanted_tile(rule, direction).name then
    return "it lies there already"
  end
  return nil
end

---Whether a tile could be laid, without the reasons.
function floors.is_free(character, name, position, direction)
  return obstacle(character, floors.rule(name), position, direction) == nil
end

local function refuse(name, position, why)
  errors.fail(
    "blocked",
    string.format("%s cannot be placed at %s: %s", name, errors.place(position), why),
    {name = name, position = position}
  )
end

local function record(tile, direction)
  return {
    name = tile.name, type = "tile", position = floors.snapped(tile.name, tile.position),
    direction = direction, tile_dimensions = {tile_width = 1, tile_height = 1},
  }
end

---Lays a tile where the agent asks, after all checks; the floor that lay there comes
---into the inventory.
---@return table record, integer ticks
function floors.place(character, name, position, direction)
  local rule = floors.rule(name)
  items.check_has(character, name, 1)
  position = floors.snapped(name, position)
  reach.check_build(character, position)
  local why = obstacle(character, rule, position, direction)
  if why then
    refuse(name, position, why)
  end
  local old = tile_at(character.surface, position)
  character.remove_item({name = name, count = 1})
  if old.hidden_tile and not character.mine_tile(old) then
    character.insert({name = name, count = 1})
    refuse(name, position, "your inventory has no room for the " .. old.name .. " there")
  end
  local tile = {name = wanted_tile(rule, direction).name, position = old.position}
  -- as asked: corrected edges would change what others laid
  character.surface.set_tiles({tile}, false, true, true, true)
  return record(tile_at(character.surface, position), direction), costs.HANDLING
end

---The tile at a position, if it has a name or is laid by the item of that name.
---@return LuaTile?
function floors.named(surface, position, name)
  local tile = tile_at(surface, position)
  if tile.name == name then
    return tile
  end
  for _, item in ipairs(tile.prototype.items_to_place_this or {}) do
    if item.name == name then
      return tile
    end
  end
  return nil
end

---Takes a floor up into the inventory.
---@param tile LuaTile
---@return integer ticks
function floors.take_up(character, tile)
  local name, position = tile.name, floors.snapped(tile.name, tile.position)
  if not tile.prototype.mineable_properties.minable or tile.hidden_tile == nil then
    errors.fail(
      "not-minable", string.format("%s at %s cannot be taken up", name, errors.place(position)),
      {name = name}
    )
  end
  reach.check_build(character, position)
  local ticks = costs.mining(character, tile)
  if not character.mine_tile(tile) then
    errors.fail(
      "inventory-full",
      string.format("your inventory has no room for %s at %s", name, errors.place(position)),
      {name = name}
    )
  end
  return ticks
end

return floors
