import lupa.lua52 as lupa
import pytest

from fle_marl.errors import SaveError, ServerError
from fle_marl.sim.lua_api import LuaApi

KEPT = [
    "nil",
    "true",
    "5",
    "-2.5",
    "1/0",
    "-1/0",
    "'text \\n \"quoted\"'",
    "{}",
    "{1, 2, {3}}",
    "{[1.5] = 'a', [true] = 'b', c = {}}",
    "game",
    "game.forces.player",
    "surface.get_tile(-3, 7)",
    "game.entity_prototypes['iron-ore']",
]


def reload(api):
    """The scripts of the same world, loaded anew."""
    again = LuaApi(api.world, {})
    again.load_scripts(api.save_scripts())
    return again


@pytest.mark.parametrize("source", KEPT)
def test_values_come_back(api, run, source):
    run(f"global.kept = {source}")
    again = reload(api)
    again.environment["surface"] = again.execute("return game.surfaces[1]")
    write = "local kept = global.kept return type(kept), serpent.line(kept)"
    assert again.execute(write) == run(write)
    assert again.save_scripts() == api.save_scripts()


def test_not_a_number_comes_back(api, run):
    run("global.kept = 0/0")
    assert reload(api).execute("return global.kept ~= global.kept") is True


def test_entities_come_back_as_the_same(api, run):
    run("global.chest = surface.create_entity{name='iron-chest', position={3, 4}}")
    again = reload(api)
    assert again.execute("return global.chest.name, global.chest.valid") == (
        "iron-chest",
        True,
    )
    assert again.execute(
        "return global.chest == game.surfaces[1].find_entity('iron-chest', {3.5, 4.5})"
    )


def test_shared_tables_stay_shared(api, run):
    run("local t = {1} global.a = t global.b = {t = t} t.itself = t")
    assert reload(api).execute(
        "local g = global return g.a == g.b.t, g.a.itself == g.a, g.a[1]"
    ) == (True, True, 1)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("function() end", "Cannot save a function in global."),
        ("{{print}}", "Cannot save a function in global."),
        ("{[print] = 1}", "Cannot save a function in global."),
        ("game.item_prototypes", "Cannot save a LuaCustomTable in global."),
        ("string.char(255)", "utf-8"),
    ],
)
def test_what_cannot_be_saved_is_refused(api, run, source, message):
    run(f"global.kept = {source}")
    with pytest.raises(ServerError, match=message) as caught:
        api.save_scripts()
    assert caught.value.code == "not-saveable"


def test_deep_tables_are_refused(api, run):
    run("local t = global for i = 1, 200 do t.t = {} t = t.t end")
    with pytest.raises(ServerError, match="this deep"):
        api.save_scripts()


def test_saving_changes_nothing(api, run):
    run("global.a = {b = {1, 2}}")
    before = api.save_scripts()
    assert api.save_scripts() == before
    assert run("return global.a.b[2]") == 2


# --- metatables that scripts register

SHAPES = """
shape = {__index = {area = function(self) return self.width * self.height end},
  __newindex = function() error("fixed") end}
script.register_metatable("shape", shape)
"""


def with_shapes(world) -> LuaApi:
    api = LuaApi(world, {"shapes": SHAPES})
    api.require("shapes")
    return api


def test_registered_metatables_come_back(flat_world):
    api = with_shapes(flat_world())
    api.execute("""
      global.door = setmetatable({width = 2, height = 3}, shape)
      global.same = global.door
      global.other = setmetatable({1}, {__index = {x = 1}})
    """)
    again = with_shapes(api.world)
    again.load_scripts(api.save_scripts())
    assert again.execute(
        "return global.door:area(), global.same == global.door, global.other.x, "
        "getmetatable(global.door) == shape, pcall(function() global.door.x = 1 end)"
    )[:5] == (6, True, None, True, False)
    assert again.save_scripts() == api.save_scripts()


def test_metatables_are_registered_anew_before_they_are_needed(flat_world):
    api = with_shapes(flat_world())
    api.execute("global.door = setmetatable({}, shape)")
    with pytest.raises(SaveError, match="No metatable is registered as shape"):
        LuaApi(api.world, {}).load_scripts(api.save_scripts())


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("script.register_metatable('a', {})", "only be used while scripts are loaded"),
        ("script.register_metatable('a')", "Wrong number of arguments"),
        ("script.register_metatable(1, {})", "string expected, got number"),
    ],
)
def test_when_metatables_cannot_be_registered(refusal, source, words):
    assert words in refusal(source)


@pytest.mark.parametrize("again", ["'a', {}", "'b', meta"])
def test_a_metatable_has_one_name(flat_world, again):
    source = f"""
    meta = {{}}
    script.register_metatable("a", meta)
    script.register_metatable({again})
    """
    api = LuaApi(flat_world(), {"part": source})
    with pytest.raises(lupa.LuaError, match="registered once, under one name"):
        api.require("part")
