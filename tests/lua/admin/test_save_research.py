"""What the force knows, saved and loaded."""

from typing import Any

import pytest

from fle_marl.errors import AdminError
from fle_marl.servers.embedded import EmbeddedServer

STUDY = """
local force = game.forces.player
force.reset()
for _, name in ipairs{'automation', 'logistics', 'optics'} do
  force.technologies[name].researched = true
end
force.research_queue_enabled = true
force.add_research('gun-turret')
force.add_research('stone-wall')
force.research_progress = 0.25
force.set_saved_technology_progress('military', 0.5)
force.technologies['electronics'].enabled = false
"""
ENDLESS = """
local technology = game.forces.player.technologies['mining-productivity-4']
technology.level = technology.level + 3
"""


def save(server: EmbeddedServer) -> Any:
    answer: Any = server.admin("save_research", {})
    return answer["research"]


@pytest.mark.parametrize("source", ["", STUDY, ENDLESS, STUDY + ENDLESS])
@pytest.mark.parametrize("other", ["", STUDY, ENDLESS])
def test_it_is_the_same_afterwards_whatever_was_known(
    server: EmbeddedServer, source: str, other: str
) -> None:
    server.lua.execute(source)
    saved = save(server)
    bonus = "return game.forces.player.mining_drill_productivity_bonus"
    known = server.lua.execute(bonus)
    server.lua.execute("game.forces.player.reset()")
    server.lua.execute(other)
    answer = server.admin("load_research", {"research": saved})
    assert answer == {"researched": len(saved["researched"]), "queue": saved["queue"]}
    assert save(server) == saved
    assert server.lua.execute(bonus) == pytest.approx(known)


def test_it_says_what_is_going_on(server: EmbeddedServer) -> None:
    server.lua.execute(STUDY)
    saved = save(server)
    assert saved["researched"] == ["automation", "logistics", "optics"]
    assert saved["queue"] == ["gun-turret", "stone-wall"]
    assert saved["current_progress"] == 0.25
    assert saved["progress"] == {"military": 0.5}
    assert saved["enabled"] == {"electronics": False}


REFUSED = {
    "an unknown technology": ({"researched": ["no-such"]}, "no-such-prototype"),
    "a level too high": ({"levels": {"automation": 9}}, "bad-argument"),
    "progress beyond all": ({"progress": {"automation": 1.5}}, "bad-argument"),
    "no list": ({"queue": "automation"}, "bad-argument"),
    "something else": ({"more": 1}, "bad-argument"),
}


@pytest.mark.parametrize(("change", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_refusals(server: EmbeddedServer, change: dict[str, object], code: str) -> None:
    saved = save(server) | change
    before = server.state_hash()
    with pytest.raises(AdminError) as caught:
        server.admin("load_research", {"research": saved})
    assert caught.value.code == code
    assert server.state_hash() == before
