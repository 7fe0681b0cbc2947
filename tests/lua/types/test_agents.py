"""What others say, as programs read it."""

import pytest

from fle_marl.lua.types import Message

HEARD = Message("agent_1", "hello", 90, recipient="agent_0", metadata={"n": 1})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sender", "agent_1"),
        ("message", "hello"),
        ("tick", 90),
        ("timestamp", 90),
        ("recipient", "agent_0"),
        ("metadata", {"n": 1}),
    ],
)
def test_a_message_can_be_asked_like_a_dictionary(key, value):
    assert HEARD[key] == HEARD.get(key) == getattr(HEARD, key) == value


@pytest.mark.parametrize("key", ["content", "get", "__class__"])
def test_other_keys_are_no_fields(key):
    assert HEARD.get(key, "none") == "none"
    with pytest.raises(KeyError, match="a message has sender, message, tick"):
        HEARD[key]
