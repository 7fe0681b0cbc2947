"""Time by a clock of our own."""

import pytest

from fle_marl.servers.rcon_port import new_game
from fle_marl.servers.rcon_port.limits import FailedTries, PortLimits
from fle_marl.servers.rcon_port.timekeeper import Timekeeper


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def game():
    return new_game({"name": "empty"}, characters=1, seed=0)


def pass_seconds(keeper, clock, seconds, step=1 / 64):
    for _ in range(round(seconds / step)):
        clock.now += step
        keeper.keep()


@pytest.mark.parametrize(
    ("speed", "ticks"), [(1.0, 120), (0.01, 1), (0.5, 60), (2.0, 240), (100.0, 12_000)]
)
def test_speed(game, clock, speed, ticks):
    game.lua.pace.speed = speed
    pass_seconds(Timekeeper(game, clock), clock, 2)
    # the first slices are short, and a tick is whole
    assert ticks * 0.98 - 1 <= game.world.tick <= ticks + 1


def test_what_was_missed_is_not_made_up_for(game, clock):
    keeper = Timekeeper(game, clock)
    clock.now += 1000
    for _ in range(20):
        keeper.keep()
    assert game.world.tick <= 6


def test_paused_time_stands_but_for_its_ticks(game, clock):
    pace = game.lua.pace
    pace.is_paused = True
    keeper = Timekeeper(game, clock)
    pass_seconds(keeper, clock, 1)
    assert game.world.tick == 0
    assert keeper.seconds_until_due() > 0.5
    pace.ticks_to_run = 7
    pass_seconds(keeper, clock, 1)
    assert (game.world.tick, pace.ticks_to_run) == (7, 0)


def test_it_says_when_a_tick_is_due(game, clock):
    keeper = Timekeeper(game, clock)
    assert keeper.seconds_until_due() == pytest.approx(1 / 60)
    clock.now += 1
    assert keeper.seconds_until_due() == 0


def test_failed_tries_are_forgotten(clock):
    failed = FailedTries(PortLimits(tries_of_address=2, memory_seconds=10), clock)
    failed.add("a")
    clock.now += 6
    failed.add("a")
    assert failed.is_shut_out("a")
    assert not failed.is_shut_out("b")
    clock.now += 5
    assert not failed.is_shut_out("a")
