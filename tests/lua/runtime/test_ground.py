"""Reading a part of the map for finding ways."""

from collections.abc import Callable

from fle_marl.servers.embedded import EmbeddedServer

Build = Callable[..., object]

_READ = """
local ground = require("runtime.ground")
return function(left, top, right, bottom)
  local map = ground.read(
    game.surfaces[1], {left = left, top = top, right = right, bottom = bottom}
  )
  local rows = {}
  for y = top, bottom - 1 do
    local row = {}
    for x = left, right - 1 do
      local cell = ground.cell(map, x, y)
      local index = map.blocked[cell]
      local mark = map.kept[cell] and "k" or "."
      row[#row + 1] = index == nil and mark or index == 0 and "~" or "#"
    end
    rows[#rows + 1] = table.concat(row)
  end
  return table.concat(rows, "\\n")
end
"""


def read(server: EmbeddedServer, *box: int) -> list[str]:
    """A part of the map as text."""
    drawn = server.lua.guarded(server.lua.execute(_READ), *box)
    return str(drawn).split("\n")


def test_shows_what_stands_there_and_what_should_stay_free(
    server: EmbeddedServer, build: Build
) -> None:
    build("stone-furnace", 12, 12)
    build("burner-inserter", 14.5, 11.5, 2)
    build("boiler", 12, 15.5, 2)
    assert read(server, 10, 10, 17, 18) == [
        ".......",
        ".##k#k.",
        ".##....",
        ".......",
        ".##....",
        ".##....",
        ".##....",
        ".......",
    ]


def test_characters_and_ore_are_not_in_the_way(server: EmbeddedServer) -> None:
    assert set("".join(read(server, -3, -3, 3, 3))) == {"."}
    assert set("".join(read(server, -70, -14, -62, -8))) == {"."}


def test_water_is(server: EmbeddedServer) -> None:
    assert set("".join(read(server, 30, -90, 36, -84))) == {"~"}
