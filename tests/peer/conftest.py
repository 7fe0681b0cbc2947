"""FLE 0.3.0, as it is published, on a world that ``fle-marl serve`` serves.

The server is a process of the project's own environment. FLE is in this one, and
``fle_marl`` is not: the two meet only over RCON.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from agent import Agent
from fle.env.entities import Position
from fle.env.instance import FactorioInstance
from ours import OurGame, play_ours
from serving import World, serve
from tally import Tally

ROOT = Path(__file__).parents[2]
SPEED = 40
"""`game.speed`: FLE sleeps a sixtieth of what its actions take, and a server can keep
that up (2,400 ticks a second)."""
STOCK = {
    "assembling-machine-1": 5,
    "boiler": 3,
    "burner-inserter": 10,
    "burner-mining-drill": 5,
    "coal": 100,
    "copper-plate": 100,
    "electric-mining-drill": 3,
    "inserter": 10,
    "iron-chest": 5,
    "iron-gear-wheel": 20,
    "iron-ore": 50,
    "iron-plate": 200,
    "pipe": 100,
    "small-electric-pole": 20,
    "steam-engine": 3,
    "stone-furnace": 5,
    "transport-belt": 200,
    "underground-belt": 10,
    "wooden-chest": 5,
}
"""What a character has when a test begins."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--server-python",
        type=lambda text: Path(text).absolute(),
        default=ROOT / ".venv/bin/python",
        help="The interpreter that has fle_marl, and runs the server.",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Tally())


class Play:
    """One game: FLE's tools, and the world as it really is."""

    def __init__(self, instance: FactorioInstance, world: World) -> None:
        self.instance = instance
        self.world = world
        # FLE's own; its `eval` puts Python's in its place, for good
        self.print = instance.namespaces[0].print

    @property
    def tools(self):
        """Where FLE keeps its tools, as agents call them."""
        return self.instance.namespaces[0]

    def carry(self, **items: int) -> None:
        """Let the character have these items, and no others."""
        self.tools._set_inventory(
            {name.replace("_", "-"): count for name, count in items.items()}
        )

    def stand(self, x: float, y: float) -> None:
        """Let the character stand somewhere, and FLE know of it."""
        self.world.run(
            f"assert(global.agent_characters[1].teleport{{x = {x}, y = {y}}})"
        )
        self.tools.player_location = Position(x=x, y=y)

    def begin(self, **options) -> None:
        """Begin anew, as `FactorioInstance.reset` does, at the origin."""
        self.instance.reset(**{"reset_position": True} | options)
        self.tools.player_location = Position(x=0, y=0)


@pytest.fixture(scope="session")
def server_python(request: pytest.FixtureRequest) -> Path:
    return request.config.getoption("--server-python")


@pytest.fixture(scope="session")
def port(server_python):
    """Of the server that most tests share: all resources are near the origin."""
    with serve(server_python, "--scenario", "lab-play", "--seed", "4") as port:
        yield port


@pytest.fixture
def own_port(server_python):
    """Of a server that nobody has used yet."""
    with serve(server_python, "--scenario", "lab-play", "--seed", "4") as port:
        yield port


@contextlib.contextmanager
def connected(port: int, **options):
    """FLE and a second client, both connected to a server."""
    instance = FactorioInstance(
        address="127.0.0.1",
        tcp_port=port,
        **{"fast": True, "inventory": STOCK, "reset_speed": SPEED} | options,
    )
    world = World(port)
    try:
        yield Play(instance, world)
    finally:
        world.close()
        # not `cleanup`, which waits for threads of all other instances as well
        instance.rcon_client.close()
        instance._executor.shutdown()


@pytest.fixture(scope="session")
def connection(port):
    """One FLE for all tests that share the server."""
    with connected(port) as play:
        yield play


@pytest.fixture
def play(connection):
    """A fresh game: nothing is built, and the character has `STOCK` at the origin."""
    connection.begin()
    return connection


@pytest.fixture
def own_play(own_port):
    """The same on a server that nobody has used yet, and nobody will."""
    with connected(own_port) as play:
        yield play


@pytest.fixture
def agent(play, monkeypatch):
    """Runs programs of agents, in a fresh game, whose sleep waits for the game."""
    speed = play.instance.get_speed()
    monkeypatch.setattr(
        "fle.env.tools.agent.sleep.client.sleep",
        lambda seconds: play.world.wait(seconds=seconds * speed),
    )
    agent = Agent(play.instance)
    with agent.forgetting():
        yield agent


@pytest.fixture(scope="session")
def our_game(server_python) -> Iterator[OurGame]:
    """A world with this project's own tools; `begin` begins anew."""
    with play_ours(server_python) as game:
        yield game
