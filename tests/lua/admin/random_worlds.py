"""Random worlds on the lab map: what scripts and players can do, as data."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from fle_marl.prototypes import load
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.sim.refusals import REFUSED

__all__ = ["actions", "play"]

Action = Mapping[str, object]

_LEFT: Final = -40
_TOP: Final = -40
_SPACING: Final = 4
_COLUMNS: Final = 12
_PLACES: Final = _COLUMNS * 8

_PLAY: Final = """
local surface, force = game.surfaces[1], game.forces.player
local built = {}
local acts = {}

function acts.build(a)
  local wanted = {name = a.name, position = {a.x, a.y}, direction = a.direction}
  if not surface.can_place_entity(wanted) then
    return
  end
  built[#built + 1] = surface.create_entity({
    name = a.name, position = {a.x, a.y}, direction = a.direction, force = "player",
    type = a.belt_end, recipe = a.recipe,
  })
end

local function chosen(a)
  return built[a.which % #built + 1]
end

function acts.insert(a)
  chosen(a).insert({name = a.item, count = a.count, ammo = 3, durability = 40})
end

function acts.put(a)
  local inventory = chosen(a).get_inventory(a.index)
  inventory[a.slot].set_stack({
    name = a.item, count = a.count, ammo = 2, durability = 7,
  })
end

function acts.belt(a)
  local entity = chosen(a)
  local last = entity.get_max_transport_line_index()
  local line = entity.get_transport_line(a.line % last + 1)
  for _ = 1, a.count do
    line.insert_at((a.slot % 32) / 32, {name = a.item})
  end
end

function acts.fluid(a)
  chosen(a).insert_fluid({
    name = a.fluid, amount = a.count * 7.3, temperature = 60 + a.slot,
  })
end

function acts.settings(a)
  local entity = chosen(a)
  for _, act in ipairs({
    function() entity.set_recipe(a.recipe) end,
    function() entity.set_filter(a.slot % 5 + 1, a.item) end,
    function() entity.inserter_stack_size_override = a.count end,
    function() entity.splitter_filter = game.item_prototypes[a.item] end,
    function() entity.splitter_input_priority = "left" end,
    function() entity.splitter_output_priority = "right" end,
    function() entity.get_inventory(1).set_bar(a.slot) end,
    function() entity.held_stack.set_stack({name = a.item, count = 1}) end,
    function() entity.kills = a.count end,
    function() entity.auto_launch = true end,
    function() entity.temperature = 20 + a.count end,
    function() entity.products_finished = a.count end,
    function() entity.bonus_progress = a.slot / 40 end,
  }) do
    pcall(act)
  end
end

function acts.body(a)
  local entity = chosen(a)
  for _, act in ipairs({
    function() entity.health = entity.health / 2 end,
    function() entity.energy = a.count * 1000 end,
    function() entity.burner.heat = a.count * 10 end,
    function() entity.active = a.slot % 2 == 0 end,
    function() entity.minable = a.slot % 3 == 0 end,
    function() entity.operable = a.slot % 5 == 0 end,
    function() entity.destructible = a.slot % 7 == 0 end,
    function() entity.rotatable = a.slot % 4 == 0 end,
  }) do
    pcall(act)
  end
end

function acts.rotate(a) chosen(a).rotate() end
function acts.mark(a) chosen(a).order_deconstruction("player") end

function acts.wire(a)
  local other = built[a.slot % #built + 1]
  if a.count % 2 == 0 then
    chosen(a).connect_neighbour(other)
  else
    chosen(a).disconnect_neighbour(other)
  end
end

function acts.destroy(a) chosen(a).destroy() end

function acts.drop(a)
  surface.spill_item_stack({a.x, a.y}, {name = a.item, count = a.count % 20 + 1})
end

function acts.lay(a)
  surface.set_tiles({{name = a.tile, position = {math.floor(a.x), math.floor(a.y)}}})
end

function acts.ghost(a)
  surface.create_entity({
    name = "entity-ghost", inner_name = a.name, position = {a.x, a.y + 90},
    direction = a.direction, force = "player", recipe = a.recipe, type = a.belt_end,
  })
end

function acts.craft(a)
  local character = global.agents[a.which % #global.agents + 1].character
  character.begin_crafting({recipe = a.recipe, count = a.count % 5 + 1})
end

function acts.carry(a)
  local character = global.agents[a.which % #global.agents + 1].character
  if a.slot % 6 == 0 then
    character.die()
  else
    character.insert({name = a.item, count = a.count, ammo = 3, durability = 12})
    character.cursor_stack.set_stack({name = a.item, count = 1})
    character.health = 10 + a.count
    character.character_reach_distance_bonus = a.slot
  end
end

function acts.know(a)
  local technology = force.technologies[a.technology]
  if a.slot % 3 == 0 then
    technology.researched = a.count % 2 == 0
  elseif a.slot % 3 == 1 then
    force.add_research(technology)
    force.research_progress = a.slot / 40
  else
    force.set_saved_technology_progress(technology, a.slot / 40)
    force.manual_crafting_speed_modifier = a.count / 3
    force.recipes[a.recipe].enabled = a.count % 2 == 1
  end
end

function acts.count(a)
  force.item_production_statistics.on_flow(a.item, a.count)
  force.fluid_production_statistics.on_flow(a.fluid, -a.count / 3)
  global.crafted = {[a.item] = a.count}
  surface.daytime = a.slot / 40
  surface.always_day = false
end

function acts.ore(a)
  local ores = surface.find_entities_filtered({type = "resource", limit = a.count + 1})
  if a.slot % 2 == 0 then
    ores[#ores].destroy()
  else
    ores[#ores].amount = a.count + 1
  end
end

function acts.fell(a)
  local trees = surface.find_entities_filtered({type = "tree", limit = a.count + 1})
  trees[#trees].destroy()
end

return function(list)
  for _, action in ipairs(list) do
    -- much of what is random is refused
    pcall(acts[action.act], action)
  end
  return #built
end
"""


@cache
def _names() -> dict[str, list[str]]:
    tables = load()
    return {
        "name": sorted(
            name
            for name, entity in tables.entities.items()
            if entity.items_to_place_this and entity.type not in REFUSED
        ),
        "item": sorted(tables.items),
        "fluid": sorted(tables.fluids),
        "recipe": sorted(tables.recipes),
        "technology": sorted(tables.technologies),
        "tile": sorted(
            name for name, tile in tables.tiles.items() if tile.items_to_place_this
        ),
    }


_ACTS: Final = (
    *("build",) * 6,
    *("insert", "put", "belt", "settings", "tick") * 2,
    *("fluid", "body", "rotate", "mark", "wire", "destroy", "drop", "lay", "ghost"),
    *("craft", "carry", "know", "count", "ore", "fell"),
)


def _belonging(name: str) -> list[str]:
    """Items that an entity may have a use for, so that random ones do something."""
    common = ["coal", "iron-plate", "iron-ore", "copper-plate", "speed-module"]
    return [
        *common,
        "firearm-magazine",
        "automation-science-pack",
        "wood",
        "armor",
        name,
    ]


@st.composite
def _action(draw: st.DrawFn) -> Action:
    act = draw(st.sampled_from(_ACTS))
    if act == "tick":
        return {"act": act, "ticks": draw(st.integers(1, 200))}
    names = _names()
    place = draw(st.integers(0, _PLACES - 1))
    action: dict[str, Any] = {
        key: draw(st.sampled_from(values)) for key, values in names.items()
    }
    if draw(st.integers(0, 3)):
        useful = [item for item in _belonging("pistol") if item in load().items]
        action["item"] = draw(st.sampled_from(useful))
    row, column = divmod(place, _COLUMNS)
    return action | {
        "act": act,
        "x": _LEFT + column * _SPACING + draw(st.sampled_from((0, 0.5, 1))),
        "y": _TOP + row * _SPACING + draw(st.sampled_from((0, 0.5, 1))),
        "direction": draw(st.sampled_from((0, 2, 4, 6))),
        "belt_end": draw(st.sampled_from(("input", "output"))),
        "which": draw(st.integers(0, 200)),
        "index": draw(st.integers(1, 8)),
        "slot": draw(st.integers(1, 40)),
        "line": draw(st.integers(1, 8)),
        "count": draw(st.integers(1, 50)),
    }


def actions(most: int) -> st.SearchStrategy[list[Action]]:
    """So many actions at the most."""
    return st.lists(_action(), min_size=most // 4, max_size=most)


def play(server: EmbeddedServer, played: Sequence[Action]) -> None:
    """Do all actions on a server, as far as they are possible."""
    act = server.lua.execute(_PLAY)
    for action in played:
        if action["act"] == "tick":
            server.advance(int(str(action["ticks"])))
        else:
            server.lua.guarded(act, server.lua.table([action]))
