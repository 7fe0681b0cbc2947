"""Reading tool envelopes."""

import json

import pytest

from fle_marl.errors import ServerError, ToolError, ToolFault
from fle_marl.lua.wire import ToolReply, decode_reply


@pytest.mark.parametrize(
    ("envelope", "reply"),
    [
        ({"ok": True}, ToolReply(None, 0, False)),
        ({"ok": True, "value": [1], "ticks": 12}, ToolReply([1], 12, False)),
        ({"ok": True, "pending": True, "ticks": 30}, ToolReply(None, 30, True)),
        ({"ok": True, "ticks": 3.0, "pending": False}, ToolReply(None, 3, False)),
    ],
)
def test_good_envelopes(envelope, reply):
    assert decode_reply(json.dumps(envelope)) == reply


def test_a_refusal_keeps_code_message_and_details():
    refusal = {
        "ok": False,
        "code": "out-of-reach",
        "message": "far",
        "details": {"d": 9},
    }

    with pytest.raises(ToolError) as caught:
        decode_reply(json.dumps(refusal))

    assert (caught.value.code, str(caught.value)) == ("out-of-reach", "far")
    assert caught.value.details == {"d": 9}


def test_a_refusal_may_leave_everything_out():
    with pytest.raises(ToolError) as caught:
        decode_reply('{"ok": false, "details": []}')

    assert caught.value.code == ToolError.default_code
    assert caught.value.details == {}


@pytest.mark.parametrize(
    "text",
    ["", "nil", "[]", "{}", '{"ok": 1}', '{"ok": true, "ticks": -1}', "{'ok': true}"],
)
def test_anything_else_is_the_servers_fault(text):
    with pytest.raises(ServerError) as caught:
        decode_reply(text)

    assert caught.value.code == "unreadable-answer"
    assert caught.value.details == {"text": text}


def test_a_tool_that_failed_inside_is_told_apart():
    text = json.dumps({"ok": False, "fault": True, "message": "attempt to index nil"})
    with pytest.raises(ToolFault, match="attempt to index nil") as caught:
        decode_reply(text)
    assert caught.value.code == "tool-fault"
