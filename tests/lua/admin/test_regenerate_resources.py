"""Filling ores and wells up again."""

from typing import Any

import pytest

from fle_marl.errors import AdminError
from fle_marl.servers.embedded import EmbeddedServer

USE_UP = """
local ores = game.surfaces[1].find_entities_filtered{name = 'iron-ore'}
ores[1].destroy()
ores[2].amount = 1
local well = game.surfaces[1].find_entities_filtered{name = 'crude-oil'}[1]
well.amount = well.initial_amount / 2
"""


def resources(server: EmbeddedServer) -> Any:
    saved: Any = server.admin("save_state", {})
    return saved["state"]["resources"]


def test_with_a_saved_state_they_are_exactly_as_they_were(
    server: EmbeddedServer,
) -> None:
    before = resources(server)
    server.lua.execute(USE_UP)
    answer = server.admin("regenerate_resources", {"resources": before})
    assert answer == {"changed": 2, "made": 1, "removed": 0}
    assert resources(server) == before


def test_without_one_ores_get_an_amount_and_wells_what_they_had(
    server: EmbeddedServer,
) -> None:
    before = resources(server)
    server.lua.execute(USE_UP)
    answer: Any = server.admin("regenerate_resources", {"amount": 50})
    after = resources(server)
    assert {entry[2] for entry in after["iron-ore"]} == {50}
    # what was mined out is not known any more
    assert len(after["iron-ore"]) == len(before["iron-ore"]) - 1
    assert after["crude-oil"] == before["crude-oil"]
    assert answer["made"] == answer["removed"] == 0


REFUSED = {
    "nothing in it": ({"amount": 0}, "bad-argument"),
    "no resource": ({"resources": {"tree-01": []}}, "no-such-prototype"),
    "no amount": ({"resources": {"coal": [[0.5, 0.5]]}}, "bad-argument"),
    "no place": ({"resources": {"coal": [[float("inf"), 0.5, 1]]}}, "bad-argument"),
}


@pytest.mark.parametrize(("given", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_refusals(server: EmbeddedServer, given: dict[str, object], code: str) -> None:
    before = server.state_hash()
    with pytest.raises(AdminError) as caught:
        server.admin("regenerate_resources", given)
    assert caught.value.code == code
    assert server.state_hash() == before
