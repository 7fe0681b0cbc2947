-- What a saved state does not hold, named so that nothing is dropped silently.

local left_behind = {}

-- What no script of 1.1.110 can read, or none can write again.
local NEVER = {
  {what = "the ground itself", why = "loading needs a map with the same ground, and checks it below what was built"},
  {what = "places of items on their belts", why = "scripts read only their order"},
  {what = "where hands of inserters are", why = "it can be read, and not be set"},
  {what = "which ore a drill mines next", why = "it can be read, and not be set"},
  {what = "how far gates and radars are", why = "it cannot be set"},
  {what = "flows by time, and of electric networks", why = "only totals can be set"},
  {what = "random numbers to come, and game.tick", why = "they cannot be set"},
  {what = "what agents are doing and their tool calls", why = "they hold references into one server"},
  {what = "ages of corpses", why = "their time begins anew"},
  {what = "health of trees and rocks", why = "it is not carried"},
  {what = "circuit wires, logistic requests, equipment grids", why = "they are not carried"},
  {what = "relations of forces, and bonuses of turrets that only scripts set", why = "they are not carried"},
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
        collector.add("rockets that stand in silos or fly", "their parts are carried, not how far they are")
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
      list[#list + 1] = {what = each.what, why = each.why}
    end
    return list
  end

  return collector
end

return left_behind
