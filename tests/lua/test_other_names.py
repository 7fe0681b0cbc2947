"""Names that programs written for the peer call tools by."""

import pytest

from fle_marl.lua.client import load_tools
from fle_marl.lua.other_names import with_other_names

TOOLS = {"sleep": len, "read_messages": max}


def test_tools_have_their_own_names_and_the_others():
    named = with_other_names(TOOLS)
    assert named["sleep"] is named["game"].sleep is len
    assert named["get_messages"] is named["game"].get_messages is max
    assert set(named) == {"sleep", "read_messages", "get_messages", "game"}


def test_what_is_not_there_has_no_other_name():
    assert set(with_other_names({"sleep": len})) == {"sleep", "game"}


def test_all_tools_at_once_are_only_that():
    game = with_other_names(TOOLS)["game"]
    assert dir(game) == ["get_messages", "read_messages", "sleep"]
    with pytest.raises(AttributeError, match="there is no tool 'slep'"):
        game.slep  # noqa: B018
    with pytest.raises(AttributeError):
        game.sleep = max
    assert game.sleep is len


def test_no_tool_is_hidden_by_another_name():
    assert not set(with_other_names(TOOLS)) - set(TOOLS) & set(load_tools())
