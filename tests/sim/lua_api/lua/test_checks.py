"""What methods take, in the words of the game, before any of them looks at it."""

import pytest

from fle_marl.sim.lua_api.api_tables import argument_checks, known_names
from fle_marl.sim.lua_api.classes import CLASSES


@pytest.mark.parametrize(
    ("call", "refused"),
    [
        (
            "surface.find_non_colliding_position('lab', {0, 0}, 'far', 1)",
            "bad argument #3 of 5 to 'find_non_colliding_position' "
            "(number expected, got string)",
        ),
        (
            "surface.spill_item_stack({0, 0}, 'coal', 1)",
            "bad argument #3 of 5 to 'spill_item_stack' (boolean expected, got number)",
        ),
        (
            "surface.find_entities_filtered('coal')",
            "bad argument #1 of 1 to 'find_entities_filtered' "
            "(table expected, got string)",
        ),
        (
            "surface.create_entity{name = 'iron-chest'}",
            'Key "position" not found in property tree at ROOT',
        ),
        (
            "surface.create_entity{name = 'iron-chest', position = {0, 0}, bar = 'a'}",
            "Value must be a number in property tree at ROOT.bar",
        ),
    ],
)
def test_wrong_types_are_refused_where_the_script_calls(call, refused, refusal):
    assert refusal(call) == f"(command):1: {refused}"


@pytest.mark.parametrize(
    ("write", "refused"),
    [
        ("chest.active = 1", "'active' (boolean expected, got number)"),
        ("chest.health = 'full'", "'health' (number expected, got string)"),
        ("chest.amount = nil", "'amount' (number expected, got nil)"),
        ("game.speed = {}", "'speed' (number expected, got table)"),
        (
            "game.forces.player.research_queue_enabled = 'yes'",
            "'research_queue_enabled' (boolean expected, got string)",
        ),
        ("stack.label = 7", "'label' (string expected, got number)"),
    ],
)
def test_wrong_types_are_refused_where_the_script_writes(run, write, refused, refusal):
    run("""
      chest = surface.create_entity{name = 'iron-chest', position = {0, 0}}
      chest.insert('blueprint')
      stack = chest.get_inventory(defines.inventory.chest)[1]
    """)
    assert refusal(write) == f"(command):1: bad argument #3 of 3 to {refused}"


def test_what_may_be_nothing_may_be_made_nothing(run):
    source = "game.forces.player.research_queue = nil return stack.label"
    run("stack = game.create_inventory(1)[1] stack.set_stack('blueprint')")
    assert run(f"stack.label = 'a' stack.label = nil {source}") is None


def test_what_is_optional_may_be_nil_or_left_out(run):
    source = "return #surface.find_entities_filtered{limit = nil, name = 'lab'}"
    assert run(source) == 0
    source = "surface.spill_item_stack({30, 30}, 'coal', nil, nil, nil)"
    run(source)


def test_checks_are_of_methods_that_there_are():
    for owner in CLASSES:
        checks = argument_checks().get(owner.name, {})
        assert checks.keys() <= known_names()[owner.name], owner.name


def test_methods_take_as_much_as_is_checked():
    for owner in CLASSES:
        checks = argument_checks().get(owner.name, {})
        for name, (least, most) in owner.argument_counts.items():
            arguments = checks.get(name, {}).get("ordered")
            if arguments is not None:
                required = [each for each in arguments if not each[1]]
                assert most >= len(arguments), (owner.name, name)
                assert least <= len(required), (owner.name, name)
