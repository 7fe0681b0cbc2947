"""A message."""

import pickle

import pytest

from fle_marl.messaging import Message


@pytest.mark.parametrize(
    ("recipient", "readers"),
    [(None, {"b", "c"}), ("b", {"b"}), ("a", {"a"})],
)
def test_who_gets_it(recipient, readers):
    message = Message(0, 0, "a", recipient, "hello")

    assert {agent for agent in "abc" if message.is_for(agent)} == readers


def test_it_is_plain_data_and_back():
    message = Message(5, 1, "a", "b", "hello", {"urgent": True})

    assert Message(**message.to_plain()) == message
    assert pickle.loads(pickle.dumps(message)) == message
