"""Programs of several agents with the real tools in one world, in game time."""

from dataclasses import dataclass

import pytest

from .shared_world import SharedWorld, first_served

FIRST_IN_STEP = {
    next(each for each in first_served(4, step) if each < 2): step for step in range(6)
}
"""A step for each of two agents in which it is served first."""


@pytest.fixture(scope="module")
def opened():
    world = SharedWorld(4)
    yield world
    world.close()


@pytest.fixture
def world(opened):
    opened.restart()
    return opened


# --- time

ORE = """
for line = 0, 1 do
  build("iron-ore", 1.5, 0.5 + 2 * line, {amount = 100, force = "neutral"})
end
"""
ORE_TICKS = 60
MINE = "print(harvest_resource(Position(x=1.5, y={y}), 5))"


def test_two_who_mine_take_the_time_of_one(world):
    world.build(ORE)
    (alone,) = world.run(MINE.format(y=0.5))
    world.restart()
    world.build(ORE)
    start = world.server.tick

    first, second = world.run(MINE.format(y=0.5), MINE.format(y=2.5))

    assert first == alone
    assert (first.text, second.text) == ("1: 5", "1: 5")
    assert first.ticks == second.ticks == world.server.tick - start
    assert 0 <= first.ticks - 5 * ORE_TICKS <= 2


BUSY = (
    "chest = place_entity(Prototype.WoodenChest, position=Position(x=3.5, y=2.5))\n"
    "for count in (1, 2, 3):\n"
    "    chest = insert_item(Prototype.Coal, chest, count)\n"
    "    print(chest.inventory)\n"
    "print(craft_item(Prototype.IronGearWheel, 2))"
)


@pytest.mark.parametrize(
    "other",
    [
        "sleep(30)",
        "move_to(Position(x=-40, y=0))",
        "craft_item(Prototype.IronGearWheel, 20)",
        "for n in range(50): inspect_inventory(); get_entities()",
        "for n in range(50): move_to(Position(x=-3 - n % 2, y=0))",
    ],
)
def test_what_one_does_holds_nobody(world, other):
    _, alone = world.run("", BUSY)
    world.restart()

    slow, busy = world.run(other, BUSY)

    assert busy == alone
    assert busy.error_code is None
    assert busy.ticks == 4 * 6 + 2 * 30
    assert world.server.tick >= slow.ticks


# --- conflicts


@dataclass(frozen=True)
class Conflict:
    """What two agents want at the same tick, and what then becomes of it.

    Attributes:
        title: what it is about.
        acts: the statement of each.
        told: what each is told, by who is served first.
        truth: Lua for what is so then, as text, by who is served first.
        setup: Lua for what is there before.
    """

    title: str
    acts: tuple[str, str]
    told: tuple[tuple[str, str], tuple[str, str]]
    truth: tuple[str, str, str]
    setup: str = ""

    def program(self, agent: int) -> str:
        act = self.acts[agent]
        return (
            f"try:\n    answer = {act}\n    print(answer if isinstance(answer, int) "
            "else 'done')\nexcept ToolError as error:\n    print(error.code)"
        )


def same(act: str) -> tuple[str, str]:
    return act, act


CHEST = 'local chest = build("wooden-chest", 3.5, 1.5)\n'
FILL_UP = """
for agent, name in pairs({[0] = "coal", [1] = "stone"}) do
  people[agent].get_main_inventory().clear()
  while people[agent].insert({name = name, count = 1000}) > 0 do end
end
"""
AT = "Position(x=3.5, y=1.5)"
CONTENTS = "surface.find_entities_filtered({name = 'wooden-chest'})[1]"
CONFLICTS = [
    Conflict(
        "one tile",
        (
            f"place_entity(Prototype.WoodenChest, position={AT})",
            f"place_entity(Prototype.IronChest, position={AT})",
        ),
        (("done", "blocked"), ("blocked", "done")),
        (
            "surface.find_entities_filtered({type = 'container'})[1].name",
            "wooden-chest",
            "iron-chest",
        ),
    ),
    Conflict(
        "the last item",
        same(f"extract_item(Prototype.Coal, {AT}, 5)"),
        (("1", "item-missing"), ("item-missing", "1")),
        ("people[0].get_item_count('coal')", "51", "50"),
        CHEST + 'chest.insert({name = "coal", count = 1})',
    ),
    Conflict(
        "not enough for both",
        same(f"extract_item(Prototype.Coal, {AT}, 5)"),
        (("5", "2"), ("2", "5")),
        ("people[0].get_item_count('coal')", "55", "52"),
        CHEST + 'chest.insert({name = "coal", count = 7})',
    ),
    Conflict(
        "one building to take up",
        same(f"pickup_entity(Prototype.WoodenChest, {AT})"),
        (("True", "no-such-entity"), ("no-such-entity", "True")),
        ("people[0].get_item_count('wooden-chest')", "6", "5"),
        CHEST,
    ),
    Conflict(
        "filled and taken up",
        (
            f"insert_item(Prototype.Coal, get_entity(Prototype.WoodenChest, {AT}), 5)",
            f"pickup_entity(Prototype.WoodenChest, {AT})",
        ),
        (("done", "True"), ("no-such-entity", "True")),
        ("people[1].get_item_count('coal')", "55", "50"),
        CHEST,
    ),
    Conflict(
        "emptied and taken up",
        (
            f"extract_item(Prototype.Coal, {AT}, 5)",
            f"pickup_entity(Prototype.WoodenChest, {AT})",
        ),
        (("5", "True"), ("no-such-entity", "True")),
        ("people[1].get_item_count('coal')", "52", "57"),
        CHEST + 'chest.insert({name = "coal", count = 7})',
    ),
    Conflict(
        "two recipes",
        (
            "set_entity_recipe(get_entity(Prototype.AssemblingMachine1, "
            "Position(x=4.5, y=1.5)), Prototype.Pipe)",
            "set_entity_recipe(get_entity(Prototype.AssemblingMachine1, "
            "Position(x=4.5, y=1.5)), Prototype.IronChest)",
        ),
        (("done", "done"), ("done", "done")),
        (
            "surface.find_entities_filtered({name = 'assembling-machine-1'})[1]"
            ".get_recipe().name .. ' ' .. people[0].get_item_count('iron-plate')",
            "iron-chest 108",
            "pipe 100",
        ),
        'build("assembling-machine-1", 4.5, 1.5, {recipe = "iron-gear-wheel"})'
        '.insert({name = "iron-plate", count = 8})',
    ),
    Conflict(
        "turned and taken up",
        (
            "rotate_entity(get_entity(Prototype.BurnerInserter, "
            f"{AT}), Direction.DOWN)",
            f"pickup_entity(Prototype.BurnerInserter, {AT})",
        ),
        (("done", "True"), ("no-such-entity", "True")),
        ("people[1].get_item_count('burner-inserter')", "6", "6"),
        'build("burner-inserter", 3.5, 1.5)',
    ),
    Conflict(
        "moved and taken up",
        (
            f"shift_entity(get_entity(Prototype.WoodenChest, {AT}), "
            "Direction.RIGHT, 2)",
            f"pickup_entity(Prototype.WoodenChest, {AT})",
        ),
        (("done", "no-such-entity"), ("no-such-entity", "True")),
        ("surface.count_entities_filtered({name = 'wooden-chest'})", "1", "0"),
        CHEST,
    ),
    Conflict(
        "the last ore",
        # both are done in the same tick of the game, which knows only characters
        same("harvest_resource(Position(x=1.5, y=1.5), 1)"),
        (("1", "0"), ("1", "0")),
        ("people[0].get_item_count('iron-ore')", "1", "1"),
        'build("iron-ore", 1.5, 1.5, {amount = 1, force = "neutral"})',
    ),
    Conflict(
        "one tree",
        same("harvest_resource(Position(x=1.5, y=1.5), 1)"),
        (("4", "0"), ("4", "0")),
        ("people[0].get_item_count('wood')", "4", "4"),
        'build("tree-01", 1.5, 1.5, {force = "neutral"})',
    ),
    Conflict(
        "room for one more",
        same("give_item(Prototype.Coal, 2, 60)"),
        (("50", "no-room"), ("no-room", "50")),
        ("people[2].get_item_count('coal')", "50", "50"),
        """
        people[0].insert({name = "coal", count = 30})
        people[1].insert({name = "coal", count = 30})
        people[2].get_main_inventory().clear()
        while people[2].insert({name = "stone", count = 1000}) > 0 do end
        people[2].remove_item({name = "stone", count = 50})
        """,
    ),
    Conflict(
        "both give, both are full",
        (
            "give_item(Prototype.Coal, 1, 50)",
            "give_item(Prototype.Stone, 0, 50)",
        ),
        (("no-room", "no-room"), ("no-room", "no-room")),
        ("people[0].get_item_count('stone')", "0", "0"),
        FILL_UP,
    ),
    Conflict(
        "both give, one has room",
        (
            "give_item(Prototype.Coal, 1, 50)",
            "give_item(Prototype.Stone, 0, 50)",
        ),
        (("no-room", "50"), ("50", "50")),
        ("people[1].get_item_count('coal')", "0", "50"),
        FILL_UP + 'people[0].remove_item({name = "coal", count = 50})',
    ),
]


@pytest.mark.parametrize("conflict", CONFLICTS, ids=lambda each: each.title)
def test_who_is_served_first_gets_it_and_each_is_told_the_truth(world, conflict):
    for first, step in FIRST_IN_STEP.items():
        world.restart()
        world.build(conflict.setup)

        results = world.run(conflict.program(0), conflict.program(1), step=step)

        told = tuple(each.text.split(": ")[1] for each in results)
        assert told == conflict.told[first], step
        question, *truths = conflict.truth
        assert str(world.ask(question)) == truths[first], step


def test_each_is_served_first_in_some_step():
    assert set(FIRST_IN_STEP) == {0, 1}


BELTS = """
for x = 20, 21 do build("transport-belt", x + 0.5, 3.5, {direction = 2}) end
people[1].teleport({20, 2})
"""


def test_what_is_gone_while_one_walks_there_is_told_and_nobody_walks_on(world):
    world.build(BELTS)

    walker, _ = world.run(
        "try:\n    pickup_entity(get_entities({Prototype.BeltGroup})[0])\n"
        "except ToolError as error:\n    print(error.code)",
        "sleep(0.5)\npickup_entity(get_entities({Prototype.BeltGroup})[0])",
    )

    assert walker.text == "4: no-such-entity"
    place = world.ask("people[0].position.x")
    assert 1 < place < 20
    world.server.advance(60)
    assert world.ask("people[0].position.x") == place


def test_what_is_taken_up_while_one_walks_there(world):
    world.build('build("wooden-chest", 20.5, 1.5)\npeople[1].teleport({19, 3})')

    walker, _ = world.run(
        "chest = get_entities({Prototype.WoodenChest})[0]\nmove_to(chest.position)\n"
        "try:\n    extract_item(Prototype.Coal, chest)\n"
        "except ToolError as error:\n    print(error.code)",
        "pickup_entity(Prototype.WoodenChest, Position(x=20.5, y=1.5))",
    )

    assert walker.text == "6: no-such-entity"


def test_a_machine_that_is_taken_up_while_one_waits_for_it(world):
    world.build(CHEST)

    waiter, _ = world.run(
        "machine = place_entity(Prototype.StoneFurnace, position=Position(x=3, y=-3))\n"
        "insert_item(Prototype.Coal, machine, 5)\nsleep(1)\n"
        "try:\n    insert_item(Prototype.Coal, machine, 5)\n"
        "except ToolError as error:\n    print(error.code)",
        "sleep(0.5)\npickup_entity(Prototype.StoneFurnace, Position(x=3, y=-3))",
    )

    assert waiter.text == "7: no-such-entity"
    assert world.ask("people[0].get_item_count('coal')") == 45
    assert world.ask("people[1].get_item_count('coal')") == 55


# --- messages


@pytest.mark.parametrize("step", FIRST_IN_STEP.values())
@pytest.mark.parametrize("ticks", [0, 1, 5, 6, 7, 12, 29])
def test_a_message_can_be_read_from_its_tick_on(world, ticks, step):
    reader = (
        "for look in range(9):\n    for heard in read_messages():\n"
        "        print(look * 6, heard.tick)\n    sleep(0.1)"
    )
    start = world.server.tick

    result, _ = world.run(
        reader, f"sleep({ticks} / 60)\nsend_message('now', 0)", step=step
    )

    is_sender_first = FIRST_IN_STEP[1] == step
    looks_at = [6 * look for look in range(9)]
    first_look = next(
        look for look in looks_at if look > ticks or (look == ticks and is_sender_first)
    )
    assert result.text == f"3: {first_look} {start + ticks}"
