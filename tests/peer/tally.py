"""Counts what FLE's tools do: calls of each, failures, and how long they took."""

import functools
import statistics
import time
from collections import defaultdict

import pytest
from fle.env.lua_manager import LuaScriptManager
from fle.env.tools.controller import Controller


class Tally:
    """A plugin: a table of all tools at the end of a run."""

    def __init__(self) -> None:
        self._calls: dict[str, list[float]] = defaultdict(list)
        self._failures: dict[str, int] = defaultdict(int)
        self._executions: dict[str, list[float]] = defaultdict(list)

    def pytest_sessionstart(self) -> None:
        set_up, execute = LuaScriptManager.setup_tools, Controller.execute

        @functools.wraps(set_up)
        def counting_set_up(manager, instance):
            set_up(manager, instance)
            for namespace in instance.namespaces:
                for tool in instance.controllers:
                    for name in (tool, f"_{tool}"):
                        if hasattr(namespace, name):
                            called = getattr(namespace, name)
                            setattr(namespace, name, self._counted(name, called))

        @functools.wraps(execute)
        def counting_execute(controller, *arguments):
            began = time.perf_counter()
            try:
                return execute(controller, *arguments)
            finally:
                took = time.perf_counter() - began
                self._executions[controller.name].append(took)

        LuaScriptManager.setup_tools = counting_set_up
        Controller.execute = counting_execute

    def _counted(self, name: str, called):
        @functools.wraps(called)
        def counting(*arguments, **options):
            began = time.perf_counter()
            try:
                return called(*arguments, **options)
            except BaseException:
                self._failures[name] += 1
                raise
            finally:
                self._calls[name].append(time.perf_counter() - began)

        return counting

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """One line a tool; the server's share is what one round trip took."""
        write = terminalreporter.write_line
        terminalreporter.section("calls of FLE's tools")
        write(
            f"{'tool':28}{'calls':>7}{'failed':>8}{'total s':>9}{'median ms':>11}"
            f"{'server: calls':>15}{'median ms':>11}"
        )
        for name in sorted(self._calls, key=lambda name: name.strip("_")):
            calls = self._calls[name]
            asked = self._executions.get(name.strip("_"), [])
            write(
                f"{name:28}{len(calls):7}{self._failures[name]:8}{sum(calls):9.2f}"
                f"{statistics.median(calls) * 1e3:11.2f}"
                + (
                    f"{len(asked):15}{statistics.median(asked) * 1e3:11.2f}"
                    if asked
                    else ""
                )
            )
