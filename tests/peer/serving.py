"""A served world: the process that serves it, and a second client that looks at it."""

import contextlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from factorio_rcon import RCONClient

PASSWORD = "factorio"
"""The one that FLE gives, always."""
SECONDS_TO_START = 300
"""Kernels may have to be compiled first, on a busy machine."""
SECONDS_TO_WAIT = 60


@contextlib.contextmanager
def serve(python: Path, *options: str) -> Iterator[int]:
    """Serve a world in a process of its own.

    Args:
        python: the interpreter that has ``fle_marl``.
        options: of ``fle-marl serve``.

    Yields:
        The port that it listens on.

    Raises:
        RuntimeError: the server ended before it listened.
    """
    process = subprocess.Popen(
        [python, "-m", "fle_marl", "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"FLE_MARL_RCON_PASSWORD": PASSWORD},
    )
    try:
        for line in process.stdout:
            if line.startswith("listening on "):
                yield int(line.rpartition(":")[2])
                break
        else:
            raise RuntimeError(f"the server ended with {process.wait()}")
    finally:
        process.terminate()
        process.wait(SECONDS_TO_START)
        process.stdout.close()


class World:
    """What is really there, asked over a connection that FLE knows nothing of."""

    def __init__(self, port: int) -> None:
        self._client = RCONClient("127.0.0.1", port, PASSWORD)

    def close(self) -> None:
        self._client.close()

    def run(self, code: str) -> None:
        """Run Lua that answers nothing."""
        answer = self._client.send_command(f"/sc {code}")
        assert not answer, answer

    def ask(self, expression: str):
        """The value of an expression in Lua; what a table holds, as JSON has it."""
        answer = self._client.send_command(
            f"/sc rcon.print(game.table_to_json({{answer = {expression}}}))"
        )
        assert answer.startswith(("{", "[")), answer
        return dict(json.loads(answer) or {}).get("answer")

    @property
    def tick(self) -> int:
        return self.ask("game.tick")

    def wait(self, *, seconds: float) -> None:
        """Wait until so many seconds have passed in the game."""
        ends = self.tick + round(seconds * 60)
        gives_up = time.monotonic() + SECONDS_TO_WAIT
        while self.tick < ends:
            assert time.monotonic() < gives_up, "time does not pass in the game"
            time.sleep(0.002)

    def carried(self, item: str) -> int:
        """How many of an item the first character has."""
        return self.ask(f"global.agent_characters[1].get_item_count('{item}')")

    def character(self) -> tuple[float, float]:
        """Where the first character stands."""
        at = self.ask("global.agent_characters[1].position")
        return at["x"], at["y"]

    def entities(self, name: str) -> list[dict]:
        """All of a name: position, direction, and what it has of each item."""
        found = self.ask(
            f"""(function()
                local found = {{}}
                for _, e in pairs(game.surfaces[1].find_entities_filtered{{
                    name = '{name}'}}) do
                  local items = {{}}
                  for slot = 1, 10 do
                    local inventory = e.get_inventory(slot)
                    for item, n in pairs(inventory and inventory.get_contents() or {{}})
                    do items[item] = n end
                  end
                  found[#found + 1] = {{
                      x = e.position.x, y = e.position.y,
                      direction = e.direction, items = items}}
                end
                return found
              end)()"""
        )
        # an empty table is an object in JSON
        return found or []

    def remove(self, name: str) -> None:
        """Let all entities of a name be gone."""
        self.run(
            "for _, e in pairs(game.surfaces[1].find_entities_filtered{"
            f"name = '{name}'}}) do e.destroy() end"
        )

    def the(self, name: str) -> dict:
        """The only entity of a name, as `entities` has it."""
        found = self.entities(name)
        assert len(found) == 1, found
        return found[0]
