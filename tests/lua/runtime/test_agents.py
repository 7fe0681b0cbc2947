"""Agents whose characters die, and come back."""

import pytest

from fle_marl.envs.world_view import look_at_world
from fle_marl.errors import ToolError
from fle_marl.lua.types import Position, Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

RESPAWN_TICKS = 600  # prototype API, CharacterPrototype.respawn_time, 10 seconds
DIE = "global.agents[1].character.die()"
ACTS = {
    "craft_item": (Prototype.IronGearWheel, 1),
    "give_item": (Prototype.Coal, 1),
    "inspect_inventory": (),
    "move_to": (Position(3, 3),),
    "place_entity": (Prototype.WoodenChest,),
}


def refusal(agent: Driver, tool: str, *arguments: object) -> ToolError:
    with pytest.raises(ToolError) as refused:
        getattr(agent, tool)(*arguments)
    return refused.value


@pytest.mark.parametrize("tool", sorted(ACTS))
def test_the_dead_do_not_act(agent: Driver, server: EmbeddedServer, tool: str) -> None:
    server.lua.execute(DIE)
    error = refusal(agent, tool, *ACTS[tool])
    assert error.code == "character-dead"
    assert error.details["ticks_to_respawn"] == RESPAWN_TICKS
    assert "comes back in 600 ticks" in str(error)


def test_they_come_back_with_empty_hands(agent: Driver, server: EmbeddedServer) -> None:
    server.lua.execute("game.forces.player.set_spawn_position({20, -5}, 1)")
    server.lua.execute(DIE)
    agent.sleep(9)
    [dead, alive] = look_at_world(server, 2).characters
    assert (dead.ticks_to_respawn, dict(dead.inventory)) == (60, {})
    assert alive.ticks_to_respawn is None
    # a copy of the world goes on with it
    server.restore(server.save())
    server.advance(59)
    assert refusal(agent, "inspect_inventory").code == "character-dead"
    server.advance(1)
    assert not any(agent.inspect_inventory().values())
    [back, _] = look_at_world(server, 2).characters
    assert (back.x, back.y, back.ticks_to_respawn) == (20, -5, None)
    assert server.lua.events.ticks_until_next(50) == 50


def test_what_they_carried_lies_where_they_died(
    agent: Driver, server: EmbeddedServer, inventory: dict[str, int]
) -> None:
    agent.move_to(Position(6, 6))
    [view, _] = look_at_world(server, 2).characters
    server.lua.execute(DIE)
    [dead, _] = look_at_world(server, 2).characters
    assert (dead.x, dead.y) == (view.x, view.y)
    corpse = server.lua.execute(
        """local corpse = game.surfaces[1].find_entities_filtered{
          type = "character-corpse"}[1]
        return corpse.get_item_count("coal"), corpse.position.x"""
    )
    assert corpse == (inventory["coal"], view.x)


def test_a_call_that_goes_on_ends_with_its_character(server: EmbeddedServer) -> None:
    reply = server.call("move_to", 0, {"position": {"x": 30, "y": 0}})
    server.advance(reply.ticks)
    server.lua.execute(DIE)
    server.advance(RESPAWN_TICKS)
    with pytest.raises(ToolError, match="a new one stands") as refused:
        server.resume(0)
    assert refused.value.code == "character-dead"
    assert Driver(server, 0).move_to(Position(3, 3))


def test_a_call_of_the_dead_can_be_dropped(server: EmbeddedServer) -> None:
    reply = server.call("move_to", 0, {"position": {"x": 30, "y": 0}})
    assert reply.pending
    server.lua.execute(DIE)
    server.cancel(0)


def test_who_is_destroyed_comes_back_too(agent: Driver, server: EmbeddedServer) -> None:
    server.lua.execute("global.agents[1].character.destroy()")
    assert refusal(agent, "inspect_inventory").code == "character-dead"
    server.advance(RESPAWN_TICKS)
    assert not any(agent.inspect_inventory().values())
