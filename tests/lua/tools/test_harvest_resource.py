"""Mining by hand."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Position, Prototype, Resource
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]

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
