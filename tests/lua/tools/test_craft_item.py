"""Crafting by hand."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver, drive

Count = Callable[[], dict[str, int]]


@pytest.mark.parametrize(
    ("prototype", "count", "made", "ticks", "used"),
    [
        (Prototype.IronChest, 1, 1, 30, {"iron-plate": 8}),
        (Prototype.IronGearWheel, 10, 10, 300, {"iron-plate": 20}),
        # two cables a craft: three take two crafts
        (Prototype.CopperCable, 3, 4, 60, {"copper-plate": 2}),
        (Prototype.Pipe, 5, 5, 150, {"iron-plate": 5}),
        # by its name in the game, as no Prototype names it
        ("iron-stick", 4, 4, 60, {"iron-plate": 2}),
        # 120 cables are made first: there are 100
        (
            Prototype.ElectronicCircuit,
            40,
            40,
            40 * 30 + 10 * 30,
            {"iron-plate": 40, "copper-cable": 100, "copper-plate": 10},
        ),
    ],
)
def test_makes_it_of_what_there_is_in_its_time(
    agent: Driver,
    server: EmbeddedServer,
    inventory: dict[str, int],
    prototype: Prototype | str,
    count: int,
    made: int,
    ticks: int,
    used: dict[str, int],
) -> None:
    start = server.tick
    assert agent.craft_item(prototype, count) == made
    left = agent.inspect_inventory()
    name = prototype if isinstance(prototype, str) else prototype.value[0]
    assert left[prototype] == inventory.get(name, 0) + made
    for item, number in used.items():
        assert left[item] == inventory[item] - number
    assert server.tick - start == pytest.approx(ticks, abs=2)


@pytest.mark.parametrize(
    ("prototype", "count", "code"),
    [
        (Prototype.IronChest, 0, "bad-argument"),
        (Prototype.IronChest, 1000, "item-missing"),
        (Prototype.IronOre, 1, "not-craftable"),
        (Prototype.SteelPlate, 1, "not-craftable"),
        (Prototype.PlasticBar, 1, "not-craftable"),
    ],
)
def test_refuses_and_uses_nothing(
    agent: Driver,
    server: EmbeddedServer,
    count_items: Count,
    prototype: Prototype,
    count: int,
    code: str,
) -> None:
    before, start = count_items(), server.tick
    with pytest.raises(ToolError) as refused:
        agent.craft_item(prototype, count)
    assert refused.value.code == code
    assert count_items() == before
    assert server.tick == start


def test_a_full_inventory_is_refused_and_nothing_used(
    agent: Driver, server: EmbeddedServer, count_items: Count
) -> None:
    server.lua.execute(
        "global.agents[1].character.get_main_inventory()"
        ".insert({name = 'wood', count = 100000})"
    )
    before, start = count_items(), server.tick
    with pytest.raises(ToolError) as refused:
        agent.craft_item(Prototype.IronStick, 6)
    assert refused.value.code == "inventory-full"
    assert count_items() == before
    assert server.tick == start


def test_an_unresearched_recipe_is_locked(
    agent: Driver, server: EmbeddedServer
) -> None:
    server.lua.execute("game.forces.player.recipes['lab'].enabled = false")
    with pytest.raises(ToolError) as refused:
        agent.craft_item(Prototype.Lab)
    assert refused.value.code == "recipe-locked"


def test_cancel_gives_the_ingredients_back(
    server: EmbeddedServer, agent: Driver, count_items: Count
) -> None:
    before = count_items()
    arguments = {"entity": "electronic-circuit", "quantity": 20}
    assert server.call("craft_item", 0, arguments).pending
    server.advance(100)
    server.cancel(0)
    made = agent.inspect_inventory()[Prototype.ElectronicCircuit]
    assert made == 3
    after = count_items()
    assert after["iron-plate"] == before["iron-plate"] - made
    assert after["copper-cable"] == before["copper-cable"] - 3 * made
    server.advance(600)
    assert count_items() == after


def test_two_agents_craft_side_by_side(server: EmbeddedServer) -> None:
    arguments = {"entity": "iron-gear-wheel", "quantity": 4}
    assert server.call("craft_item", 1, arguments).pending
    start = server.tick
    assert drive(server, 0, "craft_item", **arguments) == 4
    assert server.tick - start == pytest.approx(120, abs=2)
    assert not server.resume(1).pending
