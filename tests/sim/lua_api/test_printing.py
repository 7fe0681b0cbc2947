"""What scripts print, in the forms that a LocalisedString has."""

import logging

import pytest

PRINTED = [
    ("'a line'", "a line"),
    ("1.5", "1.5"),
    ("0.1 + 0.2", "0.3"),
    ("2^60", "1.1529215046068e+18"),
    ("true", "true"),
    ("nil", "nil"),
    ("{'', 'a', 1, {'', 'b', false}}", "a1bfalse"),
    ("{'item-name.coal'}", "item-name.coal"),
    ("{'a-key', 7, 'x'}", "a-key 7 x"),
    ("{'?', {'', 'first'}, 'second'}", "first"),
    ("{'?'}", ""),
    ("surface", "[LuaSurface]"),
    ("{'', surface, '!'}", "[LuaSurface]!"),
]


@pytest.mark.parametrize(("value", "text"), PRINTED)
def test_what_is_answered(api, run, value, text):
    run(f"rcon.print({value})")
    assert api.printed == [text]


@pytest.mark.parametrize("printer", ["game", "game.forces.player", "surface"])
def test_what_the_console_shows(api, run, printer):
    run(f"{printer}.print({{'', 'there are ', 2}})")
    assert api.console[-1] == "there are 2"


@pytest.mark.parametrize("name", ["log", "localised_print"])
def test_what_is_logged(run, caplog, name):
    with caplog.at_level(logging.DEBUG, logger="fle_marl.sim.lua_api"):
        run(f"{name}{{'', 'a', 'b'}}")
    assert "script: ab" in caplog.text


def test_print_is_that_of_lua(run, caplog):
    with caplog.at_level(logging.DEBUG, logger="fle_marl.sim.lua_api"):
        run("print(1, nil, 'x', surface)")
    assert "script: 1\tnil\tx\t[LuaSurface]" in caplog.text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("{1, 2}", "it begins with 1"),
        ("{}", "it begins with nil"),
        ("print", "Invalid LocalisedString: a function"),
        ("{'', 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21}", "at most 20"),
    ],
)
def test_what_is_no_localised_string(refusal, value, words):
    assert words in refusal(f"rcon.print({value})")


def test_strings_within_each_other_end(refusal):
    source = "local all = {''} all[2] = all rcon.print(all)"
    assert "20 deep" in refusal(source)
