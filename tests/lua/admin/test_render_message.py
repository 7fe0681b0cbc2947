"""Showing a line to everybody who watches."""

import pytest

from fle_marl.errors import AdminError
from fle_marl.servers.embedded import EmbeddedServer


@pytest.mark.parametrize("color", [None, {"r": 1, "g": 0.5, "b": 0}])
def test_it_is_printed_in_the_game(server: EmbeddedServer, color: object) -> None:
    answer = server.admin("render_message", {"message": "Grüße", "color": color})
    assert answer == {"message": "Grüße"}
    assert server.lua.console[-1] == "Grüße"


@pytest.mark.parametrize(
    "given", [{}, {"message": 3}, {"message": "x", "color": {"r": 2, "g": 0, "b": 0}}]
)
def test_refusals(server: EmbeddedServer, given: dict[str, object]) -> None:
    with pytest.raises(AdminError) as caught:
        server.admin("render_message", given)
    assert caught.value.code == "bad-argument"
