import json

import pytest

VALUES = [
    ("{}", {}),
    ("{1, 2, 3}", [1, 2, 3]),
    ("{a = 1, b = {c = {}}}", {"a": 1, "b": {"c": {}}}),
    ("{{x = 1}, {x = 2}}", [{"x": 1}, {"x": 2}]),
    ("{[2] = 'b', [5] = 'e'}", {"2": "b", "5": "e"}),
    ("{1, 2, a = 3}", {"1": 1, "2": 2, "a": 3}),
    ("{1, nil, 3}", {"1": 1, "3": 3}),
    ("{true, false}", [True, False]),
    ("{0.1, -2.5, 1e300, 2^53, -0.0}", [0.1, -2.5, 1e300, 2**53, 0]),
    (
        "{text = 'Zürich \\\\ \"x\" \\n\\t\\r\\0 /'}",
        {"text": 'Zürich \\ "x" \n\t\r\0 /'},
    ),
    ("{['a\"b'] = 1}", {'a"b': 1}),
]


@pytest.mark.parametrize(("source", "expected"), VALUES)
def test_tables_become_json(run, source, expected):
    text = run(f"return game.table_to_json({source})")
    assert json.loads(text) == expected


@pytest.mark.parametrize(("source", "expected"), VALUES)
def test_json_becomes_the_same_table_again(run, source, expected):
    text = run(f"local t = {source} return game.table_to_json(t)")
    again = run(
        f"return game.table_to_json(game.json_to_table(game.table_to_json({source})))"
    )
    assert again == text


def test_keys_are_written_in_order(run):
    assert run("return game.table_to_json{b = 1, a = 2, c = 3}") == (
        '{"a":2,"b":1,"c":3}'
    )


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{f = print}", "Cannot write a function as JSON."),
        ("{game}", "Cannot write a LuaGameScript as JSON."),
        ("{0/0}", "nan as JSON."),
        ("{1/0}", "Cannot write inf as JSON."),
        ("{[true] = 1}", "Cannot write a boolean as a key of JSON."),
    ],
)
def test_what_json_cannot_hold_is_refused(refusal, source, message):
    assert message in refusal(f"game.table_to_json({source})")


def test_a_table_within_itself_is_refused(refusal):
    message = refusal("local t = {} t.t = t game.table_to_json(t)")
    assert "this deep" in message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", 5),
        ('"five"', "five"),
        ("null", None),
        ("true", True),
        ("12345678901234567890123", 12345678901234567890123.0),
        ("", None),
        ("{", None),
        ("NaN", None),
        ("[1, Infinity]", None),
        ("[" * 100_000, None),
    ],
)
def test_reading(run, api, text, expected):
    api.environment["given"] = text
    assert run("return game.json_to_table(given)") == expected


def test_reading_takes_text_only(refusal):
    assert "string expected, got table" in refusal("game.json_to_table({})")
