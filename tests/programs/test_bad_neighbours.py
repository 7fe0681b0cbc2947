"""Whatever one agent's program does to itself, the others play as if it did nothing."""

import os
import signal
import time

import pytest

from .shared_world import LIMITS, SharedWorld

SLACK_SECONDS = 8.0
"""For a busy machine; what a program may use is less than a second."""
OTHERS = (
    "chest = place_entity(Prototype.WoodenChest, position=Position(x=3.5, y=1.5))\n"
    "for turn in range(3):\n    chest = insert_item(Prototype.Coal, chest, 2)\n"
    "    sleep(0.2)\nprint(chest.inventory)",
    "sleep(0.5)\nprint(extract_item(Prototype.Coal, Position(x=3.5, y=1.5), 9))\n"
    "send_message('done')",
    "move_to(Position(x=6, y=4))\nprint(craft_item(Prototype.IronGearWheel, 2))",
)
CULPRITS = {
    "an endless loop": ("while True: pass", "cpu-limit-reached"),
    "an endless loop that catches": (
        "while True:\n    try:\n        while True: pass\n"
        "    except BaseException: pass",
        "cpu-limit-reached",
    ),
    "a memory bomb": ("x = [0] * 10**6\nwhile True: x = x + x", "memory-limit-reached"),
    "a flood of output": (
        "for n in range(3 * 10**5): print('flood ' * 50)",
        "cpu-limit-reached",
    ),
    "an attempt to fork": (
        "import os\nwhile True: os.fork()",
        "uncaught-exception",
    ),
}


@pytest.fixture(scope="module")
def world():
    shared = SharedWorld(4)
    yield shared
    shared.close()


@pytest.fixture(scope="module")
def undisturbed(world):
    """What the others do beside an agent that does nothing, and the world then."""
    world.reset(seed=0)
    results = world.run("kept = 7", *OTHERS)
    return results[1:], world.server.state_hash(), _transcript(world)


def _transcript(world):
    return [message.to_plain() for message in world.bus.transcript]


def _play_beside(world, culprit):
    """The culprit's result, once the others have played as if it were not there."""
    begun = time.monotonic()
    result, *others = world.run(culprit, *OTHERS)
    took = time.monotonic() - begun
    assert took < LIMITS.cpu_seconds + LIMITS.cpu_grace_seconds + SLACK_SECONDS
    return result, (others, world.server.state_hash(), _transcript(world))


@pytest.mark.parametrize("title", CULPRITS)
def test_the_others_play_the_same_game(world, undisturbed, title):
    culprit, code = CULPRITS[title]
    world.reset(seed=0)
    world.run("kept = 7", step=5)
    world.restart()

    result, played = _play_beside(world, culprit)

    assert played == undisturbed
    assert result.error_code == code
    assert len(result.text) < 2 * LIMITS.output_bytes
    assert "Error" in result.text or "error" in result.text
    (after,) = world.run("print(kept, globals().get('x'))", step=1)
    assert after.text.startswith("1: 7")


@pytest.mark.parametrize(("is_all_killed", "kept"), [(False, True), (True, False)])
def test_a_process_that_is_killed_from_outside(world, undisturbed, is_all_killed, kept):
    world.reset(seed=0)
    world.run("kept = 7", step=5)
    world.restart()
    process = world.scheduler._processes["agent_0"]

    def kill(agent):
        if agent != 0 or world.server.tick == 0:
            return
        world.server.hook = lambda _agent: None
        if is_all_killed:
            os.killpg(process._running.group, signal.SIGKILL)
        else:
            os.kill(process._runner_pid, signal.SIGKILL)

    world.server.hook = kill
    result, played = _play_beside(world, "kept = 8\nwhile True: sleep(0.1)")

    assert result.error_code == "worker-died"
    fate = "are as they were before it" if kept else "are gone"
    assert fate in result.text
    others, _, messages = played
    assert (others, messages) == (undisturbed[0], undisturbed[2])
    (after,) = world.run("print(globals().get('kept'))", step=1)
    assert after.text.splitlines()[-1] == ("1: 7" if kept else "1: None")
    assert after.text.startswith("[the process") is not kept
