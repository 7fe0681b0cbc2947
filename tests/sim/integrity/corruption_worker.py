"""Loads saved worlds from standard input, and lets those run that are not refused.

A world that it cannot get done with in time ends the process.
"""

import signal
import sys

from fle_marl.errors import SaveError
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import (
    create_entity,
    destroy_entity,
    entities,
    placed_position,
)
from fle_marl.sim.engine import advance, compile_kernels
from fle_marl.sim.saves import load_world
from fle_marl.sim.world import World

SIZE_BYTES = 8
TICKS = 120
MOST_SECONDS = 60
BUILT = ("transport-belt", "burner-inserter", "small-electric-pole", "pipe")


def try_out(world: World) -> None:
    advance(world, TICKS)
    rows = entities(world)
    for row in rows[::2]:
        destroy_entity(world, row)
    for x, name in enumerate(BUILT):
        at = placed_position(load().entities[name], x + 0.5, -30.5, 2)
        create_entity(world, name, *at, direction=2)
    advance(world, TICKS // 4)


def main() -> None:
    stdin, stdout = sys.stdin.buffer, sys.stdout
    compile_kernels()  # which may take longer than any world may
    while size := stdin.read(SIZE_BYTES):
        saved = stdin.read(int.from_bytes(size, "little"))
        # of the processor: a machine that is busy or asleep proves nothing
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        try:
            world = load_world(saved)
        except SaveError:
            answer = "refused"
        else:
            try_out(world)
            answer = "went on"
        signal.setitimer(signal.ITIMER_PROF, 0)
        stdout.write(answer + "\n")
        stdout.flush()


if __name__ == "__main__":
    main()
