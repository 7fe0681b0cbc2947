"""A small factory's worth of things on the lab map, fresh for each test."""

from collections.abc import Callable

import pytest

from fle_marl.lua.types import agent_vocabulary
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

INVENTORY = {
    "assembling-machine-1": 5,
    "assembling-machine-2": 10,
    "big-electric-pole": 10,
    "boiler": 2,
    "burner-inserter": 50,
    "burner-mining-drill": 50,
    "coal": 500,
    "copper-cable": 100,
    "copper-plate": 200,
    "electric-mining-drill": 50,
    "inserter": 50,
    "iron-chest": 10,
    "iron-gear-wheel": 50,
    "iron-ore": 50,
    "iron-plate": 200,
    "lab": 2,
    "medium-electric-pole": 50,
    "offshore-pump": 2,
    "pipe": 200,
    "pipe-to-ground": 20,
    "pumpjack": 2,
    "small-electric-pole": 50,
    "solar-panel": 5,
    "splitter": 5,
    "steam-engine": 2,
    "stone": 100,
    "stone-furnace": 10,
    "stone-wall": 50,
    "storage-tank": 2,
    "transport-belt": 500,
    "underground-belt": 20,
    "wood": 20,
    "wooden-chest": 10,
}
"""What each agent has at the start of a test."""

AGENTS = 2

Build = Callable[..., object]


@pytest.fixture
def inventory() -> dict[str, int]:
    """What each agent has at the start."""
    return dict(INVENTORY)


@pytest.fixture(scope="session")
def lab() -> tuple[EmbeddedServer, bytes]:
    """A server, and the lab map at its start with everything researched."""
    server = EmbeddedServer()
    scenario = {
        "name": "lab-play",
        "inventory": INVENTORY,
        "all_technologies_researched": True,
    }
    server.reset(scenario, agents=AGENTS, seed=1)
    return server, server.save()


@pytest.fixture
def server(lab: tuple[EmbeddedServer, bytes]) -> EmbeddedServer:
    """The lab map as it was at the start."""
    running, start = lab
    running.restore(start)
    return running


@pytest.fixture
def agent(server: EmbeddedServer) -> Driver:
    """The tools of agent 0, who stands at (0, 0)."""
    return Driver(server, 0)


@pytest.fixture
def other_agent(server: EmbeddedServer) -> Driver:
    """The tools of agent 1."""
    return Driver(server, 1)


@pytest.fixture
def build(server: EmbeddedServer) -> Build:
    """``build(name, x, y, direction=0, **more)``: a finished entity of the force."""

    def create(
        name: str, x: float, y: float, direction: int = 0, **more: object
    ) -> object:
        given = {
            "name": name,
            "position": {"x": x, "y": y},
            "direction": direction,
            "force": "player",
            **more,
        }
        make = server.lua.execute(
            "return function(given) return game.surfaces[1].create_entity(given) end"
        )
        return server.lua.guarded(make, server.lua.table(given))

    return create


@pytest.fixture
def run_program(agent: Driver) -> Callable[[str], dict[str, object]]:
    """Run a program as agent 0 and give its names afterwards."""

    def run(source: str) -> dict[str, object]:
        names: dict[str, object] = {**agent_vocabulary(), **agent.functions}
        exec(compile(source, "<example>", "exec"), names)
        return names

    return run
