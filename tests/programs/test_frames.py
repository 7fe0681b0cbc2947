"""Frames between processes."""

import socket
import struct

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.errors import ProgramError
from fle_marl.programs.frames import FrameStream

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.fixture
def ends():
    near, far = socket.socketpair()
    with near, far:
        near.settimeout(5)
        yield near, far


@settings(max_examples=40)
@given(st.dictionaries(st.text(), plain))
def test_what_is_sent_arrives(frame):
    near, far = socket.socketpair()
    with near, far:
        FrameStream(far, 10).send(frame)
        assert FrameStream(near, 2**20).receive() == frame


@given(st.binary(max_size=40))
def test_garbage_is_refused_and_nothing_else(body):
    near, far = socket.socketpair()
    with near, far:
        far.sendall(struct.pack(">I", len(body)) + body)
        try:
            frame = FrameStream(near, 100).receive()
        except ProgramError as error:
            assert error.code == "bad-frame"
        else:
            assert isinstance(frame, dict)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        msgpack.packb([1]),
        msgpack.packb({1: 2}),
        msgpack.packb({b"key": 2}),
        msgpack.packb({"a": msgpack.ExtType(5, b"x")}),
        msgpack.packb({"a": 1}) + b"more",
        b"\x81\xa1a" + b"\x91" * 5000 + b"\xc0",
        b"\x81\xa1a\xa1\xff",
        b"\x81\xa1a\xdd\xff\xff\xff\xff",
    ],
)
def test_what_is_no_map_of_plain_data_is_refused(ends, body):
    near, far = ends
    far.sendall(struct.pack(">I", len(body)) + body)

    with pytest.raises(ProgramError) as caught:
        FrameStream(near, 2**20).receive()

    assert caught.value.code == "bad-frame"


def test_a_long_frame_is_refused_before_it_comes(ends):
    near, far = ends
    far.sendall(struct.pack(">I", 1001))

    with pytest.raises(ProgramError, match="1001 bytes came; 1000 are allowed"):
        FrameStream(near, 1000).receive()


@pytest.mark.parametrize("start", [b"", b"\0\0", b"\0\0\0\5abc"])
def test_an_end_is_an_end_wherever_it_comes(ends, start):
    near, far = ends
    far.sendall(start)
    far.close()

    assert FrameStream(near, 1000).receive() is None


@pytest.mark.parametrize("value", [object(), {1, 2}, 2**70])
def test_only_plain_data_is_sent(ends, value):
    near, _ = ends

    with pytest.raises((TypeError, OverflowError)):
        FrameStream(near, 1000).send({"a": value})
