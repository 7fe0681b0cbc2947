"""LuaProfiler: how long scripts take; holds a stopwatch of Python.

This is the one place where scripts meet the wall clock. They can print what it says
and not read it, so that nothing in the world can depend on it; nor can it be kept in
``global``. Source: runtime API, LuaProfiler.
"""

from time import perf_counter
from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.arguments import read_number
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_PROFILER", "create_profiler", "duration_text"]

LUA_PROFILER: Final = LuaClass("LuaProfiler")
_MILLISECONDS: Final = 1000


class _Stopwatch:
    """Adds up time while it runs.

    Args:
        is_running: whether it starts at once.
    """

    def __init__(self, *, is_running: bool) -> None:
        self._before = 0.0
        self._started: float | None = perf_counter() if is_running else None

    @property
    def is_running(self) -> bool:
        """Whether it runs."""
        return self._started is not None

    @property
    def seconds(self) -> float:
        """What it shows."""
        if self._started is None:
            return self._before
        return self._before + perf_counter() - self._started

    def show(self, seconds: float) -> None:
        """Show a time; it goes on from there if it runs."""
        self._before = seconds
        self._started = perf_counter() if self.is_running else None

    def stop(self) -> None:
        """Stand still."""
        self._before, self._started = self.seconds, None

    def go_on(self) -> None:
        """Run, from what it shows."""
        if self._started is None:
            self._started = perf_counter()


def create_profiler(
    api: "LuaApi",
    _self: int,
    stopped: bool | None = None,
) -> LuaValue:
    """Make one, which runs unless a script wants it stopped."""
    return api.object("LuaProfiler", _Stopwatch(is_running=not stopped))


def duration_text(profiler: _Stopwatch) -> str:
    """What is printed in the place of a profiler."""
    return f"Duration: {profiler.seconds * _MILLISECONDS:.6f}ms"


@LUA_PROFILER.getter("valid")
def _valid(_api: "LuaApi", _profiler: _Stopwatch) -> bool:
    return True


@LUA_PROFILER.method("stop")
def _stop(_api: "LuaApi", profiler: _Stopwatch) -> None:
    profiler.stop()


@LUA_PROFILER.method("restart")
def _restart(_api: "LuaApi", profiler: _Stopwatch) -> None:
    profiler.go_on()


@LUA_PROFILER.method("reset")
def _reset(_api: "LuaApi", profiler: _Stopwatch) -> None:
    profiler.show(0.0)
    profiler.go_on()


@LUA_PROFILER.method("add")
def _add(api: "LuaApi", profiler: _Stopwatch, other: object) -> None:
    added: _Stopwatch | None = api.self_of(other, "LuaProfiler")
    if added is None:
        fail(f"Expected LuaProfiler, got {shown(other)}.")
    profiler.show(profiler.seconds + added.seconds)


@LUA_PROFILER.method("divide")
def _divide(_api: "LuaApi", profiler: _Stopwatch, number: object) -> None:
    divisor = read_number(number, "number")
    if divisor == 0:
        fail("number must not be 0.")
    # it does nothing unless it is stopped. Source: runtime API
    if not profiler.is_running:
        profiler.show(profiler.seconds / divisor)
