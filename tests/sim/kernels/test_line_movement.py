"""Items on belts move as they were recorded from the game, tick by tick."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.transport_line import insert_at, items_on_line, lines_of_belt
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World

MEASURED = Path(__file__).with_name("data") / "measured_belts.json"
UNITS_PER_TILE = 256
IRON_ORE = load().items["iron-ore"].id


def measured_scenes() -> list[Any]:
    scenes = json.loads(MEASURED.read_text(encoding="utf-8"))["scenes"]
    return [
        pytest.param(
            scene,
            marks=pytest.mark.xfail(
                "known_difference" in scene, reason=scene.get("known_difference", "")
            ),
        )
        for scene in scenes
    ]


def seen_items(world: World, belts: dict[tuple[int, int], int]) -> list[Any]:
    seen = []
    for (x, y), entity in sorted(belts.items(), key=lambda belt: belt[0][::-1]):
        for lane, line in enumerate(lines_of_belt(world, entity)):
            positions = [at * UNITS_PER_TILE for _, at in items_on_line(world, line)]
            if positions:
                seen.append([x, y, lane, positions])
    return seen


@pytest.mark.parametrize("scene", measured_scenes())
def test_items_are_where_they_were_in_the_game(
    flat_world: Callable[..., World], belts: Callable[..., Any], scene: Any
) -> None:
    world = flat_world()
    placed = belts(world, "\n".join(scene["belts"]))
    inserts = iter([*scene["inserts"], [0] * 6])
    insert = next(inserts)
    for tick, seen in scene["seen"]:
        while world.tick < tick:
            while insert[0] == world.tick + 1:
                _, x, y, lane, position, went_on = insert
                line = lines_of_belt(world, placed[x, y])[lane]
                at = position / UNITS_PER_TILE
                assert insert_at(world, line, at, IRON_ORE) == bool(went_on)
                insert = next(inserts)
            advance(world, 1)
        assert seen_items(world, placed) == seen
