import pytest

from fle_marl.sim.lua_api import LuaApi


@pytest.mark.parametrize(
    "name",
    [
        "io",
        "os",
        "package",
        "python",
        "debug",
        "coroutine",
        "dofile",
        "loadfile",
        "loadstring",
        "collectgarbage",
        "string.dump",
        "('').dump",
        "package_path",
    ],
)
def test_scripts_cannot_reach(run, name):
    assert run(f"return type({name})") == "nil"


@pytest.mark.parametrize(
    "name", ["_G", "math", "string", "table", "bit32", "serpent", "util", "global"]
)
def test_scripts_have_their_own_tables(run, name):
    assert run(f"return type({name})") == "table"


def test_libraries_can_be_changed_without_harm(run):
    run("table.sort, table.concat, string.format, math.floor = nil, nil, nil, nil")
    assert run("return game.table_to_json({b = 1.5, a = {1, 2}})") == (
        '{"a":[1,2],"b":1.5}'
    )


@pytest.mark.parametrize(
    "source",
    [
        "rawget(game.forces, '__self').names",
        "rawget(game.forces, '__self').__class__",
        "rawget(game.forces, '__self')()",
        "rawget(game.forces, '__self').x = 1",
        "setmetatable(game, {})",
        "getmetatable('').__index.upper = nil",
    ],
)
def test_nothing_of_python_can_be_touched(refusal, source):
    body = source if "=" in source and "==" not in source else f"return {source}"
    assert refusal(body)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("rawget(game.forces, '__self')", None),
        ("game", "LuaGameScript"),
        ("''", None),
        ("5", None),
    ],
)
def test_metatables_are_hidden(run, value, expected):
    assert run(f"return getmetatable({value})") == expected


def test_metatables_of_tables_are_seen(run):
    assert run("local m = {} return getmetatable(setmetatable({}, m)) == m") is True


# --- load and require


def test_loaded_chunks_see_the_globals_of_scripts(run):
    assert run("seen = 3 return load('return seen, io')()") == (3, None)


def test_bytecode_is_refused(run):
    ok, message = run("return load('\\27Lua')")
    assert ok is None
    assert "binary" in message


def test_modules_are_loaded_once(flat_world):
    source = "loads = (loads or 0) + 1 return {loads = loads}"
    api = LuaApi(flat_world(), {"part": source})
    assert api.execute("return require('part').loads, require('part').loads") == (1, 1)


@pytest.mark.parametrize("name", ["io", "os", "lfs", "part.lua", "../part", "", "nil"])
def test_only_modules_of_the_bundle_exist(refusal, name):
    assert "not found" in refusal(f"require('{name}')")


def test_a_broken_module_says_where(flat_world):
    api = LuaApi(flat_world(), {"part": "local x = = 1"})
    message = api.execute("return select(2, pcall(require, 'part'))")
    assert message.startswith("part:1:")


# --- errors


def test_errors_of_the_api_are_texts_with_their_place(flat_world):
    api = LuaApi(flat_world(), {"part": "return function()\n  game.nothing = 1\nend"})
    message = api.execute("return select(2, pcall(require('part')))")
    assert message == "part:2: LuaGameScript doesn't contain key nothing."
    call = "game.surfaces[1].create_entity{name='x', position={0, 0}}"
    source = f"return function()\n  {call}\nend"
    api = LuaApi(flat_world(), {"part": source})
    message = api.execute("return select(2, pcall(require('part')))")
    assert message == "part:2: Unknown entity name: x."


def test_xpcall_hands_texts_to_its_handler(run):
    source = """
    return xpcall(function(name) return game.entity_prototypes[name].name .. nil end,
      function(problem) return "handled " .. type(problem) end, "lab")
    """
    assert run(source) == (False, "handled string")


def test_results_and_tables_pass_pcall(run):
    assert run("return pcall(function(a) return a, 2 end, 1)") == (True, 1, 2)
    assert run("return select(2, pcall(error, {code = 'x'})).code") == "x"


# --- random numbers


def draw(api, count=20):
    source = (
        f"local t = {{}} for i = 1, {count} do t[i] = math.random(1000) end return t"
    )
    return list(api.execute(source).values())


def test_random_numbers_are_of_the_seed(flat_world):
    first, again, other = (LuaApi(flat_world(seed=seed), {}) for seed in (1, 1, 2))
    assert draw(first) == draw(again)
    assert draw(first) != draw(other)


def test_random_numbers_move_the_world_on(api):
    before = api.world.state_hash()
    draw(api, 1)
    assert api.world.state_hash() != before


def test_seeds_of_scripts_are_ignored(flat_world):
    plain, seeded = (LuaApi(flat_world(seed=5), {}) for _ in range(2))
    seeded.execute("math.randomseed(99)")
    assert draw(plain) == draw(seeded)


@pytest.mark.parametrize(
    ("call", "lowest", "highest"),
    [
        ("math.random(3)", 1, 3),
        ("math.random(-2, 2)", -2, 2),
        ("math.random(7, 7)", 7, 7),
    ],
)
def test_random_integers(run, call, lowest, highest):
    found = run(f"local t = {{}} for i = 1, 200 do t[i] = {call} end return t").values()
    assert set(found) == set(range(lowest, highest + 1))


def test_random_fractions(run):
    found = list(
        run("local t = {} for i = 1, 200 do t[i] = math.random() end return t").values()
    )
    assert 0 <= min(found) < 0.1
    assert 0.9 < max(found) < 1


@pytest.mark.parametrize("call", ["math.random(0)", "math.random(2, 1)"])
def test_empty_intervals_are_refused(refusal, call):
    assert "interval is empty" in refusal(call)


def test_random_wants_numbers(refusal):
    assert "number expected" in refusal("math.random('a')")


# --- the rest


@pytest.mark.parametrize(
    ("table", "size"), [("{}", 0), ("{1, 2, nil, 4}", 3), ("{a = 1, 5}", 2)]
)
def test_table_size(run, table, size):
    assert run(f"return table_size({table})") == size


@pytest.mark.parametrize("name", ["log", "print", "localised_print"])
def test_logging_is_a_function_of_lua(run, name):
    assert run(f"{name}('a line') return type({name})") == "function"
