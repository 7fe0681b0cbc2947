"""Turning what stands."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Direction, Position, Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]

HANDLING_TICKS = 6


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize(
    "prototype",
    [Prototype.BurnerInserter, Prototype.TransportBelt, Prototype.Boiler],
)
def test_faces_where_it_was_told(
    agent: Driver, server: EmbeddedServer, prototype: Prototype, direction: Direction
) -> None:
    entity = agent.place_entity(prototype, Direction.UP, Position(4, 4))
    start = server.tick
    turned = agent.rotate_entity(entity, direction)
    assert turned.direction is direction
    assert turned.id == entity.id
    assert server.tick - start == HANDLING_TICKS


def test_an_inserter_swaps_its_ends(agent: Driver) -> None:
    inserter = agent.place_entity(
        Prototype.BurnerInserter, Direction.RIGHT, Position(4.5, 4.5)
    )
    turned = agent.rotate_entity(inserter, Direction.LEFT)
    assert (turned.drop_position.x, turned.pickup_position.x) == (3.5, 5.5)


@pytest.mark.parametrize(
    "prototype",
    [Prototype.SteamEngine, Prototype.StorageTank, Prototype.UndergroundPipe],
)
def test_what_turns_half_way_faces_where_it_was_told(
    agent: Driver, server: EmbeddedServer, prototype: Prototype
) -> None:
    """What looks the same after half a turn stands in one of two directions only."""
    entity = agent.place_entity(prototype, Direction.UP, Position(6.5, 0.5))
    for direction in (Direction.RIGHT, Direction.DOWN, Direction.LEFT, Direction.UP):
        entity = agent.rotate_entity(entity, direction)
        stands = server.lua.execute(
            "return game.surfaces[1].find_entities_filtered"
            f"{{name = '{prototype.prototype_name}'}}[1].direction % 4"
        )
        assert stands == direction.value % 4


def test_what_is_on_a_belt_stays_on_it(agent: Driver) -> None:
    belt = agent.place_entity(
        Prototype.TransportBelt, Direction.RIGHT, Position(4.5, 4.5)
    )
    agent.insert_item(Prototype.IronPlate, belt, 8)
    turned = agent.rotate_entity(belt, Direction.UP)
    lanes = turned.inventory
    assert sum(lane[Prototype.IronPlate] for lane in lanes.values()) == 8


def test_a_machine_without_a_fluid_does_not_turn(agent: Driver) -> None:
    machine = agent.place_entity(
        Prototype.AssemblingMachine1, position=Position(4.5, 4.5)
    )
    machine = agent.set_entity_recipe(machine, Prototype.IronGearWheel)
    with pytest.raises(ToolError) as refused:
        agent.rotate_entity(machine, Direction.RIGHT)
    assert refused.value.code == "not-rotatable"


@pytest.mark.parametrize(
    ("name", "x", "code"),
    [
        ("wooden-chest", 4.5, "not-rotatable"),
        ("stone-furnace", 4, "not-rotatable"),
        ("burner-inserter", 30.5, "out-of-reach"),
    ],
)
def test_refuses(agent: Driver, build: Build, name: str, x: float, code: str) -> None:
    build(name, x, 4)
    [entity] = agent.get_entities(position=Position(x, 4), radius=2)
    with pytest.raises(ToolError) as refused:
        agent.rotate_entity(entity, Direction.RIGHT)
    assert refused.value.code == code


def test_refuses_what_is_gone(agent: Driver) -> None:
    chest = agent.place_entity(Prototype.BurnerInserter, position=Position(4, 4))
    agent.pickup_entity(chest)
    with pytest.raises(ToolError) as refused:
        agent.rotate_entity(chest, Direction.RIGHT)
    assert refused.value.code == "no-such-entity"


def test_a_turn_that_would_mix_fluids_is_refused_and_undone(
    agent: Driver, server: EmbeddedServer
) -> None:
    entity = agent.place_entity(
        Prototype.UndergroundPipe, Direction.LEFT, Position(4.5, 4.5)
    )
    server.lua.execute(
        """
        local surface = game.surfaces[1]
        local function fill(position, fluid)
          local pipe = surface.find_entity('pipe', position)
            or surface.find_entity('pipe-to-ground', position)
            or surface.create_entity{
              name = 'pipe', position = position, force = 'player'
            }
          pipe.fluidbox[1] = {name = fluid, amount = 10}
        end
        fill({4.5, 4.5}, 'crude-oil')
        fill({4.5, 3.5}, 'water')
        """
    )
    for direction in (Direction.UP, Direction.RIGHT, Direction.DOWN):
        with pytest.raises(ToolError, match="would mix fluids") as refused:
            agent.rotate_entity(entity, direction)
        assert refused.value.code == "not-rotatable"
        assert (
            agent.get_entity(Prototype.UndergroundPipe, Position(4.5, 4.5)).direction
            is entity.direction
        )
