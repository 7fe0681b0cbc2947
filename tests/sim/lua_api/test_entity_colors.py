"""What scripts paint."""

import pytest

from fle_marl.sim.lua_api import LuaApi


@pytest.fixture
def make(run):
    """``make(name)``: an entity in the middle, the global ``it``."""
    return lambda name: run(
        f"it = surface.create_entity{{name='{name}', position={{0, 0}},"
        " force='player'}"
    )


def test_characters_are_painted(run, plain, make):
    make("character")
    first = plain("return it.color")
    run("it.color = {r = 0.25, g = 0.5, b = 1}")
    assert plain("return it.color") == {"r": 0.25, "g": 0.5, "b": 1, "a": 1}
    run("it.color = {51, 102, 255, 51}")
    assert plain("return it.color") == {"r": 0.2, "g": 0.4, "b": 1, "a": 0.2}
    run("it.color = nil")
    assert plain("return it.color") == first
    assert set(first) == set("rgba")


def test_each_has_a_color_of_its_own(run, plain, make):
    make("character")
    run("other, it.color = it, {1, 0, 0}")
    make("character")
    assert plain("return it.color") != plain("return other.color")


def test_colors_are_saved(api, run, make):
    make("character")
    run("global.who = it it.color = {0, 1, 0}")
    again = LuaApi(api.world, {})
    again.load_scripts(api.save_scripts())
    assert again.execute("return global.who.color.g") == 1


@pytest.mark.parametrize("name", ["iron-chest", "transport-belt"])
def test_what_is_built_has_none(run, refusal, make, name):
    make(name)
    assert run("return it.color") is None
    assert "not for entities of this type" in refusal("it.color = {1, 0, 0}")


def test_what_is_no_color(refusal, make):
    make("character")
    assert "Invalid Color" in refusal("it.color = 'red'")
