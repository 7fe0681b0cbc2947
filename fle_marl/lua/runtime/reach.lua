-- What a character can reach, by the game's own distances.

local errors = require("runtime.errors")

local reach = {}

---@return number tiles between two positions
function reach.distance(first, second)
  local dx, dy = first.x - second.x, first.y - second.y
  return math.sqrt(dx * dx + dy * dy)
end

local function refuse(character, position, limit, what)
  local away = reach.distance(character.position, position)
  errors.fail(
    "out-of-reach",
    string.format(
      "%s at %s is %.1f tiles away from you at %s; your reach for this is %g tiles: "
        .. "move closer first",
      what, errors.place(position), away, errors.place(character.position), limit
    ),
    {
      position = {x = position.x, y = position.y}, distance = away, reach = limit,
      you = {x = character.position.x, y = character.position.y},
    }
  )
end

---Refuses a place that is too far away to build at.
function reach.check_build(character, position)
  if reach.distance(character.position, position) > character.build_distance then
    refuse(character, position, character.build_distance, "the place")
  end
end

---Refuses an entity that is too far away to open, fill, empty, turn or take.
function reach.check_entity(character, entity)
  if not character.can_reach_entity(entity) then
    refuse(character, entity.position, character.reach_distance, entity.name)
  end
end

---Refuses a resource, tree or rock that is too far away to mine by hand.
function reach.check_resource(character, entity)
  if not character.can_reach_entity(entity) then
    local limit = entity.type == "resource" and character.resource_reach_distance
      or character.reach_distance
    refuse(character, entity.position, limit, entity.name)
  end
end

return reach
