"""Building from the inventory."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Direction, Position, Prototype, Resource
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]
Where = Callable[[int], tuple[float, float]]
Count = Callable[[], dict[str, int]]

HANDLING_TICKS = 6


def at(position: Position) -> tuple[float, float]:
    """Exact coordinates: positions count as equal within a tile."""
    return position.x, position.y


def test_takes_the_item_and_some_time(
    agent: Driver, server: EmbeddedServer, inventory: dict[str, int]
) -> None:
    start = server.tick
    agent.place_entity(Prototype.WoodenChest, position=Position(3.5, 0.5))
    assert server.tick - start == HANDLING_TICKS
    left = agent.inspect_inventory()[Prototype.WoodenChest]
    assert left == inventory["wooden-chest"] - 1


def test_you_stay_where_you_are(agent: Driver, where: Where) -> None:
    before = where(0)
    chest = agent.place_entity(Prototype.WoodenChest, position=Position(9.5, 0.5))
    agent.place_entity_next_to(Prototype.BurnerInserter, chest.position, Direction.LEFT)
    assert where(0) == before


@pytest.mark.parametrize(
    ("prototype", "direction", "asked", "placed"),
    [
        (Prototype.WoodenChest, Direction.UP, (3, 3), (3.5, 3.5)),
        (Prototype.StoneFurnace, Direction.UP, (3.2, 3.4), (3, 3)),
        (Prototype.AssemblingMachine1, Direction.UP, (4, 4), (4.5, 4.5)),
        (Prototype.Boiler, Direction.UP, (4, 4), (4.5, 4)),
        (Prototype.Boiler, Direction.LEFT, (4, 4), (4, 4.5)),
        (Prototype.BigElectricPole, Direction.UP, (4.4, 4.4), (4, 4)),
    ],
)
def test_snaps_to_the_grid(
    agent: Driver,
    prototype: Prototype,
    direction: Direction,
    asked: tuple[float, float],
    placed: tuple[float, float],
) -> None:
    entity = agent.place_entity(prototype, direction, Position(*asked))
    assert at(entity.position) == placed
    assert entity.direction is direction


def test_an_inserter_drops_where_it_faces(agent: Driver) -> None:
    inserter = agent.place_entity(
        Prototype.BurnerInserter, Direction.RIGHT, Position(3.5, 3.5)
    )
    assert at(inserter.drop_position) == (4.5, 3.5)
    assert at(inserter.pickup_position) == (2.5, 3.5)


@pytest.mark.parametrize(
    ("prototype", "place", "code"),
    [
        (Prototype.RocketSilo, (3, 3), "item-missing"),
        (Prototype.WoodenChest, (30.5, 0.5), "out-of-reach"),
        (Prototype.WoodenChest, (5.5, 0.5), "blocked"),
        (Prototype.BurnerMiningDrill, (3, 3), "blocked"),
        (Prototype.OffshorePump, (3, 3), "blocked"),
        (Prototype.IronPlate, (3, 3), "not-placeable"),
    ],
)
def test_refuses_and_changes_nothing(
    agent: Driver,
    server: EmbeddedServer,
    build: Build,
    prototype: Prototype,
    place: tuple[float, float],
    code: str,
) -> None:
    build("stone-furnace", 6, 1)
    before, start = agent.inspect_inventory(), server.tick
    with pytest.raises(ToolError) as refused:
        agent.place_entity(prototype, position=Position(*place))
    assert refused.value.code == code
    assert agent.inspect_inventory() == before
    assert server.tick == start


def test_what_is_not_simulated_is_refused_and_its_item_kept(
    server: EmbeddedServer, count_items: Count
) -> None:
    server.lua.execute(
        "global.agents[1].character.get_main_inventory().insert('roboport')"
    )
    before = count_items()
    arguments = {
        "entity": "roboport",
        "position": {"x": 3, "y": 3},
        "direction": 0,
        "exact": True,
    }
    for tool in ("place_entity", "can_place_entity"):
        with pytest.raises(ToolError, match="there are no robots") as refused:
            server.call(tool, 0, arguments)
        assert refused.value.code == "not-simulated"
        assert refused.value.details == {"name": "roboport"}
    assert count_items() == before
    assert before["roboport"] == 1


@pytest.mark.parametrize("side", [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_a_shore_is_the_same_on_every_side(
    agent: Driver, server: EmbeddedServer, side: tuple[int, int]
) -> None:
    """A furnace of 2 x 2 tiles beside a pond of 2 x 2, and half a tile into it."""
    server.lua.execute(
        "for x = 4, 5 do for y = 4, 5 do game.surfaces[1].set_tiles"
        "{{name = 'water', position = {x, y}}} end end"
    )
    dx, dy = side
    with pytest.raises(ToolError) as refused:
        agent.place_entity(Prototype.StoneFurnace, position=Position(5 + dx, 5 + dy))
    assert refused.value.code == "blocked"
    beside = Position(5 + 2 * dx, 5 + 2 * dy)
    furnace = agent.place_entity(Prototype.StoneFurnace, position=beside)
    assert (furnace.position.x, furnace.position.y) == (beside.x, beside.y)


def test_says_what_is_in_the_way(agent: Driver, build: Build) -> None:
    build("stone-furnace", 6, 1)
    with pytest.raises(ToolError, match=r"stone-furnace at \(x=6, y=1\)"):
        agent.place_entity(Prototype.WoodenChest, position=Position(5.5, 0.5))


def test_inexact_takes_the_nearest_free_place(agent: Driver, build: Build) -> None:
    build("stone-furnace", 6, 1)
    chest = agent.place_entity(
        Prototype.WoodenChest, position=Position(5.5, 0.5), exact=False
    )
    assert chest.position.distance(Position(5.5, 0.5)) == 1


def test_whoever_stands_there_steps_aside(
    agent: Driver, where: Where, count_items: Count
) -> None:
    before = count_items()
    x, y = where(0)
    chest = agent.place_entity(Prototype.IronChest, position=Position(x, y))
    moved_x, moved_y = where(0)
    assert max(abs(moved_x - chest.position.x), abs(moved_y - chest.position.y)) >= 0.5
    assert abs(moved_x - x) <= 1 and abs(moved_y - y) <= 1
    assert count_items() == before


def test_a_drill_goes_onto_ore(agent: Driver) -> None:
    ore = agent.nearest(Resource.IronOre)
    agent.move_to(ore)
    drill = agent.place_entity(
        Prototype.BurnerMiningDrill, Direction.DOWN, position=ore
    )
    assert drill.resources[0].name == "iron-ore"


def test_a_pump_finds_the_shore(agent: Driver) -> None:
    water = agent.nearest(Resource.Water)
    agent.move_to(water)
    pump = agent.place_entity(Prototype.OffshorePump, position=water)
    assert pump.position.distance(water) <= 10
    assert len(pump.connection_points) == 1
