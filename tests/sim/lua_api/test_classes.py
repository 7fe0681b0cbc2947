"""Names of the game's API, and which of them there are here."""

import pytest

from fle_marl.sim.lua_api.classes import CLASSES, known_names, writable_names

OPERATORS = {"index", "newindex", "len", "call", "pairs"}


@pytest.mark.parametrize("lua_class", CLASSES, ids=lambda each: each.name)
def test_only_members_of_the_game_exist(lua_class):
    assert lua_class.members <= known_names()[lua_class.name]


@pytest.mark.parametrize("lua_class", CLASSES, ids=lambda each: each.name)
def test_only_what_the_game_lets_scripts_write_is_written(lua_class):
    assert set(lua_class.setters) <= writable_names()[lua_class.name]
    assert set(lua_class.setters) <= set(lua_class.getters)
    assert set(lua_class.operators) <= OPERATORS


@pytest.mark.parametrize("lua_class", CLASSES, ids=lambda each: each.name)
def test_a_member_is_one_thing(lua_class):
    assert not set(lua_class.getters) & set(lua_class.methods)


def test_every_class_is_there_once():
    names = [each.name for each in CLASSES]
    assert len(set(names)) == len(names)


def test_what_can_be_written_exists():
    for name, members in writable_names().items():
        assert members <= known_names()[name]
