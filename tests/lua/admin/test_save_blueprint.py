"""Blueprints of what was built, and building them again."""

from collections.abc import Callable
from typing import Any

import pytest

from fle_marl.errors import AdminError
from fle_marl.servers.embedded import EmbeddedServer

Build = Callable[..., object]


@pytest.fixture
def factory(server: EmbeddedServer, build: Build) -> EmbeddedServer:
    """Some things next to each other, one of them with modules."""
    build("assembling-machine-2", 10.5, 10.5, recipe="iron-gear-wheel")
    build("inserter", 12.5, 10.5, direction=2)
    build("transport-belt", 13.5, 10.5, direction=4)
    build("underground-belt", 13.5, 11.5, direction=4, type="input")
    build("underground-belt", 13.5, 14.5, direction=4, type="output")
    build("boiler", 20, 10.5, direction=2)
    server.lua.execute(
        "game.surfaces[1].find_entity('assembling-machine-2', {10.5, 10.5})"
        ".get_module_inventory().insert{name = 'speed-module', count = 2}"
    )
    return server


def entities(server: EmbeddedServer) -> list[dict[str, object]]:
    saved: Any = server.admin("save_state", {})
    found: list[dict[str, object]] = list(saved["state"]["entities"])
    return found


def save(server: EmbeddedServer, **options: object) -> Any:
    return server.admin("save_blueprint", options)


def test_built_again_it_stands_where_it_stood(factory: EmbeddedServer) -> None:
    before = entities(factory)
    saved = save(factory)
    assert saved["entities"] == len(before)
    factory.admin("clear_entities", {})
    given = {"blueprint": saved["blueprint"], "position": saved["position"]}
    assert factory.admin("load_blueprint", given) == {
        "built": len(before),
        "laid": 0,
        "blocked": {},
    }
    assert entities(factory) == before


def test_it_can_be_built_elsewhere(factory: EmbeddedServer) -> None:
    before = entities(factory)
    saved = save(factory)
    factory.admin("clear_entities", {})
    place = {"x": saved["position"]["x"] + 8, "y": saved["position"]["y"] + 6}
    factory.admin("load_blueprint", saved_at(saved, place))
    moved = [(each["x"], each["y"]) for each in entities(factory)]
    assert moved == [(each["x"] + 8, each["y"] + 6) for each in before]  # type: ignore[operator]


def saved_at(saved: dict[str, object], place: object) -> dict[str, object]:
    return {"blueprint": saved["blueprint"], "position": place}


def test_only_a_part_is_taken(factory: EmbeddedServer) -> None:
    area = {"left_top": {"x": 12, "y": 10}, "right_bottom": {"x": 13, "y": 11}}
    saved = save(factory, area=area)
    assert saved["entities"] == 1
    factory.admin("clear_entities", {})
    factory.admin("load_blueprint", saved_at(saved, saved["position"]))
    (inserter,) = entities(factory)
    assert (inserter["x"], inserter["y"], inserter["direction"]) == (12.5, 10.5, 2)


def test_floors_go_along_if_asked_for(server: EmbeddedServer) -> None:
    server.lua.execute(
        "for x = 3, 6 do game.surfaces[1].set_tiles{{name = 'concrete', "
        "position = {x, x}}} end"
    )
    with pytest.raises(AdminError):
        save(server)
    saved = save(server, floors=True)
    assert saved["tiles"] == 4
    server.admin("clear_entities", {})
    answer: Any = server.admin("load_blueprint", saved_at(saved, saved["position"]))
    assert answer["laid"] == 4
    tile = "return game.surfaces[1].get_tile(%d, %d).name"
    assert server.lua.execute(tile % (3, 3)) == "concrete"
    assert server.lua.execute(tile % (3, 4)) != "concrete"


def test_what_has_no_room_is_left_out(factory: EmbeddedServer, build: Build) -> None:
    saved = save(factory)
    factory.admin("clear_entities", {})
    build("iron-chest", 10.5, 10.5)
    answer: Any = factory.admin("load_blueprint", saved_at(saved, saved["position"]))
    assert answer["built"] == saved["entities"] - 1
    ghosts = "return game.surfaces[1].count_entities_filtered{type = 'entity-ghost'}"
    assert factory.lua.execute(ghosts) == 0


def test_where_nothing_was_built(server: EmbeddedServer) -> None:
    with pytest.raises(AdminError) as caught:
        save(server)
    assert caught.value.code == "nothing-built"


HERE = {"x": 0, "y": 0}
LOCOMOTIVE = (
    "local stack = game.create_inventory(1)[1] stack.set_stack('blueprint') "
    "stack.set_blueprint_entities{{entity_number = 1, name = 'locomotive', "
    "position = {0, 0}}} return stack.export_stack()"
)
REFUSED = {
    "no blueprint": ({"blueprint": "0nonsense", "position": HERE}, "bad-blueprint"),
    "nowhere": ({"blueprint": "0"}, "bad-argument"),
    "askew": (
        {"blueprint": "0", "position": HERE, "direction": 1},
        "bad-argument",
    ),
}


@pytest.mark.parametrize(("given", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_refusals(server: EmbeddedServer, given: dict[str, object], code: str) -> None:
    with pytest.raises(AdminError) as caught:
        server.admin("load_blueprint", given)
    assert caught.value.code == code


def test_what_is_not_simulated_is_refused(server: EmbeddedServer) -> None:
    text = server.lua.execute(LOCOMOTIVE)
    with pytest.raises(AdminError, match="locomotive") as caught:
        server.admin("load_blueprint", {"blueprint": text, "position": HERE})
    assert caught.value.code == "not-buildable"


def test_what_stands_there_already_is_not_built_twice(factory: EmbeddedServer) -> None:
    saved = save(factory)
    with pytest.raises(AdminError) as caught:
        factory.admin("load_blueprint", saved_at(saved, saved["position"]))
    assert caught.value.code == "nothing-built"
