"""Where the factory is."""

from collections.abc import Callable
from typing import Any

from fle_marl.servers.embedded import EmbeddedServer


def test_there_is_none_at_first(server: EmbeddedServer) -> None:
    assert server.admin("factory_centroid", {}) == {"entities": 0}


def test_its_middle_and_its_box(
    server: EmbeddedServer, build: Callable[..., object]
) -> None:
    build("iron-chest", 10.5, 20.5)
    build("iron-chest", 11.5, 20.5)
    build("stone-furnace", 20, 30)
    build("item-on-ground", 90, 90, stack={"name": "coal"})
    found: Any = server.admin("factory_centroid", {})
    assert found["entities"] == 3
    assert found["centroid"] == {"x": 14, "y": (20.5 + 20.5 + 30) / 3}
    box = found["box"]
    assert 10 < box["left_top"]["x"] < 10.5
    assert 20.5 < box["right_bottom"]["x"] < 21
    assert found["center"]["y"] == (
        (box["left_top"]["y"] + box["right_bottom"]["y"]) / 2
    )
