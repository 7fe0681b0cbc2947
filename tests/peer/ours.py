"""This project's own tools, in a process of its own environment."""

import contextlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

GAME = Path(__file__).with_name("our_game.py")


class OurGame:
    """The other end of `our_game`: its methods by name."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._process = process

    def __getattr__(self, name: str):
        return lambda **arguments: self._ask(name, arguments)

    def _ask(self, name: str, arguments: dict[str, object]):
        self._process.stdin.write(json.dumps([name, arguments]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{name} ended it with {self._process.wait()}")
        return json.loads(answer)


@contextlib.contextmanager
def play_ours(python: Path) -> Iterator[OurGame]:
    """Start the process, and end it afterwards.

    Args:
        python: the interpreter that has ``fle_marl``.
    """
    # with `-P` the modules beside the script do not hide others
    with subprocess.Popen(
        [python, "-P", GAME], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield OurGame(process)
        process.stdin.close()
