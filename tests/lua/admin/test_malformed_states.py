"""What is no state is refused before anything happens to the world."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from fle_marl.errors import AdminError
from fle_marl.servers.embedded import EmbeddedServer

from .states import INVENTORY, State, load_state, save


@pytest.fixture(scope="module")
def good() -> State:
    """A small state with something of each kind."""
    server = EmbeddedServer()
    server.reset({"name": "lab-play", "inventory": INVENTORY}, agents=2, seed=1)
    server.lua.execute("""
        local surface = game.surfaces[1]
        local function build(name, x, y, more)
          local given = {name = name, position = {x, y}, force = 'player'}
          for key, value in pairs(more or {}) do given[key] = value end
          return surface.create_entity(given)
        end
        build('iron-chest', 5.5, 5.5).insert{name = 'coal', count = 5}
        build('assembling-machine-1', 9.5, 5.5, {recipe = 'iron-gear-wheel'})
        build('small-electric-pole', 12.5, 5.5)
        build('small-electric-pole', 15.5, 5.5)
        build('transport-belt', 5.5, 9.5).get_transport_line(1).insert_at_back('coal')
        build('item-on-ground', 5.5, 12.5, {stack = {name = 'coal', count = 1}})
        build('entity-ghost', 8.5, 12.5, {inner_name = 'iron-chest'})
    """)
    return save(server)


def change(path: str, value: object) -> Callable[[State], None]:
    """``change("entities/0/name", 3)``: sets what is at a path."""

    def apply(state: State) -> None:
        *way, last = path.split("/")
        at: Any = state
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at[step]
        at[int(last) if isinstance(at, list) else last] = value

    return apply


def drop(name: str) -> Callable[[State], None]:
    def apply(state: State) -> None:
        del state[name]

    return apply


LONE_CHEST = {"name": "iron-chest", "x": 5.5, "y": 5.5}
WATER = {"x": 44.5, "y": -100.5}
SLOT = {"slot": 1, "name": "coal", "count": 5}

MALFORMED: Mapping[str, tuple[Callable[[State], None], str]] = {
    "another format": (change("format", "fle"), "bad-argument"),
    "a later version": (change("version", 2), "other-version"),
    "no version": (drop("version"), "other-version"),
    "a version in words": (change("version", "1"), "other-version"),
    "without entities": (drop("entities"), "bad-argument"),
    "with more than there is": (change("more", {}), "bad-argument"),
    "an unknown entity": (change("entities/0/name", "no-such"), "no-such-prototype"),
    "an entity without a name": (change("entities/0/name", None), "bad-argument"),
    "a train": (change("entities/0/name", "locomotive"), "not-carried"),
    "an entity as text": (change("entities/0", "iron-chest"), "bad-argument"),
    "entities by name": (change("entities", {"a": LONE_CHEST}), "bad-argument"),
    "nowhere": (change("entities/0/x", float("nan")), "bad-argument"),
    "infinitely far": (change("entities/0/x", float("inf")), "bad-argument"),
    "beyond the map": (change("entities/0/x", 2e6), "bad-argument"),
    "where no map is": (change("entities/0/x", 90_000.5), "other-ground"),
    "in the water": (change("entities/0", LONE_CHEST | WATER), "other-ground"),
    "between directions": (change("entities/0/direction", 1.5), "bad-argument"),
    "an unknown setting": (change("entities/0/speed", 3), "bad-argument"),
    "of an unknown force": (change("entities/0/force", "raiders"), "bad-argument"),
    "an unknown item": (
        change("entities/0/inventories/0/slots/0/name", "no-such"),
        "no-such-prototype",
    ),
    "no items": (change("entities/0/inventories/0/slots/0/count", 0), "bad-argument"),
    "more than a stack": (
        change("entities/0/inventories/0/slots/0/count", 5000),
        "not-loadable",
    ),
    "a slot that is not there": (
        change("entities/0/inventories/0/slots", [SLOT | {"slot": 99}]),
        "not-loadable",
    ),
    "an unknown recipe": (change("entities/1/recipe", "no-such"), "no-such-prototype"),
    "a recipe for a chest": (change("entities/0/recipe", "iron-plate"), "bad-argument"),
    "a craft in a chest": (
        change("entities/0/craft", {"recipe": "iron-plate", "progress": 0.5}),
        "bad-argument",
    ),
    "a wire to nowhere": (change("wires/0", [3, 99]), "bad-argument"),
    "a wire to a chest": (change("wires/0", [1, 3]), "bad-argument"),
    "a line that is not there": (
        change("entities/4/lines", [{"line": 9, "runs": []}]),
        "bad-argument",
    ),
    "a negative tick": (change("tick", -1), "bad-argument"),
    "progress beyond all": (
        change("research/current_progress", 2),
        "bad-argument",
    ),
    "an unknown technology": (
        change("research/researched", ["no-such"]),
        "no-such-prototype",
    ),
    "an unknown ore": (change("resources/wood", [[0.5, 0.5, 3]]), "no-such-prototype"),
    "an ore with nothing": (change("resources/coal/0", [0.5, 0.5, 0]), "bad-argument"),
    "a tree of iron": (change("natural/iron-chest", []), "not-carried"),
    "an unknown floor": (change("floors", [[0, 0, "no-such"]]), "no-such-prototype"),
    "half a tile": (change("floors", [[0.5, 0, "concrete"]]), "bad-argument"),
    "no agents": (change("agents", []), "bad-argument"),
    "too many agents": (change("agents", [{"x": 0, "y": 0}] * 1001), "bad-argument"),
    "an agent with a hoard": (
        change(
            "agents/0/inventories",
            [{"index": 1, "slots": [SLOT | {"count": 100_000}]}],
        ),
        "not-loadable",
    ),
    "a force of the game's own": (change("forces", ["player"]), "bad-argument"),
    "a ghost of nothing": (change("ghosts", [{"x": 1, "y": 1}]), "bad-argument"),
    "a day out of order": (change("day/dusk", 0.9), "bad-argument"),
    "a map without end": (change("chunks", [[0, 0, 0]] * 20_001), "bad-argument"),
    "made without counting": (
        change("statistics/items/produced", {"coal": -5}),
        "bad-argument",
    ),
}


@pytest.mark.parametrize(("spoil", "code"), MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_no_state_is_refused_and_nothing_is_lost(
    server: EmbeddedServer,
    good: State,
    spoil: Callable[[State], None],
    code: str,
) -> None:
    state = copy.deepcopy(good)
    spoil(state)
    before, was = server.state_hash(), save(server)
    with pytest.raises(AdminError) as caught:
        load_state(server, state)
    assert caught.value.code == code
    if code == "not-loadable":
        # it was begun with, and all that was there was put back
        assert save(server) == was
    else:
        assert server.state_hash() == before


@pytest.mark.parametrize("state", [None, 3, "state", [], {}])
def test_something_else_is_no_state_at_all(
    server: EmbeddedServer, state: object
) -> None:
    with pytest.raises(AdminError) as caught:
        load_state(server, state)
    assert caught.value.code == "bad-argument"


def test_an_error_says_where(server: EmbeddedServer, good: State) -> None:
    state = copy.deepcopy(good)
    change("entities/2/x", "far")(state)
    with pytest.raises(AdminError, match=r"state\.entities\[3\]\.x must be") as caught:
        load_state(server, state)
    assert caught.value.details["at"] == "state.entities[3].x"


def test_a_good_one_is_not_refused(server: EmbeddedServer, good: State) -> None:
    load_state(server, good)
    assert save(server) == good
