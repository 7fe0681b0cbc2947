-- What an agent wants connected: a place, an entity, or a group of entities.

local errors = require("runtime.errors")
local find = require("runtime.find")

local ends = {}

-- Members of a group that still stand.
local function standing(character, group)
  local found = {}
  for _, member in ipairs(group.entities) do
    local entity = character.surface.find_entity(member.name, member.position)
    if entity then
      found[#found + 1] = entity
    end
  end
  if #found == 0 then
    errors.fail(
      "no-such-entity",
      string.format(
        "nothing is left of the %s at %s: look again with get_entities", group.name,
        errors.place(group.position)
      ),
      {name = group.name, position = group.position}
    )
  end
  return found
end

---Reads an argument as the client encodes it.
---@param character LuaEntity
---@param argument table
---@return table {position = ...}, {entity = ..., position = ...} or
---  {entities = ..., position = ...}
function ends.read(character, argument)
  if argument.entities then
    local found = standing(character, argument)
    return {entities = found, position = found[1].position}
  end
  if argument.position then
    local entity = find.argument(character, argument)
    return {entity = entity, position = entity.position}
  end
  return {position = {x = argument.x, y = argument.y}}
end

---The tile of a position.
---@return table {x = ..., y = ...} whole numbers
function ends.tile(position)
  return {x = math.floor(position.x), y = math.floor(position.y)}
end

---Refuses an end that cannot be connected in this way.
---@param what string what belts, pipes or poles need instead
function ends.refuse(entity, what)
  errors.fail(
    "not-connectable",
    string.format("%s at %s: %s", entity.name, errors.place(entity.position), what),
    {name = entity.name, position = {x = entity.position.x, y = entity.position.y}}
  )
end

-- What to try instead, by what could be laid.
local function advice(may)
  if may.ground == nil then
    return "Undergrounds alone run straight: give the plain piece, too, as a set of both"
  end
  local sort = game.entity_prototypes[may.ground].type
  if may.below == nil and (sort == "transport-belt" or sort == "pipe") then
    return "Undergrounds in the set pass below things; waypoints lead around them"
  end
  return "Waypoints lead around things"
end

---Refuses for want of a way.
---@param from table tile
---@param to table tile
---@param names string[] what is in the way
---@param may table ground and below: names of what could be laid
function ends.refuse_no_route(from, to, names, may)
  errors.fail(
    "no-route",
    string.format(
      "there is no way from %s to %s; between them: %s. %s",
      errors.place({x = from.x + 0.5, y = from.y + 0.5}),
      errors.place({x = to.x + 0.5, y = to.y + 0.5}),
      #names > 0 and table.concat(names, ", ") or "nothing, but an end is shut in",
      advice(may)
    ),
    {from = {x = from.x, y = from.y}, to = {x = to.x, y = to.y}, obstacles = names}
  )
end

return ends
