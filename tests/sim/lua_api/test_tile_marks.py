"""Tiles that are marked to go."""

import pytest

from fle_marl.sim.lua_api import LuaApi


@pytest.fixture
def tile(run):
    """Sets ``tile``: concrete that lies at the origin."""
    run("surface.set_tiles{{name = 'concrete', position = {0, 0}}}")
    run("tile = surface.get_tile(0, 0)")


def marks(api):
    return api.execute("""
      local tile = game.surfaces[1].get_tile(0, 0)
      return tile.to_be_deconstructed(), tile.to_be_deconstructed("player"),
        tile.to_be_deconstructed("enemy")
    """)


def test_a_mark_is_made_and_taken_back(api, run, tile):
    assert marks(api) == (False, False, False)
    assert run("return tile.order_deconstruction('player')") is None
    assert marks(api) == (True, True, False)
    run("tile.cancel_deconstruction('enemy')")
    assert marks(api) == (True, True, False)
    run("tile.cancel_deconstruction('player')")
    assert marks(api) == (False, False, False)


def test_what_cannot_be_taken_up_is_not_marked(run):
    run("tile = surface.get_tile(3, 3) tile.order_deconstruction('player')")
    assert run("return tile.to_be_deconstructed()") is False


def test_a_mark_ends_with_its_tile(api, run, tile):
    run("tile.order_deconstruction('player')")
    run("surface.set_tiles{{name = 'grass-1', position = {0, 0}}}")
    assert marks(api) == (False, False, False)


def test_marks_are_saved(api, run, tile):
    run("tile.order_deconstruction('enemy')")
    again = LuaApi(api.world, {})
    again.load_scripts(api.save_scripts())
    assert marks(again) == (True, False, True)


def test_forces_must_be_there(refusal, tile):
    assert "Unknown force" in refusal("tile.order_deconstruction('no-such')")
