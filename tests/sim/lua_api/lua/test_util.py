import math

import pytest

TABLE = [
    ("util.distance({1, 2}, {x = 4, y = 6})", 5),
    ("util.positiontostr({x = 1.5, y = -2})", "[1.5, -2]"),
    ("util.formattime(60 * 75)", "1:15"),
    ("util.oppositedirection(2)", 6),
    ("util.clamp(5, 1, 3)", 3),
    ("util.clamp(-5, 1, 3)", 1),
    ("util.clamp(2, 1, 3)", 2),
    ("util.string_starts_with('iron-plate', 'iron')", True),
    ("util.string_starts_with('iron', 'iron-plate')", False),
    ("util.product_amount{amount = 3, probability = 0.5}", 1.5),
    ("util.format_number(999)", "999"),
    ("util.format_number(1234567)", "1,234,567"),
    ("util.format_number(-1234)", "-1,234"),
    ("util.format_number(1234.5)", "1,234.5"),
    ("util.format_number(1299999, true)", "1.2M"),
    ("util.format_number(2000, true)", "2k"),
    ("util.format_number(5e12, true)", "5T"),
    ("util.format_number(12, true)", "12"),
    ("table.compare({}, {})", True),
    ("table.compare({1, {a = 2}}, {1, {a = 2}})", True),
    ("table.compare({1, {a = 2}}, {1, {a = 3}})", False),
    ("table.compare({1}, {1, 2})", False),
    ("table.compare({1, 2}, {1})", False),
    ("table.compare({a = {}}, {a = 1})", False),
    ("util.table.compare({game}, {game})", True),
    ("util.product_amount{amount_min = 2, amount_max = 4, probability = 1}", 3),
]


@pytest.mark.parametrize(("call", "expected"), TABLE)
def test_values(run, call, expected):
    found = run(f"return {call}")
    if isinstance(expected, float):
        assert math.isclose(found, expected)
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("util.moveposition({1, 2}, 0, 3)", [1, -1]),
        ("util.moveposition({1, 2}, 2, 3)", [4, 2]),
        ("util.moveposition({1, 2}, 4, 3)", [1, 5]),
        ("util.moveposition({1, 2}, 6, 3)", [-2, 2]),
        ("util.color('ff0080')", {"r": 1, "g": 0, "b": 128 / 255, "a": 1}),
        ("util.color('#f00')", {"r": 1, "g": 0, "b": 0, "a": 1}),
        ("util.color('00ff0033')", {"r": 0, "g": 1, "b": 0, "a": 0.2}),
        ("util.color('0f03')", {"r": 0, "g": 1, "b": 0, "a": 0.2}),
        ("util.color('f3')", {"r": 1, "g": 1, "b": 1, "a": 0.2}),
        ("util.color('3')", {"r": 0.2, "g": 0.2, "b": 0.2, "a": 1}),
        ("util.split('a,b,,c', ',')", ["a", "b", "c"]),
        ("util.split_whitespace(' a  b ')", ["a", "b"]),
        ("util.list_to_map({'a', 'b'})", {"a": True, "b": True}),
        (
            "util.merge({{a = 1, t = {x = 1}}, {b = 2, t = {y = 2}}, {a = 3}})",
            {"a": 3, "b": 2, "t": {"x": 1, "y": 2}},
        ),
    ],
)
def test_tables(plain, call, expected):
    assert plain(f"return {call}") == expected


def test_diagonals_have_no_step(refusal):
    assert "not north" in refusal("util.moveposition({0, 0}, 1, 1)")


def test_util_is_a_module_too(run):
    assert run("return require('util') == util") is True


@pytest.mark.parametrize("name", ["table.deepcopy", "util.copy", "util.table.deepcopy"])
def test_deep_copies_share_nothing(run, name):
    source = f"""
    local inner = {{1}}
    local original = {{inner, inner, game = game}}
    original.itself = original
    local copy = {name}(original)
    inner[1] = 2
    return copy[1][1], copy[1] == copy[2], copy.itself == copy,
      rawequal(copy.game, game)
    """
    assert run(source) == (1, True, True, True)


def test_deep_copies_keep_metatables(run):
    source = """
    local meta = {__index = {kind = "meta"}}
    return table.deepcopy(setmetatable({}, meta)).kind
    """
    assert run(source) == "meta"


def test_merged_tables_are_new(run):
    source = """
    local first = {t = {x = 1}}
    local merged = util.merge({first, {}})
    first.t.x = 2
    return merged.t.x
    """
    assert run(source) == 1


def test_lists(run):
    source = """
    local list = {1, 2, 3}
    util.increment(list, 1)
    util.increment(list, 2, 5)
    local gone = util.remove_from_list(list, 3)
    local not_there = util.remove_from_list(list, 9)
    return gone, not_there, table.concat(list, " ")
    """
    assert run(source) == (True, False, "2 7")


def test_safe_insertion(run):
    source = """
    local chest = surface.create_entity{name = "iron-chest", position = {0, 0}}
    util.insert_safe(chest, {["iron-plate"] = 5, ["no-such-item"] = 3, coal = 2})
    util.insert_safe(nil, {coal = 1})
    util.insert_safe(chest, nil)
    util.remove_safe(chest, {["iron-plate"] = 2, ["no-such-item"] = 3})
    return chest.get_item_count("iron-plate"), chest.get_item_count("coal")
    """
    assert run(source) == (3, 2)


@pytest.mark.parametrize("text", ["", "12345", "red", "#", "1234567"])
def test_what_is_no_color(refusal, text):
    assert f"not a color: {text}" in refusal(f"util.color('{text}')")
