import gc
import logging
import weakref

import lupa.lua52 as lupa
import pytest

from fle_marl.errors import CapacityError, ServerError
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.lua_api.errors import ScriptError

# --- errors that reach Python


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("error('oh')", "(command):1: oh"),
        (
            "local x = nil + 1",
            "(command):1: attempt to perform arithmetic on a nil value",
        ),
        ("x = = 1", "(command):1: unexpected symbol near '='"),
        ("return surface.foo", "(command):1: LuaSurface doesn't contain key foo."),
    ],
)
def test_errors_of_scripts_are_one_line(run, source, message):
    with pytest.raises(lupa.LuaError) as caught:
        run(source)
    assert str(caught.value) == message


def test_errors_of_the_api_keep_their_kind(run):
    with pytest.raises(ScriptError, match="Unknown entity name: lab2"):
        run("surface.create_entity{name = 'lab2', position = {0, 0}}")


def test_a_caught_error_is_not_raised_again(run):
    source = """
    pcall(surface.create_entity, {name = 'lab2', position = {0, 0}})
    error("the second one", 0)
    """
    with pytest.raises(lupa.LuaError, match=r"^the second one$"):
        run(source)


GUARDED = [
    ("error('oh', 0)", "a script failed: oh"),
    (
        "error({code = 'blocked', message = 'no way'})",
        "a script failed: blocked: no way",
    ),
    (
        "surface.create_entity{name = 'x', position = {0, 0}}",
        "a script failed: Unknown entity name: x.",
    ),
]


@pytest.mark.parametrize(("source", "message"), GUARDED)
def test_guarded_functions_raise_server_errors(api, run, source, message):
    with pytest.raises(ServerError) as caught:
        api.guarded(run(f"return function() {source} end"))
    assert str(caught.value) == message
    assert caught.value.code == "lua-error"


def test_guarded_functions_pass_on_what_python_meant(api, run):
    with pytest.raises(ServerError) as caught:
        api.guarded(run("return function() return surface.peaceful_mode end"))
    assert caught.value.code == "lua-api-missing"


def test_guarded_functions_pass_on_limits(api, run):
    def full():
        raise CapacityError("no more room")

    api.environment["fill"] = full
    with pytest.raises(CapacityError):
        api.guarded(run("return function() fill() end"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [("", None), ("return 5", 5), ("return nil", None), ("return 1, 'b'", (1, "b"))],
)
def test_guarded_functions_give_their_results(api, run, source, expected):
    assert api.guarded(run(f"return function() {source} end")) == expected


def test_arguments_are_handed_on(api, run):
    assert api.guarded(run("return function(a, b) return b, a end"), 1, 2) == (2, 1)


# --- what scripts print


def test_rcon_prints_until_the_next_command(api, run):
    run("rcon.print('one') rcon.print(2)")
    assert api.printed == ["one", "2"]
    run("")
    assert api.printed == []


def test_the_console_keeps_the_latest_lines(api, run):
    run("for i = 1, 500 do game.print('line ' .. i) end")
    assert len(api.console) == 200
    assert api.console[-1] == "line 500"


def test_logs_are_logged(run, caplog):
    with caplog.at_level(logging.DEBUG, logger="fle_marl.sim.lua_api"):
        run("log('hello', 5)")
    assert "script: hello 5" in caplog.text


# --- life


def test_a_state_is_given_back_with_its_world(flat_world):
    api = LuaApi(flat_world(), {})
    api.execute("entities = game.surfaces[1].find_entities_filtered{}")
    api.execute("script.on_event(defines.events.on_tick, function() end)")
    kept = weakref.ref(api), weakref.ref(api.world)
    del api
    gc.collect()
    assert [each() for each in kept] == [None, None]


def test_two_states_share_nothing(flat_world):
    first, second = (LuaApi(flat_world(), {}) for _ in range(2))
    first.execute("global.x, y = 1, 2 string.upper = nil")
    assert second.execute("return global.x, y, string.upper('a')") == (None, None, "A")


# --- entities and their numbers


def test_handles_of_entities_come_back(api, place):
    row = place(api.world, "lab", 3, 3)
    assert api.row(api.handle(row)) == row
    assert api.find_row(0) == 0
    assert api.find_row(-api.handle(row)) == 0
    assert api.find_row(api.handle(row) + (1 << 40)) == 0


def test_lists_of_entities_take_any_iterable(api, place):
    rows = [place(api.world, "iron-chest", x, 0) for x in range(3)]
    api.environment["found"] = api.entities(iter(rows))
    assert api.execute("return #found, found[3].position.x") == (3, 2.5)
    api.environment["found"] = api.entities([])
    assert api.execute("return #found") == 0


@pytest.mark.parametrize("argument", ["nil", "5", "surface", "{}"])
def test_arguments_that_must_be_entities(refusal, argument):
    source = f"""
    local character = surface.create_entity{{name = "character", position = {{0, 0}}}}
    character.can_reach_entity({argument})
    """
    assert "Expected LuaEntity" in refusal(source)
