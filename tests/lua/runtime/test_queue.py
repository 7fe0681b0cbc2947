"""The queue of searches."""

from fle_marl.servers.embedded import EmbeddedServer

_POP_ALL = """
local queue = require("runtime.queue")
local waiting, out = queue.new(), {}
for _, entry in ipairs({{7, "a"}, {3, "b"}, {7, "c"}, {0, "d"}, {3, "e"}}) do
  queue.push(waiting, entry[1], entry[2])
end
out[1] = queue.pop(waiting)
queue.push(waiting, 1, "f")
for place = 2, 8 do
  out[place] = queue.pop(waiting)
end
return table.concat(out)
"""


def test_the_cheapest_comes_first_and_of_equals_the_latest(
    server: EmbeddedServer,
) -> None:
    assert server.lua.execute(_POP_ALL) == "dfebca"
