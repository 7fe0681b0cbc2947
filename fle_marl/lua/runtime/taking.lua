-- Taking up what is built, with all that is in it.

local errors = require("runtime.errors")

local taking = {}

---Refuses what nobody can take up.
function taking.check(entity)
  if not entity.minable or entity.type == "resource" then
    errors.fail(
      "not-minable",
      string.format("%s at %s cannot be taken up", entity.name, errors.place(entity.position)),
      {name = entity.name}
    )
  end
end

---Takes an entity, and what is in it, into the character's inventory.
function taking.take(character, entity)
  local name, position = entity.name, entity.position
  if not character.mine_entity(entity) then
    errors.fail(
      "inventory-full",
      string.format(
        "your inventory has no room for %s at %s and what is in it", name, errors.place(position)
      ),
      {name = name}
    )
  end
end

return taking
