-- What a saved state does not hold, named so that nothing is dropped silently.

local left_behind = {}

-- What no script of 1.1.110 can read, or none can write again.
local NEVER = {
  {"the ground itself", "a map with the same ground is needed, and looked at on loading"},
  {"places of items on their belts", "scripts read only their order"},
  {"where hands of inserters are", "it can be read, and not be set"},
  {"which ore a drill mines next", "it can be read, and not be set"},
  {"how far gates and radars are", "it cannot be set"},
  {"flows by time, and of electric networks", "only totals can be set"},
  {"random numbers to come, and game.tick", "they cannot be set"},
  {"what agents are doing, and their tool calls", "they are about things of one server"},
  {"ages of corpses", "their time begins anew"},
  {"health of trees and rocks", "it is not carried"},
  {"circuit wires, logistic requests, equipment grids", "they are not carried"},
  {"relations of forces, bonuses of turrets that only scripts set", "they are not carried"},
}

---@return table collector {add = fun(what, why), look_at = fun(entity), list = fun()}
function left_behind.new()
  local counts, reasons, order = {}, {}, {}
  local collector = {}

  function collector.add(what, why)
    if not counts[what] then
      counts[what], reasons[what] = 0, why
      order[#order + 1] = what
    end
    counts[what] = counts[what] + 1
  end

  ---Names what is not carried of an entity that is.
  function collector.look_at(entity)
    local type = entity.type
    if type == "rocket-silo" then
      local building = defines.rocket_silo_status.building_rocket
      if entity.rocket_silo_status ~= building then
        collector.add(
          "rockets that stand in silos or fly", "their parts are carried, not how far they are"
        )
      end
    elseif type == "electric-pole" then
      local neighbours = entity.neighbours
      if #neighbours.red + #neighbours.green > 0 then
        collector.add("circuit wires of " .. entity.name, "circuits are not carried")
      end
    end
  end

  ---@return table[] {what, why, count?}: first what there was here, then what never is held
  function collector.list()
    local list = {}
    table.sort(order)
    for _, what in ipairs(order) do
      list[#list + 1] = {what = what, why = reasons[what], count = counts[what]}
    end
    for _, each in ipairs(NEVER) do
      list[#list + 1] = {what = each[1], why = each[2]}
    end
    return list
  end

  return collector
end

return left_behind
