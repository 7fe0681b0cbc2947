-- What was built, and what lies about: all that an episode left behind in the world but
-- the characters.

local records = require("runtime.records")

local built = {}

-- forces whose things nobody built: the map's own and its inhabitants
local UNBUILDING = {neutral = true, enemy = true}
local LEFT_BEHIND = {["item-entity"] = true, ["character-corpse"] = true}
local GHOSTS = {["entity-ghost"] = true, ["tile-ghost"] = true}

local function is_built(entity, type)
  if type == "character" or LEFT_BEHIND[type] or GHOSTS[type] then
    return false
  end
  -- what the map is generated with is neutral and has no number of its own
  local force = entity.force.name
  return not UNBUILDING[force] or force == "neutral" and entity.unit_number ~= nil
end

---Everything that stands on a surface, told apart by what may be done to it.
---@param surface LuaSurface
---@return table {built, ghosts, items, corpses, characters, natural}: lists of LuaEntity;
---  what was built in the order of its numbers
function built.sorted(surface)
  local found = {
    built = {}, ghosts = {}, items = {}, corpses = {}, characters = {}, natural = {},
  }
  local lists = {
    ["entity-ghost"] = found.ghosts, ["tile-ghost"] = found.ghosts,
    ["item-entity"] = found.items, ["character-corpse"] = found.corpses,
    character = found.characters,
  }
  for _, entity in ipairs(surface.find_entities_filtered({})) do
    local type = entity.type
    local list = lists[type]
    if list == nil then
      local was_built = type ~= "resource" and is_built(entity, type)
      list = was_built and found.built or found.natural
    end
    list[#list + 1] = entity
  end
  -- what a script has made of the game's own things has no number, and comes last
  local numbered, others = {}, {}
  for _, entity in ipairs(found.built) do
    local list = entity.unit_number and numbered or others
    list[#list + 1] = entity
  end
  records.sort(numbered)
  for _, entity in ipairs(others) do
    numbered[#numbered + 1] = entity
  end
  found.built = numbered
  return found
end

---Takes everything away that was built or lies about.
---@return integer how much
function built.clear(surface)
  local found, count = built.sorted(surface), 0
  for _, list in ipairs({found.ghosts, found.built, found.items, found.corpses}) do
    for _, entity in ipairs(list) do
      -- what belongs to another goes with it
      if entity.valid and entity.destroy() then
        count = count + 1
      end
    end
  end
  return count
end

-- Names of the tiles that items lay.
local function laid_names()
  local names = {}
  for name, tile in pairs(game.tile_prototypes) do
    if tile.items_to_place_this then
      names[#names + 1] = name
    end
  end
  return names
end

---Floors that lie on a surface, row by row.
---@return LuaTile[]
function built.floors(surface)
  local tiles = surface.find_tiles_filtered({name = laid_names()})
  local places = {}
  for index, tile in ipairs(tiles) do
    local position = tile.position
    places[index] = {tile = tile, x = position.x, y = position.y}
  end
  table.sort(places, function(first, second)
    return first.y < second.y or first.y == second.y and first.x < second.x
  end)
  for index, entry in ipairs(places) do
    tiles[index] = entry.tile
  end
  return tiles
end

---Takes up all floors whose ground is known: landfill hides nothing, and stays.
---@return integer how many tiles
function built.take_up_floors(surface)
  local ground = {}
  for _, tile in ipairs(built.floors(surface)) do
    if tile.hidden_tile then
      ground[#ground + 1] = {name = tile.hidden_tile, position = tile.position}
    end
  end
  if #ground > 0 then
    surface.set_tiles(ground, false, false)
  end
  return #ground
end

return built
