"""Building beside something."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Direction, Position, Prototype
from fle_marl.testing.driver import Driver

Build = Callable[..., object]


def at(position: Position) -> tuple[float, float]:
    """Exact coordinates: positions count as equal within a tile."""
    return position.x, position.y


@pytest.mark.parametrize(
    ("prototype", "direction", "spacing", "placed"),
    [
        (Prototype.BurnerInserter, Direction.UP, 0, (4.5, 2.5)),
        (Prototype.BurnerInserter, Direction.RIGHT, 0, (6.5, 4.5)),
        (Prototype.BurnerInserter, Direction.DOWN, 1, (4.5, 7.5)),
        (Prototype.BurnerInserter, Direction.LEFT, 2, (0.5, 4.5)),
        (Prototype.AssemblingMachine1, Direction.RIGHT, 0, (7.5, 4.5)),
        (Prototype.StoneFurnace, Direction.DOWN, 0, (5, 7)),
        (Prototype.StoneFurnace, Direction.RIGHT, 3, (10, 5)),
        # 3 by 2 tiles facing north, 2 by 3 facing west
        (Prototype.Boiler, Direction.UP, 0, (4.5, 2)),
        (Prototype.Boiler, Direction.LEFT, 0, (2, 4.5)),
    ],
)
def test_touches_the_middle_of_a_side(
    agent: Driver,
    build: Build,
    prototype: Prototype,
    direction: Direction,
    spacing: int,
    placed: tuple[float, float],
) -> None:
    build("assembling-machine-1", 4.5, 4.5)
    agent.move_to(Position(4, -1))
    entity = agent.place_entity_next_to(
        prototype, Position(4.5, 4.5), direction, spacing
    )
    assert at(entity.position) == placed
    # an assembling machine faces north until its recipe uses fluids
    turns = prototype in (Prototype.BurnerInserter, Prototype.Boiler)
    assert entity.direction is (direction if turns else Direction.UP)


def test_any_place_on_the_entity_means_the_entity(agent: Driver, build: Build) -> None:
    build("assembling-machine-1", 4.5, 4.5)
    inserter = agent.place_entity_next_to(
        Prototype.BurnerInserter, Position(3.2, 5.7), Direction.RIGHT
    )
    assert at(inserter.position) == (6.5, 4.5)


def test_beside_a_turned_boiler(agent: Driver, build: Build) -> None:
    build("boiler", 4, 4.5, direction=2)
    chest = agent.place_entity_next_to(
        Prototype.WoodenChest, Position(4, 4.5), Direction.RIGHT
    )
    assert at(chest.position) == (5.5, 4.5)


@pytest.mark.parametrize("place", [(3, 3), (3.5, 3.5), (3.9, 3.1)])
def test_beside_a_bare_tile(agent: Driver, place: tuple[float, float]) -> None:
    chest = agent.place_entity_next_to(
        Prototype.WoodenChest, Position(*place), Direction.RIGHT, spacing=1
    )
    assert at(chest.position) == (5.5, 3.5)


def test_a_neighbour_is_not_the_reference(agent: Driver, build: Build) -> None:
    build("burner-inserter", 3.5, 3.5)
    chest = agent.place_entity_next_to(
        Prototype.WoodenChest, Position(4.5, 3.5), Direction.RIGHT
    )
    assert at(chest.position) == (5.5, 3.5)


def test_a_blocked_side_is_refused(agent: Driver, build: Build) -> None:
    build("assembling-machine-1", 4.5, 4.5)
    build("wooden-chest", 6.5, 4.5)
    before = agent.inspect_inventory()
    with pytest.raises(ToolError) as refused:
        agent.place_entity_next_to(
            Prototype.BurnerInserter, Position(4.5, 4.5), Direction.RIGHT
        )
    assert refused.value.code == "blocked"
    assert agent.inspect_inventory() == before


@pytest.mark.parametrize(
    ("prototype", "reference", "spacing", "code"),
    [
        (Prototype.RocketSilo, (0, 0), 0, "item-missing"),
        (Prototype.WoodenChest, (20, 0), 0, "out-of-reach"),
        (Prototype.WoodenChest, (2, 0), -1, "bad-argument"),
        (Prototype.IronPlate, (2, 0), 0, "not-placeable"),
    ],
)
def test_refuses(
    agent: Driver,
    prototype: Prototype,
    reference: tuple[float, float],
    spacing: int,
    code: str,
) -> None:
    with pytest.raises(ToolError) as refused:
        agent.place_entity_next_to(
            prototype, Position(*reference), Direction.RIGHT, spacing
        )
    assert refused.value.code == code
