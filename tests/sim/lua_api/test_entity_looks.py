"""How entities look: nothing is drawn, but scripts find what they have set."""

import pytest

from fle_marl.sim.lua_api import LuaApi


def create(name, options="position = {0, 0}"):
    return f"surface.create_entity{{name = '{name}', force = 'player', {options}}}"


@pytest.mark.parametrize(
    ("name", "color", "variation"),
    [
        ("simple-entity-with-owner", True, True),
        ("character", True, False),
        ("rock-huge", False, True),
        ("tree-01", False, True),
        ("iron-chest", False, False),
    ],
)
def test_which_entities_have_looks(run, refusal, name, color, variation):
    run(f"e = {create(name)}")
    assert run("return type(e.color)") == ("table" if color else "nil")
    assert run("return e.graphics_variation") == (1 if variation else None)
    set_color = "e.color = {r = 1, a = 0.5}"
    set_variation = "e.graphics_variation = 255"
    if color:
        run(set_color)
        assert run("local c = e.color return c.r, c.g, c.b, c.a") == (1, 0, 0, 0.5)
        run("e.color = nil")
        assert run("return e.color.r") == 0.869
    else:
        assert "no color of its own" in refusal(set_color)
    if variation:
        run(set_variation)
        assert run("return e.graphics_variation") == 255
        assert "must be 0 to 255, not 256" in refusal("e.graphics_variation = 256")
    else:
        assert "no variations" in refusal(set_variation)


def test_looks_go_with_the_entity(run, api):
    run(
        f"e = {create('tree-01')} e.graphics_variation = 7 "
        f"f = {create('tree-01', 'position = {9, 9}')} f.graphics_variation = 8 "
        "e.destroy()"
    )
    notes = api.save_scripts()["notes"]
    assert [each[2:] for each in notes] == [["graphics_variation", 8]]


def test_looks_are_saved(api, run):
    run(f"e = {create('character')} global.who = e e.color = {{51, 102, 255, 51}}")
    again = LuaApi(api.world, {})
    again.load_scripts(api.save_scripts())
    assert again.execute("local c = global.who.color return c.r, c.a") == (0.2, 0.2)


def test_what_is_no_color(run, refusal):
    run(f"e = {create('character')}")
    assert "Invalid Color" in refusal("e.color = 'red'")
