"""The two ways of finding entities give the same ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.sim.actions import find
from fle_marl.sim.actions.find import EntityQuery, find_entities
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.lua_api.filters import every_prototype
from fle_marl.sim.mapgen import build_scenario
from fle_marl.sim.world import World

SCENE = """
local surface = game.surfaces[1]
local function build(name, x, y, more)
  local entity = {name = name, position = {x, y}, force = "player"}
  for key, value in pairs(more or {}) do entity[key] = value end
  return surface.create_entity(entity)
end
for x = -20, 20, 5 do
  build("iron-ore", x, x / 2, {amount = 10})
  build("assembling-machine-1", x, 12)
  build("boiler", x, -12, {direction = 2})
  build("tree-01", x + 0.3, 6.7)
  build("item-on-ground", x + 0.9, 8.1, {stack = {name = "coal", count = 1}})
  build("entity-ghost", x, 16, {inner_name = "wooden-chest"})
  build("character-corpse", x, -16, {inventory_size = 1})
end
-- what ends at a border between tiles, and characters on one and on corners of four
build("big-electric-pole", 3, 3)
build("character", 0.5, 0.5)
build("character", -5, -5)
build("cliff", 2, -6, {cliff_orientation = "west-to-east"})
build("cliff", 9, -6.5, {cliff_orientation = "north-to-east"})
"""


@pytest.fixture(scope="module")
def world():
    world = World(3)
    build_scenario(world, {"name": "empty"}, 1)
    LuaApi(world, {}).execute(SCENE)
    return world


coordinates = st.one_of(
    st.integers(-25 * 256, 25 * 256), st.integers(-25, 25).map(lambda tile: tile * 256)
)
sizes = st.one_of(st.just(0), st.just(256), st.integers(0, 20 * 256))
queries = st.one_of(
    st.tuples(coordinates, coordinates, sizes, sizes).map(
        lambda box: {"box": (box[0], box[1], box[0] + box[2], box[1] + box[3])}
    ),
    st.tuples(coordinates, coordinates, st.floats(0, 20 * 256)).map(
        lambda circle: {"center": circle[:2], "radius": circle[2]}
    ),
)


@settings(max_examples=150, deadline=None)
@given(place=queries, limit=st.sampled_from([0, 1, 5]), force=st.sampled_from([0, 1]))
def test_by_tiles_and_by_rows(world, place, limit, force):
    forces = {"forces": 1 << force} if force else {}
    query = EntityQuery(
        prototypes=every_prototype("entities"), limit=limit, **place, **forces
    )
    rows = len(world.entity)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "_tile_area", lambda _query: (0, 0, rows, rows))
        expected = find_entities(world, query).tolist()
        everything = find_entities(
            world, EntityQuery(prototypes=query.prototypes, **place, **forces)
        )
        assert expected == everything.tolist()[: limit or None]
    area = find._tile_area(query)
    found = np.empty(10 * rows, np.int32)
    where = query.forces, query.box, query.center, query.radius
    count = find._find_by_tiles(world.state, query.prototypes, where, area, found)
    by_tiles = sorted(found[:count].tolist())
    assert by_tiles == everything.tolist()
    assert find_entities(world, query).tolist() == expected


def test_off_the_map_entities_are_looked_through(world):
    query = EntityQuery(
        prototypes=every_prototype("entities"), box=(10**6, 0, 10**6 + 9, 9)
    )
    assert find_entities(world, query).tolist() == []
    found = np.empty(10, np.int32)
    where = query.forces, query.box, query.center, query.radius
    area = find._tile_area(query)
    count = find._find_by_tiles(world.state, query.prototypes, where, area, found)
    assert count == -1
