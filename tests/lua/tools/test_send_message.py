"""Sending messages: what the server checks and hands on."""

import pytest

from fle_marl.errors import ToolError
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver, drive


@pytest.mark.parametrize(
    ("recipient", "index"), [(1, 1), ("1", 1), ("agent_1", 1), (None, None)]
)
def test_the_recipient_is_an_index(
    server: EmbeddedServer, recipient: int | str | None, index: int | None
) -> None:
    value = drive(server, 0, "send_message", message="hello", recipient=recipient)
    assert isinstance(value, dict)
    assert value["message"] == "hello"
    assert value.get("recipient") == index


def test_agents_get_true(agent: Driver) -> None:
    assert agent.send_message("hello") is True
    assert agent.send_message("hello", recipient=1, metadata={"urgent": True}) is True


def test_the_limit_counts_characters(agent: Driver) -> None:
    assert agent.send_message("é" * 4000) is True
    with pytest.raises(ToolError) as caught:
        agent.send_message("é" * 4001)
    assert caught.value.code == "message-too-long"
    assert caught.value.details["length"] == 4001


@pytest.mark.parametrize("recipient", [0, 2, -1, "agent_7", "bob", ""])
def test_refuses_a_recipient(agent: Driver, recipient: int | str) -> None:
    with pytest.raises(ToolError) as caught:
        agent.send_message("hello", recipient=recipient)
    assert caught.value.code == "no-such-recipient"


@pytest.mark.parametrize(
    "text",
    [
        "\\",
        '\\") game.print("x") --',
        "'] = nil --[[",
        "]] error() --[[",
        "a\nb\tc\r",
        "${x} %d {}",
        "é \U0001f600",
        "",
    ],
)
def test_any_text_arrives_as_it_is(server: EmbeddedServer, text: str) -> None:
    value = drive(
        server, 0, "send_message", message=text, recipient=1, metadata={text: text}
    )
    assert isinstance(value, dict)
    assert (value["message"], value["metadata"]) == (text, {text: text})


def test_one_writes_to_the_number_that_others_have(
    agent: Driver, server: EmbeddedServer
) -> None:
    me, other = agent.get_agents()
    for recipient in (other.index, other.name):
        value = drive(server, 0, "send_message", message="hi", recipient=recipient)
        assert isinstance(value, dict)
        assert value["recipient"] == other.index == 1
    with pytest.raises(ToolError, match=f"you are agent {me.index} yourself"):
        agent.send_message("hi", recipient=me.index)
