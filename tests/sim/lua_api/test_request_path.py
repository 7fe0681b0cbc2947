import math
from itertools import pairwise

import pytest

REQUEST = """
surface.request_path{
  bounding_box = {{-0.2, -0.2}, {0.2, 0.2}}, force = "player",
  collision_mask = %s, start = {0.5, 0.5}, goal = %s, radius = 1,
  entity_to_ignore = %s,
}
"""
MASK = "{'player-layer', 'object-layer', 'water-tile'}"


@pytest.fixture
def answers(run):
    """``answers()``: the events so far, as Lua tables."""
    run(
        """
        answers = {}
        script.on_event(defines.events.on_script_path_request_finished, function(event)
          answers[#answers + 1] = event
        end)
        """
    )
    return lambda: list(run("return answers").values())


def request(run, goal="{9.5, 0.5}", mask=MASK, ignored="nil", **more):
    options = "".join(f"{name} = {value}, " for name, value in more.items())
    source = REQUEST.replace("radius = 1,", options or "radius = 1,")
    return run("return " + source % (mask, goal, ignored))


def points(answer):
    return [(each.position.x, each.position.y) for each in answer.path.values()]


def test_the_answer_comes_in_the_next_tick(run, go_on, answers):
    assert request(run) == 1
    assert answers() == []
    go_on(1)
    (answer,) = answers()
    assert (answer.id, answer.tick, answer.try_again_later) == (1, 1, False)
    go_on(5)
    assert len(answers()) == 1


def test_a_path_leads_from_start_to_goal(run, go_on, answers):
    request(run)
    go_on(1)
    way = points(answers()[0])
    assert math.dist(way[-1], (9.5, 0.5)) <= 1
    assert all(0 < x < 10 and abs(y - 0.5) <= 1 for x, y in way)
    assert answers()[0].path[1].needs_destroy_to_reach is False


@pytest.mark.parametrize(
    ("resolution", "step"), [(0, 1.0), (1, 0.5), (2, 0.25), (-1, 2.0)]
)
def test_every_point_of_the_grid_is_a_waypoint(run, go_on, answers, resolution, step):
    request(run, radius=0, path_resolution_modifier=resolution, goal="{16.5, 4.5}")
    go_on(1)
    way = [(0.5, 0.5), *points(answers()[0])]
    steps = {(abs(x - a), abs(y - b)) for (a, b), (x, y) in pairwise(way)}
    assert steps == {(step, step), (step, 0)}
    assert way[-1] == (16.5, 4.5)


def test_by_default_the_grid_is_of_centres_of_tiles(run, go_on, answers):
    request(run, goal="{9.5, 7.5}", radius=0)
    go_on(1)
    assert all(x % 1 == y % 1 == 0.5 for x, y in points(answers()[0]))


def test_coarse_steps_do_not_jump_over_what_is_thin(run, go_on, answers):
    # walls of 0.58 tiles stand between the points of a grid of 4 tiles
    run(WALL)
    request(run, goal="{16.5, 0.5}", path_resolution_modifier=-2)
    go_on(1)
    assert max(abs(y) for _, y in points(answers()[0])) > 12


def test_who_is_there_already_gets_one_waypoint(run, go_on, answers):
    request(run, goal="{0.5, 0.5}")
    go_on(1)
    assert points(answers()[0]) == [(0.5, 0.5)]


@pytest.mark.parametrize(("owner", "is_around"), [("player", False), ("enemy", True)])
def test_paths_may_lead_through_own_entities(run, go_on, answers, owner, is_around):
    run(WALL.replace("position", f"force = '{owner}', position"))
    request(run, pathfind_flags="{allow_paths_through_own_entities = true}")
    go_on(1)
    assert (max(abs(y) for _, y in points(answers()[0])) > 12) is is_around


WALL = """
for y = -12, 12 do
  surface.create_entity{name = "stone-wall", position = {5, y}}
end
"""


def test_a_path_goes_around_what_stands(run, go_on, answers):
    run(WALL)
    request(run)
    go_on(1)
    assert max(abs(y) for _, y in points(answers()[0])) > 12


def test_what_is_not_in_the_mask_is_passed(run, go_on, answers):
    run(WALL)
    request(run, mask="{'rail-layer'}")
    go_on(1)
    assert max(abs(y) for _, y in points(answers()[0])) < 2


def test_masks_may_be_tables_by_name(run, go_on, answers):
    run(WALL)
    request(run, mask="{['rail-layer'] = true, ['player-layer'] = false}")
    go_on(1)
    assert max(abs(y) for _, y in points(answers()[0])) < 2


def test_no_path(run, go_on, answers):
    request(run, goal="{500, 500}")
    go_on(1)
    (answer,) = answers()
    assert answer.path is None
    assert answer.try_again_later is False


def test_the_one_who_asks_is_not_in_the_way(run, go_on, answers):
    run("walker = surface.create_entity{name = 'character', position = {0.5, 0.5}}")
    request(run, ignored="walker")
    go_on(1)
    assert answers()[0].path is not None


def test_requests_are_counted(run, go_on, answers):
    assert [request(run) for _ in range(3)] == [1, 2, 3]
    go_on(1)
    assert [answer.id for answer in answers()] == [1, 2, 3]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"goal": "nil"}, 'Key "goal" not found in property tree at ROOT'),
        ({"goal": "{1}"}, "Invalid MapPosition: a table."),
        ({"goal": "{1, 1}, path_resolution_modifier = 9"}, "from -8 to 8, was 9"),
        ({"ignored": "surface"}, "Expected LuaEntity, got a table."),
    ],
)
def test_impossible_requests(refusal, change, message):
    given = {"mask": MASK, "goal": "{1, 1}", "ignored": "nil"} | change
    assert message in refusal(
        REQUEST % (given["mask"], given["goal"], given["ignored"])
    )
