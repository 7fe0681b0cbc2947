-- All entities that work as one with a given one: the members of its group.

local members = {}

-- Belts before and after a belt, the other end of an underground stretch among them.
local function belts_beside(belt)
  local found = {}
  local neighbours = belt.belt_neighbours
  for _, side in ipairs({neighbours.inputs, neighbours.outputs}) do
    for _, other in ipairs(side) do
      if other.type ~= "splitter" then
        found[#found + 1] = other
      end
    end
  end
  if belt.type == "underground-belt" then
    found[#found + 1] = belt.neighbours
  end
  return found
end

local function walls_beside(wall)
  local position = wall.position
  local around = {
    {position.x - 0.9, position.y - 0.9}, {position.x + 0.9, position.y + 0.9},
  }
  local found = {}
  for _, other in ipairs(wall.surface.find_entities_filtered({area = around, type = "wall"})) do
    if other.position.x == position.x or other.position.y == position.y then
      found[#found + 1] = other
    end
  end
  return found
end

local function joined(entity, beside)
  local found, open, seen = {}, {entity}, {[entity.unit_number] = true}
  while #open > 0 do
    local current = table.remove(open)
    found[#found + 1] = current
    for _, other in ipairs(beside(current)) do
      if not seen[other.unit_number] then
        seen[other.unit_number] = true
        open[#open + 1] = other
      end
    end
  end
  return found
end

-- The same entities as one search finds them: the embedded server reads what is found
-- together with one call for all.
local function found_together(entities)
  local is_wanted, types, has_type = {}, {}, {}
  local left, top, right, bottom = math.huge, math.huge, -math.huge, -math.huge
  for _, entity in ipairs(entities) do
    local position, kind = entity.position, entity.type
    left, top = math.min(left, position.x), math.min(top, position.y)
    right, bottom = math.max(right, position.x), math.max(bottom, position.y)
    is_wanted[entity.unit_number] = true
    if not has_type[kind] then
      has_type[kind] = true
      types[#types + 1] = kind
    end
  end
  local found = {}
  local area = {{left - 1, top - 1}, {right + 1, bottom + 1}}
  local surface = entities[1].surface
  for _, entity in ipairs(surface.find_entities_filtered({area = area, type = types})) do
    if is_wanted[entity.unit_number] then
      found[#found + 1] = entity
    end
  end
  return found
end

-- Poles of the network that an entity is on; a pole that is not on any is alone.
local function poles_with(entity)
  local network = entity.electric_network_id
  if network == nil then
    return entity.type == "electric-pole" and {entity} or {}
  end
  local found = {}
  for _, pole in ipairs(entity.surface.find_entities_filtered({type = "electric-pole"})) do
    if pole.electric_network_id == network then
      found[#found + 1] = pole
    end
  end
  return found
end

-- Pipes that share a fluid box's fluid with an entity; none when it is joined to none.
local function pipes_with(entity)
  local is_shared, found = {}, {}
  for box = 1, #entity.fluidbox do
    local system = entity.fluidbox.get_fluid_system_id(box)
    if system then
      is_shared[system] = true
    end
  end
  local pipes = entity.surface.find_entities_filtered({type = {"pipe", "pipe-to-ground"}})
  for _, pipe in ipairs(pipes) do
    if is_shared[pipe.fluidbox.get_fluid_system_id(1)] then
      found[#found + 1] = pipe
    end
  end
  return found
end

---@param entity LuaEntity a belt, pipe, pole or wall; or what is joined to pipes or poles
---@param kind string "belt", "pipe", "pole" or "wall"
---@return LuaEntity[] empty when it is joined to none of the kind
function members.of(entity, kind)
  if kind == "pole" then
    return poles_with(entity)
  end
  if kind == "pipe" then
    return pipes_with(entity)
  end
  return found_together(joined(entity, kind == "belt" and belts_beside or walls_beside))
end

return members
