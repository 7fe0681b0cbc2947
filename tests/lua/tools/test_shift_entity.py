"""Moving what is built."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Direction, Position, Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Count = Callable[[], dict[str, int]]


@pytest.mark.parametrize(
    ("direction", "distance", "moved"),
    [
        (Direction.UP, 1, (3.5, 2.5)),
        (Direction.RIGHT, 2, (5.5, 3.5)),
        (Direction.DOWN, 3, (3.5, 6.5)),
        (Direction.LEFT, 1, (2.5, 3.5)),
    ],
)
def test_by_whole_tiles(
    agent: Driver,
    count_items: Count,
    direction: Direction,
    distance: int,
    moved: tuple[float, float],
) -> None:
    before = count_items()
    chest = agent.place_entity(Prototype.WoodenChest, position=Position(3.5, 3.5))
    shifted = agent.shift_entity(chest, direction, distance)
    assert (shifted.position.x, shifted.position.y) == moved
    assert count_items() == before
    assert len(agent.get_entities({Prototype.WoodenChest})) == 1


def test_over_its_own_place(agent: Driver, count_items: Count) -> None:
    before = count_items()
    furnace = agent.place_entity(Prototype.StoneFurnace, position=Position(4, 4))
    shifted = agent.shift_entity(furnace, Direction.RIGHT)
    assert (shifted.position.x, shifted.position.y) == (5, 4)
    assert count_items() == before


def test_its_direction_and_recipe_stay(agent: Driver, server: EmbeddedServer) -> None:
    hand = agent.place_entity(Prototype.BurnerInserter, Direction.LEFT, Position(3, 3))
    assert agent.shift_entity(hand, Direction.DOWN).direction is Direction.LEFT
    machine = agent.place_entity(
        Prototype.AssemblingMachine1, position=Position(6.5, 3.5)
    )
    machine = agent.set_entity_recipe(machine, Prototype.IronGearWheel)
    shifted = agent.shift_entity(machine, Direction.DOWN, 2)
    assert shifted.recipe is not None
    assert "iron-gear-wheel" in str(shifted.recipe)


def test_what_is_in_it_comes_to_you(agent: Driver, count_items: Count) -> None:
    before = count_items()
    coal = agent.inspect_inventory()[Prototype.Coal]
    chest = agent.place_entity(Prototype.WoodenChest, position=Position(3.5, 3.5))
    chest = agent.insert_item(Prototype.Coal, chest, 10)
    agent.shift_entity(chest, Direction.UP)
    assert agent.inspect_inventory()[Prototype.Coal] == coal
    assert count_items() == before


def test_it_takes_as_long_as_taking_and_placing(
    agent: Driver, server: EmbeddedServer
) -> None:
    chest = agent.place_entity(Prototype.WoodenChest, position=Position(3.5, 3.5))
    start = server.tick
    agent.shift_entity(chest, Direction.UP)
    # 0.1 s of mining at speed 0.5, doubled by what is researched here, and 6 ticks
    assert server.tick - start == 6 + 6


@pytest.mark.parametrize(
    ("direction", "distance", "code"),
    [
        (Direction.RIGHT, 2, "blocked"),
        (Direction.RIGHT, 50, "out-of-reach"),
        (Direction.RIGHT, 0, "bad-argument"),
        (Direction.LEFT, -1, "bad-argument"),
    ],
)
def test_refusals_change_nothing(
    agent: Driver, count_items: Count, direction: Direction, distance: int, code: str
) -> None:
    chest = agent.place_entity(Prototype.WoodenChest, position=Position(3.5, 3.5))
    chest = agent.insert_item(Prototype.Coal, chest, 10)
    agent.place_entity(Prototype.StoneFurnace, position=Position(6, 4))
    before = count_items()
    with pytest.raises(ToolError) as refused:
        agent.shift_entity(chest, direction, distance)
    assert refused.value.code == code
    still = agent.get_entity(Prototype.WoodenChest, Position(3.5, 3.5))
    assert still.inventory[Prototype.Coal] == 10
    assert count_items() == before


def test_what_was_known_of_it_before_stays_as_it_was(agent: Driver) -> None:
    chest = agent.place_entity(Prototype.WoodenChest, position=Position(3.5, 3.5))
    shifted = agent.shift_entity(chest, Direction.RIGHT, 2)
    assert (chest.position.x, shifted.position.x) == (3.5, 5.5)


def test_where_the_ground_is_wrong_it_is_put_back(
    agent: Driver, server: EmbeddedServer, count_items: Count
) -> None:
    server.lua.execute(
        "game.surfaces[1].create_entity{name='iron-ore', position={4, 4}, amount=9}"
    )
    drill = agent.place_entity(Prototype.BurnerMiningDrill, position=Position(4, 4))
    before = count_items()
    with pytest.raises(ToolError, match="needs other ground") as refused:
        agent.shift_entity(drill, Direction.DOWN, 4)
    assert refused.value.code == "blocked"
    assert agent.get_entity(Prototype.BurnerMiningDrill, Position(4, 4))
    assert count_items() == before


def test_wrong_ground_beside_it_is_refused_before_anything_is_done(
    agent: Driver, server: EmbeddedServer
) -> None:
    server.lua.execute(
        "game.surfaces[1].create_entity{name='iron-ore', position={4, 4}, amount=9}"
    )
    drill = agent.place_entity(Prototype.BurnerMiningDrill, position=Position(4, 4))
    agent.insert_item(Prototype.Coal, drill, 3)
    server.advance(30)
    before = server.state_hash()
    with pytest.raises(ToolError, match="needs other ground"):
        agent.shift_entity(drill, Direction.DOWN, 2)
    assert server.state_hash() == before


def test_what_is_not_there(agent: Driver) -> None:
    chest = agent.place_entity(Prototype.WoodenChest, position=Position(3.5, 3.5))
    agent.pickup_entity(chest)
    with pytest.raises(ToolError) as refused:
        agent.shift_entity(chest, Direction.UP)
    assert refused.value.code == "no-such-entity"
