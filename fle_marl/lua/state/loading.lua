-- From plain data to a world: all that was there goes, and what was saved comes.

local built = require("runtime.built")
local characters = require("state.characters")
local entities = require("state.entities")
local episodes = require("runtime.episodes")
local errors = require("runtime.errors")
local force_state = require("state.force")
local format = require("state.format")
local ground = require("state.ground")
local loose = require("state.loose")
local natural = require("state.natural")
local research = require("state.research")
local resources = require("state.resources")
local resuming = require("runtime.resuming")
local saving = require("state.saving")

local loading = {}

local CHUNK_TILES = 32

local function load_wires(made, wires)
  for _, entity in ipairs(made) do
    if entity.type == "electric-pole" then
      -- they have joined others by themselves as they were built
      entity.disconnect_neighbour()
    end
  end
  for _, wire in ipairs(wires) do
    made[wire[1]].connect_neighbour(made[wire[2]])
  end
end

local function load_pollution(surface, list)
  surface.clear_pollution()
  for _, entry in ipairs(list) do
    surface.pollute({x = entry[1] * CHUNK_TILES, y = entry[2] * CHUNK_TILES}, entry[3])
  end
end

-- What the map is made of, and what lay on it.
local function load_map(surface, state, problems)
  local is_ours = ground.inside(state.chunks)
  local left = ground.load_floors(surface, state.floors)
  if left > 0 then
    problems[#problems + 1] = {
      what = left .. " tiles of landfill", why = "what they cover is not known, so they stay",
    }
  end
  resources.load(surface, state.resources, is_ours)
  natural.load(surface, state.natural, built.sorted(surface).natural, is_ours)
end

local function add(problems, others)
  for _, problem in ipairs(others) do
    problems[#problems + 1] = problem
  end
end

local function rebuild(surface, force, state)
  local problems = {}
  for _, name in ipairs(state.forces) do
    if game.forces[name] == nil then
      game.create_force(name)
    end
  end
  episodes.forget_the_past(force)
  research.load(force, state.research)
  force_state.load(force, surface, state.force)
  saving.load_day(surface, state.day)
  episodes.dismiss(surface)
  built.clear(surface)
  load_map(surface, state, problems)
  local made = entities.load(surface, state.entities)
  load_wires(made, state.wires)
  loose.load_items(surface, state.items)
  loose.load_corpses(surface, state.corpses)
  add(problems, loose.load_ghosts(surface, state.ghosts))
  loose.load_marks(surface, state.marks)
  entities.forbid(made, state.entities)
  add(problems, characters.load(surface, state.agents))
  ground.chart(surface, force, state.chunks)
  force_state.load_statistics(force, state.statistics)
  load_pollution(surface, state.pollution)
  global.harvested, global.crafted, global.goal = state.harvested, state.crafted, state.goal
  global.start_tick = game.tick - state.tick
  resuming.watch()
  return problems
end

-- What went wrong although all was checked, such as a capacity that was reached.
local function put_back(surface, force, before, problem)
  rebuild(surface, force, before)
  if type(problem) == "table" then
    errors.fail(problem.code, problem.message, problem.details)
  end
  errors.fail("not-loadable", "the state cannot be loaded: " .. tostring(problem))
end

---@param state any
---@return table[] problems {what, why}: what could not be as it was saved
function loading.load(state)
  local surface, force = game.surfaces[1], game.forces.player
  format.check(state)
  ground.generate(surface, state.chunks)
  ground.check_below(surface, state)
  local before = saving.save()
  local ok, result = pcall(rebuild, surface, force, state)
  if not ok then
    put_back(surface, force, before, result)
  end
  return result
end

return loading
