"""Taking items out of machines, chests and off belts."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Direction, Position, Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver, drive

Build = Callable[..., object]
Count = Callable[[], dict[str, int]]

HANDLING_TICKS = 6
CHEST = Position(3.5, 3.5)


@pytest.fixture
def chest(agent: Driver) -> object:
    """A chest with 40 coal."""
    placed = agent.place_entity(Prototype.IronChest, position=CHEST)
    return agent.insert_item(Prototype.Coal, placed, 40)


def test_moves_items_into_the_inventory(
    agent: Driver, server: EmbeddedServer, chest: object, count_items: Count
) -> None:
    before, had = count_items(), agent.inspect_inventory()[Prototype.Coal]
    start = server.tick
    assert agent.extract_item(Prototype.Coal, chest, 15) == 15
    assert agent.inspect_inventory()[Prototype.Coal] == had + 15
    assert agent.get_entity(Prototype.IronChest, CHEST).inventory[Prototype.Coal] == 25
    assert count_items() == before
    assert server.tick - start == HANDLING_TICKS


def test_items_are_named_as_in_the_game(agent: Driver, count_items: Count) -> None:
    before = count_items()
    chest = agent.place_entity("iron-chest", position=Position(4, 4))
    agent.insert_item("coal", chest, 3)
    assert agent.extract_item("coal", chest, 2) == 2
    assert agent.pickup_entity("iron-chest", Position(4, 4)) is True
    assert count_items() == before


def test_gives_all_there_is_when_that_is_fewer(agent: Driver, chest: object) -> None:
    assert agent.extract_item(Prototype.Coal, CHEST, 100) == 40


def test_fuel_and_products_come_out_of_their_inventories_once(
    agent: Driver, server: EmbeddedServer, count_items: Count
) -> None:
    furnace = agent.place_entity(Prototype.StoneFurnace, position=Position(4, 4))
    agent.insert_item(Prototype.Coal, furnace, 5)
    agent.insert_item(Prototype.IronOre, furnace, 3)
    server.advance(60 * 12)
    furnace = agent.get_entity(Prototype.StoneFurnace, Position(4, 4))
    coal = furnace.fuel[Prototype.Coal]
    before = count_items()
    assert agent.extract_item(Prototype.IronPlate, furnace, 50) == 3
    assert agent.extract_item(Prototype.Coal, furnace, 50) == coal
    assert count_items() == before


def test_takes_from_both_lanes_of_a_belt(agent: Driver, count_items: Count) -> None:
    belt = agent.place_entity(
        Prototype.TransportBelt, Direction.RIGHT, Position(4.5, 4.5)
    )
    agent.insert_item(Prototype.IronPlate, belt, 8)
    before = count_items()
    assert agent.extract_item(Prototype.IronPlate, belt, 6) == 6
    assert count_items() == before


def test_takes_only_what_fits(
    agent: Driver, server: EmbeddedServer, chest: object, count_items: Count
) -> None:
    server.lua.execute(
        "local main = global.agents[1].character.get_main_inventory() "
        "main.remove({name = 'coal', count = 30}) "
        "main.insert({name = 'wood', count = 100000})"
    )
    before = count_items()
    assert agent.extract_item(Prototype.Coal, chest, 40) == 20
    with pytest.raises(ToolError) as refused:
        agent.extract_item(Prototype.Coal, chest, 40)
    assert refused.value.code == "inventory-full"
    assert count_items() == before


@pytest.mark.parametrize(
    ("item", "x", "count", "code"),
    [
        (Prototype.IronPlate, 3.5, 1, "item-missing"),
        (Prototype.Coal, 30.5, 1, "out-of-reach"),
        (Prototype.Coal, 3.5, 0, "bad-argument"),
        (Prototype.Coal, 7.5, 1, "no-such-entity"),
    ],
)
def test_refuses(
    agent: Driver,
    build: Build,
    chest: object,
    item: Prototype,
    x: float,
    count: int,
    code: str,
) -> None:
    build("iron-chest", 30.5, 3.5)
    with pytest.raises(ToolError) as refused:
        agent.extract_item(item, Position(x, 3.5), count)
    assert refused.value.code == code


def test_says_what_it_holds_instead(agent: Driver, chest: object) -> None:
    with pytest.raises(ToolError, match="40 coal"):
        agent.extract_item(Prototype.IronPlate, chest, 1)


def test_worn_packs_go_and_come_as_worn(agent: Driver, server: EmbeddedServer) -> None:
    chest = agent.place_entity(Prototype.WoodenChest, position=Position(4, 4))
    server.lua.execute(
        """
        own = global.agents[1].character.get_main_inventory()
        own.insert{name = "repair-pack", count = 2, durability = 120}
        """
    )
    place = {"x": chest.position.x, "y": chest.position.y}
    target = {"name": "wooden-chest", "position": place}
    pack = {"entity": "repair-pack", "quantity": 2}
    drive(server, 0, "insert_item", target=target, **pack)
    assert server.lua.execute("return own.get_item_count('repair-pack')") == 0
    assert drive(server, 0, "extract_item", source=target, **pack) == 2
    left = "return own.find_item_stack('repair-pack').durability"
    assert server.lua.execute(left) == 120
