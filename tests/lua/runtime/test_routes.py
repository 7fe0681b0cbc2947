"""The search for ways over tiles, on maps drawn as text.

``A`` is the start and ``B`` the goal, ``#`` is built on, ``k`` should stay free.
"""

from itertools import pairwise

import pytest

from fle_marl.servers.embedded import EmbeddedServer

_FIND = """
local ground = require("runtime.ground")
local routes = require("runtime.routes")
return function(rows, dives)
  local map = {
    left = 0, top = 0, width = #rows[1], height = #rows, blocked = {}, entities = {},
    kept = {},
  }
  local every = {[0] = true, true, true, true}
  local search = {
    map = map, blocked = map.blocked, starts = {}, goals = {}, on_ground = true,
    dives = dives, shut = {[0] = {}, {}}, ends = {[0] = {}, {}},
  }
  for y, row in ipairs(rows) do
    for x = 1, #row do
      local mark, cell = row:sub(x, x), ground.cell(map, x - 1, y - 1)
      if mark == "A" then
        search.starts[1] = {x = x - 1, y = y - 1}
      elseif mark == "B" then
        search.goals[cell] = {on_ground = every, from_below = every}
      elseif mark == "#" then
        map.blocked[cell] = 0
      elseif mark == "k" then
        map.kept[cell] = true
      end
    end
  end
  local way = routes.find(search)
  if way == nil then
    return nil
  end
  local steps = {}
  for place, node in ipairs(way) do
    local mark = node.from_below and "^" or ""
    steps[place] = string.format("%s%d,%d", mark, node.x, node.y)
  end
  return table.concat(steps, " ")
end
"""


@pytest.mark.parametrize(
    ("rows", "dives", "way"),
    [
        (["A..B"], None, "0,0 1,0 2,0 3,0"),
        (["AB"], None, "0,0 1,0"),
        (["A#B"], None, None),
        (["A#B", "..."], None, "0,0 0,1 1,1 2,1 2,0"),
        # passing below costs as much as a detour of three tiles
        (["A..#..B"], 4, "0,0 1,0 2,0 ^6,0"),
        (["A#B"], 4, "0,0 ^2,0"),
        (["A####B"], 4, None),
        (["A####B"], 5, "0,0 ^5,0"),
        # a place that should stay free is worth going around
        (["A.k.B", "....."], None, "0,0 0,1 1,1 2,1 3,1 4,1 4,0"),
        # but not a long way around
        (["A.k.B", "#####"], None, "0,0 1,0 2,0 3,0 4,0"),
    ],
)
def test_finds_the_cheapest_way(
    server: EmbeddedServer, rows: list[str], dives: int | None, way: str | None
) -> None:
    find = server.lua.execute(_FIND)
    found = server.lua.guarded(find, server.lua.table(rows), dives)
    assert found == way


def test_turns_are_few(server: EmbeddedServer) -> None:
    find = server.lua.execute(_FIND)
    rows = ["A....", ".....", ".....", "....B"]
    way = str(server.lua.guarded(find, server.lua.table(rows), None)).split()
    places = [tuple(map(int, step.split(","))) for step in way]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(places)]
    turns = sum(one != two for one, two in pairwise(steps))
    assert turns == 1
