-- The cheapest way over tiles for belts, pipes and walls, also below ground: A* with
-- whole-number costs, so that it is quick and always finds the same way.

local ground = require("runtime.ground")
local queue = require("runtime.queue")

local routes = {}

-- Costs of what a route does. A tile is 10; a turn a little more, so that routes are
-- straight; going below ground as much as a detour of three tiles; and the places where
-- machines drop and take are avoided by such a detour too.
local TILE, TURN, KEPT, DIVE = 10, 2, 30, 30
-- nodes looked at before giving up
local MOST_NODES = 60000

-- steps by direction 0 to 3: north, east, south, west
local STEP_X, STEP_Y = {[0] = 0, 1, 0, -1}, {[0] = -1, 0, 1, 0}
local NO_DIRECTION = 4

-- A node is a cell with the direction it was entered in and how: 0 on the ground, 1 out
-- of the ground. Its number holds the three.
local function node_of(cell, direction, kind)
  return cell * 16 + direction * 2 + kind
end

local function parts_of(node)
  local kind, low = node % 2, node % 16
  return (node - low) / 16, (low - kind) / 2, kind
end

-- The least cost that is left: the way to the box around all goals.
local function make_estimate(map, goals)
  local left, top, right, bottom = math.huge, math.huge, -math.huge, -math.huge
  for cell in pairs(goals) do
    local x, y = ground.tile(map, cell)
    left, right = math.min(left, x), math.max(right, x)
    top, bottom = math.min(top, y), math.max(bottom, y)
  end
  return function(x, y)
    local dx = x < left and left - x or x > right and x - right or 0
    local dy = y < top and top - y or y > bottom and y - bottom or 0
    return (dx + dy) * TILE
  end
end

local function reach(search, cell, x, y, direction, kind, from, cost)
  local node = node_of(cell, direction, kind)
  local known = search.cost[node]
  if known == nil or cost < known then
    search.cost[node], search.from[node] = cost, from
    queue.push(search.waiting, cost + search.estimate(x, y), node)
  end
end

local function is_goal(search, cell, direction, kind)
  local goal = search.goals[cell]
  if goal == nil then
    return false
  end
  if kind == 1 then
    return goal.from_below ~= nil and goal.from_below[direction] == true
  end
  if not (search.on_ground or goal.is_built) then
    return false
  end
  return direction == NO_DIRECTION or goal.on_ground[direction] == true
end

-- A tile that is built on can be entered only as a goal: the way ends in what is there.
local function may_enter(search, cell, direction)
  if not search.blocked[cell] then
    return true
  end
  local goal = search.goals[cell]
  return goal ~= nil and goal.is_built and goal.on_ground[direction] == true
end

-- One tile ahead on the ground.
local function step(search, node, x, y, direction, ahead)
  local next_x, next_y = x + STEP_X[ahead], y + STEP_Y[ahead]
  local cell = ground.cell(search.map, next_x, next_y)
  if cell == nil or not may_enter(search, cell, ahead) then
    return
  end
  local cost = search.cost[node] + TILE
  if direction ~= ahead and direction ~= NO_DIRECTION then
    cost = cost + TURN
  end
  if search.map.kept[cell] and not search.goals[cell] then
    cost = cost + KEPT
  end
  reach(search, cell, next_x, next_y, ahead, 0, node, cost)
end

-- Into the ground here, and out of it up to so many tiles ahead.
local function dive(search, node, x, y, cell, ahead)
  local axis = ahead % 2
  if search.blocked[cell] or search.shut[axis][cell] then
    return
  end
  for distance = 1, search.dives do
    local out_x, out_y = x + STEP_X[ahead] * distance, y + STEP_Y[ahead] * distance
    local out = ground.cell(search.map, out_x, out_y)
    if out == nil or search.ends[axis][out] then
      return
    end
    if distance > 1 and not search.blocked[out] and not search.shut[axis][out] then
      local cost = search.cost[node] + TILE * distance + DIVE
      reach(search, out, out_x, out_y, ahead, 1, node, cost)
    end
  end
end

local function expand(search, node, cell, direction, kind)
  local x, y = ground.tile(search.map, cell)
  local start = search.start_of[node]
  local is_built = start ~= nil and start.is_built
  for ahead = 0, 3 do
    local is_straight = direction == ahead or direction == NO_DIRECTION
    local may = (kind == 0 and (direction + 2) % 4 ~= ahead or is_straight)
      and (not (start and start.only) or start.only[ahead])
    if may then
      if search.on_ground or kind == 1 or is_built then
        step(search, node, x, y, direction, ahead)
      end
      if search.dives and kind == 0 and is_straight and not is_built then
        dive(search, node, x, y, cell, ahead)
      end
    end
  end
end

-- The nodes from the start to a goal.
local function way_to(search, node)
  local backwards = {}
  local way = {cost = search.cost[node]}
  while node do
    local cell, direction, kind = parts_of(node)
    local x, y = ground.tile(search.map, cell)
    backwards[#backwards + 1] = {
      x = x, y = y, cell = cell, from_below = kind == 1,
      direction = direction ~= NO_DIRECTION and direction * 2 or nil,
    }
    way.start = search.start_of[node]
    node = search.from[node]
  end
  for place = #backwards, 1, -1 do
    way[#way + 1] = backwards[place]
  end
  return way
end

local function begin(search)
  for _, start in ipairs(search.starts) do
    local cell = ground.cell(search.map, start.x, start.y)
    if cell and (start.is_built or not search.map.blocked[cell]) then
      local direction = start.direction and start.direction / 2 or NO_DIRECTION
      local node = node_of(cell, direction, 0)
      if search.start_of[node] == nil then
        search.start_of[node] = start
        reach(search, cell, start.x, start.y, direction, 0, nil, 0)
      end
    end
  end
end

---Finds the cheapest way from one of several tiles to one of several tiles.
---@param search table
---  map: as `ground.read` makes it; blocked: cells that no piece may take;
---  on_ground: whether there are pieces for the ground;
---  starts: {x, y, direction? (0, 2, 4, 6), is_built?, only? = directions 0 to 3 to leave in};
---  goals: by cell {on_ground = directions 0 to 3 to enter in, from_below? = the same for
---  coming out of the ground there, is_built?};
---  dives?: longest distance below ground; shut: by axis (0 north-south, 1 east-west)
---  cells where none may go in or out; ends: by axis cells that none may pass below
---@return table? way nodes {x, y, cell, direction = entered in, from_below};
---  way.start is the start that was taken, way.cost the cost
function routes.find(search)
  if next(search.goals) == nil then
    return nil
  end
  search.cost, search.from, search.start_of = {}, {}, {}
  search.waiting, search.estimate = queue.new(), make_estimate(search.map, search.goals)
  begin(search)
  return queue.explore(search.waiting, MOST_NODES, function(node)
    local cell, direction, kind = parts_of(node)
    if is_goal(search, cell, direction, kind) then
      return way_to(search, node)
    end
    expand(search, node, cell, direction, kind)
  end)
end

return routes
