"""Every filter of tiles, against a search by hand."""

import math

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.lua_api.lua_tile import tile_handle, tile_handles
from fle_marl.sim.world import World

NAMES = ["grass-1", "water", "deepwater", "sand-1", "landfill"]
CHUNKS = [(-1, -1), (0, -1), (0, 0)]
"""The chunk at (-1, 0) is missing."""


@pytest.fixture
def world() -> World:
    world = World()
    numbers = np.array([load().tiles[name].id for name in NAMES], np.uint8)
    random = np.random.default_rng(3)
    for x, y in CHUNKS:
        tiles = numbers[random.integers(0, len(NAMES), (CHUNK_TILES, CHUNK_TILES))]
        world.add_chunk(x, y, tiles)
    return world


@pytest.fixture
def api(world) -> LuaApi:
    return LuaApi(world, {})


def tiles_of(world):
    """(x, y) -> name of all tiles that there are, by rows from the north."""
    by_id = {load().tiles[name].id: name for name in NAMES}
    found = {}
    for index, (chunk_x, chunk_y) in enumerate(CHUNKS):
        for (row, column), tile in np.ndenumerate(world.tile[index]):
            place = chunk_x * CHUNK_TILES + column, chunk_y * CHUNK_TILES + row
            found[place] = by_id[int(tile)]
    return {place: found[place] for place in sorted(found, key=lambda p: (p[1], p[0]))}


def is_water(name):
    return "water-tile" in load().tiles[name].collision_mask


FILTERS = {
    "": lambda x, y, name: True,
    "name = 'water'": lambda x, y, name: name == "water",
    "name = {'water', 'sand-1'}": lambda x, y, name: name in ("water", "sand-1"),
    "name = {}": lambda x, y, name: False,
    "name = 'water', invert = true": lambda x, y, name: name != "water",
    "collision_mask = 'water-tile'": lambda x, y, name: is_water(name),
    "collision_mask = 'water-tile', invert = true": (
        lambda x, y, name: not is_water(name)
    ),
    "area = {{-3, -2}, {4, 5}}": lambda x, y, name: -3 <= x < 4 and -2 <= y < 5,
    "area = {{-3.5, -2.5}, {4.1, 4.9}}": (
        lambda x, y, name: -4 <= x <= 4 and -3 <= y <= 4
    ),
    "area = {{500, 500}, {600, 600}}": lambda x, y, name: False,
    "position = {1.2, -3}, radius = 6.5": (
        lambda x, y, name: math.hypot(x + 0.5 - 1.2, y + 0.5 + 3) <= 6.5
    ),
    "position = {1, 1}, radius = 4, name = 'water'": (
        lambda x, y, name: math.hypot(x - 0.5, y - 0.5) <= 4 and name == "water"
    ),
    "position = {1, 1}": lambda x, y, name: True,
    "position = {1, 1}, area = {{0, 0}, {2, 2}}": (
        lambda x, y, name: 0 <= x < 2 and 0 <= y < 2
    ),
}


@pytest.mark.parametrize(("filters", "expected"), FILTERS.items(), ids=FILTERS.keys())
def test_filters(world, plain, run, filters, expected):
    wanted = [[*p, name] for p, name in tiles_of(world).items() if expected(*p, name)]
    source = f"""
    local found = {{}}
    for place, tile in ipairs(surface.find_tiles_filtered{{{filters}}}) do
      found[place] = {{tile.position.x, tile.position.y, tile.name}}
    end
    return found
    """
    assert (plain(source) or []) == wanted
    assert run(f"return surface.count_tiles_filtered{{{filters}}}") == len(wanted)


@pytest.mark.parametrize(
    "filters", ["name = 'water'", "name = 'water', position = {0, 0}, radius = 9"]
)
@pytest.mark.parametrize("limit", [1, 7])
def test_limits(run, filters, limit):
    source = f"surface.find_tiles_filtered{{{filters}, limit = {limit}}}"
    assert run(f"return #{source}") == limit
    first = f"surface.find_tiles_filtered{{{filters}}}[{limit}]"
    assert run(f"return {source}[{limit}] == {first}") is True


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ("{name = 'no-such'}", "Unknown tile name: no-such."),
        ("{area = {}}", "Invalid BoundingBox"),
        ("nil", "table expected, got nil"),
    ],
)
def test_what_is_no_filter(refusal, filters, message):
    assert message in refusal(f"surface.find_tiles_filtered({filters})")


def test_marked_tiles(run):
    count = "surface.count_tiles_filtered"
    area = "area = {{0, 0}, {4, 4}}"
    run("""
      surface.set_tiles{{name = "concrete", position = {1, 1}},
        {name = "concrete", position = {2, 2}}}
      surface.get_tile(1, 1).order_deconstruction("player")
      surface.get_tile(2, 2).order_deconstruction("enemy")
    """)
    assert run(f"return {count}{{{area}, to_be_deconstructed = true}}") == 2
    assert run(f"return {count}{{{area}, to_be_deconstructed = false}}") == 14
    assert (
        run(f"return {count}{{{area}, to_be_deconstructed = true, force = 'enemy'}}")
        == 1
    )
    run("""
      surface.get_tile(1, 1).cancel_deconstruction("player")
      surface.get_tile(2, 2).cancel_deconstruction("enemy")
    """)
    assert run(f"return {count}{{{area}, to_be_deconstructed = true}}") == 0


def test_an_empty_map_has_no_tiles():
    api = LuaApi(World(), {})
    assert api.execute("return #game.surfaces[1].find_tiles_filtered{}") == 0


# --- single tiles


@pytest.mark.parametrize(
    ("place", "x", "y"),
    [
        ("0, 0", 0, 0),
        ("-1, -32", -1, -32),
        ("{x = 3.9, y = -0.1}", 3, -1),
        ("3.9, -0.1", 3, -1),
        ("{5, 6}", 5, 6),
    ],
)
def test_get_tile(world, run, place, x, y):
    found = run(
        f"local tile = surface.get_tile({place}) "
        "return tile.name, tile.position.x, tile.position.y, tile.surface == surface"
    )
    assert found == (tiles_of(world)[x, y], x, y, True)


def test_nothing_is_out_of_the_map(run):
    source = (
        "local tile = surface.get_tile(-5, 5) return tile.name, tile.prototype.name"
    )
    assert run(source) == ("out-of-map", "out-of-map")


@pytest.mark.parametrize("place", ["'a', 1", "nil", "{}", "1, {}"])
def test_what_is_no_place(refusal, place):
    assert "Invalid" in refusal(f"surface.get_tile({place})")


@pytest.mark.parametrize("name", NAMES)
def test_what_tiles_collide_with(world, run, name):
    x, y = next(place for place, found in tiles_of(world).items() if found == name)
    mask = load().tiles[name].collision_mask
    for layer in ("water-tile", "ground-tile", "player-layer"):
        source = f"return surface.get_tile({x}, {y}).collides_with('{layer}')"
        assert run(source) is (layer in mask)


@pytest.mark.parametrize("name", NAMES)
def test_tile_prototypes(plain, name):
    tile = load().tiles[name]
    shown = plain(
        f"local tile = game.tile_prototypes['{name}'] "
        "return {tile.name, tile.walking_speed_modifier, tile.collision_mask}"
    )
    mask = dict.fromkeys(tile.collision_mask, True)
    assert shown == [name, tile.walking_speed_modifier, mask]


def test_handles_of_tiles_are_all_different():
    places = [(0, 0), (-1, 0), (0, -1), (1, 0), (0, 1), (-(2**20), 2**20)]
    handles = [tile_handle(x, y) for x, y in places]
    assert len(set(handles)) == len(places)
    assert all(0 < handle < 2**53 for handle in handles)
    assert tile_handles(np.array(places, np.int32)) == handles
