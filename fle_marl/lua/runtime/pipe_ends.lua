-- Where fluid goes in and out: the openings of machines, tanks and pipes.

local directions = require("runtime.directions")
local ends = require("runtime.ends")
local ground = require("runtime.ground")

local pipe_ends = {}

local FLUID_TYPES = {
  "pipe", "pipe-to-ground", "storage-tank", "pump", "offshore-pump", "boiler", "generator",
  "assembling-machine", "mining-drill", "furnace", "fluid-turret", "reactor",
}
local is_fluid_type = {}
for _, name in ipairs(FLUID_TYPES) do
  is_fluid_type[name] = true
end

-- Fluid that a box is for: the one it is locked to, else the one in it.
local function fluid_of(boxes, box)
  local locked = boxes.get_locked_fluid(box)
  if locked then
    return locked
  end
  local contents = boxes[box]
  return contents and contents.name
end

---Whether pipes can join an entity.
function pipe_ends.has_openings(entity)
  return is_fluid_type[entity.type] == true and #entity.fluidbox > 0
end

---All openings above ground of an entity.
---@param entity LuaEntity
---@return table[] {x, y = tile outside; direction = outwards; system = what shares its
---  fluid; fluid = name?; flow = "input", "output" or "input-output"; joined = LuaFluidBox?}
function pipe_ends.openings(entity)
  local found = {}
  if not is_fluid_type[entity.type] then
    return found
  end
  local boxes = entity.fluidbox
  for box = 1, #boxes do
    local system = boxes.get_fluid_system_id(box) or (entity.unit_number .. ":" .. box)
    local fluid = fluid_of(boxes, box)
    for _, connection in ipairs(boxes.get_pipe_connections(box)) do
      if connection.connection_type == "normal" then
        local inside, outside = connection.position, connection.target_position
        local tile = ends.tile(outside)
        found[#found + 1] = {
          x = tile.x, y = tile.y, system = system, fluid = fluid,
          direction = directions.of(
            tile.x - math.floor(inside.x), tile.y - math.floor(inside.y)
          ),
          flow = connection.flow_direction, joined = connection.target,
        }
      end
    end
  end
  return found
end

-- Pipes of a fluid system.
local function pipes_of(surface, system)
  local found = {}
  for _, pipe in ipairs(surface.find_entities_filtered({type = {"pipe", "pipe-to-ground"}})) do
    if pipe.fluidbox.get_fluid_system_id(1) == system then
      found[#found + 1] = pipe
    end
  end
  return found
end

local function openings_of(entities)
  local found = {}
  for _, entity in ipairs(entities) do
    if not pipe_ends.has_openings(entity) then
      ends.refuse(entity, "pipes do not join it; an assembling machine needs its recipe first")
    end
    for _, opening in ipairs(pipe_ends.openings(entity)) do
      found[#found + 1] = opening
    end
  end
  return found
end

-- Openings onto a tile on which nothing stands, and an entity that has one of them.
local function openings_onto(surface, tile)
  local found, owner = {}, nil
  local around = {{tile.x - 0.9, tile.y - 0.9}, {tile.x + 1.9, tile.y + 1.9}}
  for _, entity in ipairs(surface.find_entities_filtered({area = around, type = FLUID_TYPES})) do
    for _, opening in ipairs(pipe_ends.openings(entity)) do
      if opening.x == tile.x and opening.y == tile.y then
        found[#found + 1] = opening
        owner = owner or entity
      end
    end
  end
  if #found == 0 then
    found[1] = {x = tile.x, y = tile.y, flow = "input-output"}
  end
  return found, owner
end

---The openings that an end stands for.
---@param surface LuaSurface
---@param place table as `ends.read` gives it
---@return table[] openings, LuaEntity? an entity of the end
function pipe_ends.resolve(surface, place)
  if place.entities then
    return openings_of(place.entities), place.entities[1]
  end
  local entity = place.entity
  if entity == nil then
    local tile = ends.tile(place.position)
    entity = surface.find_entities_filtered({
      position = {x = tile.x + 0.5, y = tile.y + 0.5}, type = FLUID_TYPES, limit = 1,
    })[1]
    if entity == nil then
      return openings_onto(surface, tile)
    end
  end
  return openings_of({entity}), entity
end

---Openings that a pipe can still join. When all of them are taken: those of the pipes
---that they lead to.
---@param surface LuaSurface
---@param openings table[]
---@return table[]
function pipe_ends.free(surface, openings)
  local free, seen = {}, {}
  for _, opening in ipairs(openings) do
    if opening.joined == nil then
      free[#free + 1] = opening
    end
  end
  if #free > 0 then
    return free
  end
  for _, opening in ipairs(openings) do
    if not seen[opening.system] then
      seen[opening.system] = true
      for _, pipe in ipairs(pipes_of(surface, opening.system)) do
        for _, further in ipairs(pipe_ends.openings(pipe)) do
          if further.joined == nil then
            free[#free + 1] = further
          end
        end
      end
    end
  end
  return free
end

---Marks where pipes would join machines as tiles that other things should not take.
---@param map table as `ground.read` makes it
function pipe_ends.keep_free(map)
  for _, entity in ipairs(map.entities) do
    if entity.type ~= "pipe" and entity.type ~= "pipe-to-ground" then
      for _, opening in ipairs(pipe_ends.openings(entity)) do
        local cell = ground.cell(map, opening.x, opening.y)
        if cell then
          map.kept[cell] = true
        end
      end
    end
  end
end

return pipe_ends
