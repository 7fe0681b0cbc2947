"""Names of the game's API, and which of them there are here."""

import pytest

from fle_marl.sim.lua_api.api_tables import known_names, writable_names
from fle_marl.sim.lua_api.classes import CLASSES
from fle_marl.sim.lua_api.left_out import (
    LEFT_OUT,
    left_out_classes,
    left_out_names,
)

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


def test_what_is_left_out_exists_and_is_not_there():
    classes = {each.name: each for each in CLASSES}
    for topic in LEFT_OUT:
        for name, members in topic.members.items():
            assert len(set(members)) == len(members)
            assert set(members) <= known_names()[name], topic.topic
            assert not set(members) & classes[name].members, topic.topic


def test_classes_that_are_left_out_are_not_there():
    left_out = [name for topic in LEFT_OUT for name in topic.classes]
    assert len(set(left_out)) == len(left_out)
    assert set(left_out) == left_out_classes() <= set(known_names())
    assert left_out_classes().isdisjoint(each.name for each in CLASSES)


def test_nothing_is_left_out_twice():
    for name in known_names():
        counted = sum(len(topic.members.get(name, ())) for topic in LEFT_OUT)
        assert counted == len(left_out_names(name)), name


def test_every_object_has_help(run):
    assert "  create_entity\n" in run("return surface.help()")


def test_every_class_is_there_once():
    names = [each.name for each in CLASSES]
    assert len(set(names)) == len(names)


def test_what_can_be_written_exists():
    for name, members in writable_names().items():
        assert members <= known_names()[name]
