"""Scripts that mean harm: whatever they try, they are ended, and the next one works."""

# ruff: noqa: E501 - an attempt is easier to read in one line

import time
from dataclasses import replace

import lupa.lua52 as lupa
import pytest

from fle_marl.errors import FleMarlError
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.lua_api.limits import ScriptLimits

LIMITS = ScriptLimits(
    instructions=3_000_000, seconds=1, memory_bytes=64 << 20, answer_bytes=1 << 20
)
_MOST_SECONDS = 15

HOSTILE = """setmetatable({}, {
  __index = function() error("index") end, __newindex = function() error("newindex") end,
  __len = function() error("len") end, __tostring = function() error("tostring") end,
  __pairs = function() error("pairs") end, __call = function() error("call") end,
  __eq = function() error("eq") end,
})"""

# what must come to nothing: nil, or an error of the script
OUT_OF_REACH = {
    "files": "return io",
    "processes": "return os",
    "packages": "return package",
    "debugging": "return debug",
    "coroutines, which no hook counts": "return coroutine",
    "python": "return python",
    "files by dofile": "return dofile('/etc/passwd')",
    "files by loadfile": "return loadfile('/etc/passwd')",
    "modules of the system": "return require('io')",
    "modules by path": "return require('../../../etc/passwd')",
    "the collector": "return collectgarbage('stop')",
    "bytecode": "return load('\\27Lua')()",
    "bytecode by mode": "return load('\\27Lua', 'x', 'b')()",
    "bytecode by parts": """
        local given = false
        return load(function() if not given then given = true return '\\27Lua' end end)()""",
    "dumping": "return string.dump(function() end)",
    "dumping as a method": "return (''):dump()",
    "the environment of load": "return load('return io or os or debug')()",
    "loading in no environment": "return load('return _G', 'x', 't', nil)().os",
    "loading in an empty environment": "return load('return _ENV.io', 'x', 't', {})()",
    "the globals' globals": "return _G._G._G.os",
    "the environment": "return _ENV.debug",
    "the metatable of texts": "return getmetatable('').__index",
    "the metatable of the game": "return getmetatable(game).__index",
    "another metatable for the game": "return setmetatable(game, {})",
    "a member of Python's": "return game.__class__",
    "a member of a method": "return game.print.__globals__",
    "an index of a raw value": "return rawget(game.forces, '__self').__class__",
    "calling a raw value": "return rawget(game.forces, '__self')()",
    "writing into a raw value": "rawget(game.forces, '__self').x = 1 return 1",
    "the length of a raw value": "return #rawget(game.forces, '__self')",
    "walking a raw value": "for _ in pairs(rawget(game.forces, '__self')) do end return 1",
    "the class of an error": """
        local _, problem = pcall(function() return game.nothing end)
        return problem.__class__""",
    "Python's errors by xpcall": """
        local seen
        xpcall(function() game.surfaces[1].create_entity{name = 'x'} end,
          function(problem) seen = problem end)
        return seen.__traceback__""",
    "finalizers": "return setmetatable({}, {__gc = function() end})",
    "finalizers by deepcopy": """
        local meta = {}
        local value = setmetatable({}, meta)
        meta.__gc = function() while true do end end
        return table.deepcopy(value)""",
    "made up handles": "return setmetatable({__self = 1}, getmetatable(game)).name",
    "a handle that is changed": """
        local entity = game.surfaces[1].create_entity{name = 'wooden-chest', position = {0, 0}}
        rawset(entity, '__self', 1 / 0)
        return entity.name""",
    "a handle of another kind": """
        local entity = game.surfaces[1].create_entity{name = 'wooden-chest', position = {0, 0}}
        rawset(entity, '__self', 'x')
        return entity.name""",
    "a handle beyond all rows": """
        local entity = game.surfaces[1].create_entity{name = 'wooden-chest', position = {0, 0}}
        rawset(entity, '__self', 2 ^ 53)
        return entity.name""",
    "a surface that there is not": """
        local surface = game.surfaces[1]
        rawset(surface, '__self', {})
        return surface.find_entities_filtered{area = 5}""",
    "printing something hostile": f"rcon.print({HOSTILE}) return 1",
    "creating something hostile": f"return game.surfaces[1].create_entity({HOSTILE})",
    "a hostile box": f"return game.surfaces[1].find_entities({HOSTILE})",
    "a hostile name": f"return game.surfaces[1].find_entities_filtered{{name = {HOSTILE}}}[1]",
    "a hostile interface": f"remote.add_interface('a', {HOSTILE}) return remote.call('a', 'b')",
    "a hostile key": f"return game.forces[{HOSTILE}]",
    "a hostile command": f"return commands.add_command({HOSTILE}, 'x', function() end)",
    "hostile JSON": f"return game.table_to_json({HOSTILE})",
    "bytes that are no text": "rcon.print(string.char(255)) return 1",
    "a text that is made up": """
        rcon.print(setmetatable({}, {__tostring = function() return {} end})) return 1""",
}

# what must be ended, and soon
WITHOUT_END = {
    "a script that takes the API's own name": """
        load("while true do pcall(function() while true do end end) end", "=[api x]")()""",
    "a loop": "while true do end",
    "a goto": "::again:: goto again",
    "a loop in pcall": "while true do pcall(function() while true do end end) end",
    "a loop behind pcall": "pcall(function() while true do end end) while true do end",
    "a handler that loops": """
        xpcall(function() error('x') end, function() while true do end end)""",
    "pcall of pcall": """
        local function again() while true do pcall(again) end end again()""",
    "a loop in serpent": "while true do serpent.load('while true do end') end",
    "a loop in load": "while true do load('while true do end')() end",
    "a reader without end": "assert(load(function() return ' ' end))",
    "readers without end": "while true do load(function() while true do end end) end",
    "an index that loops": """
        return setmetatable({}, {__index = function() while true do end end}).x""",
    "a text that loops": """
        rcon.print(setmetatable({}, {__tostring = function() while true do end end}))""",
    "a comparison that loops": "table.sort({3, 2, 1}, function() while true do end end)",
    "recursion": "local function f() return 1 + f() end f()",
    "tail calls": "local function f() return f() end f()",
    "an index that goes on": """
        local t = {} return setmetatable(t, {__index = function(t, k) return t[k .. 'x'] end}).x""",
    "through Python and back": """
        local function again() remote.call('z', 'z') end
        remote.add_interface('z', {z = again}) again()""",
    "through Python and pcall": """
        local function again() pcall(remote.call, 'y', 'y') while true do end end
        remote.add_interface('y', {y = again}) again()""",
    "few instructions and much work": """
        while true do game.surfaces[1].find_entities_filtered{} end""",
    "a text that doubles": "local s = 'x' while true do s = s .. s end",
    "a text of texts": "return ('x'):rep(1e9)",
    "nothing very often": "while true do (''):rep(2 ^ 31 - 1) end",
    "a table that grows": "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000) .. i end",
    "a table that grows in pcall": """
        local t = {} while true do pcall(function() t[#t + 1] = ('x'):rep(1e6) .. #t end) end""",
    "objects without end": "local t = {} while true do t[#t + 1] = game.surfaces[1] end",
    "an answer without end": "while true do rcon.print(('x'):rep(1e5)) end",
    "an answer without end in pcall": """
        while true do pcall(rcon.print, ('x'):rep(1e5)) end""",
    "tables within tables": """
        local t = {} for i = 1, 1e6 do t = {t} end return table.deepcopy(t)""",
    "a length that is made up": """
        table.insert(setmetatable({}, {__len = function() return 2 ^ 31 - 2 end}), 1, 'x')""",
    "a length that is made up, removing": """
        table.remove(setmetatable({}, {__len = function() return 2 ^ 31 - 2 end}), 1)""",
    "a length that is made up, sorting": """
        table.sort(setmetatable({}, {__len = function() return 2 ^ 31 - 2 end}), rawequal)""",
    "sorting badly": """
        local t = {} for i = 1, 2e4 do t[i] = i % 7 end
        while true do table.sort(t, rawequal) end""",
    "unpacking too much": "while true do pcall(table.unpack, {}, 1, 1e8) end",
}


@pytest.fixture
def limited(flat_world) -> LuaApi:
    return LuaApi(flat_world(), {}, LIMITS)


def attempt(api, source):
    """The failure of a command, as a server would see it."""
    try:
        return api.command(source)
    except (lupa.LuaError, UnicodeError, FleMarlError) as error:
        return str(error) or type(error).__name__


def assert_lives_on(api):
    assert api.command("rcon.print('alive ' .. game.tick)") is None
    assert api.printed == ["alive 0"]


@pytest.mark.parametrize("source", OUT_OF_REACH.values(), ids=OUT_OF_REACH.keys())
def test_what_is_out_of_reach(limited, source):
    wrapped = f"""
    local found = (function() {source} end)()
    if found ~= nil then return end
    error('nothing there', 0)
    """
    assert attempt(limited, wrapped) is not None
    assert_lives_on(limited)


@pytest.mark.parametrize("source", WITHOUT_END.values(), ids=WITHOUT_END.keys())
def test_what_does_not_end_is_ended(limited, source):
    began = time.perf_counter()
    assert attempt(limited, source) is not None
    assert time.perf_counter() - began < _MOST_SECONDS
    assert_lives_on(limited)


def test_the_next_script_begins_wherever_the_count_stands(flat_world):
    # the hook that counts comes once in a thousand instructions; what has run out is
    # noticed when a pcall ends as well, and then the hook may come between two scripts
    api = LuaApi(flat_world(), {}, replace(LIMITS, seconds=0.0))
    for more in range(1100):
        source = f"{'n = 1 ' * more} pcall(error)"
        assert "it ran for more than" in str(api.command(source)), more


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (
            ScriptLimits(instructions=50_000),
            "the script was ended: it ran for more than 50000 instructions",
        ),
        (
            ScriptLimits(seconds=0.2),
            "the script was ended: it ran for more than 0.2 seconds",
        ),
    ],
)
def test_the_end_says_why(flat_world, limits, message):
    api = LuaApi(flat_world(), {}, limits)
    assert message in attempt(api, "while true do end")


def test_each_call_begins_anew(flat_world):
    api = LuaApi(flat_world(), {}, ScriptLimits(instructions=1_000_000))
    for _ in range(5):
        assert api.command("for i = 1, 150000 do end") is None


def test_scripts_are_saved_after_one_was_ended(flat_world):
    api = LuaApi(flat_world(), {}, ScriptLimits(instructions=10_000_000))
    assert api.command("for i = 1, 3000 do global[i] = {i} end while true do end")
    saved = api.save_scripts()
    api.load_scripts(saved)
    assert api.execute("return #global") == 3000


def test_many_small_lines_are_no_long_answer(limited):
    assert limited.command("for i = 1, 50000 do rcon.print('') end") is None
    assert len(limited.printed) == 50_000


def test_calls_within_calls_share_their_limits(flat_world):
    api = LuaApi(flat_world(), {}, ScriptLimits(instructions=1_000_000))
    api.command("""
        script.on_event(defines.events.on_tick, function() end)
        remote.add_interface('w', {w = function() for i = 1, 100000 do end end})
    """)
    problem = attempt(api, "while true do remote.call('w', 'w') end")
    assert "the script was ended" in problem


def test_without_limits_nothing_is_counted(flat_world):
    api = LuaApi(flat_world(), {})
    assert api.command("for i = 1, 3000000 do end") is None


def test_sorting_is_the_same_for_many(limited):
    source = """
    local t = {} for i = 1, 2000 do t[i] = i * 7919 % 2003 end
    table.sort(t)
    for i = 2, #t do assert(t[i - 1] < t[i]) end
    table.sort(t, function(a, b) return a > b end)
    for i = 2, #t do assert(t[i - 1] > t[i]) end
    """
    assert limited.command(source) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("('ab'):rep(3)", "ababab"),
        ("('ab'):rep(2, '-')", "ab-ab"),
        ("(''):rep(3, '-')", "--"),
        ("(''):rep(9)", ""),
        ("table.concat({1, 2, 3}, ' ', 2)", "2 3"),
        ("table.remove({1, 2})", "2"),
        ("select('#', table.unpack({1, nil, 3}, 1, 3))", "3"),
    ],
)
def test_what_stands_in_for_lua_does_the_same(limited, source, expected):
    assert limited.command(f"rcon.print({source})") is None
    assert limited.printed == [expected]
