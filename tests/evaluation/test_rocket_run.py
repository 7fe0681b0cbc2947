"""The scripted run from empty hands: phases in order, and the same every time."""

import pytest

from fle_marl.errors import ToolError
from fle_marl.evaluation.rocket_run.run import play
from fle_marl.evaluation.rocket_run.science import way_to
from fle_marl.evaluation.rocket_run.timetable import TimeTable
from fle_marl.prototypes import load
from fle_marl.servers.embedded import EmbeddedServer

START = [
    "first wood",
    "first iron-plate",
    "first drill",
    "first stone",
    "first cells",
    "first copper-plate",
    "steam power",
    "first lab",
    "first automation-science-pack",
    "automation",
    "first assembling-machine-1",
]


def names(table: TimeTable) -> list[str]:
    return [milestone.name for milestone in table.milestones]


def test_the_first_assembling_machine_is_reached() -> None:
    server = EmbeddedServer()
    table = play(server, "assembler")
    assert names(table)[: len(START)] == START
    ticks = [milestone.tick for milestone in table.milestones]
    assert ticks == sorted(ticks)
    researched = server.lua.execute(
        "return game.forces.player.technologies.automation.researched"
    )
    assert researched is True
    # nothing was there at the start: what stands was built by hand
    built = "return #game.surfaces[1].find_entities_filtered{name = 'stone-furnace'}"
    assert server.lua.execute(built) >= 8
    server.close()


def test_two_runs_are_the_same() -> None:
    tables, hashes = [], []
    for _ in range(2):
        server = EmbeddedServer()
        tables.append(play(server, "cells"))
        hashes.append(server.state_hash())
        server.close()
    assert tables[0] == tables[1]
    assert hashes[0] == hashes[1]


@pytest.mark.slow
@pytest.mark.xfail(
    reason="since ways on foot and belts over what lies on the ground changed, the "
    "run's character stands with a full inventory when it fills the rocket",
    raises=ToolError,
)
def test_a_rocket_is_launched_from_empty_hands() -> None:
    server = EmbeddedServer()
    reached = names(play(server))
    assert server.lua.execute("return game.forces.player.rockets_launched") == 1
    # every technology on the way was researched by the run, after those it needs
    way = way_to("rocket-silo")
    assert sorted(name for name in reached if name in way) == sorted(way)
    for name in way:
        for before in load().technologies[name].prerequisites:
            assert reached.index(before) < reached.index(name)
    order = [
        "first pumpjack",
        "oil",
        "first plastic-bar",
        "first chemical-science-pack",
        "advanced oil",
        "first production-science-pack",
        "first utility-science-pack",
        "rocket-silo",
        "first rocket-silo",
        "100 rocket parts",
        "rocket launched",
    ]
    assert [name for name in reached if name in order] == order
    server.close()


def test_the_way_to_a_technology_begins_with_what_it_needs() -> None:
    way = way_to("rocket-silo")
    assert way[-1] == "rocket-silo"
    for place, name in enumerate(way):
        assert set(load().technologies[name].prerequisites) <= set(way[:place])


def test_a_milestone_is_reached_once() -> None:
    table = TimeTable()
    assert table.reach("oil", 3600 * 61) is not None
    assert table.reach("oil", 3600 * 62) is None
    assert "| oil | 219600 | 01:01 |" in table.markdown()
