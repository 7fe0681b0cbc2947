-- Fluids in entities and where pipes connect, for the records of entities.

local fluids = {}

-- Connections that a pipe beside the entity can join, with their fluid box.
local function open_connections(entity)
  local found = {}
  local boxes = entity.fluidbox
  for box = 1, #boxes do
    for _, connection in ipairs(boxes.get_pipe_connections(box)) do
      if connection.connection_type == "normal" then
        found[#found + 1] = {
          box = box,
          flow = connection.flow_direction,
          position = {x = connection.target_position.x, y = connection.target_position.y},
        }
      end
    end
  end
  return found
end

local function add_contents(record, entity)
  local boxes = entity.fluidbox
  record.fluid_box, record.fluid_systems = {}, {}
  for box = 1, #boxes do
    local fluid = boxes[box]
    if fluid then
      record.fluid_box[#record.fluid_box + 1] = {
        name = fluid.name, amount = fluid.amount, temperature = fluid.temperature,
      }
    end
    local system = boxes.get_fluid_system_id(box)
    if system then
      record.fluid_systems[#record.fluid_systems + 1] = system
    end
  end
end

---Fluids, and where a pipe must lie to be connected.
function fluids.add(record, entity)
  add_contents(record, entity)
  record.connection_points = {}
  for place, connection in ipairs(open_connections(entity)) do
    record.connection_points[place] = connection.position
  end
end

---What `fluids.add` adds, for a boiler or heat exchanger: water apart from steam.
function fluids.add_boiler(record, entity)
  add_contents(record, entity)
  record.connection_points = {}
  for _, connection in ipairs(open_connections(entity)) do
    if connection.flow == "output" then
      record.steam_output_point = connection.position
    else
      record.connection_points[#record.connection_points + 1] = connection.position
    end
  end
end

local function fluid_names(parts)
  local names = {}
  for _, part in ipairs(parts) do
    if part.type == "fluid" then
      names[#names + 1] = part.name
    end
  end
  return names
end

---Whether a recipe takes or gives a fluid.
---@param recipe LuaRecipe
---@return boolean
function fluids.has_fluid(recipe)
  return #fluid_names(recipe.ingredients) + #fluid_names(recipe.products) > 0
end

---What `fluids.add` adds, for a machine whose connections depend on its recipe.
---@param recipe? LuaRecipe
function fluids.add_by_recipe(record, entity, recipe)
  fluids.add(record, entity)
  record.input_fluids = recipe and fluid_names(recipe.ingredients) or {}
  record.output_fluids = recipe and fluid_names(recipe.products) or {}
  record.input_connection_points, record.output_connection_points = {}, {}
  for _, connection in ipairs(open_connections(entity)) do
    local is_output = connection.flow == "output"
    local points = is_output and record.output_connection_points or record.input_connection_points
    local fluid = entity.fluidbox.get_locked_fluid(connection.box)
    points[#points + 1] = {x = connection.position.x, y = connection.position.y, type = fluid or ""}
  end
end

---What is in a pipe.
function fluids.add_pipe(record, entity)
  local boxes = entity.fluidbox
  local fluid = boxes[1]
  record.fluidbox_id = boxes.get_fluid_system_id(1) or 0
  record.flow_rate = boxes.get_flow(1)
  record.contents = fluid and fluid.amount or 0
  record.fluid = fluid and fluid.name
end

return fluids
