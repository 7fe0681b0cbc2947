-- The whole state of a world as plain data.

local built = require("runtime.built")
local characters = require("state.characters")
local entities = require("state.entities")
local force_state = require("state.force")
local format = require("state.format")
local ground = require("state.ground")
local left_behind = require("state.left_behind")
local loose = require("state.loose")
local natural = require("state.natural")
local research = require("state.research")
local resources = require("state.resources")

local saving = {}

local CHUNK_TILES = 32
local DAY = {
  "daytime", "dusk", "evening", "morning", "dawn", "ticks_per_day",
  "solar_power_multiplier", "always_day", "freeze_daytime",
}

local function save_day(surface)
  local day = {}
  for _, name in ipairs(DAY) do
    day[name] = surface[name]
  end
  return day
end

-- Copper wires between poles, each once: the places of both ends in the list of entities.
local function save_wires(kept)
  local place_of, wires = {}, {}
  for place, entity in ipairs(kept) do
    if entity.unit_number then
      place_of[entity.unit_number] = place
    end
  end
  for place, entity in ipairs(kept) do
    if entity.type == "electric-pole" then
      local ends = {}
      for _, other in ipairs(entity.neighbours.copper) do
        local there = place_of[other.unit_number]
        if there and there > place then
          ends[#ends + 1] = there
        end
      end
      table.sort(ends)
      for _, there in ipairs(ends) do
        wires[#wires + 1] = {place, there}
      end
    end
  end
  return wires
end

local function save_pollution(surface, chunks)
  local list = {}
  for _, chunk in ipairs(chunks) do
    local amount = surface.get_pollution({x = chunk[1] * CHUNK_TILES, y = chunk[2] * CHUNK_TILES})
    if amount > 0 then
      list[#list + 1] = {chunk[1], chunk[2], amount}
    end
  end
  return list
end

local function own_forces()
  local usual, names = {player = true, enemy = true, neutral = true}, {}
  for name in pairs(game.forces) do
    if not usual[name] then
      names[#names + 1] = name
    end
  end
  table.sort(names)
  return names
end

local function copy(book)
  local copied = {}
  for name, count in pairs(book or {}) do
    copied[name] = count
  end
  return copied
end

---@return table state, table[] not_saved
function saving.save()
  local surface, force = game.surfaces[1], game.forces.player
  local found, behind = built.sorted(surface), left_behind.new()
  local list, kept = entities.save(found.built, behind)
  local chunks = ground.save_chunks(surface, force)
  local state = {
    format = format.NAME, version = format.VERSION, factorio = game.active_mods.base,
    tick = game.tick - (global.start_tick or 0),
    day = save_day(surface),
    forces = own_forces(),
    research = research.save(force),
    force = force_state.save(force, surface),
    statistics = force_state.save_statistics(force),
    harvested = copy(global.harvested), crafted = copy(global.crafted), goal = global.goal,
    chunks = chunks,
    pollution = save_pollution(surface, chunks),
    floors = ground.save_floors(surface),
    resources = resources.save(surface),
    natural = natural.save(found.natural, behind),
    entities = list,
    wires = save_wires(kept),
    items = loose.save_items(found.items),
    corpses = loose.save_corpses(found.corpses),
    ghosts = loose.save_ghosts(found.ghosts, behind),
    marks = loose.save_marks(surface),
    agents = characters.save(found.characters, behind),
  }
  return state, behind.list()
end

---Sets the times of day, each such that they stay in order meanwhile.
function saving.load_day(surface, day)
  -- from a day whose parts lie at its very start all others can be set one by one
  for place, name in ipairs({"dusk", "evening", "morning", "dawn"}) do
    surface[name] = place * 1e-6
  end
  for _, name in ipairs({"dawn", "morning", "evening", "dusk"}) do
    surface[name] = day[name]
  end
  for _, name in ipairs(DAY) do
    surface[name] = day[name]
  end
end

return saving
