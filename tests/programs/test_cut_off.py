"""What is cut off at the budget: what was done stays, and the next step goes on."""

from dataclasses import dataclass

import pytest

from .shared_world import SharedWorld


@pytest.fixture(scope="module")
def opened():
    world = SharedWorld(2)
    yield world
    world.close()


@pytest.fixture
def world(opened):
    opened.restart()
    return opened


@dataclass(frozen=True)
class Cut:
    """A call that takes longer than the step.

    Attributes:
        act: the statement.
        budget: ticks.
        done: Lua for what was done until then, and its value.
        going_on: a statement of the next step, which is told `then`.
        then: what that prints.
        setup: Lua for what is there before.
    """

    act: str
    budget: int
    done: tuple[str, object]
    going_on: str
    then: str
    setup: str = ""


WALKED = "math.floor(people[0].position.x)"
CUTS = {
    "a walk": Cut(
        "move_to(Position(x=30, y=0))",
        60,
        (WALKED, 8),  # 60 ticks at 38/256 tile, one of them for the way
        "print(29 < move_to(Position(x=30, y=0)).x <= 30)",
        "1: True",
    ),
    "a craft": Cut(
        "craft_item(Prototype.IronGearWheel, 10)",
        100,
        (
            "people[0].get_item_count('iron-gear-wheel') .. ' ' .. "
            "people[0].get_item_count('iron-plate')",
            "13 94",
        ),
        "print(craft_item(Prototype.IronGearWheel, 2))",
        "1: 2",
    ),
    "mining": Cut(
        "harvest_resource(Position(x=1.5, y=0.5), 9)",
        150,
        ("people[0].get_item_count('iron-ore')", 2),
        "print(harvest_resource(Position(x=1.5, y=0.5), 3))",
        "1: 3",
        'build("iron-ore", 1.5, 0.5, {amount = 50, force = "neutral"})',
    ),
    "a sleep": Cut("sleep(10)", 60, ("game.tick", 60), "print(sleep(1))", "1: True"),
    "a line of belts": Cut(
        "connect_entities(Position(x=2, y=3), Position(x=40, y=3), "
        "connection_type=Prototype.TransportBelt)",
        120,
        ("surface.count_entities_filtered({type = 'transport-belt'}) >= 9", True),
        "connect_entities(Position(x=2, y=3), Position(x=40, y=3), "
        "connection_type=Prototype.TransportBelt)\n"
        "print(len(get_entities({Prototype.BeltGroup})))",
        "2: 1",
    ),
    "taking up a row": Cut(
        "pickup_entity(get_entities()[0])",
        60,
        ("people[0].get_item_count('stone-wall') >= 3", True),
        "pickup_entity(get_entities()[0])\nprint(get_entities())",
        "2: []",
        'for x = 2, 29 do build("stone-wall", x + 0.5, 3.5) end',
    ),
}


@pytest.mark.parametrize("title", CUTS)
def test_what_was_done_stays_and_the_next_step_goes_on(world, title):
    cut = CUTS[title]
    world.build(cut.setup)

    result, other = world.run(
        f"before = 1\n{cut.act}\nafter = 2", "sleep(0.5)", budget=cut.budget
    )

    assert (result.error_code, result.error_line) == ("tick-budget-spent", 2)
    assert (result.ticks, world.server.tick) == (cut.budget, cut.budget)
    assert (other.error_code, other.ticks) == (None, 30)
    question, answer = cut.done
    assert world.ask(question) == answer

    _check_rest(world)
    result, _ = world.run(cut.going_on, "", step=1)
    assert (result.text, result.error_code) == (cut.then, None)
    result, _ = world.run("print(before, 'after' in globals())", "", step=2)
    assert result.text == "1: 1 False"


def _check_rest(world):
    """Who was cut off stands still and does nothing more."""
    state = (
        "people[0].position.x .. ' ' .. people[0].crafting_queue_size .. ' ' .. "
        "tostring(people[0].mining_state.mining) .. ' ' .. "
        "people[0].get_item_count('iron-ore')"
    )
    before = world.ask(state)
    world.server.advance(200)
    assert world.ask(state) == before
