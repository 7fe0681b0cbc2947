"""Mining by hand."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Position, Prototype, Resource
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]
Count = Callable[[], dict[str, int]]

# mining times of 1 and 0.55 s at the speed 0.5, twice as fast with the steel axe, which
# is researched here. Source: prototypes; wiki, Mining by hand
ORE_TICKS = 60
TREE_TICKS = 33


@pytest.mark.parametrize(
    ("resource", "prototype"),
    [
        (Resource.IronOre, Prototype.IronOre),
        (Resource.CopperOre, Prototype.CopperOre),
        (Resource.Coal, Prototype.Coal),
        (Resource.Stone, Prototype.Stone),
    ],
)
@pytest.mark.parametrize("count", [1, 7, 12])
def test_an_ore_takes_a_second(
    agent: Driver,
    server: EmbeddedServer,
    resource: object,
    prototype: Prototype,
    count: int,
) -> None:
    place = agent.nearest(resource)
    agent.move_to(place)
    had, start = agent.inspect_inventory()[prototype], server.tick
    assert agent.harvest_resource(place, count) == count
    assert agent.inspect_inventory()[prototype] == had + count
    # a look at what came in costs a tick
    assert 0 <= server.tick - start - count * ORE_TICKS <= 1 + count // 5


def test_without_the_steel_axe_it_takes_twice_as_long(
    agent: Driver, server: EmbeddedServer
) -> None:
    server.lua.execute(
        "game.forces.player.technologies['steel-axe'].researched = false"
    )
    place = agent.nearest(Resource.IronOre)
    agent.move_to(place)
    start = server.tick
    assert agent.harvest_resource(place, 5) == 5
    assert 0 <= server.tick - start - 5 * 2 * ORE_TICKS <= 2


def test_a_tree_gives_its_wood_at_once(agent: Driver, server: EmbeddedServer) -> None:
    place = agent.nearest(Resource.Wood)
    agent.move_to(place)
    start = server.tick
    assert agent.harvest_resource(place, 1) == 4
    assert server.tick - start == pytest.approx(TREE_TICKS, abs=2)


def test_trees_of_any_kind_are_mined(
    agent: Driver, server: EmbeddedServer, build: Build
) -> None:
    for number, name in enumerate(("tree-01", "tree-02", "tree-03")):
        build(name, 1.5 * number - 1.5, 1.8, force="neutral")
    had = agent.inspect_inventory()[Prototype.Wood]
    assert agent.harvest_resource(Position(0, 1.8), 12) == 12
    assert agent.inspect_inventory()[Prototype.Wood] == had + 12


def test_a_rock_gives_both_of_its_products_once(
    agent: Driver, build: Build, count_items: Count
) -> None:
    build("rock-huge", 2.5, 0.5, force="neutral")
    before, had = count_items(), agent.inspect_inventory()
    mined = agent.harvest_resource(Position(2.5, 0.5), 1)
    has = agent.inspect_inventory()
    gained = {item: count - had[item] for item, count in has.items()}
    gained = {item: count for item, count in gained.items() if count}
    # 24 to 50 of each. Source: prototype rock-huge
    assert set(gained) == {"stone", "coal"}
    assert all(24 <= count <= 50 for count in gained.values())
    assert mined == sum(gained.values())
    assert sum(count_items().values()) == sum(before.values()) + mined
    with pytest.raises(ToolError) as refused:
        agent.harvest_resource(Position(2.5, 0.5), 1)
    assert refused.value.code == "no-resource"


def test_no_more_trees_are_felled_than_it_takes(
    agent: Driver, server: EmbeddedServer, build: Build
) -> None:
    for x in (-1.5, 0, 1.5):
        build("tree-01", x, 1.8, force="neutral")
    assert agent.harvest_resource(Position(0, 1.8), 5) == 8
    left = server.lua.execute(
        "return game.surfaces[1].count_entities_filtered"
        "{name = 'tree-01', position = {0, 2}, radius = 3}"
    )
    assert left == 1


def test_the_mined_ore_leaves_the_ground(agent: Driver, server: EmbeddedServer) -> None:
    place = agent.nearest(Resource.IronOre)
    agent.move_to(place)
    total = server.lua.execute(
        "return function() local sum = 0 "
        "for _, ore in ipairs(game.surfaces[1].find_entities_filtered("
        "{name = 'iron-ore'})) do sum = sum + ore.amount end return sum end"
    )
    before = total()  # type: ignore[operator]
    agent.harvest_resource(place, 4)
    assert total() == before - 4  # type: ignore[operator]


@pytest.mark.parametrize(
    ("move", "count", "code"),
    [(True, 0, "bad-argument"), (False, 1, "out-of-reach")],
)
def test_refuses(agent: Driver, move: bool, count: int, code: str) -> None:
    place = agent.nearest(Resource.IronOre)
    if move:
        agent.move_to(place)
    with pytest.raises(ToolError) as refused:
        agent.harvest_resource(place, count)
    assert refused.value.code == code


def test_bare_ground_gives_nothing(agent: Driver) -> None:
    with pytest.raises(ToolError) as refused:
        agent.harvest_resource(Position(0, 0), 1)
    assert refused.value.code == "no-resource"


def test_a_full_inventory_is_refused(agent: Driver, server: EmbeddedServer) -> None:
    place = agent.nearest(Resource.Stone)
    agent.move_to(place)
    server.lua.execute(
        "local main = global.agents[1].character.get_main_inventory() "
        "main.remove({name = 'stone', count = 100}) "
        "main.insert({name = 'wood', count = 100000})"
    )
    with pytest.raises(ToolError) as refused:
        agent.harvest_resource(place, 1)
    assert refused.value.code == "inventory-full"


def test_cancel_keeps_what_was_mined_and_stops(
    agent: Driver, server: EmbeddedServer
) -> None:
    place = agent.nearest(Resource.IronOre)
    agent.move_to(place)
    had = agent.inspect_inventory()[Prototype.IronOre]
    arguments = {
        "position": {"x": place.x, "y": place.y},
        "quantity": 50,
        "radius": 10,
    }
    assert server.call("harvest_resource", 0, arguments).pending
    server.advance(3 * ORE_TICKS + 30)
    server.cancel(0)
    server.advance(10 * ORE_TICKS)
    assert agent.inspect_inventory()[Prototype.IronOre] == had + 3
