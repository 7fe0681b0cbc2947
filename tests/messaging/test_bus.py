"""The bus that carries messages."""

import json

import pytest

from fle_marl.errors import ToolError
from fle_marl.messaging import MessageBus, MessageLimits

TEAM = ("agent_0", "agent_1", "agent_2")


@pytest.fixture
def bus():
    return MessageBus(
        TEAM, MessageLimits(characters_per_message=10, messages_per_step=3)
    )


def texts(messages):
    return [message.text for message in messages]


@pytest.mark.parametrize(
    ("recipient", "resolved"),
    [(None, None), (0, "agent_0"), (2, "agent_2"), ("agent_1", "agent_1")],
)
def test_recipients_are_ids_or_numbers(bus, recipient, resolved):
    assert bus.post("agent_0", "hi", tick=0, recipient=recipient).recipient == resolved


@pytest.mark.parametrize("recipient", [3, -1, "agent_9", "0", True, 1.0, [0]])
def test_other_recipients_are_refused(bus, recipient):
    with pytest.raises(ToolError, match="allowed are 0 to 2") as caught:
        bus.post("agent_0", "hi", tick=0, recipient=recipient)

    assert caught.value.code == "no-such-recipient"
    assert bus.transcript == ()


def test_messages_are_ordered_and_numbered(bus):
    bus.post("agent_1", "first", tick=3)
    bus.post("agent_0", "second", tick=3)
    bus.post("agent_1", "third", tick=9)

    assert [(m.tick, m.sequence, m.text) for m in bus.inbox("agent_2")] == [
        (3, 0, "first"),
        (3, 1, "second"),
        (9, 2, "third"),
    ]
    assert texts(bus.inbox("agent_2", since=4)) == ["third"]
    assert texts(bus.inbox("agent_0")) == ["first", "third"]


def test_each_message_is_collected_once(bus):
    bus.post("agent_0", "one", tick=0, recipient=1)
    assert texts(bus.collect("agent_1")) == ["one"]
    assert bus.collect("agent_1") == []

    bus.post("agent_0", "two", tick=0)
    assert texts(bus.collect("agent_1")) == ["two"]
    assert texts(bus.collect("agent_2")) == ["two"]


def test_messages_of_the_same_tick_all_come_and_once(bus):
    bus.post("agent_0", "one", tick=7)
    assert texts(bus.collect("agent_1")) == ["one"]
    bus.post("agent_0", "two", tick=7)
    bus.post("agent_2", "three", tick=7)

    assert texts(bus.collect("agent_1")) == ["two", "three"]
    assert bus.collect("agent_1") == []
    assert texts(bus.collect("agent_0")) == ["three"]


def test_teams_of_the_same_names_hear_nothing_of_each_other(bus):
    bus.post("agent_0", "ours", tick=1)
    others = MessageBus(TEAM)
    others.post("agent_0", "theirs", tick=1)
    others.reset()

    assert texts(bus.collect("agent_1")) == ["ours"]
    assert others.collect("agent_1") == []


def test_messages_have_a_greatest_length(bus):
    bus.post("agent_0", "x" * 10, tick=0)

    with pytest.raises(ToolError, match="10 characters; this one has 11") as caught:
        bus.post("agent_0", "x" * 11, tick=0)

    assert caught.value.code == "message-too-long"


def test_a_step_has_a_greatest_number_of_messages_for_each_agent(bus):
    for _ in range(3):
        bus.post("agent_0", "x", tick=0)

    with pytest.raises(ToolError) as caught:
        bus.post("agent_0", "x", tick=0)

    assert caught.value.code == "too-many-messages"
    bus.post("agent_1", "y", tick=0)
    bus.begin_step()
    bus.post("agent_0", "x", tick=0)


def test_time_does_not_run_backwards(bus):
    bus.post("agent_0", "x", tick=5)

    with pytest.raises(ValueError, match="before the last message"):
        bus.post("agent_0", "x", tick=4)


def test_strangers_cannot_post(bus):
    with pytest.raises(ValueError, match="'nobody' is not one of"):
        bus.post("nobody", "x", tick=0)


def test_a_snapshot_is_plain_and_goes_back(bus):
    bus.post("agent_0", "one", tick=1, metadata={"n": 1})
    bus.collect("agent_1")
    bus.post("agent_0", "two", tick=2)
    saved = json.loads(json.dumps(bus.snapshot()))

    other = MessageBus(TEAM, bus.limits)
    other.restore(saved)

    assert other.transcript == bus.transcript
    assert texts(other.collect("agent_1")) == ["two"]
    assert texts(other.collect("agent_2")) == ["one", "two"]
    other.post("agent_0", "x", tick=2)
    with pytest.raises(ToolError, match="may send 3"):
        other.post("agent_0", "x", tick=2)


def test_a_snapshot_of_another_team_is_refused(bus):
    with pytest.raises(ValueError, match="the saved bus is of"):
        bus.restore(MessageBus(["a"]).snapshot())


def test_reset_forgets_everything(bus):
    bus.post("agent_0", "x", tick=9)
    bus.reset()

    assert bus.transcript == ()
    assert bus.collect("agent_1") == []
    assert bus.post("agent_0", "y", tick=0).sequence == 0


@pytest.mark.parametrize("agents", [[], ["a", "a"]])
def test_a_team_has_different_members(agents):
    with pytest.raises(ValueError, match="agents must be different"):
        MessageBus(agents)


def test_reading_and_collecting_do_not_take_from_each_other(bus):
    bus.post("agent_0", "one", tick=1)
    assert [m.text for m in bus.read("agent_1")] == ["one"]
    assert bus.read("agent_1") == []
    assert bus.read("agent_0") == []
    bus.post("agent_0", "two", tick=2, recipient=1)
    saved = bus.snapshot()
    assert [m.text for m in bus.read("agent_1")] == ["two"]
    bus.restore(saved)
    assert [m.text for m in bus.read("agent_1")] == ["two"]
    assert [m.text for m in bus.collect("agent_1")] == ["one", "two"]
    bus.reset()
    assert bus.read("agent_1") == []
