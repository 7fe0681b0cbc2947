"""FLE's own tools for ways: keeping clear of pipes, and asking for a path."""

import itertools

import pytest
from connections import at, build, places

BUFFER = "simple-entity-with-owner"


def test_pipes_are_kept_clear(play):
    for x in range(3):
        build(play, "pipe", x + 0.5, 0.5)
    play.tools._extend_collision_boxes(at(10.5, 0.5), at(10.5, 5.5))
    pipes, buffers = places(play, "pipe"), places(play, BUFFER)
    around = {
        (x + dx, y + dy)
        for x, y in pipes
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
    }
    assert around - pipes <= buffers
    play.tools._clear_collision_boxes()
    assert not places(play, BUFFER)
    assert places(play, "pipe") == pipes


def test_both_ends_stay_free(play):
    build(play, "pipe", 0.5, 0.5)
    play.tools._extend_collision_boxes(at(1.5, 0.5), at(0.5, 1.5))
    assert places(play, BUFFER) == {(-0.5, 0.5), (0.5, -0.5)}
    play.tools._clear_collision_boxes()


@pytest.mark.parametrize(
    ("name", "count"),
    [("boiler", 3), ("storage-tank", 4), ("chemical-plant", 4), ("pumpjack", 1)],
)
def test_machines_are_kept_clear(play, name, count):
    build(play, name, 0.5, 0.5)
    play.tools._extend_collision_boxes(at(20.5, 0.5), at(20.5, 5.5))
    assert len(play.world.entities(BUFFER)) >= count
    play.tools._clear_collision_boxes()
    assert not places(play, BUFFER)
    assert len(play.world.entities(name)) == 1


def path(play, start, goal, **options):
    """What came of a request: the points of a way, or a word."""
    handle = play.tools._request_path(at(*start), at(*goal), **options)
    play.world.wait(seconds=0.1)
    found = play.world.ask(f"global.paths[{handle}]")
    if isinstance(found, str):
        return found
    return [(each["position"]["x"], each["position"]["y"]) for each in found]


def test_a_path(play):
    found = path(play, (0.5, 5.5), (12.5, 8.5), radius=0.5)
    assert max(abs(found[0][0] - 0.5), abs(found[0][1] - 5.5)) <= 1
    assert abs(found[-1][0] - 12.5) + abs(found[-1][1] - 8.5) <= 1
    for (x, y), (next_x, next_y) in itertools.pairwise(found):
        assert max(abs(next_x - x), abs(next_y - y)) <= 1


@pytest.mark.parametrize("passes_own", [False, True])
def test_a_path_around_own_entities(play, passes_own):
    for y in range(-4, 5, 2):
        build(play, "stone-furnace", 6, y)
    found = path(
        play,
        (0.5, 0.5),
        (12.5, 0.5),
        radius=0.5,
        allow_paths_through_own_entities=passes_own,
    )
    is_around = any(abs(y) > 5 for _, y in found)
    assert is_around is not passes_own
    if is_around:
        assert not any(5 < x < 7 and abs(y) < 5 for x, y in found)


def test_a_goal_that_is_walled_in(play):
    play.world.run(
        "for x = -14, 14 do for y = -14, 14 do "
        "if math.max(math.abs(x), math.abs(y)) == 14 then "
        "game.surfaces[1].create_entity{name = 'stone-wall', "
        "position = {x + 30.5, y + 0.5}, force = 'player'} end end end"
    )
    assert path(play, (0.5, 0.5), (30.5, 0.5)) == "not_found"


@pytest.mark.defect("the answer is JSON in a table of Lua, which it cannot read")
def test_getting_a_path(play):
    handle = play.tools._request_path(at(0.5, 5.5), at(12.5, 8.5))
    play.world.wait(seconds=0.1)
    with pytest.raises(ConnectionError, match="Could not get path"):
        play.tools._get_path(handle)


def test_walking_follows_a_path(play):
    for y in range(-6, 7, 2):
        build(play, "stone-furnace", 6, y)
    play.tools.move_to(at(12.5, 0.5))
    x, y = play.world.character()
    assert abs(x - 12.5) + abs(y - 0.5) <= 2
    assert len(play.world.entities("stone-furnace")) == 7
