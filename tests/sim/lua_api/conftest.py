"""A Lua state on flat ground, and short ways to ask it."""

from collections.abc import Callable

import pytest

from fle_marl.sim.engine import advance
from fle_marl.sim.lua_api import LuaApi

Run = Callable[..., object]


@pytest.fixture
def api(flat_world) -> LuaApi:
    """The API on 64 x 64 tiles of grass around the origin."""
    return LuaApi(flat_world(), {})


@pytest.fixture
def run(api) -> Run:
    """``run(source)``: what a chunk of Lua returns; ``surface`` is nauvis."""
    api.environment["surface"] = api.execute("return game.surfaces[1]")
    return api.execute


@pytest.fixture
def plain(api, run) -> Run:
    """``plain(source)``: the same for one value, tables as plain data."""

    def ask(source: str) -> object:
        return api.plain(run(source))

    return ask


@pytest.fixture
def refusal(run) -> Callable[[str], str]:
    """``refusal(source)``: the text that ``pcall`` gives for a chunk that must fail."""

    def ask(source: str) -> str:
        ok, message = run(f"return pcall(function() {source} end)")
        assert ok is False
        assert isinstance(message, str)
        return message

    return ask


@pytest.fixture
def go_on(api) -> Callable[[int], None]:
    """``go_on(ticks)``: lets game time pass, and events with it, as servers do."""

    def advance_with_events(ticks: int) -> None:
        for _ in range(ticks):
            advance(api.world, 1)
            api.events.run()

    return advance_with_events
