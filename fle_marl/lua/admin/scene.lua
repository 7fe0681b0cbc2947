-- What a picture of the world shows.

local agents = require("runtime.agents")
local items = require("runtime.items")
local records = require("runtime.records")

local scene = {}

-- ground shown around what was built and the characters, tiles
local MARGIN = 6
-- longest side of a picture that chooses its own area, tiles
local LONGEST = 400
-- items on a belt's lane stand so far from each other, tiles. Source: the game's belts
-- carry 4 items a lane and tile
local ITEM_SPACING = 0.25
-- lanes lie so far from the middle of the belt, tiles
local LANE_OFFSET = 0.23

local steps = {
  [0] = {x = 0, y = -1}, [2] = {x = 1, y = 0}, [4] = {x = 0, y = 1}, [6] = {x = -1, y = 0},
}

local function place(position)
  return {x = position.x, y = position.y}
end

-- --- the area

local function widen(box, position)
  box.left = math.min(box.left or position.x, position.x)
  box.right = math.max(box.right or position.x, position.x)
  box.top = math.min(box.top or position.y, position.y)
  box.bottom = math.max(box.bottom or position.y, position.y)
end

-- From low to high with the margin, but at most LONGEST around the middle.
local function side(low, high)
  local half = math.min((high - low) / 2 + MARGIN, LONGEST / 2)
  local middle = (low + high) / 2
  return math.floor(middle - half), math.ceil(middle + half)
end

-- The area around what was built and the characters.
local function chosen_area(surface)
  local box = {}
  for _, entity in ipairs(surface.find_entities_filtered({force = "player"})) do
    widen(box, entity.position)
  end
  if box.left == nil then
    widen(box, {x = 0, y = 0})
  end
  local left, right = side(box.left, box.right)
  local top, bottom = side(box.top, box.bottom)
  return {left_top = {x = left, y = top}, right_bottom = {x = right, y = bottom}}
end

-- --- the ground

-- Water tiles of a row that touch become one run.
local function water_runs(surface, area)
  local corners = {}
  for index, tile in ipairs(surface.find_tiles_filtered({area = area, collision_mask = "water-tile"})) do
    corners[index] = tile.position
  end
  table.sort(corners, function(first, second)
    return first.y < second.y or first.y == second.y and first.x < second.x
  end)
  local runs, last = {}, nil
  for _, corner in ipairs(corners) do
    if last and last.y == corner.y and last.x + last.length == corner.x then
      last.length = last.length + 1
    else
      last = {x = corner.x, y = corner.y, length = 1}
      runs[#runs + 1] = last
    end
  end
  return runs
end

local function resources(surface, area)
  local list = {}
  for index, ore in ipairs(surface.find_entities_filtered({area = area, type = "resource"})) do
    local position = ore.position
    list[index] = {name = ore.name, x = position.x, y = position.y, amount = ore.amount}
  end
  return list
end

-- --- entities

-- Items of a lane from the belt's front end backwards. The game does not tell scripts
-- where on a lane they lie, so they stand as close as they can.
local function add_lane(list, belt, line, across)
  local ahead = steps[belt.direction]
  local middle = belt.position
  local transport_line = belt.get_transport_line(line)
  for index = 1, math.min(#transport_line, 4) do
    local along = 0.5 - ITEM_SPACING * (index - 0.5)
    list[#list + 1] = {
      item = transport_line[index].name,
      x = middle.x + ahead.x * along - ahead.y * across,
      y = middle.y + ahead.y * along + ahead.x * across,
    }
  end
end

local function add_belt(shown, entity)
  shown.lanes = {}
  add_lane(shown.lanes, entity, 1, -LANE_OFFSET)
  add_lane(shown.lanes, entity, 2, LANE_OFFSET)
end

local function add_underground_belt(shown, entity)
  shown.belt_to_ground_type = entity.belt_to_ground_type
  local other = entity.neighbours
  shown.connected_to = other and place(other.position)
end

local function add_arm(shown, entity)
  shown.pickup, shown.drop = place(entity.pickup_position), place(entity.drop_position)
end

local function add_drill(shown, entity)
  shown.drop = place(entity.drop_position)
end

local function add_wires(shown, entity)
  shown.wires = {}
  for index, other in ipairs(entity.neighbours.copper) do
    shown.wires[index] = place(other.position)
  end
end

local function add_machine(shown, entity)
  local recipe = entity.get_recipe()
  shown.recipe = recipe and recipe.name
end

local function add_item(shown, entity)
  shown.contents = {[entity.stack.name] = entity.stack.count}
end

local function add_cliff(shown, entity)
  shown.cliff_orientation = entity.cliff_orientation
end

local adders = {
  ["transport-belt"] = add_belt,
  ["underground-belt"] = add_underground_belt,
  inserter = add_arm,
  ["mining-drill"] = add_drill,
  ["electric-pole"] = add_wires,
  ["assembling-machine"] = add_machine,
  furnace = add_machine,
  ["item-entity"] = add_item,
  cliff = add_cliff,
}

-- Where pipes connect, and the other end of an underground pipe.
local function add_fluids(shown, entity)
  local boxes = entity.fluidbox
  for box = 1, #boxes do
    local fluid = boxes[box]
    if fluid then
      shown.contents[fluid.name] = (shown.contents[fluid.name] or 0) + fluid.amount
    end
    for _, connection in ipairs(boxes.get_pipe_connections(box)) do
      if connection.connection_type == "normal" then
        shown.ports[#shown.ports + 1] = place(connection.target_position)
      elseif connection.target then
        shown.connected_to = place(connection.target.owner.position)
      end
    end
  end
end

local function show_entity(entity)
  local prototype, position = entity.prototype, entity.position
  local width, height = prototype.tile_width, prototype.tile_height
  if entity.direction % 4 == 2 then
    width, height = height, width
  end
  local shown = {
    name = entity.name, type = entity.type, x = position.x, y = position.y,
    direction = entity.direction, status = records.status(entity),
    -- what takes no whole tile, such as a tree, shows on one
    width = math.max(width, 1), height = math.max(height, 1),
    contents = {}, ports = {},
  }
  if entity.unit_number then
    shown.contents = items.in_entity(entity)
    add_fluids(shown, entity)
  end
  local add = adders[shown.type]
  if add then
    add(shown, entity)
  end
  return shown
end

local function entities(surface, area)
  local list = {}
  for _, entity in ipairs(surface.find_entities_filtered({area = area})) do
    if entity.type ~= "resource" and entity.type ~= "character" then
      list[#list + 1] = show_entity(entity)
    end
  end
  return list
end

-- --- characters

local function characters_and_paths()
  local characters, paths = {}, {}
  for agent = 1, agents.count() do
    local name = "agent_" .. (agent - 1)
    local position = agents.position(agent)
    characters[agent] = {name = name, x = position.x, y = position.y}
    local pending = global.pending and global.pending[agent]
    local state = pending and pending.state
    if state and state.way then
      local points = {place(position)}
      for index = state.place, #state.way do
        points[#points + 1] = place(state.way[index])
      end
      paths[#paths + 1] = {name = name, points = points}
    end
  end
  return characters, paths
end

---@param arguments table {area = bounding box?}
---@return table see fle_marl/rendering/scene.py
function scene.run(arguments)
  local surface = game.surfaces[1]
  local area = arguments.area or chosen_area(surface)
  local characters, paths = characters_and_paths()
  return {
    tick = game.tick - (global.start_tick or 0),
    area = area,
    water = water_runs(surface, area),
    resources = resources(surface, area),
    entities = entities(surface, area),
    characters = characters,
    paths = paths,
  }
end

return scene
