import pytest

from fle_marl.prototypes import load

STATUS = load().defines["entity_status"]


def create(name, options="position = {0, 0}"):
    return f"surface.create_entity{{name = '{name}', force = 'player', {options}}}"


# --- crafting machines


@pytest.fixture
def furnace(run):
    """A global ``furnace`` with coal and ore for two plates."""
    run(
        f"""
        furnace = {create("stone-furnace")}
        furnace.insert{{name = "coal", count = 2}}
        furnace.insert{{name = "iron-ore", count = 2}}
        """
    )


@pytest.mark.usefixtures("furnace")
def test_a_furnace_at_work(run, go_on):
    go_on(100)
    source = """
    return furnace.is_crafting(), furnace.get_recipe().name, furnace.crafting_speed,
      furnace.status, furnace.products_finished, furnace.previous_recipe
    """
    assert run(source) == (True, "iron-plate", 1, STATUS["working"], 0, None)
    assert 0 < run("return furnace.crafting_progress") < 1
    go_on(400)
    source = """
    return furnace.is_crafting(), furnace.products_finished, furnace.bonus_progress,
      furnace.get_output_inventory().get_item_count("iron-plate"), furnace.status
    """
    assert run(source) == (False, 2, 0, 2, STATUS["no_ingredients"])


@pytest.mark.usefixtures("furnace")
def test_the_burner(run, go_on):
    go_on(10)
    source = """
    local burner = furnace.burner
    return burner.valid, burner.owner == furnace, burner.currently_burning.name,
      burner.inventory == furnace.get_fuel_inventory(), burner.inventory[1].count,
      burner.burnt_result_inventory
    """
    valid, owner, fuel, inventory, count, burnt = run(source)
    assert (valid, owner, fuel, inventory, count) == (True, True, "coal", True, 1)
    assert burnt is None or run("return #furnace.burner.burnt_result_inventory") >= 0
    left = run("return furnace.burner.remaining_burning_fuel")
    assert 0 < left < 4e6
    assert run("return furnace.burner.heat") >= 0
    assert run("return furnace.energy") >= 0


def test_what_does_not_burn_has_no_burner(run, refusal):
    assert run(f"return {create('iron-chest')}.burner") is None
    gone = f"local furnace = {create('stone-furnace')} local burner = furnace.burner "
    message = refusal(gone + "furnace.destroy() return burner.heat")
    assert "invalid" in message


def test_recipes_are_set_and_given_back(run, plain):
    run(f"machine = {create('assembling-machine-1')}")
    assert run("return machine.get_recipe()") is None
    assert plain("return machine.set_recipe('iron-gear-wheel')") == {}
    run("machine.insert{name = 'iron-plate', count = 3}")
    given_back = plain("return machine.set_recipe(game.forces.player.recipes.pipe)")
    assert given_back == {"iron-plate": 3}
    assert run("return machine.get_recipe().name") == "pipe"
    run("machine.set_recipe(nil)")
    assert run("return machine.get_recipe()") is None


def test_machines_face_north_while_their_recipe_uses_no_fluids(run):
    eastward = "position = {0, 0}, direction = 2"
    run(f"machine = {create('assembling-machine-2', eastward)}")
    facts = "return machine.supports_direction, machine.direction, machine.orientation"
    assert run(facts) == (False, 0, 0)
    run("machine.set_recipe('processing-unit')")
    assert run(facts) == (True, 2, 0.25)
    run("machine.set_recipe('iron-gear-wheel')")
    assert run(facts) == (False, 0, 0)


@pytest.mark.parametrize("recipe", ["'no-such'", "5", "surface"])
def test_unknown_recipes(refusal, recipe):
    message = refusal(f"{create('assembling-machine-1')}.set_recipe({recipe})")
    assert "Unknown recipe name" in message


@pytest.mark.parametrize(
    "member", ["get_recipe()", "crafting_progress", "is_crafting()", "held_stack"]
)
def test_members_of_other_types(refusal, member):
    message = refusal(f"local x = {create('iron-chest')}.{member}")
    assert "not for entities of this type" in message


# --- drills and inserters


def test_a_drill_at_work(run, go_on):
    run(f"ore = {create('iron-ore', 'position = {0, 0}, amount = 100')}")
    run(f"drill = {create('burner-mining-drill')} drill.insert('coal')")
    go_on(120)
    source = "return drill.mining_target == ore, drill.status, drill.drop_target"
    assert run(source) == (True, STATUS["working"], None)
    assert 0 < run("return drill.mining_progress") < 1
    run(f"chest = {create('iron-chest', 'position = drill.drop_position')}")
    go_on(600)
    assert run("return drill.drop_target == chest") is True
    mined = run("return chest.get_item_count('iron-ore')")
    assert mined > 0
    assert run("return ore.amount") == 100 - mined - run(
        "return surface.count_entities_filtered{name = 'item-on-ground'}"
    )


def test_drills_only_have_drills_members(run):
    assert run(
        f"local e = {create('lab')} return e.mining_progress, e.mining_target"
    ) == (
        None,
        None,
    )


@pytest.mark.parametrize(
    ("direction", "pickup", "drop"),
    [
        (0, (0.5, -0.5), (0.5, 1.69921875)),
        (2, (1.5, 0.5), (-0.69921875, 0.5)),
        (4, (0.5, 1.5), (0.5, -0.69921875)),
        (6, (-0.5, 0.5), (1.69921875, 0.5)),
    ],
)
def test_where_inserters_reach(run, direction, pickup, drop):
    options = f"position = {{0, 0}}, direction = {direction}"
    source = f"""
    local inserter = {create("inserter", options)}
    local from, to = inserter.pickup_position, inserter.drop_position
    return from.x, from.y, to.x, to.y
    """
    found = run(source)
    assert found[:2] == pickup
    assert found[2:] == pytest.approx(drop, abs=1 / 128)


def test_an_inserter_at_work(run, go_on):
    run(
        f"""
        source = {create("iron-chest", "position = {0, -1}")}
        target = {create("iron-chest", "position = {0, 1}")}
        inserter = {create("burner-inserter", "position = {0, 0}")}
        inserter.insert("coal")
        source.insert{{name = "iron-plate", count = 3}}
        """
    )
    assert run("return inserter.pickup_target == source") is True
    assert run("return inserter.drop_target == target") is True
    seen = set()
    for _ in range(400):
        go_on(1)
        stack = "local stack = inserter.held_stack "
        seen.add(run(stack + "return stack.valid_for_read and stack.name or ''"))
    assert seen == {"", "iron-plate"}
    assert run("return target.get_item_count('iron-plate')") == 3


# --- resources and what is common to all


def test_amounts_of_resources(run, refusal):
    run(f"ore = {create('iron-ore', 'position = {0, 0}, amount = 100')}")
    assert run("ore.amount = 7 return ore.amount, ore.initial_amount") == (7, None)
    assert "at least 1" in refusal("ore.amount = 0")
    assert "whole number" in refusal("ore.amount = 1.5")
    assert "not a resource" in refusal(f"return {create('lab')}.amount")


def test_switching_entities_off(run, go_on):
    run(f"furnace = {create('stone-furnace')} furnace.active = false")
    run("furnace.insert('coal') furnace.insert('iron-ore')")
    go_on(300)
    assert run("return furnace.active, furnace.is_crafting()") == (False, False)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("inserter", [0, 2, 4, 6, 0]),
        ("transport-belt", [0, 2, 4, 6, 0]),
        ("underground-belt", [0, 4, 0, 4, 0]),
        ("iron-chest", [0, 0, 0, 0, 0]),
    ],
)
def test_rotating(plain, name, expected):
    source = f"""
    local entity = {create(name)}
    local seen = {{entity.direction}}
    for turn = 1, 4 do entity.rotate() seen[turn + 1] = entity.direction end
    return seen
    """
    assert plain(source) == expected


def test_rotating_backwards_and_setting(run, refusal):
    run(f"belt = {create('transport-belt')}")
    assert run("return belt.rotate{reverse = true}, belt.direction") == (True, 6)
    assert run("belt.direction = 4 return belt.direction, belt.orientation") == (4, 0.5)
    assert run("return belt.supports_direction, belt.rotatable") == (True, True)
    assert run(f"return {create('lab')}.rotate()") is False
    assert "Invalid direction: 9." in refusal("belt.direction = 9")


@pytest.mark.parametrize(
    ("direction", "expected"),
    [(0, "[-1.29, -0.79, 1.29, 0.79]"), (2, "[-0.79, -1.29, 0.79, 1.29]")],
)
def test_boxes_turn_with_the_entity(run, direction, expected):
    options = f"position = {{0, 0}}, direction = {direction}"
    source = f"""
    local entity = {create("boiler", options)}
    local x, y = entity.position.x, entity.position.y
    local box = entity.bounding_box
    return string.format("[%.2f, %.2f, %.2f, %.2f]", box.left_top.x - x,
      box.left_top.y - y, box.right_bottom.x - x, box.right_bottom.y - y)
    """
    assert run(source) == expected


def test_what_is_common_to_all(run):
    source = f"""
    local chest = {create("iron-chest")}
    chest.minable, chest.force = false, "enemy"
    return chest.minable, chest.force.name, chest.health, chest.prototype.name,
      chest.surface == surface, chest.can_be_destroyed(), chest.type
    """
    assert run(source) == (False, "enemy", 200, "iron-chest", True, True, "container")
