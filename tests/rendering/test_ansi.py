"""The text map."""

from fle_marl.rendering import scene_to_text

AREA = {"left_top": {"x": -2, "y": -1}, "right_bottom": {"x": 12, "y": 3}}


def entity(name, kind, x, y, **fields):
    return {"name": name, "type": kind, "x": x, "y": y, **fields}


def test_a_small_world_reads_as_drawn():
    scene = {
        "tick": 3_661 * 60,
        "area": AREA,
        "water": [{"x": -9, "y": -1, "length": 9}],
        "resources": [{"name": "coal", "x": 11.5, "y": 2.5, "amount": 5}],
        "entities": [
            entity("transport-belt", "transport-belt", 1.5, 0.5, direction=2),
            entity("transport-belt", "transport-belt", 2.5, 0.5, direction=4),
            entity("inserter", "inserter", 3.5, 0.5, direction=6),
            entity("stone-furnace", "furnace", 5, 1, width=2, height=2),
        ],
        "characters": [{"name": "agent_0", "x": 0.2, "y": 2.9}],
    }
    assert scene_to_text(scene).splitlines() == [
        "1:01:01 game time (tick 219,660)",
        "     |0",
        "-1 ~~............",
        " 0 ...>v→FF......",
        " 1 ......FF......",
        " 2 ..0..........k",
        "legend: . earth, ~ water, k coal, ^>v< transport-belt, F stone-furnace, "
        "↓←↑→ inserter, 0 agent_0",
    ]


def test_every_thing_of_the_factory_is_in_the_legend(factory):
    legend = scene_to_text(factory).splitlines()[-1]
    shown = {one["name"] for one in factory["entities"]}
    assert [name for name in sorted(shown) if name not in legend] == []


def test_rows_are_as_wide_as_the_area(factory):
    lines = scene_to_text(factory).splitlines()[2:-1]
    assert len(lines) == 20
    assert {len(line) for line in lines} == {2 + 1 + 30}


def test_spent_ore_and_things_outside_are_not_shown():
    scene = {
        "area": AREA,
        "resources": [{"name": "coal", "x": 1.5, "y": 1.5, "amount": 0}],
        "entities": [entity("iron-chest", "container", 40.5, 1.5)],
    }
    assert scene_to_text(scene).splitlines()[-1] == "legend: . earth"


def test_a_legend_of_many_names_stays_short():
    chests = [entity(f"chest-{n}", "container", 1.5, 1.5) for n in range(500)]
    legend = scene_to_text({"area": AREA, "entities": chests}).splitlines()[-1]
    assert "492 more" in legend
    assert len(legend) < 200
