"""What an agent's process may say."""

import pytest
from msgpack import Timestamp

from fle_marl.errors import ProgramError
from fle_marl.programs.protocol import (
    Answer,
    Called,
    ErrorReport,
    Finished,
    Printed,
    Started,
    read_message,
)


def nested(depth):
    return {} if depth == 0 else {"a": nested(depth - 1)}


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ({"type": "started", "pid": 77, "missing": []}, Started(77)),
        (
            {"type": "started", "pid": 77, "missing": ["seccomp: no"]},
            Started(77, ("seccomp: no",)),
        ),
        ({"type": "printed", "text": "1: a\n"}, Printed("1: a\n")),
        (
            {"type": "called", "tool": "move_to", "arguments": {"a": [1, None, "b"]}},
            Called("move_to", {"a": [1, None, "b"]}),
        ),
        ({"type": "finished"}, Finished(None)),
        (
            {"type": "finished", "error": {"code": "a-b", "line": 3, "text": "t"}},
            Finished(ErrorReport("a-b", 3, "t")),
        ),
        ({"type": "answer", "value": ["a"]}, Answer(["a"])),
    ],
)
def test_good_frames(frame, message):
    assert read_message(frame) == message


@pytest.mark.parametrize(
    "frame",
    [
        {},
        {"type": "shutdown"},
        {"type": ["started"]},
        {"type": "started", "missing": []},
        {"type": "started", "pid": "77", "missing": []},
        {"type": "started", "pid": 1, "missing": []},
        {"type": "started", "pid": -9, "missing": []},
        {"type": "started", "pid": True, "missing": []},
        {"type": "started", "pid": 77},
        {"type": "started", "pid": 77, "missing": "seccomp"},
        {"type": "started", "pid": 77, "missing": [1]},
        {"type": "started", "pid": 77, "missing": ["x" * 201]},
        {"type": "started", "pid": 77, "missing": [""] * 21},
        {"type": "printed", "text": 5},
        {"type": "called", "arguments": {}},
        {"type": "called", "tool": "../admin", "arguments": {}},
        {"type": "called", "tool": "move_to\n", "arguments": {}},
        {"type": "called", "tool": "a" * 65, "arguments": {}},
        {"type": "called", "tool": "move_to", "arguments": []},
        {"type": "called", "tool": "move_to", "arguments": {"a": b"bytes"}},
        {"type": "called", "tool": "move_to", "arguments": {"a": {1: 2}}},
        {"type": "called", "tool": "move_to", "arguments": {"a": float("nan")}},
        {"type": "called", "tool": "move_to", "arguments": {"a": [float("inf")]}},
        {"type": "called", "tool": "move_to", "arguments": nested(30)},
        {"type": "finished", "error": "oops"},
        {"type": "finished", "error": {"code": "A B", "line": 3, "text": "t"}},
        {"type": "finished", "error": {"code": "a", "line": "3", "text": "t"}},
        {"type": "finished", "error": {"code": "a", "line": 3}},
        {"type": "answer", "value": b"bytes"},
        {"type": "answer", "value": [Timestamp(1)]},
    ],
    ids=str,
)
def test_bad_frames_are_refused(frame):
    with pytest.raises(ProgramError) as caught:
        read_message(frame)

    assert caught.value.code == "bad-frame"


def test_long_errors_are_cut():
    error = {"code": "a", "line": 1, "text": "x" * 10**6}

    message = read_message({"type": "finished", "error": error})

    assert isinstance(message, Finished)
    assert message.error is not None
    assert len(message.error.text) <= 20_000
