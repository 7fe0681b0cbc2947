"""nearest, nearest_buildable and get_resource_patch."""

import math

import pytest
from fle.env.entities import BuildingBox, Direction, Position
from fle.env.game_types import Prototype, Resource
from scenes import named

ORES = {
    "coal": Resource.Coal,
    "iron-ore": Resource.IronOre,
    "copper-ore": Resource.CopperOre,
    "stone": Resource.Stone,
    "uranium-ore": Resource.UraniumOre,
    "crude-oil": Resource.CrudeOil,
}
RADIUS = 500
"""How far FLE looks, tiles."""


def closest(places, x=0, y=0):
    return min(math.dist((x, y), (each["x"], each["y"])) for each in places)


def trees(world):
    return world.ask(
        """(function() local found = {}
            for _, e in pairs(game.surfaces[1].find_entities_filtered{type = 'tree'}) do
              found[#found + 1] = {x = e.position.x, y = e.position.y} end
            return found end)()"""
    )


# --- the nearest


@pytest.mark.parametrize("from_where", [(0, 0), (30, -40), (-60, 20)])
@pytest.mark.parametrize("name", ORES)
def test_the_nearest_resource(play, name, from_where):
    play.stand(*from_where)
    found = play.tools.nearest(ORES[name])
    distance = math.dist(from_where, (found.x, found.y))
    assert distance == pytest.approx(closest(play.world.entities(name), *from_where))


def test_the_nearest_tree(play):
    found = play.tools.nearest(Resource.Wood)
    assert math.hypot(found.x, found.y) == pytest.approx(closest(trees(play.world)))


def test_the_nearest_water(play):
    found = play.tools.nearest(Resource.Water)
    tiles = play.world.ask(
        """(function() local found = {}
            for _, t in pairs(game.surfaces[1].find_tiles_filtered{name = 'water'}) do
              found[#found + 1] = {x = t.position.x, y = t.position.y} end
            return found end)()"""
    )
    assert math.hypot(found.x, found.y) == pytest.approx(closest(tiles))


def test_the_nearest_building(play):
    for x in (3.5, 6.5):
        place = Position(x=x, y=0.5)
        play.tools.place_entity(Prototype.IronChest, position=place)
    assert play.tools.nearest(Prototype.IronChest).x == 3.5
    play.stand(9, 0)
    assert play.tools.nearest(Prototype.IronChest).x == 6.5


def test_nothing_is_near(play):
    with pytest.raises(Exception, match="Could not find nearest iron-chest"):
        play.tools.nearest(Prototype.IronChest)
    with pytest.raises(Exception, match="Could not find nearest"):
        play.tools.nearest("iron-chest")
    play.stand(0, 0)


# --- patches


@pytest.mark.parametrize("name", ["coal", "iron-ore", "copper-ore", "stone"])
def test_a_patch(play, name):
    patch = play.tools.get_resource_patch(ORES[name], play.tools.nearest(ORES[name]))
    # there is one of each on the map
    tiles = play.world.entities(name)
    assert (patch.name, patch.size) == (name, 10_000 * len(tiles))
    box = patch.bounding_box
    xs, ys = [each["x"] for each in tiles], [each["y"] for each in tiles]
    assert (box.left_top.x, box.left_top.y) == (min(xs), min(ys))
    assert (box.right_bottom.x, box.right_bottom.y) == (max(xs), max(ys))


def test_a_patch_shrinks(play):
    place = play.tools.nearest(Resource.IronOre)
    before = play.tools.get_resource_patch(Resource.IronOre, place).size
    play.stand(place.x, place.y)
    play.tools.harvest_resource(place, 25)
    assert play.tools.get_resource_patch(Resource.IronOre, place).size == before - 25


@pytest.mark.parametrize("radius", [1, 30])
def test_trees_are_counted(play, radius):
    place = play.tools.nearest(Resource.Wood)
    patch = play.tools.get_resource_patch(Resource.Wood, place, radius)
    near = [
        each
        for each in trees(play.world)
        if math.dist((each["x"], each["y"]), (place.x, place.y)) <= radius
    ]
    # four wood a tree
    assert patch.size == 4 * len(near)


def test_water_is_counted(play):
    place = play.tools.nearest(Resource.Water)
    patch = play.tools.get_resource_patch(Resource.Water, place, 10)
    filtered = f"{{name = 'water', radius = 10, position = {{{place.x}, {place.y}}}}}"
    counted = play.world.ask(f"#game.surfaces[1].find_tiles_filtered{filtered}")
    assert patch.size == counted > 20
    box = patch.bounding_box
    assert box.left_top.x < place.x < box.right_bottom.x


@pytest.mark.parametrize("name", [*ORES, "water", "wood"])
def test_no_patch(play, name):
    resource = ORES.get(name) or getattr(Resource, name.capitalize())
    with pytest.raises(Exception, match=f"Could not get {name} at"):
        play.tools.get_resource_patch(resource, Position(x=0, y=0), 3)


# --- room to build


def box_of(found):
    return (
        found.left_top.x,
        found.left_top.y,
        found.right_bottom.x,
        found.right_bottom.y,
    )


@pytest.mark.parametrize(
    ("prototype", "resource", "size"),
    [
        (Prototype.BurnerMiningDrill, Resource.IronOre, 2),
        (Prototype.BurnerMiningDrill, Resource.Stone, 4),
        (Prototype.ElectricMiningDrill, Resource.CopperOre, 5),
    ],
    ids=named,
)
def test_drills_find_ore_below_all_of_it(play, prototype, resource, size):
    found = play.tools.nearest_buildable(
        prototype,
        BuildingBox(width=size, height=size),
        play.tools.nearest(resource),
    )
    left, top, right, bottom = box_of(found)
    assert (right - left, bottom - top) == (size, size)
    area = f"{{{{{left}, {top}}}, {{{right}, {bottom}}}}}"
    below = play.world.ask(
        f"game.surfaces[1].count_entities_filtered{{area = {area},"
        f" name = '{resource[0]}'}}"
    )
    assert below >= size * size
    play.stand((left + right) / 2, bottom + 5)
    middle = Position(x=(left + right) / 2, y=(top + bottom) / 2)
    assert play.tools.place_entity(prototype, Direction.UP, middle)


def test_pumpjacks_find_oil(play):
    oil = play.tools.nearest(Resource.CrudeOil)
    found = play.tools.nearest_buildable(
        Prototype.PumpJack, BuildingBox(width=3, height=3), oil
    )
    left, top, right, bottom = box_of(found)
    assert left <= oil.x <= right
    assert top <= oil.y <= bottom


def test_others_find_free_ground(play):
    play.tools.place_entity(Prototype.IronChest, position=Position(x=4.5, y=4.5))
    found = play.tools.nearest_buildable(
        Prototype.AssemblingMachine1,
        BuildingBox(width=3, height=3),
        Position(x=4, y=4),
    )
    left, top, right, bottom = box_of(found)
    assert not (left < 4.5 < right and top < 4.5 < bottom)
    middle = Position(x=(left + right) / 2, y=(top + bottom) / 2)
    assert play.tools.place_entity(Prototype.AssemblingMachine1, position=middle)


@pytest.mark.parametrize(
    ("size", "place"), [(2, (0, 0)), (40, None)], ids=["no ore", "too large"]
)
def test_no_room(play, size, place):
    center = Position(x=0, y=0) if place else play.tools.nearest(Resource.Coal)
    with pytest.raises(Exception, match="No viable place to put"):
        play.tools.nearest_buildable(
            Prototype.BurnerMiningDrill, BuildingBox(width=size, height=size), center
        )


def test_only_prototypes_are_built(play):
    with pytest.raises(Exception, match="requires the Prototype"):
        play.tools.nearest_buildable(
            "iron-chest", BuildingBox(width=1, height=1), Position(x=0, y=0)
        )
