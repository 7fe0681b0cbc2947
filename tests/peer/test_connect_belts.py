"""`connect_entities` with belts: where they lie, and whether items arrive."""

import pytest
from conftest import Play
from connections import (
    at,
    build,
    build_feeder,
    build_taker,
    line,
    place,
    places,
    taken,
)
from fle.env import DirectionInternal as Direction
from fle.env.entities import BeltGroup
from fle.env.game_types import Prototype, Resource

BELT, UNDER = Prototype.TransportBelt, Prototype.UndergroundBelt
HANDFULS = 6
"""Twice what a hand holds: over a belt it waits until it is full."""


@pytest.fixture(autouse=True)
def carried(play: Play) -> None:
    play.carry(
        transport_belt=200,
        underground_belt=100,
        fast_transport_belt=50,
        express_transport_belt=50,
        coal=20,
        stone_furnace=2,
        burner_inserter=4,
        burner_mining_drill=1,
        wooden_chest=1,
    )


def ends(group: BeltGroup) -> tuple[list, list]:
    """Where a group begins and where it ends, as FLE has it."""
    return [place(e.position) for e in group.inputs], [
        place(e.position) for e in group.outputs
    ]


# --- from one place to another


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        pytest.param((0.5, 5.5), (10.5, 5.5), 11, id="east"),
        pytest.param((10.5, 5.5), (0.5, 5.5), 11, id="west"),
        pytest.param((3.5, 8.5), (3.5, 1.5), 8, id="north"),
        pytest.param((3.5, 1.5), (3.5, 8.5), 8, id="south"),
        pytest.param((0.5, 1.5), (6.5, 7.5), 13, id="diagonal"),
        pytest.param((0.5, 1.5), (8.5, 4.5), 12, id="aslant"),
        pytest.param((0.2, 5.9), (4.9, 5.1), 5, id="off the grid"),
    ],
)
def test_a_line_of_belts(play, start, end, count):
    start, end = at(*start), at(*end)
    assert play.tools.get_connection_amount(start, end, BELT) == count
    assert not places(play, "transport-belt")
    group = play.tools.connect_entities(start, end, BELT)
    first, last = (at(*(c // 1 + 0.5 for c in place(p))) for p in (start, end))
    way = line(play, first)
    assert (way[0], way[-1], len(way)) == (place(first), place(last), count)
    assert set(way) == places(play, "transport-belt")
    assert ends(group) == ([way[0]], [way[-1]])
    assert {place(belt.position) for belt in group.belts} == set(way)
    assert play.world.carried("transport-belt") == 200 - count


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Prototype.FastTransportBelt, "fast-transport-belt"),
        (Prototype.ExpressTransportBelt, "express-transport-belt"),
    ],
)
def test_faster_belts(play, kind, name):
    group = play.tools.connect_entities(at(0.5, 0.5), at(7.5, 0.5), kind)
    assert len(group.belts) == len(play.world.entities(name)) == 8
    assert line(play, at(0.5, 0.5))[-1] == (7.5, 0.5)
    assert play.world.carried(name) == 42


def test_several_waypoints(play):
    corners = [at(0.5, 0.5), at(5.5, 0.5), at(5.5, 5.5), at(0.5, 5.5)]
    group = play.tools.connect_entities(*corners, connection_type=BELT)
    way = line(play, corners[0])
    assert way[-1] == place(corners[-1])
    assert {place(corner) for corner in corners} <= set(way)
    assert len(way) == len(group.belts) == 16
    assert ends(group) == ([way[0]], [way[-1]])


@pytest.mark.defect("the amount for a waypoint is taken for the waypoint itself")
def test_the_amount_over_several_waypoints(play):
    corners = [at(0.5, 0.5), at(5.5, 0.5), at(5.5, 5.5)]
    with pytest.raises(Exception, match="has no attribute 'position'"):
        play.tools.connect_entities(*corners, connection_type=BELT, dry_run=True)


def test_source_and_target_by_name(play):
    play.tools.connect_entities(
        source=at(0.5, 0.5), target=at(4.5, 0.5), connection_type=BELT
    )
    assert line(play, at(0.5, 0.5))[-1] == (4.5, 0.5)


# --- between machines


def test_from_a_drill_to_a_furnace(play):
    ore = play.tools.nearest(Resource.IronOre)
    play.stand(ore.x, ore.y)
    drill = play.tools.place_entity(Prototype.BurnerMiningDrill, Direction.DOWN, ore)
    drill = play.tools.insert_item(Prototype.Coal, drill, 5)
    x, y = drill.position.x + 8, drill.position.y
    build(play, "stone-furnace", x, y, coal=5)
    build(play, "burner-inserter", x - 1.5, y + 0.5, "direction = 6", coal=2)
    arm = play.tools.get_entity(Prototype.BurnerInserter, at(x - 1.5, y + 0.5))
    group = play.tools.connect_entities(drill, arm, BELT)
    first, last = place(drill.drop_position), place(arm.pickup_position)
    assert line(play, at(*first))[-1] == last
    assert ends(group) == ([first], [last])
    play.world.wait(seconds=40)
    assert play.world.the("stone-furnace")["items"]["iron-plate"] > 0


def test_from_a_furnace_to_a_chest(play):
    build(play, "stone-furnace", 0, 0, coal=5, iron_ore=HANDFULS)
    build(play, "burner-inserter", 1.5, 0.5, "direction = 6", coal=2)
    source = play.tools.get_entity(Prototype.BurnerInserter, at(1.5, 0.5))
    target = play.tools.get_entity(
        Prototype.BurnerInserter, build_taker(play, 12.5, 5.5)
    )
    play.tools.connect_entities(source, target, BELT)
    play.world.wait(seconds=50)
    assert taken(play) == {"iron-plate": HANDFULS}


def test_connecting_again_builds_nothing(play):
    arms = [build_feeder(play, 0.5, 0.5), build_taker(play, 12.5, 0.5)]
    arms = [play.tools.get_entity(Prototype.BurnerInserter, arm) for arm in arms]
    first = play.tools.connect_entities(*arms, BELT)
    assert play.tools.get_connection_amount(*arms, BELT) == 0
    second = play.tools.connect_entities(*arms, BELT)
    assert len(first.belts) == len(second.belts) == 9
    assert len(play.world.entities("transport-belt")) == 9


def test_several_sources_share_a_belt(play):
    target = play.tools.get_entity(
        Prototype.BurnerInserter, build_taker(play, 12.5, 0.5)
    )
    shared = target
    for y, items in (
        (0.5, {"iron_plate": HANDFULS}),
        (6.5, {"copper_plate": HANDFULS}),
        (-5.5, {"stone": HANDFULS}),
    ):
        arm = build_feeder(play, 0.5, y, **items)
        source = play.tools.get_entity(Prototype.BurnerInserter, arm)
        shared = play.tools.connect_entities(source, shared, BELT)
        assert line(play, source.drop_position)[-1] == place(target.pickup_position)
    assert len(shared.belts) == len(play.world.entities("transport-belt"))
    assert ends(shared)[1] == [place(target.pickup_position)]
    play.world.wait(seconds=60)
    assert taken(play) == {
        "iron-plate": HANDFULS,
        "copper-plate": HANDFULS,
        "stone": HANDFULS,
    }


# --- groups


def test_a_group_goes_on(play):
    group = play.tools.connect_entities(at(0.5, 0.5), at(5.5, 0.5), BELT)
    ahead = play.tools.connect_entities(group, at(10.5, 0.5), BELT)
    assert ends(ahead) == ([(0.5, 0.5)], [(10.5, 0.5)])
    turned = play.tools.connect_entities(ahead, at(10.5, 6.5), BELT)
    way = line(play, at(0.5, 0.5))
    assert (way[-1], len(way)) == ((10.5, 6.5), 17)
    assert ends(turned) == ([(0.5, 0.5)], [(10.5, 6.5)])
    assert len(turned.belts) == len(play.world.entities("transport-belt")) == 17


def test_a_group_is_fed(play):
    group = play.tools.connect_entities(at(0.5, 0.5), at(5.5, 0.5), BELT)
    fed = play.tools.connect_entities(at(-6.5, 0.5), group, BELT)
    assert line(play, at(-6.5, 0.5))[-1] == (5.5, 0.5)
    assert ends(fed) == ([(-6.5, 0.5)], [(5.5, 0.5)])
    assert len(fed.belts) == len(play.world.entities("transport-belt")) == 13


def test_two_groups_become_one(play):
    lower = play.tools.connect_entities(at(0.5, 8.5), at(5.5, 8.5), BELT)
    upper = play.tools.connect_entities(at(0.5, 0.5), at(5.5, 0.5), BELT)
    assert len(play.tools.get_entities({Prototype.BeltGroup})) == 2
    both = play.tools.connect_entities(upper, lower, BELT)
    way = line(play, at(0.5, 0.5))
    assert way[-1] == (5.5, 8.5)
    assert set(way) == places(play, "transport-belt")
    assert len(both.belts) == len(way)
    assert len(play.tools.get_entities({Prototype.BeltGroup})) == 1


def test_what_lies_on_a_group(play):
    play.tools.connect_entities(at(0.5, 0.5), at(5.5, 0.5), BELT)
    play.world.run(
        "local e = game.surfaces[1].find_entity('transport-belt', {0.5, 0.5}) "
        "e.get_transport_line(1).insert_at_back{name = 'coal'} "
        "e.get_transport_line(2).insert_at_back{name = 'stone'}"
    )
    play.world.wait(seconds=5)
    (group,) = play.tools.get_entities({Prototype.BeltGroup})
    assert dict(group.inventory.items()) == {"coal": 1, "stone": 1}
    (end,) = group.outputs
    assert dict(end.inventory["left"].items()) == {"coal": 1}


# --- around what is in the way


OBSTACLES = {
    "furnaces": "for y = -4, 4, 2 do put('stone-furnace', 6, y) end",
    "trees": "for y = -4, 4 do put('tree-01', 6.5, y + 0.5) end",
    "rocks": "for y = -4, 4, 3 do put('rock-huge', 6, y) end",
    "cliffs": "for y = -4, 4, 4 do put('cliff', 6, y) end",
    "pipes": "for y = -4, 4 do put('pipe', 6.5, y + 0.5) end",
    "water": "for x = 5, 7 do for y = -4, 4 do "
    "tiles[#tiles + 1] = {name = 'water', position = {x, y}} end end "
    "surface.set_tiles(tiles)",
}


@pytest.fixture(params=OBSTACLES)
def obstacle(play, request):
    """Something across the straight way from (0.5, 0.5) to (12.5, 0.5)."""
    play.world.run(
        "local surface, tiles = game.surfaces[1], {} "
        "local function put(name, x, y) surface.create_entity{name = name, "
        "position = {x, y}, force = 'player', direction = 2, "
        "cliff_orientation = name == 'cliff' and 'north-to-south' or nil} end "
        + OBSTACLES[request.param]
    )
    yield
    play.world.run(
        "local tiles = {} for x = 5, 7 do for y = -4, 4 do "
        "tiles[#tiles + 1] = {name = 'grass-1', position = {x, y}} end end "
        "game.surfaces[1].set_tiles(tiles) "
        "for _, e in pairs(game.surfaces[1].find_entities_filtered{"
        "type = {'tree', 'cliff', 'simple-entity'}, area = {{0, -9}, {12, 9}}}) "
        "do e.destroy() end"
    )


STANDS_THERE = (
    "#game.surfaces[1].find_entities_filtered{"
    "type = {'tree', 'cliff', 'simple-entity', 'furnace', 'pipe'}, "
    "area = {{0, -9}, {12, 9}}} "
    "+ game.surfaces[1].count_tiles_filtered{name = 'water', "
    "area = {{0, -9}, {12, 9}}}"
)


def test_around_what_is_in_the_way(play, obstacle):
    before = play.world.ask(STANDS_THERE)
    assert before > 0
    play.tools.connect_entities(at(0.5, 0.5), at(12.5, 0.5), BELT)
    way = line(play, at(0.5, 0.5))
    assert way[-1] == (12.5, 0.5)
    assert len(way) > 13
    assert play.world.ask(STANDS_THERE) == before


# --- below ground


def test_undergrounds_take_items_along(play):
    kinds = {BELT, UNDER}
    amount = play.tools.connect_entities(
        at(0.5, 0.5), at(15.5, 0.5), connection_type=kinds, dry_run=True
    )
    group = play.tools.connect_entities(at(0.5, 0.5), at(15.5, 0.5), kinds)
    way = line(play, at(0.5, 0.5))
    assert way[-1] == (15.5, 0.5)
    under = places(play, "underground-belt")
    assert set(way) == under | places(play, "transport-belt")
    assert len(under) >= 2
    # where a section ends, the dry run counts a piece twice
    assert len(way) <= amount["number_of_entities_required"] < 16
    assert ends(group) == ([(0.5, 0.5)], [(15.5, 0.5)])
    # a pair below ground counts once
    assert len(group.belts) == len(way) - len(under) / 2
    play.world.run(
        "game.surfaces[1].find_entity('transport-belt', {0.5, 0.5})"
        ".get_transport_line(1).insert_at_back{name = 'coal'}"
    )
    play.world.wait(seconds=15)
    arrived = (
        "game.surfaces[1].find_entity('transport-belt', {15.5, 0.5})"
        ".get_item_count('coal')"
    )
    assert play.world.ask(arrived) == 1


@pytest.mark.defect("a corner at the end of a section below ground is never turned")
def test_undergrounds_around_a_corner(play):
    play.world.run(
        "for y = -9, 7 do game.surfaces[1].create_entity{name = 'stone-wall', "
        "position = {6.5, y + 0.5}, force = 'player'} end"
    )
    play.tools.connect_entities(at(0.5, 0.5), at(12.5, 0.5), {BELT, UNDER})
    assert len(places(play, "underground-belt")) >= 2
    assert line(play, at(0.5, 0.5))[-1] != (12.5, 0.5)


@pytest.mark.defect("plain belts that lie at hand are not counted")
def test_undergrounds_alone(play):
    play.carry(transport_belt=50)
    message = "Required number - 10, Available in inventory - 0"
    with pytest.raises(Exception, match=message):
        play.tools.connect_entities(at(0.5, 0.5), at(9.5, 0.5), {UNDER})
    assert not places(play, "transport-belt", "underground-belt")


# --- failures


def test_too_few_belts(play):
    play.carry(transport_belt=3)
    message = "Required number - 11, Available in inventory - 3"
    with pytest.raises(Exception, match=message):
        play.tools.connect_entities(at(0.5, 0.5), at(10.5, 0.5), BELT)
    assert not places(play, "transport-belt")
    assert play.world.carried("transport-belt") == 3


def test_no_belts_at_all(play):
    play.carry(coal=1)
    with pytest.raises(Exception, match="Available in inventory - 0"):
        play.tools.connect_entities(at(0.5, 0.5), at(10.5, 0.5), BELT)
    assert not places(play, "transport-belt")


def test_from_a_place_to_itself(play):
    with pytest.raises(Exception, match="Failed to connect"):
        play.tools.connect_entities(at(0.5, 0.5), at(0.5, 0.5), BELT)
    assert not places(play, "transport-belt")


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        ({BELT, Prototype.Pipe}, "either fluid, power or items"),
        (Prototype.IronChest, "Unsupported connection type"),
    ],
)
def test_what_cannot_connect(play, kinds, message):
    with pytest.raises(Exception, match=message):
        play.tools.connect_entities(at(0.5, 0.5), at(5.5, 0.5), connection_type=kinds)


def test_a_single_end(play):
    with pytest.raises(AssertionError, match="more than one waypoint"):
        play.tools.connect_entities(at(0.5, 0.5), BELT)


@pytest.mark.parametrize(
    ("name", "prototype"),
    [
        ("stone-furnace", Prototype.StoneFurnace),
        ("iron-chest", Prototype.IronChest),
        ("lab", Prototype.Lab),
    ],
)
def test_machines_need_inserters(play, name, prototype):
    build(play, name, 4.5, 4.5)
    machine = play.tools.get_entity(prototype, at(4.5, 4.5))
    with pytest.raises(Exception, match="directly from"):
        play.tools.connect_entities(machine, at(12.5, 4.5), BELT)
    with pytest.raises(Exception, match="directly to"):
        play.tools.connect_entities(at(12.5, 4.5), machine, BELT)


@pytest.mark.defect("when no path is found, the target is given as if it were done")
def test_a_target_that_is_walled_in(play):
    play.world.run(
        "for x = 7, 14 do for y = -4, 4 do "
        "if x == 7 or x == 14 or y == -4 or y == 4 then "
        "game.surfaces[1].create_entity{name = 'stone-wall', "
        "position = {x + 0.5, y + 0.5}, force = 'player'} end end end"
    )
    target = at(10.5, 0.5)
    assert play.tools.connect_entities(at(0.5, 0.5), target, BELT) == target
    assert not places(play, "transport-belt")
