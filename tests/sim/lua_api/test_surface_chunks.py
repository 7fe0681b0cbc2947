"""Chunks and settings of the map, as scripts see them."""

import pytest

from fle_marl.errors import LuaApiMissing
from fle_marl.sim.engine import advance
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.mapgen import grow_map
from fle_marl.sim.mapgen.generator import add_generator
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.world import World

COUNT = "local n = 0 for chunk in surface.get_chunks() do n = n + 1 end return n"


@pytest.fixture
def grown():
    """``grown(source)`` on a generated map of which nothing is there yet."""
    world = World(3)
    add_generator(world, read_map_gen_settings({"preset": "rail-world", "seed": 9}))
    api = LuaApi(world, {})
    api.environment["surface"] = api.execute("return game.surfaces[1]")
    return api


def test_forced_requests_are_there_at_once(grown):
    assert grown.execute(COUNT) == 0
    grown.execute("surface.request_to_generate_chunks({40, -1}, 1)")
    assert grown.execute("return surface.is_chunk_generated({1, -1})") is False
    grown.execute("surface.force_generate_chunk_requests()")
    assert grown.execute("return surface.is_chunk_generated({x = 1, y = -1})") is True
    assert grown.execute("return surface.is_chunk_generated({3, -1})") is False
    assert grown.execute(COUNT) == 9
    assert grown.execute("return surface.get_tile(40, -1).valid") is True


def test_other_requests_are_there_after_a_while(grown):
    grown.execute("surface.request_to_generate_chunks({0, 0}, 0)")
    advance(grown.world, 60)
    grow_map(grown.world)
    assert grown.execute(COUNT) == 1


def test_chunks_have_a_place_and_an_area(grown):
    grown.execute("surface.request_to_generate_chunks({-5, 70}, 0)")
    grown.execute("surface.force_generate_chunk_requests()")
    source = "local chunk = surface.get_chunks()() local area = chunk.area "
    source += "return chunk.x, chunk.y, area.left_top.x, area.right_bottom.y"
    assert grown.execute(source) == (-1, 2, -32, 96)


def test_an_iterator_goes_row_by_row_and_ends(run):
    source = """
    local found = {}
    local chunks = surface.get_chunks()
    for chunk in chunks do found[#found + 1] = chunk.x .. "," .. chunk.y end
    return table.concat(found, " "), chunks(), chunks.valid, chunks.object_name
    """
    places, after, valid, name = run(source)
    # 64 x 64 tiles around the origin
    assert places == "-1,-1 0,-1 -1,0 0,0"
    assert (after, valid, name) == (None, True, "LuaChunkIterator")


def test_settings_of_the_map(grown):
    read = "local s = surface.map_gen_settings return "
    assert grown.execute(read + "s.seed, s.water, s.terrain_segmentation") == (
        9,
        1.5,
        0.5,
    )
    assert grown.execute(read + "s.autoplace_controls.coal.size") == 3
    assert grown.execute(read + "s.width, s.starting_points[1].x") == (2_000_000, 0)
    assert grown.execute("return surface.get_starting_area_radius()") == 150


def test_maps_drawn_by_hand_have_no_settings_and_do_not_grow(run):
    with pytest.raises(LuaApiMissing, match="drawn by hand"):
        run("return surface.map_gen_settings")
    run("surface.request_to_generate_chunks({500, 0}, 2)")
    run("surface.force_generate_chunk_requests()")
    assert run(COUNT) == 4
    assert run("return surface.is_chunk_generated({0, 0})") is True
    assert run("return surface.is_chunk_generated({900, 0})") is False


@pytest.mark.parametrize("radius", ["-1", "'far'", "nil", "1/0", "0/0"])
def test_a_radius_must_be_one(refusal, radius):
    message = refusal(f"surface.request_to_generate_chunks({{0, 0}}, {radius})")
    assert "radius" in message or "argument" in message


def test_a_radius_beyond_the_largest_map_ends_with_it(grown):
    grown.execute("surface.request_to_generate_chunks({2040, 2040}, 1)")
    grown.execute("surface.request_to_generate_chunks({99999, 0}, 3)")
    grown.execute("surface.force_generate_chunk_requests()")
    assert grown.execute(COUNT) == 4
