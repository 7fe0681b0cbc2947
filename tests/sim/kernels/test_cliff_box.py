"""Cliffs are in the way where their boxes are, and only there."""

import math

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.prototypes.cliffs import CLIFF_ORIENTATIONS, cliff_boxes
from fle_marl.sim.actions.build import can_place, create_entity, destroy_entity
from fle_marl.sim.actions.character import create_character, set_walking
from fle_marl.sim.actions.find import EntityQuery, find_entities
from fle_marl.sim.actions.path import character_walker, find_path
from fle_marl.sim.components import FORCE_NEUTRAL
from fle_marl.sim.engine import advance

BOXES = cliff_boxes(load().entities["cliff"])
X, Y = 2 * 256, 640
SLANTED = [n for n, box in enumerate(BOXES) if box.is_slanted]


def add_cliff(world, name, x=X, y=Y):
    turned = CLIFF_ORIENTATIONS.index(name) if isinstance(name, str) else name
    return create_entity(world, "cliff", x, y, direction=turned, force=FORCE_NEUTRAL)


def corners(box):
    """Corners of a box turned around its middle, tiles."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    turn = box.orientation * 2 * math.pi
    for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        a, d = across * (box.right - box.left) / 2, down * (box.bottom - box.top) / 2
        yield (
            x + a * math.cos(turn) - d * math.sin(turn),
            y + a * math.sin(turn) + d * math.cos(turn),
        )


def depth(box, left, top, right, bottom):
    """How far a turned and an upright box reach into each other, tiles; by the axis on
    which it is least. Below 0 they are apart."""
    turn = box.orientation * 2 * math.pi
    axes = [(1.0, 0.0), (0.0, 1.0)]
    axes += [(math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))]
    upright = [(left, top), (right, top), (right, bottom), (left, bottom)]
    least = math.inf
    for axis_x, axis_y in axes:
        one = [x * axis_x + y * axis_y for x, y in corners(box)]
        other = [x * axis_x + y * axis_y for x, y in upright]
        least = min(least, max(one) - min(other), max(other) - min(one))
    return least


@pytest.mark.parametrize("orientation", range(20))
def test_chests_fit_beside_a_cliff_and_not_on_it(flat_world, orientation):
    world = flat_world()
    add_cliff(world, orientation)
    chest = load().entities["wooden-chest"]
    inside = chest.collision_box
    drawn = np.random.default_rng(orientation).uniform(-5, 5, (400, 2))
    blocked = 0
    for at_x, at_y in drawn.tolist():
        x, y = int(at_x * 256), int(at_y * 256)
        sides = (
            x / 256 + inside.left_top.x,
            y / 256 + inside.left_top.y,
            x / 256 + inside.right_bottom.x,
            y / 256 + inside.right_bottom.y,
        )
        into = depth(BOXES[orientation], *sides)
        is_free = can_place(world, chest, X + x, Y + y, 0)
        # boxes are rounded to 1/256 tile
        if abs(into) > 0.02:
            assert is_free == (into < 0)
            blocked += not is_free
    assert blocked > 10


def test_a_cliff_leaves_nothing_behind(flat_world):
    world = flat_world()
    chest = load().entities["wooden-chest"]
    row = add_cliff(world, "north-to-east")
    at = X + 320, Y - 192
    assert not can_place(world, chest, *at, 0)
    destroy_entity(world, row)
    assert can_place(world, chest, *at, 0)
    assert not world.tables["cell"].any()


@pytest.mark.parametrize("orientation", SLANTED)
def test_areas_find_slanted_cliffs_by_their_boxes(flat_world, orientation):
    world = flat_world()
    row = add_cliff(world, orientation)
    wanted = world.prototypes["entity_prototype"]["kind"] > 0
    points = list(corners(BOXES[orientation]))
    left, right = (f(x for x, _ in points) for f in (min, max))
    top, bottom = (f(y for _, y in points) for f in (min, max))

    def found(x, y):
        at = X + int(x * 256), Y + int(y * 256)
        query = EntityQuery(prototypes=wanted, box=(*at, at[0] + 1, at[1] + 1))
        return find_entities(world, query).tolist()

    assert found((left + right) / 2, (top + bottom) / 2) == [row]
    # in no corner of the upright box around it
    for x in (left + 0.05, right - 0.05):
        for y in (top + 0.05, bottom - 0.05):
            assert found(x, y) == []


# --- on foot


def test_walking_stops_at_a_cliff(flat_world):
    world = flat_world()
    add_cliff(world, "north-to-south", X, Y)
    walker = create_character(world, X - 8 * 256, Y, agent=1)
    set_walking(world, walker, 2)
    advance(world, 120)
    # the box reaches a tile to the west, the character 0.2 tiles to the east, rounded
    assert world.entity["x"][walker] == X - 256 - 52
    assert world.entity["y"][walker] == Y


@pytest.mark.parametrize("direction", [0, 2, 4, 6])
def test_who_walks_into_a_slanted_cliff_slides_along_it(flat_world, direction):
    step = {0: (0, -1), 2: (1, 0), 4: (0, 1), 6: (-1, 0)}[direction]
    world = flat_world()
    orientation = CLIFF_ORIENTATIONS.index("north-to-east")
    add_cliff(world, orientation)
    box = BOXES[orientation]
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    x = X + int(middle[0] * 256) - step[0] * 1500
    y = Y + int(middle[1] * 256) - step[1] * 1500
    walker = create_character(world, x, y, agent=1)
    set_walking(world, walker, direction)
    aside = 0
    for _ in range(120):
        advance(world, 1)
        here = [int(world.entity[axis][walker]) for axis in "xy"]
        sides = ((here[0] - X) / 256, (here[1] - Y) / 256)
        own = load().entities["character"].collision_box
        into = depth(
            box,
            sides[0] + own.left_top.x,
            sides[1] + own.left_top.y,
            sides[0] + own.right_bottom.x,
            sides[1] + own.right_bottom.y,
        )
        assert into < 0.02
        aside = abs((here[0] - x) * step[1]) + abs((here[1] - y) * step[0])
    assert aside > 256
    gone = (here[0] - x) * step[0] + (here[1] - y) * step[1]
    assert gone > 3000


def test_ways_lead_around_cliffs(flat_world):
    world = flat_world()
    for number in range(-3, 4):
        add_cliff(world, "west-to-east", X + number * 1024)
    walker = create_character(world, X, Y + 5 * 256, agent=1)
    goal = X, Y - 5 * 256
    path = find_path(
        world, (X, Y + 5 * 256), goal, character_walker(walker), radius=256
    )
    assert path is not None
    assert max(abs(x - X) for x, _ in path) > 3.5 * 1024


def test_ways_lead_through_gaps(flat_world):
    world = flat_world()
    for number in (-3, -2, -1, 1, 2, 3):
        add_cliff(world, "west-to-east", X + number * 1024)
    walker = create_character(world, X, Y + 5 * 256, agent=1)
    path = find_path(
        world,
        (X, Y + 5 * 256),
        (X, Y - 5 * 256),
        character_walker(walker),
        radius=256,
    )
    assert path is not None
    assert max(abs(x - X) for x, _ in path) < 512
