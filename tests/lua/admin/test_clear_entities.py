"""Taking away everything that was built."""

from collections.abc import Callable
from typing import Any

from fle_marl.prototypes import load
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.sim.refusals import REFUSED

COUNT = "return game.surfaces[1].count_entities_filtered{%s}"


def count(server: EmbeddedServer, filters: str) -> int:
    found = server.lua.execute(COUNT % filters)
    assert isinstance(found, int)
    return found


def test_every_kind_of_thing_that_can_be_built_goes(server: EmbeddedServer) -> None:
    natural = count(server, "force = 'neutral'")
    names = [
        name
        for name, entity in load().entities.items()
        if entity.items_to_place_this and entity.type not in REFUSED
    ]
    make = server.lua.execute(
        "return function(name, place, force) game.surfaces[1].create_entity{"
        "name = name, force = force, "
        "position = {place % 10 * 10 - 60, math.floor(place / 10) * 10 - 60}} end"
    )
    for place, name in enumerate(names):
        server.lua.guarded(make, name, place, "player")
    # what scripts build for nobody in particular goes as well
    server.lua.guarded(make, "iron-chest", 99, "neutral")
    answer: Any = server.admin("clear_entities", {})
    assert answer["entities"] == len(names) + 1
    assert count(server, "force = 'player'") == 2  # the characters
    assert count(server, "force = 'neutral'") == natural


def test_what_lies_about_goes(
    server: EmbeddedServer, build: Callable[..., object]
) -> None:
    build("item-on-ground", 5, 5, stack={"name": "coal", "count": 3})
    build("entity-ghost", 8, 8, inner_name="iron-chest")
    server.lua.execute("global.agents[1].character.die()")
    assert server.admin("clear_entities", {}) == {"entities": 3, "floors": 0}
    assert count(server, "type = {'item-entity', 'character-corpse'}") == 0


def test_floors_are_taken_up_unless_they_are_to_stay(server: EmbeddedServer) -> None:
    tiles = "for x = 1, 3 do game.surfaces[1].set_tiles{{name = %s}} end"
    server.lua.execute(tiles % "'concrete', position = {x, 9}")
    name = "return game.surfaces[1].get_tile(2, 9).name"
    assert server.admin("clear_entities", {"floors": False}) == {
        "entities": 0,
        "floors": 0,
    }
    assert server.lua.execute(name) == "concrete"
    assert server.admin("clear_entities", {}) == {"entities": 0, "floors": 3}
    assert server.lua.execute(name) != "concrete"


def test_where_nothing_is_nothing_happens(server: EmbeddedServer) -> None:
    before = server.state_hash()
    assert server.admin("clear_entities", {}) == {"entities": 0, "floors": 0}
    assert server.state_hash() == before
