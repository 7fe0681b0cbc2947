import pytest

LINES = [
    ("nil", "nil"),
    ("5", "5"),
    ("0.1", "0.10000000000000001"),
    ("1/0", "1/0 --[[math.huge]]"),
    ("-1/0", "-1/0 --[[-math.huge]]"),
    ("0/0", "0/0"),
    ("true", "true"),
    ("'a \"b\" \\n'", '"a \\"b\\" \\n"'),
    ("{}", "{}"),
    ("{1, 2, 3}", "{1, 2, 3}"),
    ("{1, nil, 3}", "{1, nil, 3}"),
    ("{b = 1, a = 2}", "{a = 2, b = 1}"),
    ("{1, 2, name = 'x'}", '{1, 2, name = "x"}'),
    ("{['a b'] = 1, ['end'] = 2, _x = 3}", '{_x = 3, ["a b"] = 1, ["end"] = 2}'),
    ("{[5] = 1, [-1] = 2, [2.5] = 3}", "{[-1] = 2, [2.5] = 3, [5] = 1}"),
    ("{a10 = 1, a9 = 2}", "{a9 = 2, a10 = 1}"),
    ("{[true] = 1}", "{[true] = 1}"),
    ("{x = {y = {}}}", "{x = {y = {}}}"),
    ("print", "function() --[[..skipped..]] end"),
]
"""Values and what serpent 0.30 writes for them, its option `nocode` set."""


@pytest.mark.parametrize(("source", "expected"), LINES)
def test_line(run, source, expected):
    assert run(f"return serpent.line({source})") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{}", "{}"),
        ("{1, 2}", "{\n  1,\n  2\n}"),
        (
            "{a = {b = 1}, 'x'}",
            '{\n  "x",\n  a = {\n    b = 1\n  }\n}',
        ),
    ],
)
def test_block(run, source, expected):
    assert run(f"return serpent.block({source})") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{1, 2}", "do local _={1,2};return _;end"),
        ("{1, a = 2}", "do local _={[1]=1,a=2};return _;end"),
        ("'x'", 'do local _="x";return _;end'),
    ],
)
def test_dump(run, source, expected):
    assert run(f"return serpent.dump({source})") == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("{compact = true}", "{1,a={b={}}}"),
        ("{maxlevel = 1}", "{1, a = {}}"),
        ("{indent = ' '}", "{\n 1,\n a = {\n  b = {}\n }\n}"),
        ("{name = 'all'}", "do local all = {1, a = {b = {}}}; return all; end"),
    ],
)
def test_options(run, options, expected):
    assert run(f"return serpent.line({{1, a = {{b = {{}}}}}}, {options})") == expected


def test_number_format(run):
    assert run("return serpent.line({0.1}, {numformat = '%.3g'})") == "{0.1}"


def test_keys_in_the_script_s_order(run):
    source = """
    return serpent.line({a = 1, b = 2}, {sortkeys = function(keys)
      table.sort(keys, function(left, right) return left > right end)
    end})
    """
    assert run(source) == "{b = 2, a = 1}"


def test_a_table_is_written_once(run):
    source = "local t = {1} return serpent.line({a = t, b = t})"
    assert run(source) == "{a = {1}, b = nil}"


def test_dump_keeps_what_is_shared(run):
    source = """
    local t = {1}
    local value = {a = t, b = {c = t}}
    value.all = value
    local ok, copy = serpent.load(serpent.dump(value))
    return ok, copy.a == copy.b.c, copy.all == copy, copy.a[1]
    """
    assert run(source) == (True, True, True, 1)


@pytest.mark.parametrize("write", ["line", "block", "dump"])
def test_what_is_written_can_be_read(run, api, write):
    value = "{1, 2.5, {x = -1, ['a b'] = 'text \\n \"q\"'}, deep = {{{}}}, yes = true}"
    source = f"""
    local ok, copy = serpent.load(serpent.{write}({value}))
    return ok, game.table_to_json(copy), game.table_to_json({value})
    """
    ok, copy, original = run(source)
    assert ok is True
    assert copy == original


@pytest.mark.parametrize("text", ["{", "print('x')", "game"])
def test_reading_runs_nothing(run, text):
    found = run(f"return serpent.load([[{text}]])")
    assert found == (True, None) or found is True or found[0] is False


def test_objects_of_the_game_are_their_names(run):
    assert run("return serpent.line({game.forces.player})") == '{"[LuaForce]"}'
