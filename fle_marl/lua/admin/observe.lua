-- Everything that observations are made of, for the whole world at once.

local agents = require("runtime.agents")
local items = require("runtime.items")
local names = require("runtime.names")
local production = require("admin.production")
local records = require("runtime.records")
local scoring = require("runtime.scoring")

local observe = {}

-- what the force owns but did not build
local unbuilt = {character = true, ["item-entity"] = true}

-- names of the technologies, in their order
local technology_names

local function known_technologies(force)
  technology_names = technology_names or names.sorted(force.technologies)
  return technology_names
end

-- What may change of each technology; the rest is known from the prototypes.
local function show_research(force)
  local list, progress = {}, {}
  local technologies = force.technologies
  for place, name in ipairs(known_technologies(force)) do
    local technology = technologies[name]
    local researched = technology.researched
    list[place] = {
      name = name,
      researched = researched,
      enabled = technology.enabled,
      level = technology.level,
      research_unit_count = technology.research_unit_count,
    }
    local saved = not researched and force.get_saved_technology_progress(name)
    if saved and saved > 0 then
      progress[name] = saved
    end
  end
  local queue = {}
  for place, technology in ipairs(force.research_queue) do
    queue[place] = type(technology) == "string" and technology or technology.name
  end
  local current = force.current_research
  return {
    technologies = list,
    current_research = current and current.name,
    research_progress = current and force.research_progress or 0,
    research_queue = queue,
    progress = progress,
  }
end

local function show_agents()
  local list = {}
  for agent = 1, agents.count() do
    local ticks, position = agents.ticks_to_respawn(agent), agents.position(agent)
    list[agent] = {
      inventory = ticks and {} or items.contents(agents.character(agent).get_main_inventory()),
      position = {x = position.x, y = position.y},
      ticks_to_respawn = ticks,
    }
  end
  return list
end

local function show_entities(force)
  local built = {}
  for _, entity in ipairs(game.surfaces[1].find_entities_filtered({force = force})) do
    if entity.unit_number and not unbuilt[entity.type] then
      built[#built + 1] = entity
    end
  end
  records.sort(built)
  for place, entity in ipairs(built) do
    built[place] = records.entity(entity)
  end
  return built
end

---@return table see fle_marl/envs/world_view.py
function observe.run()
  local force = game.forces.player
  local made = production.run()
  return {
    tick = made.tick,
    speed = game.speed,
    score = scoring.production(force),
    agents = show_agents(),
    entities = show_entities(force),
    research = show_research(force),
    production = made,
  }
end

return observe
