"""Taking up what is built and what lies about."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Direction, Position, Prototype, Resource
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]
Count = Callable[[], dict[str, int]]


def test_gives_the_entity_and_what_is_in_it(agent: Driver, count_items: Count) -> None:
    before, had = count_items(), agent.inspect_inventory()
    chest = agent.place_entity(Prototype.IronChest, position=Position(3.5, 0.5))
    agent.insert_item(Prototype.Coal, chest, 30)
    agent.insert_item(Prototype.IronPlate, chest, 100)
    assert agent.pickup_entity(chest) is True
    assert agent.inspect_inventory() == had
    assert count_items() == before


@pytest.mark.parametrize(
    ("prototype", "recipe", "items", "ticks", "burnt"),
    [
        (Prototype.StoneFurnace, None, {"coal": 4, "iron-ore": 3}, 300, 1),
        (Prototype.BurnerMiningDrill, None, {"coal": 4}, 0, 1),
        (
            Prototype.AssemblingMachine1,
            Prototype.BurnerInserter,
            {"iron-plate": 2, "iron-gear-wheel": 2},
            30,
            0,
        ),
        (Prototype.Lab, None, {"automation-science-pack": 3}, 0, 0),
        (Prototype.BurnerInserter, None, {"coal": 2}, 0, 0),
    ],
)
def test_all_that_is_in_a_machine_comes_along(
    agent: Driver,
    other_agent: Driver,
    server: EmbeddedServer,
    count_items: Count,
    prototype: Prototype,
    recipe: Prototype | None,
    items: dict[str, int],
    ticks: int,
    burnt: int,
) -> None:
    server.lua.execute(
        "local main = global.agents[1].character.get_main_inventory() "
        "main.insert({name = 'automation-science-pack', count = 3}) "
        "game.surfaces[1].create_entity"
        "{name = 'iron-ore', position = {4, 4}, amount = 99}"
    )
    had = sum(agent.inspect_inventory().values())
    machine = agent.place_entity(prototype, position=Position(4, 4))
    if recipe:
        machine = agent.set_entity_recipe(machine, recipe)
    for item, count in items.items():
        agent.insert_item(item, machine, count)
    server.advance(ticks)
    agent.pickup_entity(machine)
    has = agent.inspect_inventory()
    assert has + other_agent.inspect_inventory() == count_items()
    assert sum(has.values()) == had - burnt


@pytest.mark.parametrize(
    ("name", "ticks"),
    # mining_time / 0.5 s: 0.1 s for a chest and a belt, 0.2 s for a furnace, 0.3 s for
    # an electric drill
    [
        ("wooden-chest", 6),
        ("transport-belt", 6),
        ("stone-furnace", 12),
        ("electric-mining-drill", 18),
    ],
)
def test_takes_its_mining_time(
    agent: Driver, server: EmbeddedServer, build: Build, name: str, ticks: int
) -> None:
    build(name, 4, 4)
    start = server.tick
    [entity] = agent.get_entities(position=Position(4, 4), radius=3)
    agent.pickup_entity(entity)
    assert server.tick - start == ticks


def test_by_prototype_and_position(agent: Driver, build: Build) -> None:
    build("wooden-chest", 3.5, 3.5)
    had = agent.inspect_inventory()[Prototype.WoodenChest]
    agent.pickup_entity(Prototype.WoodenChest, Position(3.5, 3.5))
    assert agent.inspect_inventory()[Prototype.WoodenChest] == had + 1
    assert agent.get_entities({Prototype.WoodenChest}) == []


def test_items_on_a_belt_come_along(agent: Driver, count_items: Count) -> None:
    before, had = count_items(), agent.inspect_inventory()
    belt = agent.place_entity(
        Prototype.TransportBelt, Direction.RIGHT, Position(3.5, 3.5)
    )
    agent.insert_item(Prototype.IronPlate, belt, 6)
    agent.pickup_entity(belt)
    assert agent.inspect_inventory() == had
    assert count_items() == before


def test_a_long_group_is_taken_up_on_foot(agent: Driver) -> None:
    had = agent.inspect_inventory()
    line = agent.connect_entities(
        Position(2.5, 3.5), Position(42.5, 3.5), Prototype.Pipe
    )
    assert agent.inspect_inventory()[Prototype.Pipe] == had[Prototype.Pipe] - 41
    agent.move_to(Position(2.5, 0))
    agent.pickup_entity(line)
    assert agent.inspect_inventory() == had
    assert agent.get_entities({Prototype.Pipe}) == []


def test_items_on_the_ground(
    agent: Driver, server: EmbeddedServer, count_items: Count
) -> None:
    server.lua.execute(
        "game.surfaces[1].create_entity({name = 'item-on-ground', "
        "position = {3.5, 3.5}, stack = {name = 'coal', count = 3}})"
    )
    before, had = count_items(), agent.inspect_inventory()[Prototype.Coal]
    agent.pickup_entity(Prototype.Coal, Position(3.5, 3.5))
    assert agent.inspect_inventory()[Prototype.Coal] == had + 3
    assert count_items() == before


def test_refuses_what_is_far(agent: Driver, build: Build) -> None:
    build("wooden-chest", 30.5, 0.5)
    with pytest.raises(ToolError) as refused:
        agent.pickup_entity(Prototype.WoodenChest, Position(30.5, 0.5))
    assert refused.value.code == "out-of-reach"


def test_refuses_what_is_not_there(agent: Driver) -> None:
    with pytest.raises(ToolError) as refused:
        agent.pickup_entity(Prototype.WoodenChest, Position(3.5, 3.5))
    assert refused.value.code == "no-such-entity"


def test_refuses_a_kind_without_a_place(agent: Driver) -> None:
    with pytest.raises(ToolError) as refused:
        agent.pickup_entity(Prototype.WoodenChest)
    assert refused.value.code == "bad-argument"


def test_ore_is_not_taken_up(agent: Driver) -> None:
    ore = agent.nearest(Resource.IronOre)
    agent.move_to(ore)
    with pytest.raises(ToolError) as refused:
        agent.pickup_entity(Prototype.IronOre, ore)
    assert refused.value.code == "no-such-entity"


def test_refuses_when_there_is_no_room(
    agent: Driver, server: EmbeddedServer, build: Build, count_items: Count
) -> None:
    build("iron-chest", 3.5, 3.5)
    chest = agent.get_entity(Prototype.IronChest, Position(3.5, 3.5))
    agent.insert_item(Prototype.Coal, chest, 400)
    server.lua.execute(
        "global.agents[1].character.get_main_inventory()"
        ".insert({name = 'wood', count = 100000})"
    )
    before = count_items()
    with pytest.raises(ToolError) as refused:
        agent.pickup_entity(chest)
    assert refused.value.code == "inventory-full"
    assert count_items() == before
