"""Calls that go on, are refused, or only look."""

import pytest

from fle_marl.errors import ToolError
from fle_marl.servers.embedded import EmbeddedServer

IS_WALKING = "return global.agents[1].character.walking_state.walking"
FRESH = {"name": "lab-play", "inventory": {"wooden-chest": 1}}


@pytest.fixture
def fresh() -> EmbeddedServer:
    """A world in which nobody has called anything yet."""
    server = EmbeddedServer()
    server.reset(FRESH, agents=2, seed=1)
    return server


def test_the_first_look_leaves_no_trace(fresh: EmbeddedServer) -> None:
    before = fresh.state_hash()
    fresh.call("look", 0, {"radius": 10})
    assert fresh.state_hash() == before


def test_nor_does_a_first_call_that_is_refused(fresh: EmbeddedServer) -> None:
    before = fresh.state_hash()
    with pytest.raises(ToolError):
        fresh.call("craft_item", 0, {"entity": "wooden-chest", "quantity": 0})
    assert fresh.state_hash() == before


def test_asking_with_somebody_in_the_way_leaves_no_trace(fresh: EmbeddedServer) -> None:
    before = fresh.state_hash()
    reply = fresh.call(
        "can_place_entity",
        0,
        {"entity": "wooden-chest", "direction": 0, "position": {"x": 0.5, "y": 2.5}},
    )
    assert reply.value is True
    assert fresh.state_hash() == before


def test_who_is_refused_on_the_way_stands_still(fresh: EmbeddedServer) -> None:
    fresh.lua.execute(
        "for x = 20, 21 do game.surfaces[1].create_entity({"
        "name = 'transport-belt', position = {x + 0.5, 0.5}, force = 'player'}) end"
    )
    belts = [
        {"name": "transport-belt", "position": {"x": x + 0.5, "y": 0.5}}
        for x in (20, 21)
    ]
    reply = fresh.call("pickup_entity", 0, {"entities": belts, "walk": True})
    fresh.advance(reply.ticks)
    assert fresh.resume(0).pending
    fresh.advance(5)
    fresh.lua.execute(
        "for _, belt in ipairs(game.surfaces[1].find_entities_filtered({"
        "name = 'transport-belt'})) do belt.destroy() end"
    )

    with pytest.raises(ToolError) as refused:
        fresh.resume(0)

    assert refused.value.code == "no-such-entity"
    ask = "local at = global.agents[1].character.position return at.x"
    place = fresh.lua.execute(ask)
    assert 0 < place < 10  # type: ignore[operator]
    fresh.advance(60)
    assert fresh.lua.execute(ask) == place


def test_who_begins_another_call_stands_still(fresh: EmbeddedServer) -> None:
    reply = fresh.call("move_to", 0, {"position": {"x": 20, "y": 0}})
    while reply.pending and not fresh.lua.execute(IS_WALKING):
        fresh.advance(reply.ticks)
        reply = fresh.resume(0)
    assert fresh.lua.execute(IS_WALKING)
    fresh.call("score", 0, {})
    assert not fresh.lua.execute(IS_WALKING)
    with pytest.raises(ToolError) as refused:
        fresh.resume(0)
    assert refused.value.code == "nothing-pending"
