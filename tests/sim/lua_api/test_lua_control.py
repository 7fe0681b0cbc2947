"""Characters through LuaControl."""

import pytest

from fle_marl.sim.lua_api import LuaApi

SPEED = 38 / 256
"""Tiles a tick. Source: prototype character.running_speed, measured."""


@pytest.fixture(autouse=True)
def character(run):
    """Globals ``character`` at the origin and ``held``, its main inventory."""
    run(
        """
        character = surface.create_entity{
          name = "character", position = {0, 0}, force = "player",
        }
        held = character.get_main_inventory()
        """
    )


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ("reach_distance", 10),
        ("build_distance", 10),
        ("resource_reach_distance", 2.7),
        ("item_pickup_distance", 1),
        ("character_running_speed", 0.15),
        ("crafting_queue_size", 0),
        ("crafting_queue_progress", 0),
        ("crafting_queue", None),
        ("selected", None),
    ],
)
def test_a_new_character(run, member, expected):
    assert run(f"return character.{member}") == expected


@pytest.mark.parametrize(
    "member",
    [
        "reach_distance",
        "walking_state",
        "mining_state",
        "crafting_queue_size",
        "get_main_inventory()",
        "cursor_stack",
    ],
)
def test_other_entities_are_no_characters(refusal, member):
    chest = "surface.create_entity{name = 'iron-chest', position = {5, 5}}"
    assert "not a character" in refusal(f"local x = {chest}.{member}")


@pytest.mark.parametrize(("x", "can"), [(9, True), (-9, True), (12, False)])
def test_reach(run, x, can):
    chest = f"surface.create_entity{{name = 'iron-chest', position = {{{x}, 0}}}}"
    assert run(f"return character.can_reach_entity({chest})") is can


# --- walking


@pytest.mark.parametrize(
    ("direction", "step"),
    [
        ("north", (0, -SPEED)),
        ("east", (SPEED, 0)),
        ("south", (0, SPEED)),
        ("west", (-SPEED, 0)),
    ],
)
def test_walking(run, go_on, direction, step):
    run(
        "character.walking_state = "
        f"{{walking = true, direction = defines.direction.{direction}}}"
    )
    assert run("return character.walking_state.walking") is True
    go_on(60)
    run("character.walking_state = {walking = false}")
    x, y = run("return character.position.x, character.position.y")
    assert (x, y) == (60 * step[0], 60 * step[1])
    go_on(10)
    assert run("return character.position.x, character.position.y") == (x, y)
    assert run("return character.walking_state.walking") is False


def test_a_wrong_direction_is_refused(refusal):
    source = "character.walking_state = {walking = true, direction = 8}"
    assert "Invalid direction: 8." in refusal(source)


def test_teleporting(run):
    assert run("return character.teleport{3.5, -2}") is True
    assert run("return character.position.x, character.position.y") == (3.5, -2)
    assert run("return character.teleport{500, 0}") is False
    assert run("return character.position.x, character.position.y") == (3.5, -2)


BUILT = "surface.create_entity{name = '%s', position = {5.5, 5.5}}"


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        # what stands on the grid is where it was
        ("inserter", "5, 5", True),
        ("inserter", "5.9, 5.2", True),
        ("assembling-machine-1", "5, 5", True),
        ("transport-belt", "5, 5", False),
        ("transport-belt", "9, 9", False),
    ],
)
def test_teleporting_what_is_built(run, name, place, expected):
    run(f"it = {BUILT % name}")
    assert run(f"return it.teleport{{{place}}}") is expected
    assert run("return it.position.x, it.position.y") == (5.5, 5.5)


@pytest.mark.parametrize("name", ["boiler", "pump"])
def test_what_was_turned_off_its_grid_is_put_back(api, run, name):
    run(f"it = {BUILT % name}")
    run("before = it.position it.direction = 2")
    assert run("return it.teleport{math.floor(before.x), math.floor(before.y)}") is True
    built = f"surface.create_entity{{name = '{name}', direction = 2, position = at}}"
    run(f"at = it.position it.destroy() again = {built}")
    assert run("return again.position.x == at.x and again.position.y == at.y")
    assert run("return at.x % 1 + at.y % 1") == 0.5


def test_what_was_turned_must_fit(api, run):
    run(f"it = {BUILT % 'boiler'} it.direction = 2 was = it.position")
    run("surface.create_entity{name = 'iron-chest', position = {4.5, 3.5}}")
    assert run("return it.teleport{4, 4}") is False
    assert run("return it.position.x == was.x and it.position.y == was.y")


def test_buildings_are_not_moved(run):
    run(f"it = {BUILT % 'inserter'}")
    ok, problem = run("return pcall(it.teleport, {7, 7})")
    assert (ok, problem["code"]) == (False, "not-simulated")
    assert run("return it.position.x, it.position.y") == (5.5, 5.5)


# --- mining


def mine(run, go_on, position, *, ticks=600):
    """Ticks until the target is mined; None when it never is."""
    run(f"character.update_selected_entity({position})")
    run(f"character.mining_state = {{mining = true, position = {position}}}")
    for tick in range(1, ticks + 1):
        go_on(1)
        if not run("return character.mining_state.mining"):
            return tick
    return None


def test_mining_an_ore(run, go_on):
    run("ore = surface.create_entity{name='iron-ore', position={1.5, 0.5}, amount=2}")
    mine(run, go_on, "{1.5, 0.5}", ticks=300)
    assert run("return held.get_item_count('iron-ore'), ore.valid") == (2, False)


def test_mining_takes_its_time(run, go_on):
    run("chest = surface.create_entity{name = 'iron-chest', position = {2.5, 0.5}}")
    run("chest.insert{name = 'coal', count = 7}")
    ticks = mine(run, go_on, "{2.5, 0.5}")
    seconds = run(
        "return game.entity_prototypes['iron-chest'].mineable_properties.mining_time"
    )
    assert ticks == pytest.approx(seconds / 0.5 * 60, abs=1)
    assert run("return chest.valid") is False
    contents = run(
        "return held.get_item_count('iron-chest'), held.get_item_count('coal')"
    )
    assert contents == (1, 7)


def test_progress_and_stopping(run, go_on):
    run("tree = surface.create_entity{name = 'tree-01', position = {1.5, 0.5}}")
    run("character.mining_state = {mining = true, position = tree.position}")
    go_on(10)
    assert 0 < run("return character.character_mining_progress") < 1
    assert run("return character.mining_state.position.x") == 1.5
    run("character.mining_state = {mining = false}")
    go_on(600)
    assert run("return tree.valid, character.mining_state.mining") == (True, False)


def test_the_selected_entity_is_mined_without_a_position(run, go_on):
    run("chest = surface.create_entity{name = 'iron-chest', position = {2.5, 0.5}}")
    run("character.update_selected_entity{2.5, 0.5}")
    assert run("return character.selected == chest") is True
    run("character.mining_state = {mining = true}")
    go_on(60)
    assert run("return chest.valid, character.selected") == (False, None)


def test_what_is_built_is_selected_before_the_ore_below(run):
    run("surface.create_entity{name = 'iron-ore', position = {2.5, 0.5}}")
    run("character.update_selected_entity{2.2, 0.9}")
    assert run("return character.selected.name") == "iron-ore"
    run("surface.create_entity{name = 'iron-chest', position = {2.5, 0.5}}")
    run("character.update_selected_entity{2.5, 0.5}")
    assert run("return character.selected.name") == "iron-chest"
    run("character.update_selected_entity{20, 20}")
    assert run("return character.selected") is None


def test_mining_at_once(run):
    run("chest = surface.create_entity{name = 'iron-chest', position = {2, 0}}")
    assert run("return character.mine_entity(chest)") is True
    assert run("return chest.valid, held.get_item_count('iron-chest')") == (False, 1)


# --- crafting


def test_crafting(run, plain, go_on):
    run("held.insert{name = 'iron-plate', count = 20}")
    assert run("return character.get_craftable_count('iron-gear-wheel')") == 10
    craft = "character.begin_crafting{recipe = 'transport-belt', count = 2}"
    assert run(f"return {craft}") == 2
    queue = plain("return character.crafting_queue")
    assert queue == [
        {"index": 1, "recipe": "iron-gear-wheel", "count": 2, "prerequisite": True},
        {"index": 2, "recipe": "transport-belt", "count": 2, "prerequisite": False},
    ]
    assert run("return character.crafting_queue_size") == 2
    go_on(20)
    assert 0 < run("return character.crafting_queue_progress") < 1
    go_on(180)
    assert run("return character.crafting_queue_size") == 0
    contents = plain("return held.get_contents()")
    assert contents == {"iron-plate": 14, "transport-belt": 4}


def test_cancelling(run, plain):
    run("held.insert{name = 'iron-plate', count = 20}")
    run("character.begin_crafting{recipe = 'iron-gear-wheel', count = 3}")
    run("character.cancel_crafting{index = 1, count = 2}")
    assert run("return character.crafting_queue[1].count") == 1
    assert plain("return held.get_contents()") == {"iron-plate": 18}


@pytest.mark.parametrize("recipe", ["'pipe'", "game.forces.player.recipes.pipe"])
def test_recipes_by_name_and_object(run, recipe):
    run("held.insert('iron-plate')")
    assert run(f"return character.get_craftable_count({recipe})") == 1
    assert run(f"return character.begin_crafting{{recipe = {recipe}, count = 1}}") == 1


def test_nothing_comes_of_nothing(run):
    assert run("return character.begin_crafting{recipe = 'pipe', count = 1}") == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            "begin_crafting{recipe = 'no-such', count = 1}",
            "Unknown recipe name: no-such.",
        ),
        (
            "begin_crafting{recipe = 'pipe'}",
            'Key "count" not found in property tree at ROOT',
        ),
        ("begin_crafting{recipe = 'pipe', count = -1}", "count must be a whole number"),
        ("get_craftable_count(5)", "Unknown recipe name: 5."),
        (
            "cancel_crafting{index = 1}",
            'Key "count" not found in property tree at ROOT',
        ),
    ],
)
def test_what_cannot_be_crafted(refusal, call, message):
    assert message in refusal(f"character.{call}")


# --- how far a craft is, and what else can be mined


def test_the_progress_of_a_craft_can_be_written(run, refusal, go_on):
    run("""
      crafter = surface.create_entity{name = "character", position = {12, 12},
        force = "player"}
      crafter.crafting_queue_progress = 0.5
    """)
    assert run("return crafter.crafting_queue_progress") == 0
    run("""
      crafter.insert{name = "iron-plate", count = 2}
      crafter.begin_crafting{recipe = "iron-gear-wheel", count = 1}
      crafter.crafting_queue_progress = 0.5
    """)
    assert run("return crafter.crafting_queue_progress") == 0.5
    # a gear takes 30 ticks
    go_on(14)
    assert run("return crafter.get_item_count('iron-gear-wheel')") == 0
    go_on(1)
    assert run("return crafter.get_item_count('iron-gear-wheel')") == 1
    assert "must be 0 to 1" in refusal("crafter.crafting_queue_progress = 2")


def test_additional_categories_to_mine(run, plain, refusal):
    run("miner = surface.create_entity{name = 'character', position = {12, 12}}")
    name = "miner.character_additional_mining_categories"
    assert plain(f"return #{name}") == 0
    run(f"{name} = {{'basic-fluid'}}")
    assert plain(f"return {name}") == ["basic-fluid"]
    run(f"{name} = {{}}")
    assert plain(f"return #{name}") == 0
    assert "Unknown resource category name: x" in refusal(f"{name} = {{'x'}}")
    assert "table expected" in refusal(f"{name} = 'basic-fluid'")


# --- what is at hand


def test_scripts_put_something_at_hand(run):
    assert run("return character.cursor_stack.valid_for_read") is False
    assert run("return character.cursor_stack.set_stack{name = 'coal', count = 60}")
    # a stack at the most, and nothing of it is carried
    assert run("return character.cursor_stack.count") == 50
    assert run("return character.get_item_count('coal')") == 0
    run("character.cursor_stack.count = 7 held.insert('stone')")
    assert run("return character.cursor_stack.swap_stack(held[1])") is True
    assert run("return held[1].count, character.cursor_stack.name") == (7, "stone")
    run("character.cursor_stack.clear()")
    assert run("return character.cursor_stack.valid_for_read") is False


def test_what_is_at_hand_is_saved_and_goes_with_the_character(api, run):
    run("global.who = character character.cursor_stack.set_stack('coal')")
    again = LuaApi(api.world, {})
    again.load_scripts(api.save_scripts())
    assert again.execute("return global.who.cursor_stack.name") == "coal"
    run("stack = character.cursor_stack character.destroy()")
    assert run("return stack.valid") is False
