-- What a saved state must look like: nothing of it is followed before it was checked.

local characters = require("state.characters")
local checks = require("runtime.checks")
local entities = require("state.entities")
local errors = require("runtime.errors")
local force_state = require("state.force")
local ground = require("state.ground")
local loose = require("state.loose")
local natural = require("state.natural")
local research = require("state.research")
local resources = require("state.resources")

local format = {}

format.NAME = "fle-marl-state"
format.VERSION = 1

local share = checks.number(0, 1)
local anything = function() end
local name_of_force = checks.text

local check_day = checks.record({
  daytime = share, dusk = share, evening = share, morning = share, dawn = share,
  ticks_per_day = checks.whole(1, 2 ^ 31 - 1),
  solar_power_multiplier = checks.number(0, 1e6),
  always_day = checks.flag, freeze_daytime = checks.flag,
})

local function check_wires(count)
  local place = checks.whole(1, math.max(count, 1))
  return checks.list(checks.tuple({place, place}, 2))
end

local FIELDS = {
  format = anything, version = anything,
  tick = checks.whole(0, 2 ^ 52),
  day = check_day,
  forces = checks.list(name_of_force),
  research = research.check,
  force = force_state.check,
  statistics = force_state.check_statistics,
  harvested = checks.map(checks.text, checks.amount),
  crafted = checks.map(checks.text, checks.amount),
  chunks = ground.check_chunks,
  pollution = checks.list(checks.tuple(
    {checks.tile_coordinate, checks.tile_coordinate, checks.amount}, 3
  )),
  floors = ground.check_floors,
  resources = resources.check,
  natural = natural.check,
  entities = entities.check,
  wires = anything,
  items = loose.check_items,
  corpses = loose.check_corpses,
  ghosts = loose.check_ghosts,
  marks = loose.check_marks,
  agents = characters.check,
}
local check_fields = checks.record(FIELDS, {goal = anything, factorio = checks.text})

local function check_header(state)
  if type(state) ~= "table" or state.format ~= format.NAME then
    errors.fail(
      "bad-argument", "arguments.state is not a state as save_state gives it",
      {at = "state.format", expected = format.NAME}
    )
  end
  if state.version ~= format.VERSION then
    errors.fail(
      "other-version",
      string.format(
        "the state has version %s, and this is version %d", tostring(state.version), format.VERSION
      ),
      {version = tostring(state.version), expected = format.VERSION}
    )
  end
end

local function check_forces(state)
  local known = {player = true, enemy = true, neutral = true}
  for index, name in ipairs(state.forces) do
    if known[name] or name == "" then
      checks.refuse("state.forces[" .. index .. "]", "the name of another force", name)
    end
    known[name] = true
  end
  for index, record in ipairs(state.entities) do
    if record.force and not known[record.force] then
      checks.refuse(
        "state.entities[" .. index .. "].force", "one of the state's forces", record.force
      )
    end
  end
  for index, ghost in ipairs(state.ghosts) do
    if ghost.force and not known[ghost.force] then
      checks.refuse("state.ghosts[" .. index .. "].force", "one of the state's forces", ghost.force)
    end
    if (ghost.tile == nil) == (type(ghost.entity) ~= "table") then
      checks.refuse("state.ghosts[" .. index .. "]", "either of an entity or of a tile", nil)
    end
  end
end

local function check_recipes(state)
  for index, record in ipairs(state.entities) do
    local type = game.entity_prototypes[record.name].type
    local path = "state.entities[" .. index .. "]"
    if record.recipe and type ~= "assembling-machine" then
      checks.refuse(path .. ".recipe", "left out", record.recipe)
    end
    local crafts = type == "assembling-machine" or type == "furnace" or type == "rocket-silo"
    if record.craft and not crafts then
      checks.refuse(path .. ".craft", "left out", record.craft.recipe)
    end
    if type == "underground-belt" and record.belt_end == nil then
      checks.refuse(path .. ".belt_end", "there", nil)
    end
  end
end

local function check_order_of_day(day)
  if not (day.dusk < day.evening and day.evening < day.morning and day.morning < day.dawn) then
    checks.refuse("state.day", "with dusk, evening, morning and dawn in order", day)
  end
end

---Refuses what is no state; the ground of the map is not looked at.
---@param state any
function format.check(state)
  check_header(state)
  check_fields(state, "state")
  check_wires(#state.entities)(state.wires, "state.wires")
  for index, wire in ipairs(state.wires) do
    for _, place in ipairs(wire) do
      if game.entity_prototypes[state.entities[place].name].type ~= "electric-pole" then
        checks.refuse("state.wires[" .. index .. "]", "between two poles", place)
      end
    end
  end
  check_order_of_day(state.day)
  check_forces(state)
  check_recipes(state)
end

return format
