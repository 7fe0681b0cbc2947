"""Every filter of entities, against a search by hand."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, destroy_entity
from fle_marl.sim.components import FORCE_NEUTRAL, FORCE_PLAYER
from fle_marl.sim.lua_api import LuaApi
from fle_marl.units import tiles_to_units

NAMES = [
    "iron-ore",
    "copper-ore",
    "coal",
    "tree-01",
    "iron-chest",
    "wooden-chest",
    "inserter",
    "transport-belt",
    "stone-furnace",
    "small-electric-pole",
    "character",
    "pipe",
]
TURNING = {"inserter", "transport-belt"}


@cache
def strewn(flat_world) -> LuaApi:
    """300 entities strewn over flat ground, of which every seventh is gone again."""
    world = flat_world()
    random = np.random.default_rng(7)
    for number in range(300):
        name = NAMES[number % len(NAMES)]
        x, y = (int(part) for part in random.integers(-20 * 256, 20 * 256, 2))
        row = create_entity(
            world,
            name,
            x,
            y,
            direction=int(random.integers(4)) * 2 if name in TURNING else 0,
            force=int(random.integers(FORCE_PLAYER, FORCE_NEUTRAL + 1)),
        )
        if number % 7 == 0:
            destroy_entity(world, row)
    return LuaApi(world, {})


@pytest.fixture
def api(flat_world) -> LuaApi:
    """The same strewn entities for each test here; nothing changes them."""
    return strewn(flat_world)


@dataclass(frozen=True)
class Standing:
    """An entity as a search by hand sees it."""

    row: int
    name: str
    type: str
    layers: frozenset
    force: int
    direction: int
    x: int
    y: int
    box: tuple


def standing(world):
    found = []
    for row in range(1, len(world.entity)):
        record = world.entity[row]
        if record["prototype"] <= 0:
            continue
        prototype = load().entities.by_id(int(record["prototype"]))
        x, y, direction = (int(record[key]) for key in ("x", "y", "direction"))
        box = prototype.collision_box
        corners = [
            (tiles_to_units(corner.x), tiles_to_units(corner.y))
            for corner in (box.left_top, box.right_bottom)
        ]
        for _ in range(direction // 2):
            corners = [(-down, right) for right, down in corners]
        (left, top), (right, bottom) = corners
        edges = (
            x + min(left, right),
            y + min(top, bottom),
            x + max(left, right),
            y + max(top, bottom),
        )
        found.append(
            Standing(
                row,
                prototype.name,
                prototype.type,
                prototype.collision_mask,
                int(record["force"]),
                direction,
                x,
                y,
                edges,
            )
        )
    return found


def touches(entity, left, top, right, bottom):
    e_left, e_top, e_right, e_bottom = entity.box
    return (
        e_left <= tiles_to_units(right)
        and e_right >= tiles_to_units(left)
        and e_top <= tiles_to_units(bottom)
        and e_bottom >= tiles_to_units(top)
    )


def within(entity, x, y, radius):
    return math.hypot(entity.x / 256 - x, entity.y / 256 - y) <= radius


ORES = {"iron-ore", "copper-ore", "coal"}
FILTERS = {
    "": lambda e: True,
    "name = 'coal'": lambda e: e.name == "coal",
    "name = {'coal', 'pipe'}": lambda e: e.name in ("coal", "pipe"),
    "name = {}": lambda e: False,
    "type = 'resource'": lambda e: e.name in ORES,
    "type = {'tree', 'container'}": lambda e: e.type in ("tree", "container"),
    "type = 'no-such-type'": lambda e: False,
    "name = 'coal', type = 'resource'": lambda e: e.name == "coal",
    "name = 'coal', type = 'tree'": lambda e: False,
    "force = 'player'": lambda e: e.force == 1,
    "force = 2": lambda e: e.force == 2,
    "force = game.forces.neutral": lambda e: e.force == 3,
    "force = {'player', 'enemy', 'player'}": lambda e: e.force in (1, 2),
    "direction = 2": lambda e: e.direction == 2,
    "direction = {4, 6}": lambda e: e.direction in (4, 6),
    "direction = {4, 6}, type = 'inserter'": (
        lambda e: e.direction in (4, 6) and e.type == "inserter"
    ),
    "collision_mask = 'resource-layer'": lambda e: "resource-layer" in e.layers,
    "collision_mask = {'object-layer', 'resource-layer'}": (
        lambda e: bool({"object-layer", "resource-layer"} & e.layers)
    ),
    "collision_mask = 'no-such-layer'": lambda e: False,
    "ghost_name = 'pipe'": lambda e: False,
    "ghost_type = 'pipe'": lambda e: False,
    "to_be_deconstructed = true": lambda e: False,
    "to_be_deconstructed = false": lambda e: True,
    "to_be_upgraded = true": lambda e: False,
    "is_military_target = true": lambda e: e.name == "character",
    "is_military_target = false": lambda e: e.name != "character",
    "area = {{-5, -7}, {3, 4}}": lambda e: touches(e, -5, -7, 3, 4),
    "area = {{0.5, 0.5}, {0.5, 0.5}}": lambda e: touches(e, 0.5, 0.5, 0.5, 0.5),
    "area = {{100, 100}, {200, 200}}": lambda e: False,
    "position = {1, 2}": lambda e: touches(e, 1, 2, 1, 2),
    "position = {1, 2}, radius = 9.5": lambda e: within(e, 1, 2, 9.5),
    "position = {1, 2}, radius = 0": lambda e: within(e, 1, 2, 0),
    "position = {-3, 3}, radius = 6, area = {{9, 9}, {10, 10}}": (
        lambda e: within(e, -3, 3, 6)
    ),
    "radius = 5": lambda e: True,
    "name = 'coal', invert = true": lambda e: e.name != "coal",
    "type = 'resource', force = 'player', invert = true": (
        lambda e: not (e.name in ORES and e.force == 1)
    ),
    "direction = 0, invert = true": lambda e: e.direction != 0,
    "name = 'coal', area = {{-9, -9}, {9, 9}}, invert = true": (
        lambda e: e.name != "coal" and touches(e, -9, -9, 9, 9)
    ),
    "ghost_name = 'pipe', invert = true": lambda e: True,
    "invert = false, name = 'pipe'": lambda e: e.name == "pipe",
}


@pytest.mark.parametrize(("filters", "expected"), FILTERS.items(), ids=FILTERS.keys())
def test_filters(api, run, filters, expected):
    wanted = [entity.row for entity in standing(api.world) if expected(entity)]
    found = run(f"return surface.find_entities_filtered{{{filters}}}")
    assert [api.row_of(entity) for entity in found.values()] == wanted
    counted = run(f"return surface.count_entities_filtered{{{filters}}}")
    assert counted == len(wanted)


@pytest.mark.parametrize("limit", [1, 5, 10_000])
@pytest.mark.parametrize(
    "filters",
    [
        "type = 'resource'",
        "direction = {2, 4}",
        "name = 'coal', invert = true",
        "position = {0, 0}, radius = 10",
    ],
)
def test_limits_count_what_is_found(run, filters, limit):
    everything = run(f"return surface.count_entities_filtered{{{filters}}}")
    limited = run(
        f"return #surface.find_entities_filtered{{{filters}, limit = {limit}}}"
    )
    assert everything > 5
    assert limited == min(limit, everything)


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ("{name = 'no-such'}", "Unknown entity name: no-such."),
        ("{force = 'no-such'}", "Unknown force: no-such."),
        ("{force = 9}", "Unknown force: 9."),
        ("{direction = 8}", "Invalid direction: 8."),
        ("{area = 5}", "Invalid BoundingBox"),
        ("{position = 5}", "Invalid MapPosition"),
        ("nil", "table expected, got nil"),
        ("'coal'", "table expected, got string"),
    ],
)
def test_what_is_no_filter(refusal, filters, message):
    assert message in refusal(f"surface.find_entities_filtered({filters})")


def test_what_the_game_does_not_know_is_read_over(run):
    found = "return #surface.find_entities_filtered"
    assert run(f"{found}{{filter = {{}}, name = 'coal'}}") == run(
        f"{found}{{name = 'coal'}}"
    )


def test_what_is_inside(run, refusal):
    found = """
    local names = {}
    for _, each in ipairs(surface.find_entities_filtered{
        has_item_inside = game.item_prototypes.coal, FILTERS}) do
      names[#names + 1] = each.name
    end
    return table.concat(names, " ")
    """
    assert run(found.replace("FILTERS", "")) == ""
    run("""
      chests = surface.find_entities_filtered{name = "iron-chest"}
      chests[2].insert("coal") chests[3].insert("stone")
      surface.find_entities_filtered{name = "stone-furnace"}[1].insert("coal")
    """)
    assert sorted(run(found.replace("FILTERS", "")).split()) == [
        "iron-chest",
        "stone-furnace",
    ]
    assert run(found.replace("FILTERS", "type = 'furnace'")) == "stone-furnace"
    count = "surface.count_entities_filtered"
    item = "has_item_inside = game.item_prototypes.coal"
    rest = run(f"return {count}{{}} - {count}{{{item}, invert = true}}")
    assert rest == 2
    message = refusal("surface.find_entities_filtered{has_item_inside = 'no-such'}")
    assert "Unknown item name: no-such" in message
    run("for _, each in ipairs(chests) do each.clear_items_inside() end")
    run("surface.find_entities_filtered{name = 'stone-furnace'}[1].remove_item('coal')")


def test_find_entities(api, run):
    wanted = [e.row for e in standing(api.world) if touches(e, -5, -7, 3, 4)]
    found = run("return surface.find_entities({{-5, -7}, {3, 4}})")
    assert [api.row_of(entity) for entity in found.values()] == wanted
    assert run("return #surface.find_entities()") == len(standing(api.world))


def test_find_entity(api, run):
    entity = next(e for e in standing(api.world) if e.name == "stone-furnace")
    source = (
        f"surface.find_entity('stone-furnace', {{{entity.x / 256}, {entity.y / 256}}})"
    )
    assert run(f"return {source}.name") == "stone-furnace"
    assert run("return surface.find_entity('lab', {0, 0})") is None
