-- What belongs to nobody's factory, as plain data: items on the ground, corpses, ghosts,
-- and marks for deconstruction and upgrade.

local checks = require("runtime.checks")
local errors = require("runtime.errors")
local stacks = require("state.stacks")

local loose = {}

loose.check_items = checks.list(checks.record(
  {x = checks.coordinate, y = checks.coordinate, stack = stacks.check},
  {to_be_looted = checks.flag}
))
loose.check_corpses = checks.list(checks.record({
  x = checks.coordinate, y = checks.coordinate, slots = checks.whole(1, 65535),
  inventories = stacks.check_inventories,
}))
local place = {x = checks.coordinate, y = checks.coordinate}
local anything = function() end
loose.check_ghosts = checks.list(checks.record(place, {
  force = checks.text, entity = anything, tile = checks.tile,
  requests = checks.map(checks.item, checks.whole(1, 65535)), tags = anything,
}))
loose.check_marks = checks.list(checks.record(
  {name = checks.entity, x = checks.coordinate, y = checks.coordinate},
  {target = checks.entity, direction = checks.whole(0, 7)}
))

local function by_place(first, second)
  if first.y ~= second.y then
    return first.y < second.y
  end
  if first.x ~= second.x then
    return first.x < second.x
  end
  return (first.name or "") < (second.name or "")
end

-- --- items

---@param items LuaEntity[]
---@return table[] list of {x, y, stack, to_be_looted}
function loose.save_items(items)
  local list = {}
  for index, entity in ipairs(items) do
    local position = entity.position
    list[index] = {
      x = position.x, y = position.y, stack = stacks.read(entity.stack),
      name = entity.stack.name, to_be_looted = entity.to_be_looted or nil,
    }
  end
  table.sort(list, by_place)
  for _, entry in ipairs(list) do
    entry.name = nil
  end
  return list
end

function loose.load_items(surface, list)
  for _, entry in ipairs(list) do
    local entity = surface.create_entity({
      name = "item-on-ground", position = {x = entry.x, y = entry.y},
      stack = {name = entry.stack.name, count = entry.stack.count},
    })
    if not entity or not stacks.write(entity.stack, entry.stack) then
      errors.fail(
        "not-loadable",
        string.format("%s at %s cannot lie there", entry.stack.name, errors.place(entry)),
        {name = entry.stack.name, position = {x = entry.x, y = entry.y}}
      )
    end
    entity.to_be_looted = entry.to_be_looted or false
  end
end

-- --- corpses

local function corpse_inventory(entity)
  return entity.get_inventory(defines.inventory.character_corpse)
end

function loose.save_corpses(corpses)
  local list = {}
  for _, entity in ipairs(corpses) do
    local position, inventory = entity.position, corpse_inventory(entity)
    -- one without anything in it goes in the next tick
    if inventory and not inventory.is_empty() then
      list[#list + 1] = {
        x = position.x, y = position.y, slots = #inventory,
        inventories = stacks.read_inventories(entity),
      }
    end
  end
  table.sort(list, by_place)
  return list
end

function loose.load_corpses(surface, list)
  for _, entry in ipairs(list) do
    local entity = surface.create_entity({
      name = "character-corpse", position = {x = entry.x, y = entry.y}, force = "player",
      inventory_size = entry.slots,
    })
    local refused = stacks.write_inventories(entity, entry.inventories)
    if refused[1] then
      errors.fail(
        "not-loadable",
        string.format("a corpse at %s has no room for all that it held", errors.place(entry)),
        {position = {x = entry.x, y = entry.y}}
      )
    end
  end
end

-- --- ghosts

-- Settings of ghosts can be read and written only by way of a blueprint.
local function with_blueprint(act)
  local inventory = game.create_inventory(1)
  inventory[1].set_stack({name = "blueprint"})
  act(inventory[1])
  inventory.destroy()
end

-- The blueprint's own table of an entity ghost.
local function settings_of(ghost)
  local position, settings = ghost.position, nil
  with_blueprint(function(stack)
    local mapping = stack.create_blueprint({
      surface = ghost.surface, force = ghost.force, always_include_tiles = false,
      area = {{position.x - 0.1, position.y - 0.1}, {position.x + 0.1, position.y + 0.1}},
    })
    for number, entity in pairs(mapping) do
      if entity == ghost then
        settings = stack.get_blueprint_entities()[number]
      end
    end
  end)
  if settings then
    settings.entity_number, settings.position = 1, {x = 0, y = 0}
    settings.connections, settings.neighbours = nil, nil
  end
  return settings
end

---@param ghosts LuaEntity[]
---@param left_behind table
---@return table[] list of {x, y, force, and entity = as a blueprint has it, or tile;
---  requests, tags}
function loose.save_ghosts(ghosts, left_behind)
  local list = {}
  for _, ghost in ipairs(ghosts) do
    local position, force = ghost.position, ghost.force.name
    local entry = {x = position.x, y = position.y, force = force ~= "player" and force or nil}
    if ghost.type == "tile-ghost" then
      entry.tile = ghost.ghost_name
    else
      entry.entity = settings_of(ghost)
      entry.requests = next(ghost.item_requests) and ghost.item_requests or nil
      entry.tags = ghost.tags
    end
    if entry.tile or entry.entity then
      list[#list + 1] = entry
    else
      left_behind.add("ghost of " .. ghost.ghost_name, "no blueprint takes it")
    end
  end
  table.sort(list, by_place)
  return list
end

local function make_ghost(surface, entry)
  local made
  with_blueprint(function(stack)
    stack.set_blueprint_entities({entry.entity})
    made = stack.build_blueprint({
      surface = surface, force = entry.force or "player", position = {x = entry.x, y = entry.y},
      force_build = true, skip_fog_of_war = false, raise_built = false,
    })[1]
  end)
  local position = made and made.position
  if made and (position.x ~= entry.x or position.y ~= entry.y) then
    made.destroy()
    return nil
  end
  return made
end

local BY_CREATING = {
  entity_number = true, name = true, position = true, direction = true, recipe = true, type = true,
}

-- A ghost that only scripts put there, and no blueprint does: in whose way something
-- stands, or off its grid.
local function make_blocked_ghost(surface, entry, problems)
  local ghost = surface.create_entity({
    name = "entity-ghost", inner_name = entry.entity.name, force = entry.force or "player",
    position = {x = entry.x, y = entry.y}, direction = entry.entity.direction,
    recipe = entry.entity.recipe, type = entry.entity.type,
  })
  for setting in pairs(entry.entity) do
    if not BY_CREATING[setting] and setting ~= "items" then
      problems[#problems + 1] = {
        what = string.format(
          "%s of the ghost of %s at %s", setting, entry.entity.name, errors.place(entry)
        ),
        why = "no blueprint puts a ghost there",
      }
    end
  end
  return ghost
end

---@return table[] {what, why} of settings of ghosts that could not be made
function loose.load_ghosts(surface, list)
  local problems = {}
  for _, entry in ipairs(list) do
    if entry.tile then
      surface.create_entity({
        name = "tile-ghost", inner_name = entry.tile, force = entry.force or "player",
        position = {x = entry.x, y = entry.y},
      })
    else
      local ghost = make_ghost(surface, entry) or make_blocked_ghost(surface, entry, problems)
      ghost.item_requests = entry.requests or {}
      ghost.tags = entry.tags
    end
  end
  return problems
end

-- --- marks

local function marked(surface, filter, add)
  for _, entity in ipairs(surface.find_entities_filtered({[filter] = true})) do
    local position = entity.position
    add(entity, {name = entity.name, x = position.x, y = position.y})
  end
end

---@return table[] list of {name, x, y, and for an upgrade: target, direction}
function loose.save_marks(surface)
  local list = {}
  marked(surface, "to_be_deconstructed", function(_, mark)
    list[#list + 1] = mark
  end)
  marked(surface, "to_be_upgraded", function(entity, mark)
    mark.target, mark.direction = entity.get_upgrade_target().name, entity.get_upgrade_direction()
    list[#list + 1] = mark
  end)
  table.sort(list, function(first, second)
    if first.x == second.x and first.y == second.y and first.name == second.name then
      return (first.target or "") < (second.target or "")
    end
    return by_place(first, second)
  end)
  return list
end

function loose.load_marks(surface, list)
  for _, mark in ipairs(list) do
    local entity = surface.find_entity(mark.name, {x = mark.x, y = mark.y})
    if entity and mark.target then
      entity.order_upgrade({
        force = "player", target = mark.target, direction = mark.direction,
      })
    elseif entity then
      entity.order_deconstruction("player")
    end
  end
end

return loose
