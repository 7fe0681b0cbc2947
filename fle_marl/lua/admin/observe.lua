-- Everything that observations are made of, for the whole world at once.

local agents = require("runtime.agents")
local items = require("runtime.items")
local production = require("admin.production")
local records = require("runtime.records")
local scoring = require("runtime.scoring")

local observe = {}

-- what the force owns but did not build
local unbuilt = {character = true, ["item-entity"] = true}

-- what never changes of each technology, by its name, in the order of names
local technologies

local function by_name(first, second)
  return first.name < second.name
end

local function known_technologies(force)
  if technologies then
    return technologies
  end
  local found = {}
  for name, technology in pairs(force.technologies) do
    local prerequisites, ingredients = {}, {}
    for prerequisite in pairs(technology.prerequisites) do
      prerequisites[#prerequisites + 1] = prerequisite
    end
    table.sort(prerequisites)
    for _, part in ipairs(technology.research_unit_ingredients) do
      ingredients[part.name] = part.amount
    end
    found[#found + 1] = {
      name = name, prerequisites = prerequisites, ingredients = ingredients,
      energy = technology.research_unit_energy,
    }
  end
  table.sort(found, by_name)
  technologies = found
  return technologies
end

local function show_research(force)
  local list, progress = {}, {}
  local technologies_of_force = force.technologies
  for place, known in ipairs(known_technologies(force)) do
    local technology = technologies_of_force[known.name]
    local researched = technology.researched
    list[place] = {
      name = known.name,
      researched = researched,
      enabled = technology.enabled,
      level = technology.level,
      research_unit_count = technology.research_unit_count,
      research_unit_energy = known.energy,
      prerequisites = known.prerequisites,
      ingredients = known.ingredients,
    }
    local saved = not researched and force.get_saved_technology_progress(known.name)
    if saved and saved > 0 then
      progress[known.name] = saved
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
