"""Worlds to draw, as plain data."""

import math

import pytest


def entity(name, kind, x, y, **fields):
    return {"name": name, "type": kind, "x": x, "y": y, **fields}


def belt_line(tiles, direction, item, name="transport-belt", bare=()):
    """Belt tiles that all face one way, with goods on both lanes."""
    sideways = direction in (2, 6)
    belts = []
    for x, y in tiles:
        lanes = [
            {
                "item": item,
                "x": x + 0.5 + (along if sideways else lane),
                "y": y + 0.5 + (lane if sideways else along),
            }
            for lane in (-0.22, 0.22)
            for along in (-0.375, -0.125, 0.125, 0.375)
            if (x, y) not in bare and ((x + y) % 3 or lane > 0)
        ]
        belts.append(
            entity(
                name,
                "transport-belt",
                x + 0.5,
                y + 0.5,
                direction=direction,
                lanes=lanes,
            )
        )
    return belts


def inserter(x, y, direction, name="inserter", reach=1, **fields):
    """An inserter that takes from the side that its direction names."""
    dx, dy = ((0, -1), (1, 0), (0, 1), (-1, 0))[direction // 2]
    return entity(
        name,
        "inserter",
        x,
        y,
        direction=direction,
        pickup={"x": x + dx * reach, "y": y + dy * reach},
        drop={"x": x - dx * (reach + 0.2), "y": y - dy * (reach + 0.2)},
        **fields,
    )


def patch(name, left, top, width, height, amount=10_000):
    """A round ore field that thins out toward its rim."""
    tiles = []
    for x in range(left, left + width):
        for y in range(top, top + height):
            dx = (x + 0.5 - left - width / 2) / (width / 2)
            dy = (y + 0.5 - top - height / 2) / (height / 2)
            share = 1.0 - math.hypot(dx, dy)
            if share > -0.05:
                tiles.append(
                    {
                        "name": name,
                        "x": x + 0.5,
                        "y": y + 0.5,
                        "amount": int(amount * max(0.05, min(1.0, share * 1.6))),
                    }
                )
    return tiles


def lake(left, top, width, height):
    """Runs of a round lake."""
    runs = []
    for row in range(height):
        share = 1.0 - ((row + 0.5) / height * 2 - 1) ** 2
        length = round(width * math.sqrt(share))
        runs.append(
            {"x": left + (width - length) // 2, "y": top + row, "length": length}
        )
    return runs


def smelting_line():
    """Drills on ore, a belt with a bend, a furnace, a chest, a gear assembler."""
    return [
        entity(
            "burner-mining-drill",
            "mining-drill",
            -10,
            -4,
            width=2,
            height=2,
            direction=4,
            drop={"x": -10.5, "y": -2.7},
        ),
        entity(
            "electric-mining-drill",
            "mining-drill",
            -6.5,
            -4.5,
            width=3,
            height=3,
            direction=4,
            drop={"x": -6.5, "y": -2.65},
            status="no_power",
        ),
        *belt_line([(x, -3) for x in range(-11, -1)], 2, "iron-ore"),
        *belt_line([(-1, y) for y in range(-3, 2)], 4, "iron-ore", bare=[(-1, -3)]),
        *belt_line([(x, 2) for x in range(-1, 1)], 2, "iron-ore", bare=[(-1, 2)]),
        inserter(0.5, 0.5, 6, contents={"iron-ore": 1}),
        entity(
            "stone-furnace",
            "furnace",
            2,
            0,
            width=2,
            height=2,
            recipe="iron-plate",
            contents={"iron-ore": 6, "coal": 4},
        ),
        entity(
            "stone-furnace",
            "furnace",
            2,
            -4,
            width=2,
            height=2,
            status="no-fuel",
        ),
        inserter(3.5, 0.5, 6, name="burner-inserter"),
        entity("iron-chest", "container", 4.5, 0.5, contents={"iron-plate": 1280}),
        inserter(5.5, 0.5, 6, name="fast-inserter"),
        entity(
            "assembling-machine-1",
            "assembling-machine",
            7.5,
            0.5,
            width=3,
            height=3,
            recipe="iron-gear-wheel",
        ),
        inserter(9.5, 0.5, 6, name="long-handed-inserter", reach=2),
        entity("wooden-chest", "container", 11.5, 0.5),
        entity(
            "assembling-machine-2",
            "assembling-machine",
            7.5,
            -3.5,
            width=3,
            height=3,
            recipe="electronic-circuit",
            status="item_ingredient_shortage",
        ),
        entity("lab", "lab", 12.5, -3.5, width=3, height=3),
    ]


def power_plant():
    """An offshore pump, a boiler, an engine, pipes, poles and wires."""
    poles = [(-4.5, -1.5), (0.5, -1.5), (5.5, -1.5), (9.5, -1.5), (10.5, 2.5)]
    wires = {
        place: [
            {"x": x, "y": y}
            for x, y in (poles[max(0, at - 1)], poles[min(4, at + 1)])
            if (x, y) != place
        ]
        for at, place in enumerate(poles)
    }
    water = {"water": 100}
    return [
        entity(
            "offshore-pump",
            "offshore-pump",
            -7.5,
            6.5,
            direction=6,
            width=2,
            height=2,
        ),
        *[entity("pipe", "pipe", x + 0.5, 6.5, contents=water) for x in (-7, -6, -5)],
        entity(
            "pipe-to-ground",
            "pipe-to-ground",
            -3.5,
            6.5,
            direction=6,
            connected_to={"x": -0.5, "y": 6.5},
        ),
        entity(
            "pipe-to-ground",
            "pipe-to-ground",
            -0.5,
            6.5,
            direction=2,
            connected_to={"x": -3.5, "y": 6.5},
        ),
        entity("pipe", "pipe", 0.5, 6.5, contents=water),
        entity("boiler", "boiler", 2.5, 6, width=3, height=2, direction=0),
        entity("pipe", "pipe", 2.5, 4.5, contents={"steam": 90}),
        *[entity("pipe", "pipe", x + 0.5, 4.5, contents={"steam": 90}) for x in (3, 4)],
        entity("steam-engine", "generator", 7.5, 4.5, width=5, height=3, direction=2),
        *[
            entity("small-electric-pole", "electric-pole", x, y, wires=wires[(x, y)])
            for x, y in poles
        ],
    ]


def logistics():
    """A fast line with an underground and a splitter."""
    return [
        *belt_line(
            [(x, 8) for x in range(4, 7)], 2, "copper-plate", "fast-transport-belt"
        ),
        entity(
            "underground-belt",
            "underground-belt",
            7.5,
            8.5,
            direction=2,
            connected_to={"x": 10.5, "y": 8.5},
        ),
        entity(
            "underground-belt",
            "underground-belt",
            10.5,
            8.5,
            direction=2,
            connected_to={"x": 7.5, "y": 8.5},
        ),
        entity("splitter", "splitter", 11.5, 9, width=1, height=2, direction=2),
        *belt_line([(12, 8), (13, 8)], 2, "copper-plate", "express-transport-belt"),
        *belt_line([(12, 9), (13, 9)], 2, "copper-cable"),
    ]


@pytest.fixture(scope="session")
def factory():
    """A small factory of 30 x 20 tiles with two agents; nobody changes it."""
    trees = [(-13, -8), (-12.2, -7.1), (-14, -6.6), (13, 6), (12.3, 7), (-1, 9)]
    return {
        "tick": 6_000,
        "area": {
            "left_top": {"x": -15, "y": -9},
            "right_bottom": {"x": 15, "y": 11},
        },
        "water": lake(-16, 3, 8, 9),
        "resources": [
            *patch("iron-ore", -13, -8, 11, 7),
            *patch("coal", -6, 7, 6, 5, 4_000),
            {"name": "crude-oil", "x": 3.5, "y": -7.5, "amount": 300_000},
        ],
        "entities": [
            *smelting_line(),
            *power_plant(),
            *logistics(),
            *[entity("tree-01", "tree", x, y) for x, y in trees],
            entity("rock-big", "simple-entity", 10, -7, width=2, height=2),
        ],
        "characters": [
            {"name": "agent_0", "x": -3.2, "y": -0.4},
            {"name": "agent_1", "x": 4.6, "y": 2.9},
        ],
        "paths": [
            {
                "name": "agent_1",
                "points": [{"x": 4.6, "y": 2.9}, {"x": -4, "y": 3}, {"x": -8, "y": 0}],
            }
        ],
    }
