"""Asking for ways on foot, and getting them when time has passed."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.errors import AdminError
from fle_marl.servers.embedded import EmbeddedServer

FAR = {"x": 20, "y": 9}


def find(server: EmbeddedServer, **options: object) -> Any:
    request = server.admin("request_path", options)
    assert isinstance(request, dict)
    assert server.admin("get_path", request) == {"is_done": False}
    server.advance(1)
    return server.admin("get_path", request)


def test_from_an_agent(server: EmbeddedServer) -> None:
    found = find(server, agent="agent_0", finish=FAR)
    assert found["is_done"] is True
    assert found["try_again_later"] is False
    first, last = found["path"][0], found["path"][-1]
    assert (first["x"], first["y"]) == pytest.approx((0, 0), abs=1)
    assert (last["x"], last["y"]) == pytest.approx((20, 9), abs=0.5)


def test_from_any_place(server: EmbeddedServer) -> None:
    found = find(server, start={"x": 10, "y": 10}, finish=FAR)
    assert found["path"][0]["x"] == pytest.approx(10, abs=1)


def test_around_and_through_what_was_built(
    server: EmbeddedServer, build: Callable[..., object]
) -> None:
    for y in range(-8, 9):
        build("stone-wall", 8.5, y + 0.5)
    start, finish = {"x": 4, "y": 0}, {"x": 12, "y": 0}
    around = find(server, start=start, finish=finish)["path"]
    assert max(abs(point["y"]) for point in around) > 8
    through = find(
        server, start=start, finish=finish, allow_paths_through_own_entities=True
    )["path"]
    assert max(abs(point["y"]) for point in through) < 4


def test_what_is_wide_needs_a_wide_way(
    server: EmbeddedServer, build: Callable[..., object]
) -> None:
    for y in (*range(-12, 0), *range(1, 12)):
        build("stone-wall", 8.5, y + 0.5)
    ends: dict[str, object] = {
        "start": {"x": 4, "y": 0.5},
        "finish": {"x": 13, "y": 0.5},
    }
    narrow = find(server, **ends)["path"]
    wide = find(server, **ends, entity_size=3)["path"]
    assert max(abs(point["y"]) for point in narrow) < 3
    assert max(abs(point["y"]) for point in wide) > 9


def test_where_there_is_no_way(
    server: EmbeddedServer, build: Callable[..., object]
) -> None:
    for x in range(5):
        for y in range(5):
            if {x, y} & {0, 4}:
                build("stone-wall", 20.5 + x, 20.5 + y)
    found = find(server, agent=0, finish={"x": 22.5, "y": 22.5}, radius=0.1)
    assert found["is_done"] is True
    assert "path" not in found


REFUSED = {
    "to nowhere": ("request_path", {"agent": 0}, "bad-argument"),
    "from nowhere": ("request_path", {"finish": FAR}, "bad-argument"),
    "of nobody": ("request_path", {"agent": 9, "finish": FAR}, "no-such-agent"),
    "no size": (
        "request_path",
        {"agent": 0, "finish": FAR, "entity_size": 0},
        "bad-argument",
    ),
    "never asked for": ("get_path", {"request": 77}, "no-such-request"),
    "no number": ("get_path", {"request": "1"}, "bad-argument"),
}


@pytest.mark.parametrize(
    ("name", "given", "code"), REFUSED.values(), ids=REFUSED.keys()
)
def test_refusals(
    server: EmbeddedServer, name: str, given: dict[str, object], code: str
) -> None:
    before = server.state_hash()
    with pytest.raises(AdminError) as caught:
        server.admin(name, given)
    assert caught.value.code == code
    assert server.state_hash() == before


def test_an_answer_is_given_once(server: EmbeddedServer) -> None:
    request = server.admin("request_path", {"agent": 0, "finish": FAR})
    assert isinstance(request, dict)
    server.advance(1)
    server.admin("get_path", request)
    with pytest.raises(AdminError) as caught:
        server.admin("get_path", request)
    assert caught.value.code == "no-such-request"
