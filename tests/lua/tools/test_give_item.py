"""Giving items to another agent."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver, drive

Count = Callable[[], dict[str, int]]

HANDLING_TICKS = 6


@pytest.mark.parametrize("receiver", [1, "1", "agent_1"])
def test_items_change_hands(
    agent: Driver,
    server: EmbeddedServer,
    inventory: dict[str, int],
    count_items: Count,
    receiver: int | str,
) -> None:
    before, start = count_items(), server.tick
    assert agent.give_item(Prototype.Coal, receiver, quantity=120) == 120
    assert server.tick - start == HANDLING_TICKS
    other = Driver(server, 1)
    assert agent.inspect_inventory()[Prototype.Coal] == inventory["coal"] - 120
    assert other.inspect_inventory()[Prototype.Coal] == inventory["coal"] + 120
    assert count_items() == before


def test_what_has_no_room_stays(
    agent: Driver, server: EmbeddedServer, count_items: Count
) -> None:
    server.lua.execute(
        """
        local inventory = global.agents[2].character.get_main_inventory()
        inventory.insert{name = "wood", count = 100 * #inventory}
        inventory.remove{name = "wood", count = 3}
        """
    )
    before = count_items()
    assert agent.give_item(Prototype.Wood, 1) == 3
    with pytest.raises(ToolError, match="agent 1 has no room for wood") as refused:
        agent.give_item(Prototype.Wood, 1)
    assert refused.value.code == "no-room"
    assert count_items() == before


def test_worn_packs_stay_worn(server: EmbeddedServer) -> None:
    server.lua.execute(
        """
        giver = global.agents[1].character.get_main_inventory()
        taker = global.agents[2].character.get_main_inventory()
        giver.insert{name = "repair-pack", count = 2, durability = 120}
        """
    )
    pack = {"entity": "repair-pack", "receiver": 1, "quantity": 1}
    assert drive(server, 0, "give_item", **pack) == 1
    left = "return giver.find_item_stack('repair-pack').durability"
    assert server.lua.execute(left) == 120
    assert drive(server, 0, "give_item", **pack) == 1
    got = """local stack = taker.find_item_stack("repair-pack")
    return stack.count, stack.durability"""
    assert server.lua.execute(got) == (2, 120)


@pytest.mark.parametrize(
    ("receiver", "item", "count", "code"),
    [
        (0, Prototype.Coal, 1, "no-such-agent"),
        (2, Prototype.Coal, 1, "no-such-agent"),
        (-1, Prototype.Coal, 1, "no-such-agent"),
        ("somebody", Prototype.Coal, 1, "no-such-agent"),
        (1, Prototype.Coal, 501, "item-missing"),
        (1, Prototype.RocketFuel, 1, "item-missing"),
        (1, Prototype.Coal, 0, "bad-argument"),
    ],
)
def test_refusals(
    agent: Driver,
    count_items: Count,
    receiver: int | str,
    item: Prototype,
    count: int,
    code: str,
) -> None:
    before = count_items()
    with pytest.raises(ToolError) as refused:
        agent.give_item(item, receiver, count)
    assert refused.value.code == code
    assert count_items() == before


def test_reach_and_death_of_the_other(agent: Driver, server: EmbeddedServer) -> None:
    server.lua.execute("global.agents[2].character.teleport{11, 0}")
    with pytest.raises(ToolError) as refused:
        agent.give_item(Prototype.Coal, 1)
    assert refused.value.code == "out-of-reach"
    server.lua.execute("global.agents[2].character.die()")
    with pytest.raises(ToolError, match="for 600 more ticks") as refused:
        agent.give_item(Prototype.Coal, 1)
    assert refused.value.code == "receiver-dead"
