"""A world of the real tools that a team of agents' programs share, for tests."""

import random
from collections.abc import Callable, Mapping

from fle_marl.lua.wire import ToolReply
from fle_marl.messaging import MessageBus
from fle_marl.programs.limits import ProgramLimits
from fle_marl.programs.program_run import ProgramResult
from fle_marl.programs.scheduler import ProgramScheduler
from fle_marl.sim.integrity import check_arrays
from fle_marl.sim.schedule import refreshed
from fle_marl.testing.counting import CountedServer

__all__ = ["HookedServer", "SharedWorld", "first_served"]

LIMITS = ProgramLimits(
    # enough to fill the memory on a busy machine, little enough to wait for
    cpu_seconds=1.0,
    cpu_grace_seconds=0.3,
    memory_bytes=192 * 2**20,
    tool_calls=500,
)
INVENTORY = {
    "assembling-machine-1": 2, "burner-inserter": 5, "burner-mining-drill": 3,
    "coal": 50, "copper-plate": 50, "iron-chest": 2, "iron-gear-wheel": 10,
    "iron-plate": 100, "pipe": 20, "small-electric-pole": 10, "stone": 20,
    "stone-furnace": 3, "transport-belt": 60, "wooden-chest": 5,
}  # fmt: skip


class HookedServer(CountedServer):
    """Calls a function before each step of a tool call.

    Attributes:
        hook: gets the number of the agent.
    """

    def __init__(self) -> None:
        super().__init__()
        self.hook: Callable[[int], None] = lambda _agent: None

    def call(self, tool: str, agent: int, arguments: Mapping[str, object]) -> ToolReply:
        self.hook(agent)
        return super().call(tool, agent, arguments)

    def resume(self, agent: int) -> ToolReply:
        self.hook(agent)
        return super().resume(agent)


class SharedWorld:
    """A team on the lab map, which is as at the start when it is asked for.

    Args:
        agents: how many; they stand one above the other, two tiles apart, from (0, 0).
    """

    def __init__(self, agents: int) -> None:
        self.team = tuple(f"agent_{number}" for number in range(agents))
        self.server = HookedServer()
        scenario = {
            "name": "lab-play",
            "inventory": INVENTORY,
            "all_technologies_researched": True,
        }
        self.server.reset(scenario, agents=agents, seed=1)
        self._start = self.server.save()
        self.bus = MessageBus(self.team)
        self.scheduler = ProgramScheduler(self.server, self.bus, self.team, LIMITS)
        self.reset(seed=0)

    def reset(self, seed: int) -> None:
        """Begin anew in every respect."""
        self.scheduler.reset(seed)
        self.restart()

    def restart(self) -> None:
        """Begin anew but for what agents have defined, which costs less time."""
        self.server.hook = lambda _agent: None
        self.server.restore(self._start)
        self.bus.reset()

    def close(self) -> None:
        """End the agents' processes."""
        self.scheduler.close()

    def build(self, script: str) -> None:
        """Run Lua with ``build(name, x, y, more)`` at hand."""
        self.server.lua.execute(_BUILD + script)

    def ask(self, expression: str) -> object:
        """The value of a Lua expression about ``surface`` and ``people``."""
        return self.server.lua.execute(f"{_NAMES}return {expression}")

    def run(
        self, *programs: str, step: int = 0, budget: int = 3600
    ) -> list[ProgramResult]:
        """Run programs of the first agents, and see that no item comes or goes."""
        before = self.server.balance()
        results = self.scheduler.run(
            dict(zip(self.team, programs, strict=False)), tick_budget=budget, step=step
        )
        assert self.server.balance() == before
        check_arrays(refreshed(self.server.world).snapshot().arrays)
        return list(results.values())


def first_served(agents: int, step: int, seed: int = 0) -> list[int]:
    """Agents in the order in which they are served at the same tick.

    As documented: an order that is drawn from the seed for each step.
    """
    places = list(range(agents))
    random.Random(f"{seed}:{step}").shuffle(places)
    return sorted(range(agents), key=places.__getitem__)


_NAMES = """
local surface = game.surfaces[1]
local people = {}
for agent, entry in ipairs(global.agents) do
  people[agent - 1] = entry.character
end
"""
_BUILD = (
    _NAMES
    + """
local function build(name, x, y, more)
  local given = {name = name, position = {x, y}, force = "player"}
  for key, value in pairs(more or {}) do
    given[key] = value
  end
  return surface.create_entity(given)
end
"""
)
