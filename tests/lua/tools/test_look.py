"""What is around, in a few lines."""

import pytest

from fle_marl.errors import ToolError
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

SCENE = """
local surface = game.surfaces[1]
local function build(name, x, y, more)
  local given = {name = name, position = {x, y}, force = "player"}
  for key, value in pairs(more or {}) do given[key] = value end
  return surface.create_entity(given)
end
for x = 5, 9 do build("iron-ore", x, 5, {amount = 100}) end
build("tree-01", -6, 0)
build("tree-02", -3, 0)
build("rock-big", -9, 5)
build("burner-mining-drill", 6, 5)
for x = 1, 12 do build("transport-belt", x, 10) end
build("item-on-ground", 2.5, 6.5, {stack = {name = "coal", count = 7}})
build("item-on-ground", 3.5, 6.5, {stack = {name = "coal", count = 1}})
surface.set_tiles({
  {name = "water", position = {-12, -3}}, {name = "water", position = {-13, -3}},
})
"""


@pytest.fixture
def lines(agent: Driver, server: EmbeddedServer) -> list[str]:
    server.lua.execute(SCENE)
    agent.sleep(0.1)
    return agent.look().splitlines()


def line(lines: list[str], start: str) -> str:
    (found,) = [each for each in lines if each.startswith(start)]
    return found


@pytest.mark.parametrize(
    "expected",
    [
        "iron-ore: 5, nearest at (5.5, 5.5), 500 left",
        "trees: 2, nearest at (-3, 0)",
        "rock-big: 1, nearest at (-9, 5)",
        "tiles of water: 2, nearest at (-11.5, -2.5)",
        "burner-mining-drill x1: (6, 5) no_fuel",
        "on the ground: coal x8, nearest at (2.5, 6.5)",
    ],
)
def test_kinds_of_things(lines: list[str], expected: str) -> None:
    assert expected in lines


def test_the_first_line_says_where(lines: list[str]) -> None:
    assert lines[0] == "you are at (0, 0), and see 20 tiles"


def test_many_of_a_kind_are_counted(lines: list[str]) -> None:
    belts = line(lines, "transport-belt x12: ")
    assert belts.count("(") == 8
    assert belts.endswith(" and 4 more")
    assert belts.startswith("transport-belt x12: (1.5, 10.5)")


def test_others_are_seen(lines: list[str]) -> None:
    assert "agent_1 at (0, 2)" in lines


def test_only_so_far(agent: Driver, server: EmbeddedServer) -> None:
    server.lua.execute(SCENE)
    assert "transport-belt" not in agent.look(radius=5)
    assert "trees: 1" in agent.look(radius=5)


def test_looking_takes_no_time(agent: Driver, server: EmbeddedServer) -> None:
    start = server.tick
    agent.look(radius=50)
    assert server.tick == start


@pytest.mark.parametrize("radius", [0, -1, 51])
def test_other_radii_are_refused(agent: Driver, radius: int) -> None:
    with pytest.raises(ToolError, match="radius must be from 1 to 50") as refused:
        agent.look(radius=radius)
    assert refused.value.code == "bad-argument"
