"""What is where, at every second, as in a simulator that was recorded from the game.

factory-sim knows the burner age: burner drills, stone furnaces, yellow belts, burner
inserters and wooden chests. It was recorded from 2.0, where burner inserters are
quicker; `ours` gives them its speeds. A known difference is a strict expected failure
that names what differs.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fsim", reason="needs factory-sim: install the extra 'oracle'")

from .comparison import first_difference
from .ours import Ours
from .random_scenes import random_scene
from .scene import Give, Put, Scene, from_plain
from .theirs import Theirs

FILE = json.loads(Path(__file__).with_name("scenes.json").read_text(encoding="utf-8"))
RANDOM_SCENE_TICKS = 3_600


def scenes() -> Iterator[Any]:
    plains = [(from_plain(plain), plain) for plain in FILE["scenes"]]
    plains += [
        (random_scene(plain["seed"], RANDOM_SCENE_TICKS), plain)
        for plain in FILE["random"]
    ]
    for scene, plain in plains:
        reasons = [FILE["differences"][n] for n in plain.get("known_differences", ())]
        mark = pytest.mark.xfail(bool(reasons), reason="; ".join(reasons), strict=True)
        yield pytest.param(scene, marks=mark, id=scene.name)


@pytest.mark.parametrize("scene", list(scenes()))
def test_everything_is_where_it_was_in_the_game(scene: Scene) -> None:
    assert first_difference(scene, Theirs, Ours) is None


def test_one_item_too_many_is_noticed() -> None:
    scene = from_plain(next(s for s in FILE["scenes"] if s["id"] == "full_belt"))

    class OneMore(Ours):
        def __init__(self, scene: Scene) -> None:
            super().__init__(scene)
            self.happen(Put(0, 0, 2, 1, 100, "coal"))

    found = first_difference(scene, Theirs, OneMore)

    assert found is not None
    assert found.startswith("tick 60: (2, 2) lane 1: None and not [('coal', ")


def test_an_order_that_is_not_obeyed_is_noticed() -> None:
    scene = from_plain(next(s for s in FILE["scenes"] if s["id"] == "full_chest"))
    scene = replace(scene, events=(Give(90, 2, 0, "coal", 1),))

    class Deaf(Ours):
        def happen(self, event: Put | Give) -> int:
            return 1

    found = first_difference(scene, Theirs, Deaf)

    assert found is not None
    assert found.endswith("0 and not 1 went in")


def test_known_differences_are_all_in_use() -> None:
    used = {
        name
        for scene in (*FILE["scenes"], *FILE["random"])
        for name in scene.get("known_differences", ())
    }
    assert used == set(FILE["differences"])


def test_equal_seeds_give_equal_scenes() -> None:
    assert random_scene(3, 600) == random_scene(3, 600)
    assert random_scene(3, 600) != random_scene(4, 600)
