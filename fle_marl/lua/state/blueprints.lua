-- Blueprints of what was built, and building them again without hands and items.

local errors = require("runtime.errors")

local blueprints = {}

local function with_stack(act)
  local inventory = game.create_inventory(1)
  inventory[1].set_stack({name = "blueprint"})
  local ok, result = pcall(act, inventory[1])
  inventory.destroy()
  if not ok then
    error(result, 0)
  end
  return result
end

-- Where the blueprint's own origin is in the world: by any of its entities or tiles.
local function origin_of(stack, mapping, surface, area)
  for number, entity in pairs(mapping) do
    local inside = stack.get_blueprint_entities()[number].position
    return {x = entity.position.x - inside.x, y = entity.position.y - inside.y}
  end
  -- the first of its tiles is the one most to the north and west that was laid
  local tiles = stack.get_blueprint_tiles()
  local left, top = math.huge, math.huge
  for _, tile in ipairs(tiles) do
    left, top = math.min(left, tile.position.x), math.min(top, tile.position.y)
  end
  local first_x, first_y = math.huge, math.huge
  local names = {}
  for _, tile in ipairs(tiles) do
    names[#names + 1] = tile.name
  end
  for _, tile in ipairs(surface.find_tiles_filtered({area = area, name = names})) do
    first_x, first_y = math.min(first_x, tile.position.x), math.min(first_y, tile.position.y)
  end
  return {x = first_x - left, y = first_y - top}
end

-- The middle of a blueprint, around which it is built, counted from its origin.
local function middle_of(stack)
  local left, top, right, bottom = math.huge, math.huge, -math.huge, -math.huge
  local function widen(x, y, width, height)
    left, right = math.min(left, x - width / 2), math.max(right, x + width / 2)
    top, bottom = math.min(top, y - height / 2), math.max(bottom, y + height / 2)
  end
  for _, entity in ipairs(stack.get_blueprint_entities() or {}) do
    local prototype = game.entity_prototypes[entity.name]
    local width, height = prototype.tile_width, prototype.tile_height
    if (entity.direction or 0) % 4 == 2 then
      width, height = height, width
    end
    widen(entity.position.x, entity.position.y, width, height)
  end
  for _, tile in ipairs(stack.get_blueprint_tiles() or {}) do
    widen(tile.position.x + 0.5, tile.position.y + 0.5, 1, 1)
  end
  return {x = (left + right) / 2, y = (top + bottom) / 2}
end

---@param area table BoundingBox
---@param with_floors boolean
---@return table? {blueprint, position, entities, tiles}; nil when nothing is there
function blueprints.save(surface, area, with_floors)
  return with_stack(function(stack)
    local mapping = stack.create_blueprint({
      surface = surface, force = "player", area = area, always_include_tiles = with_floors,
      include_modules = true, include_entities = true,
    })
    if not stack.is_blueprint_setup() then
      return nil
    end
    local tiles = stack.get_blueprint_tiles() or {}
    if not with_floors and #tiles > 0 then
      -- the game takes floors where nothing stands
      return nil
    end
    local origin, middle = origin_of(stack, mapping, surface, area), middle_of(stack)
    return {
      blueprint = stack.export_stack(),
      position = {x = origin.x + middle.x, y = origin.y + middle.y},
      entities = stack.get_blueprint_entity_count(), tiles = #tiles,
    }
  end)
end

-- --- building

local function insert_modules(entity, requests)
  local inventory = entity.get_module_inventory()
  for name, count in pairs(requests) do
    if inventory then
      inventory.insert({name = name, count = count})
    end
  end
end

local function revive(ghost, result)
  local position = ghost.position
  local name = ghost.ghost_name
  local is_tile = ghost.type == "tile-ghost"
  local requests = not is_tile and ghost.item_requests or {}
  local _, entity = ghost.silent_revive()
  if is_tile and not ghost.valid then
    result.laid = result.laid + 1
  elseif entity then
    insert_modules(entity, requests)
    result.built = result.built + 1
  else
    result.blocked[#result.blocked + 1] = {
      name = name, position = {x = position.x, y = position.y},
    }
    if ghost.valid then
      ghost.destroy()
    end
  end
end

---@param text string
---@param position table MapPosition
---@param direction integer
---@return table {built, laid, blocked}
function blueprints.load(surface, text, position, direction)
  return with_stack(function(stack)
    if stack.import_stack(text) > 0 then
      errors.fail("bad-blueprint", "the text is not a blueprint string that can be read")
    end
    if not stack.valid_for_read or not stack.is_blueprint or not stack.is_blueprint_setup() then
      errors.fail("bad-blueprint", "the text holds no blueprint with anything in it")
    end
    local wanted = stack.get_blueprint_entity_count() + #(stack.get_blueprint_tiles() or {})
    local ok, ghosts = pcall(stack.build_blueprint, {
      surface = surface, force = "player", position = position, direction = direction,
      force_build = true, skip_fog_of_war = false, raise_built = false,
    })
    if not ok then
      -- such as by a simulator that does not have all that the game has
      errors.fail("not-buildable", "the blueprint cannot be built: " .. tostring(ghosts))
    end
    if #ghosts == 0 and wanted > 0 then
      errors.fail(
        "nothing-built",
        "there is no room at " .. errors.place(position) .. ", or all of it stands there"
      )
    end
    local result = {built = 0, laid = 0, blocked = {}}
    -- floors first: some things stand only on them
    for _, is_tile in ipairs({true, false}) do
      for _, ghost in ipairs(ghosts) do
        if ghost.valid and (ghost.type == "tile-ghost") == is_tile then
          revive(ghost, result)
        end
      end
    end
    return result
  end)
end

return blueprints
