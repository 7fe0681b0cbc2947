import pytest

from fle_marl.prototypes import load

FORCE = "game.forces.player"


# --- recipes


def test_a_recipe(run, plain):
    recipe = f"{FORCE}.recipes['iron-gear-wheel']"
    source = f"""
    local r = {recipe}
    return r.name, r.category, r.energy, r.enabled, r.hidden, r.force == {FORCE},
      r.prototype == game.recipe_prototypes[r.name]
    """
    assert run(source) == (
        "iron-gear-wheel",
        "crafting",
        0.5,
        True,
        False,
        True,
        True,
    )
    assert plain(f"return {recipe}.ingredients") == [
        {"type": "item", "name": "iron-plate", "amount": 2}
    ]
    assert plain(f"return {recipe}.products") == [
        {"type": "item", "name": "iron-gear-wheel", "amount": 1, "probability": 1}
    ]


def test_products_by_chance(plain):
    parts = plain("return game.recipe_prototypes['uranium-processing'].products")
    assert {part["name"]: part["probability"] for part in parts} == {
        "uranium-235": 0.007,
        "uranium-238": 0.993,
    }


def test_catalysts(plain):
    parts = plain(
        "return game.recipe_prototypes['kovarex-enrichment-process'].products"
    )
    assert {part["name"]: part["catalyst_amount"] for part in parts} == {
        "uranium-235": 40,
        "uranium-238": 2,
    }


def test_recipes_can_be_enabled(run):
    lamp = f"{FORCE}.recipes['small-lamp']"
    assert run(f"return {lamp}.enabled") is False
    assert run(f"{lamp}.enabled = true return {lamp}.enabled") is True
    assert run("return game.recipe_prototypes['small-lamp'].enabled") is False


# --- technologies


def test_a_technology(run, plain):
    technology = f"{FORCE}.technologies['logistics-2']"
    source = f"""
    local t = {technology}
    return t.name, t.researched, t.enabled, t.level, t.research_unit_count,
      t.research_unit_energy, t.force == {FORCE}
    """
    assert run(source) == ("logistics-2", False, True, 2, 200, 1800, True)
    names = plain(
        f"local names = {{}} for n, t in pairs({technology}.prerequisites) do "
        "assert(t.name == n) names[#names + 1] = n end return names"
    )
    assert names == sorted(load().technologies["logistics-2"].prerequisites)
    ingredients = plain(f"return {technology}.research_unit_ingredients")
    assert ingredients == [
        {"type": "item", "name": "automation-science-pack", "amount": 1},
        {"type": "item", "name": "logistic-science-pack", "amount": 1},
    ]


@pytest.mark.parametrize(
    ("name", "level", "units"),
    [
        ("automation", 1, 10),
        ("logistics-2", 2, 200),
        ("mining-productivity-4", 4, 2500),
        ("worker-robots-speed-6", 6, 1000),
        ("artillery-shell-range-1", 1, 2000),
        ("physical-projectile-damage-7", 7, 1000),
    ],
)
def test_levels_and_what_they_take(run, name, level, units):
    technology = f"{FORCE}.technologies['{name}']"
    source = f"local t = {technology} return t.level, t.research_unit_count"
    assert run(source) == (level, units)


def test_every_technology_takes_something(run):
    source = f"""
    for name, technology in pairs({FORCE}.technologies) do
      assert(technology.research_unit_count > 0, name)
    end
    """
    run(source)


def test_researching_everything_and_nothing(run):
    state = f"""
    local f = {FORCE}
    return f.technologies.automation.researched,
      f.recipes["assembling-machine-1"].enabled
    """
    assert run(state) == (False, False)
    run(f"{FORCE}.research_all_technologies()")
    assert run(state) == (True, True)
    run(f"{FORCE}.reset()")
    assert run(state) == (False, False)


def test_no_research_goes_on(run):
    source = f"""
    local f = {FORCE}
    return f.current_research, f.research_progress, #f.research_queue,
      f.get_saved_technology_progress("automation"),
      f.get_saved_technology_progress(f.technologies.automation)
    """
    assert run(source) == (None, 0, 0, None, None)


def test_unknown_technologies(refusal):
    message = refusal(f"{FORCE}.get_saved_technology_progress('no-such')")
    assert "Unknown technology name: no-such." in message


def test_a_technology_can_be_researched_and_taken_back(run, refusal):
    state = f"""
    local f = {FORCE}
    return f.technologies["stack-inserter"].researched,
      f.recipes["stack-inserter"].enabled, f.stack_inserter_capacity_bonus
    """
    stack = f"{FORCE}.technologies['stack-inserter'].researched"
    for _ in range(2):
        run(f"{stack} = true {stack} = true")
        assert run(state) == (True, True, 1)
        run(f"{stack} = false {stack} = false")
        assert run(state) == (False, False, 0)
    assert "boolean expected" in refusal(f"{stack} = 1")


# --- hands of inserters


def test_research_makes_hands_larger(run):
    bonuses = (
        f"{FORCE}.inserter_stack_size_bonus, {FORCE}.stack_inserter_capacity_bonus"
    )
    assert run(f"return {bonuses}") == (0, 0)
    for _ in range(2):
        run(f"{FORCE}.research_all_technologies()")
        # hands of 3 and 12. Source: wiki, Inserter capacity bonus
        assert run(f"return {bonuses}") == (2, 11)
    run(f"{FORCE}.reset()")
    assert run(f"return {bonuses}") == (0, 0)


def test_bonuses_of_hands_can_be_set(run, refusal):
    run(f"{FORCE}.inserter_stack_size_bonus = 1")
    run("game.forces.enemy.stack_inserter_capacity_bonus = 254")
    source = f"""
    local e = game.forces.enemy
    return {FORCE}.inserter_stack_size_bonus, {FORCE}.stack_inserter_capacity_bonus,
      e.inserter_stack_size_bonus, e.stack_inserter_capacity_bonus
    """
    assert run(source) == (1, 0, 0, 254)
    for name in ("inserter_stack_size_bonus", "stack_inserter_capacity_bonus"):
        assert "0 to 254, not 255" in refusal(f"{FORCE}.{name} = 255")
        assert "not -1" in refusal(f"{FORCE}.{name} = -1")


def test_an_inserter_takes_what_its_force_and_it_allow(api, run, go_on, refusal):
    run(
        """
        chest = surface.create_entity{
          name = "wooden-chest", position = {0.5, -0.5}, force = "player",
        }
        chest.insert{name = "iron-plate", count = 500}
        chest.insert{name = "coal", count = 500}
        surface.create_entity{
          name = "wooden-chest", position = {0.5, 1.5}, force = "player",
        }
        arm = surface.create_entity{
          name = "burner-inserter", position = {0.5, 0.5}, force = "player",
        }
        game.forces.player.inserter_stack_size_bonus = 3
        """
    )

    def most_held() -> int:
        go_on(200)  # what it already holds is put down
        counts = set()
        for _ in range(200):
            go_on(1)
            held = (
                "local held = arm.held_stack return held.valid_for_read and held.count"
            )
            counts.add(run(held))
        return max(counts)

    assert most_held() == 4
    run("arm.inserter_stack_size_override = 2")
    assert run("return arm.inserter_stack_size_override") == 2
    assert most_held() == 2
    # the enemy has no bonus
    run("arm.inserter_stack_size_override = 0 arm.force = 'enemy'")
    assert most_held() == 1
    assert "whole number" in refusal("arm.inserter_stack_size_override = 0.5")
    assert "must be 0 to" in refusal("arm.inserter_stack_size_override = 2^32")
    assert "not for entities of this type" in refusal(
        "chest.inserter_stack_size_override = 1"
    )
