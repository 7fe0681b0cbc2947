"""Random Lua and random packets leave a server answering, and its world sound.

``make fuzz MINUTES=10 SEED=1`` runs it for longer.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from fle_marl.servers.rcon_port import RconPort, SaveFile, new_game
from fle_marl.sim.lua_api.limits import ScriptLimits

from .fuzzing.attack import Attack, Target, resident_bytes

PASSWORD = "open sesame"
INSTRUCTIONS = 3_000_000
LUA_MEGABYTES = 64
GROWTH_BYTES = (LUA_MEGABYTES + 256) << 20
"""What Lua may use, long answers on their way, and a world that scripts build on."""
BURSTS_A_CHECK = 20
SLOW_SECONDS = 50.0
SEED = int(os.environ.get("FLE_MARL_FUZZ_SEED", "1"))
MINUTES = float(os.environ.get("FLE_MARL_FUZZ_MINUTES", "10"))


@contextmanager
def served_process(folder: Path, scenario: str) -> Iterator[Target]:
    """A server of the command line."""
    command = [sys.executable, "-m", "fle_marl", "serve", "--scenario", scenario]
    command += ["--port", "0", "--save", str(folder / "world.save")]
    command += ["--instructions", str(INSTRUCTIONS), "--memory", str(LUA_MEGABYTES)]
    log = folder / "log.txt"
    with (
        log.open("w") as log_file,
        subprocess.Popen(
            command,
            env=os.environ | {"FLE_MARL_RCON_PASSWORD": PASSWORD},
            stdout=subprocess.PIPE,
            stderr=log_file,
            text=True,
        ) as process,
    ):
        try:
            host, port = process.stdout.readline().split()[-1].split(":")
            yield Target(
                (host, int(port)),
                PASSWORD,
                folder,
                lambda: resident_bytes(process.pid),
                lambda: log.read_text(errors="replace"),
            )
        finally:
            process.kill()


def attack(target: Target, seed: int, is_over: Callable[[], bool]) -> Attack:
    """Attack until it is over; the first bursts are what memory is measured from."""
    started = Attack(target, seed)
    first_bytes = None
    for number in count():
        if is_over() or started.is_over:
            break
        known = len(started.findings)
        started.burst(number)
        for finding in started.findings[known:]:
            sys.stderr.write(f"burst {number}: {finding}\n")
        if number % BURSTS_A_CHECK == BURSTS_A_CHECK - 1:
            started.check_world()
            first_bytes = first_bytes or target.resident_bytes()
    if not started.is_over:
        started.check_world()
    started.check_log()
    if (
        grown := target.resident_bytes() - (first_bytes or 0)
    ) > GROWTH_BYTES and first_bytes:
        started.findings.append(f"memory has grown by {grown >> 20} megabytes")
    return started


def test_a_short_attack(tmp_path, caplog):
    limits = ScriptLimits(
        instructions=INSTRUCTIONS, seconds=2, memory_bytes=LUA_MEGABYTES << 20
    )
    game = new_game({"name": "empty"}, characters=1, seed=1, limits=limits)
    file = SaveFile(tmp_path / "world.save")
    with RconPort(game, PASSWORD, save_file=file) as port:
        thread = threading.Thread(target=port.serve)
        thread.start()
        try:
            started = Attack(
                Target(
                    port.address,
                    PASSWORD,
                    tmp_path,
                    resident_bytes,
                    lambda: caplog.text,
                ),
                seed=1,
            )
            for number in range(3):
                started.burst(number, commands=30)
            started.check_world()
        finally:
            port.stop()
            thread.join(60)
    assert started.findings == []
    assert started.commands == 90


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["lab-play"])
def test_a_long_attack(tmp_path, scenario):
    end = time.monotonic() + SLOW_SECONDS
    with served_process(tmp_path, scenario) as target:
        started = attack(target, 2, lambda: time.monotonic() > end)
    assert started.findings == []
    assert started.commands > 100


@pytest.mark.hunt
@pytest.mark.parametrize("scenario", ["empty", "lab-play", "open-play"])
def test_an_attack_of_minutes(tmp_path, scenario):
    end = time.monotonic() + 60 * MINUTES / 3
    with served_process(tmp_path, scenario) as target:
        started = attack(target, SEED, lambda: time.monotonic() > end)
    sys.stderr.write(
        f"\n{scenario}: {started.commands} commands, {started.connections} "
        f"connections, {started.packets} packets, {len(started.findings)} findings\n"
    )
    assert started.findings == []
