"""Driving tools without a scheduler."""

import pytest

from fle_marl.errors import ServerError, ToolError
from fle_marl.lua.wire import ToolReply
from fle_marl.testing.driver import Driver, drive


class ScriptedServer:
    """Answers calls with prepared replies and counts the time."""

    def __init__(self, *replies: ToolReply) -> None:
        self.replies = list(replies)
        self.calls: list[object] = []
        self.tick = 0

    def call(self, tool: str, agent: int, arguments: object) -> ToolReply:
        self.calls.append((tool, agent, arguments))
        return self.replies.pop(0)

    def resume(self, agent: int) -> ToolReply:
        self.calls.append(("resume", agent))
        return self.replies[0] if len(self.replies) == 1 else self.replies.pop(0)

    def cancel(self, agent: int) -> None:
        self.calls.append(("cancel", agent))

    def advance(self, ticks: int) -> None:
        self.tick += ticks


def pending(ticks: int) -> ToolReply:
    return ToolReply(value=None, ticks=ticks, pending=True)


def done(value: object, ticks: int) -> ToolReply:
    return ToolReply(value=value, ticks=ticks, pending=False)


def test_time_passes_until_the_agent_is_free() -> None:
    server = ScriptedServer(pending(30), pending(0), done("there", 6))
    assert drive(server, 1, "walk", where=3) == "there"  # type: ignore[arg-type]
    assert server.tick == 36
    assert server.calls == [("walk", 1, {"where": 3}), ("resume", 1), ("resume", 1)]


def test_a_call_without_end_is_cancelled() -> None:
    server = ScriptedServer(pending(3600), pending(3600))
    with pytest.raises(ServerError) as caught:
        drive(server, 0, "walk")  # type: ignore[arg-type]
    assert caught.value.code == "endless-call"
    assert server.calls[-1] == ("cancel", 0)


def test_a_driver_has_the_tools_by_name() -> None:
    server = ScriptedServer(done(True, 60))
    driver = Driver(server, 2)  # type: ignore[arg-type]
    assert driver.sleep(1) is True
    assert server.calls == [("sleep", 2, {"seconds": 1})]
    assert "sleep" in driver.functions


def test_a_driver_checks_arguments() -> None:
    driver = Driver(ScriptedServer())  # type: ignore[arg-type]
    with pytest.raises(ToolError) as caught:
        driver.sleep("long")
    assert caught.value.code == "bad-argument"
    with pytest.raises(AttributeError, match="fly"):
        driver.fly()
