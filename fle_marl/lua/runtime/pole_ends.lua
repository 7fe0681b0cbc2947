-- What is to get electricity from what: networks that there are, machines without one,
-- and bare places.

local ends = require("runtime.ends")

local pole_ends = {}

local function poles_of(surface, network)
  local found = {}
  for _, pole in ipairs(surface.find_entities_filtered({type = "electric-pole"})) do
    if pole.electric_network_id == network then
      local position = pole.position
      found[#found + 1] = {
        x = position.x, y = position.y, reach = pole.prototype.max_wire_distance, entity = pole,
      }
    end
  end
  return found
end

local function of_entity(surface, entity)
  local network = entity.electric_network_id
  if network then
    return {network = network, poles = poles_of(surface, network), entity = entity}
  end
  if entity.electric_buffer_size == nil then
    ends.refuse(entity, "it neither gives nor takes electricity, so poles do nothing for it")
  end
  local box = entity.bounding_box
  return {
    entity = entity,
    box = {
      left = box.left_top.x, top = box.left_top.y,
      right = box.right_bottom.x, bottom = box.right_bottom.y,
    },
  }
end

-- Something electric on a tile.
local function electric_at(surface, tile)
  local found = surface.find_entities_filtered({
    position = {x = tile.x + 0.5, y = tile.y + 0.5}, collision_mask = "object-layer",
  })
  for _, entity in ipairs(found) do
    if entity.type == "electric-pole" or entity.electric_buffer_size then
      return entity
    end
  end
  return nil
end

---What poles must reach at one end.
---@param surface LuaSurface
---@param place table as `ends.read` gives it
---@return table {network, poles = {x, y, reach}} of a network, or {box = ...} of what has
---  none yet and must come into a supply area, or {tile = ...} where a pole must stand
function pole_ends.resolve(surface, place)
  if place.entities then
    return of_entity(surface, place.entities[1])
  end
  if place.entity then
    return of_entity(surface, place.entity)
  end
  local tile = ends.tile(place.position)
  local entity = electric_at(surface, tile)
  if entity then
    return of_entity(surface, entity)
  end
  return {tile = tile}
end

---The tile of an end that is nearest to a place, for where to look and for messages.
---@param place table as `pole_ends.resolve` gives it
---@param towards? table position
---@return table tile
function pole_ends.tile(place, towards)
  if place.tile then
    return place.tile
  end
  if place.box then
    return ends.tile({
      x = (place.box.left + place.box.right) / 2, y = (place.box.top + place.box.bottom) / 2,
    })
  end
  local nearest, least = place.poles[1], math.huge
  for _, pole in ipairs(towards and place.poles or {}) do
    local dx, dy = pole.x - towards.x, pole.y - towards.y
    if dx * dx + dy * dy < least then
      nearest, least = pole, dx * dx + dy * dy
    end
  end
  return ends.tile(nearest)
end

return pole_ends
