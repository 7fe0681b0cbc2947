"""The server without a game."""

import pytest

from fle_marl.errors import SaveError, ServerError, ToolError
from fle_marl.lua.wire import ToolReply
from fle_marl.servers.base import GameServer
from fle_marl.testing.fake_server import FakeServer, TracedCall


def test_it_is_a_server():
    assert isinstance(FakeServer(), GameServer)


def test_tools_answer_at_once_or_later():
    server = FakeServer({"double": lambda agent, arguments: arguments["n"] * 2})

    assert server.call("double", 0, {"n": 4}) == ToolReply(8, 0, False)
    assert server.call("work", 0, {"ticks": 7}) == ToolReply(True, 7, False)
    assert server.call("sleep", 1, {"seconds": 1}) == ToolReply(None, 60, True)
    server.advance(60)
    assert server.resume(1) == ToolReply(True, 0, False)
    assert server.trace == [
        TracedCall(0, 0, "double", {"n": 4}),
        TracedCall(0, 0, "work", {"ticks": 7}),
        TracedCall(0, 1, "sleep", {"seconds": 1}),
    ]


def test_it_is_strict_about_pending_calls():
    server = FakeServer()
    server.call("sleep", 0, {"seconds": 1})

    with pytest.raises(ServerError, match="while a call is pending"):
        server.call("echo", 0, {})
    with pytest.raises(ServerError, match="due at 60"):
        server.resume(0)
    server.cancel(0)
    with pytest.raises(ServerError, match="no pending call"):
        server.resume(0)
    assert server.cancelled == [(0, 0)]


def test_unknown_names_are_refused():
    server = FakeServer(admin={"scene": {"a": 1}})

    with pytest.raises(ToolError) as caught:
        server.call("fly", 0, {})
    assert caught.value.code == "no-such-tool"
    assert server.admin("scene", {}) == {"a": 1}
    with pytest.raises(ServerError, match="'other'"):
        server.admin("other", {})


def test_it_can_be_saved():
    server = FakeServer()
    server.reset({}, agents=1, seed=3)
    server.advance(5)
    saved, before = server.save(), server.state_hash()
    server.advance(5)
    assert server.state_hash() != before

    server.restore(saved)

    assert server.state_hash() == before
    with pytest.raises(SaveError):
        server.restore(b"junk")


def test_time_only_runs_forwards():
    with pytest.raises(ServerError, match="cannot advance by -1"):
        FakeServer().advance(-1)


def test_a_closed_server_refuses_everything():
    server = FakeServer()
    server.close()
    server.close()

    with pytest.raises(ServerError) as caught:
        server.advance(1)
    assert caught.value.code == "server-closed"
