"""What scripts give that nobody expects: they hear of it, and not of Python."""

import pytest

from fle_marl.errors import ServerError
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.lua_api.limits import ScriptLimits
from fle_marl.sim.saves import load_world, save_world

WRONG = "An argument or an object has a wrong type or value."
MISUSES = {
    "a table for a name": ("game.entity_prototypes[{}].name", None),
    "a number that is not finite": (
        "game.forces.player.item_production_statistics.on_flow('coal', 1/0)",
        None,
    ),
    "text that is not UTF-8": ("rcon.print('\\255')", "A text is not UTF-8."),
    "a table in itself": (
        "local t = {} t[1] = t commands.add_command('x', t, print)",
        "it begins with a table, not with a key.",
    ),
    "a text in itself": ("local t = {''} t[2] = t log(t)", "20 deep."),
}


@pytest.mark.parametrize(("source", "message"), MISUSES.values(), ids=MISUSES)
def test_scripts_hear_nothing_of_python(flat_world, source, message):
    problem = LuaApi(flat_world(), {}).command(source)
    assert problem is not None
    assert "Error" not in problem
    if message:
        assert problem.endswith(message)


@pytest.mark.parametrize(
    "source", ["error('\\255')", "error({code='\\255'})", "return '\\255'"]
)
def test_texts_of_handlers_may_be_no_texts(flat_world, source):
    api = LuaApi(flat_world(), {})
    handler = api.execute(f"return function() {source} end")
    with pytest.raises(ServerError, match="a script failed"):
        api.guarded(handler)


def test_an_error_with_a_hostile_metatable(flat_world):
    api = LuaApi(flat_world(), {})
    handler = api.execute(
        """return function()
          error(setmetatable({}, {__index = function() error('again') end}))
        end"""
    )
    with pytest.raises(ServerError, match="a script failed: a table"):
        api.guarded(handler)


@pytest.mark.parametrize("shift", range(4))
def test_a_long_script_that_is_cut_within_a_letter(flat_world, shift):
    source = "x" * shift + " = = '" + "漢" * 100 + "'"
    problem = LuaApi(flat_world(), {}).command(source)
    assert problem.startswith("[string ")
    assert "unexpected symbol" in problem


@pytest.mark.parametrize("thing", ["game", "game.forces", "rcon", "surface"])
def test_objects_stay_what_they_are(run, refusal, thing):
    assert "an object stays what it is" in refusal(f"rawset({thing}, '__self', 7)")
    assert run(f"rawset({thing}, 'own', 7) return rawget({thing}, 'own')") == 7
    assert run("return rawset({}, '__self', 7).__self") == 7


@pytest.mark.parametrize(
    "show", ["tostring(kept)", "('%s'):format(kept)", "(rcon.print(kept))"]
)
def test_what_objects_hold_is_not_shown(flat_world, show):
    api = LuaApi(flat_world(), {})
    source = f"local kept = game.create_random_generator(1).__self rcon.print({show})"
    api.command(source)
    assert "userdata" in api.printed[0]
    assert "Random" not in api.printed[0]


CROWDED = """
  local tiles = {}
  for x = -32, 31 do for y = -32, 31 do
    tiles[#tiles + 1] = {name = 'water', position = {x, y}}
  end end
  game.surfaces[1].set_tiles(tiles)
"""


def test_searches_end(run, refusal):
    run(CROWDED)
    find = "surface.find_non_colliding_position"
    assert "200 steps" in refusal(f"{find}('iron-chest', {{0, 0}}, 1e9, 0.01)")
    assert run(f"return {find}('iron-chest', {{0, 0}}, 10, 1)") is None
    box = "{{-30, -30}, {30, 30}}"
    assert "160000" in refusal(f"{find}_in_box('iron-chest', {box}, 0.01)")


@pytest.mark.parametrize("place", ["4193279, 0", "0, -4193279", "4194303, 4194303"])
def test_what_stands_at_the_end_of_the_world_can_be_saved(flat_world, place):
    world = flat_world()
    LuaApi(world, {}).command(
        f"game.surfaces[1].create_entity{{name='beacon', position={{{place}}}}}"
    )
    load_world(save_world(world))


@pytest.mark.parametrize(
    "change", ["insert_fluid{name='water', amount=9}", "clear_fluid_inside()"]
)
def test_what_is_filled_at_once_can_be_saved(flat_world, change):
    world = flat_world()
    api = LuaApi(world, {}, ScriptLimits())
    assert not api.command(
        f"""game.surfaces[1].create_entity{{
          name = 'storage-tank', position = {{3, 3}}, force = 'player'}}.{change}"""
    )
    loaded = load_world(save_world(world))
    assert loaded.state_hash() == world.state_hash()
