"""Observations are inside their space whatever the world and the agents hold."""

import dataclasses
import json

import numpy as np
import pytest

from fle_marl.envs.observations import (
    AgentReport,
    build_agent_fields,
    build_state,
    build_world_fields,
    state_size,
)
from fle_marl.envs.spaces import record_space, state_space
from fle_marl.envs.text import unescape_text
from fle_marl.envs.world_view import CharacterView, WorldView
from fle_marl.messaging import Message
from fle_marl.tasks import Production, Verification, get_task

TECHNOLOGY = {
    "name": "mining-productivity-4",
    "researched": False,
    "enabled": True,
    "level": 4,
    "research_unit_count": 2500,
    "research_unit_energy": 3600.0,
    "prerequisites": ["mining-productivity-3"],
    "ingredients": {"space-science-pack": 1},
}
WORLD = WorldView(
    tick=7200,
    speed=1.0,
    score=-12.5,
    characters=(CharacterView({"coal": 5, "boiler": 1}, 1.5, -2.0),),
    entities=("Chest(...)", "\u2603" * 20_000),
    research={
        "technologies": [TECHNOLOGY],
        "current_research": None,
        "research_progress": 1.0000001,
        "research_queue": ["automation"],
        "progress": {"logistics": 0.5},
    },
    production=Production(7200, {"iron-plate": 12, "crude-oil": 2.5}),
)
REPORT = AgentReport(
    index=0,
    raw_text="\u00e9\x00" * 200_000,
    messages=[Message(60, 0, "agent_1", None, "snow \u2603 " * 5_000)],
    functions=[
        {
            "name": "f" * 900,
            "signature": "(a='\u2603')" * 20_000,
            "docstring": "\x00" * 100_000,
            "source": "def f():\n\treturn '\u2603'",
        }
    ],
    flows=Production(
        60,
        {"stone": 5, "iron-gear-wheel": 1},
        {"coal": 1e300},
        {"stone": 2},
        {"iron-gear-wheel": 1},
    ),
    verification=Verification(True, 16, "", {"quota": 16, "text": "\u2603"}),
    map_image="",
)
TASK = get_task("iron_plate_throughput_16")


def observation() -> dict:
    return {
        **build_world_fields(WORLD, ["agent_0"]),
        **build_agent_fields(WORLD.characters[0], REPORT, TASK),
    }


def test_the_dead_are_told_when_they_come_back():
    dead = dataclasses.replace(WORLD.characters[0], ticks_to_respawn=90)
    report = dataclasses.replace(REPORT, raw_text="printed")
    assert build_agent_fields(dead, report, TASK)["raw_text"] == (
        "Your character is dead. A new one comes in 90 ticks (1.5 s), with nothing in "
        "its inventory.\nprinted"
    )


def test_anything_is_inside_the_space():
    space = record_space()
    seen = observation()

    for key, part in seen.items():
        assert space[key].contains(part), key
    assert space.contains(seen)


def test_fields_say_what_the_world_holds():
    seen = observation()

    assert [(i["type"], i["quantity"]) for i in seen["inventory"]] == [
        ("boiler", 1),
        ("coal", 5),
    ]
    assert seen["game_info"]["time"] == 120.0
    assert seen["score"] == -12.5
    assert seen["character_positions"][0]["y"] == -2.0
    assert seen["task_info"]["task_key"] == TASK.key
    assert "by hand" in seen["task_info"]["goal_description"]
    assert unescape_text(seen["messages"][0]["content"][:13]).startswith("snow \u2603")
    assert "characters left out" in seen["raw_text"]
    assert seen["research"]["current_research"] == "None"
    meta = {m["key"]: json.loads(m["value"]) for m in seen["task_verification"]["meta"]}
    assert meta["quota"] == 16


def test_flows_tell_hands_from_machines():
    flows = observation()["flows"]

    amounts = {f["type"]: float(f["rate"]) for f in flows["output"]}
    assert amounts == {"stone": 5, "iron-gear-wheel": 1}
    by_hand = {f["type"]: float(f["value"]) for f in flows["static_items"]}
    assert by_hand == {"stone": 2, "iron-gear-wheel": 1}


@pytest.mark.parametrize("agents", [1, 3])
def test_state_has_its_size_and_its_bounds(agents):
    world = dataclasses.replace(
        WORLD, characters=WORLD.characters * agents, score=float("1e30")
    )

    state = build_state(world)

    assert state.shape == (state_size(agents),)
    assert state_space(state_size(agents)).contains(state)
    np.testing.assert_array_equal(state[3:6], [1.5, -2.0, 6])
    assert 12 in state
    assert 2.5 in state
