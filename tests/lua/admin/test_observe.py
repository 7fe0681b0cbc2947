"""What observations are made of."""

import pytest

from fle_marl.envs.world_view import WorldView, look_at_world
from fle_marl.lua.types import Position, Prototype
from fle_marl.prototypes import load
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver


@pytest.fixture
def view(agent: Driver, server: EmbeddedServer) -> WorldView:
    """The world after the agent has built a furnace and a chest, and walked."""
    agent.place_entity(Prototype.StoneFurnace, position=Position(4, 4))
    agent.place_entity(Prototype.IronChest, position=Position(-4.5, 4.5))
    agent.move_to(Position(3.5, 0.5))
    return look_at_world(server, 2)


def test_agents(view: WorldView, inventory: dict[str, int]) -> None:
    first, second = view.characters
    assert second.inventory == inventory
    assert first.inventory["iron-chest"] == inventory["iron-chest"] - 1
    assert first.x == pytest.approx(3.5, abs=1)
    assert first.y == pytest.approx(0.5, abs=1)


def test_entities_in_the_order_they_were_built(view: WorldView) -> None:
    furnace, chest = view.entities
    assert furnace.startswith(
        "Furnace(name='stone-furnace', position=Position(x=4, y=4)"
    )
    assert chest.startswith("Chest(name='iron-chest'")


def test_time_and_score(view: WorldView, server: EmbeddedServer) -> None:
    assert view.tick == server.tick > 0
    assert view.speed == 1
    assert view.score == 0


def test_research(view: WorldView) -> None:
    names = [technology["name"] for technology in view.research["technologies"]]
    assert names == sorted(load().technologies)
    logistics = view.research["technologies"][names.index("logistics-2")]
    assert logistics["researched"] is True
    assert logistics["prerequisites"] == ["logistic-science-pack", "logistics"]
    assert logistics["ingredients"] == {
        "automation-science-pack": 1,
        "logistic-science-pack": 1,
    }
    assert logistics["research_unit_count"] == 200
    assert logistics["research_unit_energy"] == 30 * 60
    assert view.research["current_research"] is None
    assert view.research["research_queue"] == []


def test_what_never_changes_of_technologies_is_what_scripts_see(
    view: WorldView, server: EmbeddedServer
) -> None:
    shown = server.lua.plain(
        server.lua.execute("""
        local found = {}
        for name, technology in pairs(game.forces.player.technologies) do
          local prerequisites, ingredients = {}, {}
          for prerequisite in pairs(technology.prerequisites) do
            prerequisites[#prerequisites + 1] = prerequisite
          end
          table.sort(prerequisites)
          for _, part in ipairs(technology.research_unit_ingredients) do
            ingredients[part.name] = part.amount
          end
          found[name] = {
            prerequisites = prerequisites, ingredients = ingredients,
            research_unit_energy = technology.research_unit_energy,
          }
        end
        return found
        """)
    )
    assert isinstance(shown, dict)
    assert len(shown) == len(view.research["technologies"])
    for technology in view.research["technologies"]:
        for key, value in shown[technology["name"]].items():
            # an empty table of Lua's is a mapping here
            assert technology[key] == value or not (technology[key] or value)


def test_looking_changes_nothing(server: EmbeddedServer) -> None:
    before = server.state_hash()
    assert look_at_world(server, 2) == look_at_world(server, 2)
    assert server.state_hash() == before
