"""LuaItemStack: slots, hands and items on the ground."""

import pytest

from fle_marl.sim.lua_api.errors import ScriptError

PLACES = {
    "slot": """
        local chest = surface.create_entity{name = "wooden-chest", position = {5, 5}}
        stack = chest.get_inventory(defines.inventory.chest)[2]
    """,
    "hand": """
        stack = surface.create_entity{name = "inserter", position = {5, 5}}.held_stack
    """,
    "ground": """
        stack = surface.create_entity{
          name = "item-on-ground", position = {5, 5}, stack = "wood",
        }.stack
    """,
}


@pytest.fixture(params=PLACES)
def stack(run, request):
    """A global ``stack`` with 7 pieces of coal, at each of the places in turn."""
    run(PLACES[request.param])
    run("stack.set_stack{name = 'coal', count = 7}")
    return request.param


@pytest.mark.usefixtures("stack")
def test_what_lies_there(run):
    source = """
    return stack.object_name, stack.valid, stack.valid_for_read, stack.name,
      stack.count, stack.type, stack.prototype.stack_size
    """
    expected = ("LuaItemStack", True, True, "coal", 7, "item", 50)
    assert run(source) == expected


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize(
    ("change", "name", "count"),
    [
        ("count = 3", "coal", 3),
        ("count = 500", "coal", 50),
        ("set_stack('lab')", "lab", 1),
        ("set_stack{name = 'lab', count = 99}", "lab", 10),
    ],
)
def test_changing(run, change, name, count):
    run(f"stack.{change}")
    assert run("return stack.name, stack.count") == (name, count)


@pytest.mark.parametrize("change", ["count = 0", "clear()", "set_stack()"])
def test_emptying(run, refusal, stack, change):
    run(f"stack.{change}")
    if stack == "ground":
        # an item on the ground is nothing without its item
        assert run("return stack.valid") is False
        assert "was invalid" in refusal("return stack.valid_for_read")
        count = "return surface.count_entities_filtered{name = 'item-on-ground'}"
        assert run(count) == 0
    else:
        assert run("return stack.valid, stack.valid_for_read") == (True, False)
        assert "invalid for read" in refusal("return stack.name")


@pytest.mark.usefixtures("stack")
def test_stacks_that_are_none(refusal, api):
    before = api.world.state_hash()
    assert "whole number" in refusal("stack.count = -1")
    assert "Unknown item" in refusal("stack.set_stack('no-such')")
    assert "Unknown item" in refusal("stack.can_set_stack('no-such')")
    assert "Expected LuaItemStack, got coal." in refusal("stack.swap_stack('coal')")
    assert api.world.state_hash() == before


# --- from one to another


@pytest.fixture
def other(run):
    """A global ``other``: an empty slot of another chest."""
    run(
        """
        local chest = surface.create_entity{name = "iron-chest", position = {9, 9}}
        other = chest.get_inventory(defines.inventory.chest)[1]
        """
    )


@pytest.mark.usefixtures("stack", "other")
def test_transfer(run):
    run("other.set_stack{name = 'coal', count = 45}")
    # 5 more make a stack of 50
    assert run("return other.transfer_stack(stack)") is False
    assert run("return other.count, stack.count") == (50, 2)
    run("other.count = 10")
    assert run("return other.transfer_stack(stack)") is True
    assert run("return other.count") == 12
    assert run("return stack.valid and stack.valid_for_read") is False


@pytest.mark.usefixtures("stack", "other")
def test_transfers_that_cannot_be(run):
    run("other.set_stack('wood')")
    assert run("return other.transfer_stack(stack)") is False
    assert run("return stack.transfer_stack(stack)") is False
    assert run("return other.name, other.count, stack.count") == ("wood", 1, 7)


@pytest.mark.usefixtures("stack", "other")
def test_transferring_what_is_made_for_it(run):
    assert run("return stack.transfer_stack{name = 'coal', count = 40}") is True
    assert run("return stack.transfer_stack{name = 'coal', count = 40}") is False
    assert run("return stack.count") == 50


@pytest.mark.usefixtures("stack", "other")
def test_swap(run):
    run("other.set_stack{name = 'lab', count = 2}")
    assert run("return stack.swap_stack(other)") is True
    source = "return stack.name, stack.count, other.name, other.count"
    assert run(source) == ("lab", 2, "coal", 7)


def test_slots_that_are_for_other_things(run):
    run(
        """
        local furnace = surface.create_entity{name = "stone-furnace", position = {0, 0}}
        fuel = furnace.get_fuel_inventory()[1]
        local chest = surface.create_entity{name = "iron-chest", position = {9, 9}}
        inside = chest.get_inventory(defines.inventory.chest)
        inside.insert("iron-plate")
        """
    )
    source = """
    return fuel.can_set_stack("coal"), fuel.can_set_stack(),
      fuel.can_set_stack("iron-plate"), fuel.set_stack("iron-plate"),
      fuel.transfer_stack(inside[1]), fuel.swap_stack(inside[1]), fuel.valid_for_read,
      inside[1].count
    """
    assert run(source) == (True, True, False, False, False, False, False, 1)


# --- hands


def test_a_hand_brings_what_a_script_puts_into_it(run, go_on):
    run(
        """
        arm = surface.create_entity{name = "burner-inserter", position = {0.5, 0.5}}
        arm.get_fuel_inventory().insert("coal")
        chest = surface.create_entity{name = "wooden-chest", position = {0.5, 1.5}}
        arm.held_stack.set_stack{name = "iron-plate", count = 3}
        """
    )
    # half a turn of a burner inserter takes 50 ticks: prototype rotation_speed 0.01
    go_on(60)
    assert run("return chest.get_item_count('iron-plate')") == 3
    assert run("return arm.held_stack.valid_for_read") is False


@pytest.mark.parametrize(
    ("direction", "x", "y"), [(0, 0, 1), (2, -1, 0), (4, 0, -1), (6, 1, 0)]
)
def test_where_a_hand_is(run, go_on, direction, x, y):
    # a hand whose target is full waits where it drops, opposite to the side that its
    # direction names
    run(
        f"""
        arm = surface.create_entity{{
          name = "burner-inserter", position = {{0.5, 0.5}}, direction = {direction},
        }}
        arm.get_fuel_inventory().insert("coal")
        surface.create_entity{{
          name = "wooden-chest", position = {{0.5 + {x}, 0.5 + {y}}},
        }}.get_inventory(defines.inventory.chest).set_bar(1)
        arm.held_stack.set_stack("iron-plate")
        """
    )
    go_on(100)
    source = "local p = arm.held_stack_position return p.x - 0.5, p.y - 0.5"
    # prototype insert_position, 1.2 tiles; within a step of 0.01 turns
    assert run(source) == pytest.approx((1.2 * x, 1.2 * y), abs=0.08)


def test_how_much_a_hand_takes(run):
    run("arm = surface.create_entity{name = 'inserter', position = {0, 0}, force = 1}")
    count = "return arm.inserter_target_pickup_count"
    assert run(count) == 1
    run("game.forces.player.inserter_stack_size_bonus = 2")
    assert run(count) == 3
    run("arm.inserter_stack_size_override = 2")
    assert run(count) == 2


def test_members_of_other_entities(refusal):
    pole = "surface.create_entity{name = 'small-electric-pole', position = {0, 0}}"
    for member in (
        "held_stack",
        "held_stack_position",
        "inserter_target_pickup_count",
        "stack",
        "to_be_looted",
    ):
        assert "not for entities of this type" in refusal(f"return ({pole}).{member}")


def test_stacks_outlive_their_entities_as_invalid(run):
    run(PLACES["hand"])
    run("surface.find_entities_filtered{name = 'inserter'}[1].destroy()")
    assert run("return stack.valid") is False
    with pytest.raises(ScriptError, match="LuaItemStack was invalid"):
        run("stack.set_stack('coal')")
