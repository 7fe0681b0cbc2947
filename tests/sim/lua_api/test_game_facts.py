"""What scripts are told of the game, and what it does for them."""

import pytest

FACTS = [
    ("active_mods.base", "1.1.110"),
    ("difficulty", 1),
    ("difficulty_settings.technology_price_multiplier", 1),
    ("map_settings.pollution.diffusion_ratio", 0.02),
    ("player", None),
    ("finished", False),
    ("is_multiplayer()", True),
    ("is_demo()", False),
    ("get_entity_by_tag('x')", None),
    ("direction_to_string(defines.direction.southeast)", "southeast"),
    ("max_electric_pole_connection_distance", 30),
    ("max_electric_pole_supply_area_distance", 9),
    ("max_inserter_reach_distance", pytest.approx(2.2, abs=0.1)),
    ("max_pipe_to_ground_distance", 10),
    ("max_underground_belt_distance", 9),
    ("decode_string(game.encode_string('iron'))", "iron"),
    ("decode_string('iron!')", None),
    ("evaluate_expression('2^(L-1)*1000', {L=3})", 4000),
    ("evaluate_expression('3(L+1) - -2/4', {L=1})", 6.5),
    ("evaluate_expression('max(1, 2L, abs(-3)) + log2(8)', {L=1})", 6),
    ("evaluate_expression('-2^2')", -4),
]


def test_facts(run):
    for member, value in FACTS:
        assert run(f"return game.{member}") == value, member


def test_what_is_no_expression(refusal):
    texts = ["1 +", "1/0", "foo", "2 3 )", "(-8)^0.5", "9^9^9^9", "max()", "(1"]
    for text in texts:
        assert text in refusal(f"game.evaluate_expression('{text}')")


def test_random_generators(run, refusal):
    run("one, other = game.create_random_generator(7), game.create_random_generator(7)")
    assert run("return one() == other() and one(1, 6) == other(1, 6)")
    run("other.re_seed(7)")
    assert 0 <= run("return other()") < 1
    assert run("local n = other(3) return n >= 1 and n <= 3")
    assert "interval is empty" in refusal("one(5, 4)")
    assert run("return game.create_random_generator().valid")


def test_active_entities_are_counted(run, go_on):
    assert run("return game.get_active_entities_count('nauvis')") == 0
    run("""
    surface.create_entity{name='burner-inserter', position={0, 0}}
      .get_fuel_inventory().insert('coal')
    surface.create_entity{name='iron-chest', position={0, -1}}.insert('coal')
    """)
    go_on(5)
    assert run("return game.get_active_entities_count()") >= 1
