"""A world with this project's own tools, for a process that knows nothing of FLE.

It runs in the project's own environment, not in that of the tests here: a request is
one line of JSON on its input, and so is each answer on its output.
"""

import json
import sys

from fle_marl.lua.client import load_tools
from fle_marl.lua.types import agent_vocabulary
from fle_marl.messaging import MessageBus
from fle_marl.programs.scheduler import ProgramScheduler
from fle_marl.servers.embedded import EmbeddedServer

AGENTS = ("agent_0", "agent_1", "agent_2", "agent_3")
"""As many as examples speak of."""
PROGRAM_TICKS = 60 * 60 * 60
"""An hour: examples wait for minutes at most."""


class Game:
    """One world at a time; the first agent runs programs."""

    def __init__(self) -> None:
        self._server = EmbeddedServer()
        self._starts: dict[bool, bytes] = {}
        self._step = 0
        self._bus = MessageBus(AGENTS)
        self._scheduler = ProgramScheduler(self._server, self._bus, AGENTS)

    def begin(self, carry: dict[str, int], *, researched: bool = True) -> None:
        """Begin anew: nothing is built or named, and the agent has these items."""
        if researched not in self._starts:
            scenario = {"name": "lab-play", "all_technologies_researched": researched}
            self._server.reset(scenario, agents=len(AGENTS), seed=4)
            self._starts[researched] = self._server.save()
        self._server.restore(self._starts[researched])
        self._bus.reset()
        self._scheduler.reset(4)
        self.carry(carry)

    def carry(self, items: dict[str, int]) -> None:
        """Let the agent have these items, and no others."""
        give = self._server.lua.execute(
            """return function(items)
              local inventory = global.agents[1].character.get_main_inventory()
              inventory.clear()
              for name, count in pairs(items) do
                assert(inventory.insert{name = name, count = count} == count, name)
              end
            end"""
        )
        self._server.lua.guarded(give, self._server.lua.table(items))

    def lua(self, code: str) -> None:
        """Run Lua that answers nothing."""
        self._server.lua.execute(code)

    def run(self, program: str) -> dict[str, object]:
        """Run a program: what it printed, and how and where it failed."""
        self._step += 1
        result = self._scheduler.run(
            {AGENTS[0]: program}, tick_budget=PROGRAM_TICKS, step=self._step
        )[AGENTS[0]]
        return {
            "text": result.text,
            "code": result.error_code,
            "line": result.error_line,
        }

    def built(self, name: str) -> int:
        """How many of an entity there are."""
        count = f"game.surfaces[1].count_entities_filtered{{name = '{name}'}}"
        return self._server.lua.execute(f"return {count}")

    def carried(self, name: str) -> int:
        """How many of an item the agent has."""
        count = f"global.agents[1].character.get_item_count('{name}')"
        return self._server.lua.execute(f"return {count}")

    def vocabulary(self) -> dict[str, object]:
        """What programs find without importing it.

        Returns:
            ``members`` of enumerations with the first part of their values (as the game
            calls them), names of ``classes``, their public ``attributes``, and
            ``parameters`` of tools, all by the names that programs use.
        """
        tools = load_tools()
        classes = {
            name: kind
            for name, kind in agent_vocabulary().items()
            if isinstance(kind, type)
        }
        return {
            "members": {
                name: {member: _first(each.value) for member, each in listed.items()}
                for name, kind in classes.items()
                if (listed := getattr(kind, "__members__", None)) is not None
            },
            "classes": {name: kind.__name__ for name, kind in classes.items()},
            "attributes": {name: _attributes(kind) for name, kind in classes.items()},
            "parameters": {
                name: list(each.signature.parameters) for name, each in tools.items()
            },
        }


def _first(value: object) -> object:
    return value[0] if isinstance(value, tuple) else value


def _attributes(kind: type) -> list[str]:
    fields = getattr(kind, "__dataclass_fields__", {})
    own = (name for each in kind.__mro__ for name in vars(each))
    return sorted({name for name in (*own, *fields) if name[0] != "_"})


def main() -> None:
    """Answer requests ``[name, arguments]`` until there are no more."""
    answers, sys.stdout = sys.stdout, sys.stderr
    game = Game()
    for line in sys.stdin:
        name, arguments = json.loads(line)
        answers.write(json.dumps(getattr(game, name)(**arguments)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
