"""LuaForce: modifiers and bonuses."""

import pytest

FORCE = "game.forces.player"


@pytest.mark.parametrize(
    "name",
    [
        "laboratory_speed_modifier",
        "laboratory_productivity_bonus",
        "manual_mining_speed_modifier",
        "manual_crafting_speed_modifier",
        "mining_drill_productivity_bonus",
        "worker_robots_speed_modifier",
        "worker_robots_storage_bonus",
        "worker_robots_battery_modifier",
        "following_robots_lifetime_modifier",
        "train_braking_force_bonus",
        "artillery_range_modifier",
        "character_trash_slot_count",
    ],
)
def test_numbers(run, refusal, name):
    assert run(f"return {FORCE}.{name}") == 0
    run(f"{FORCE}.{name} = 0.5")
    assert run(f"return {FORCE}.{name}, game.forces.enemy.{name}") == (0.5, 0)
    for wrong in ("0/0", "1/0"):
        assert "must be a finite number" in refusal(f"{FORCE}.{name} = {wrong}")
    run(f"{FORCE}.reset()")
    assert run(f"return {FORCE}.{name}") == 0


def test_drills_lose_nothing(refusal):
    message = refusal(f"{FORCE}.mining_drill_productivity_bonus = -0.5")
    assert "must be 0.0 to 1000000.0, not -0.5" in message


def test_modifiers_end_before_they_are_infinite(refusal):
    message = refusal(f"{FORCE}.laboratory_speed_modifier = 1e300")
    assert "must be -1000000.0 to 1000000.0" in message


def test_counts_and_flags(run, refusal):
    source = f"""
    local f = {FORCE}
    return f.maximum_following_robot_count, f.ghost_time_to_live,
      f.character_logistic_requests
    """
    assert run(source) == (0, 0, False)
    run(
        f"{FORCE}.maximum_following_robot_count = 3 {FORCE}.ghost_time_to_live = 60 "
        f"{FORCE}.character_logistic_requests = true"
    )
    assert run(source) == (3, 60, True)
    assert "whole number" in refusal(f"{FORCE}.ghost_time_to_live = 0.5")
    assert "boolean expected" in refusal(f"{FORCE}.character_logistic_requests = 1")


def test_slots_of_characters(run, refusal):
    run(
        "someone = surface.create_entity{name = 'character', position = {0, 0}, "
        "force = 'player'}"
    )
    run(f"{FORCE}.character_inventory_slots_bonus = 20")
    # 80 of the prototype
    assert run("return #someone.get_main_inventory()") == 100
    assert run(f"return {FORCE}.character_inventory_slots_bonus") == 20
    message = refusal(f"{FORCE}.character_inventory_slots_bonus = 1001")
    assert "must be 0 to 1000, not 1001" in message


def test_faster_hands(run, go_on):
    """LuaForce.manual_crafting_speed_modifier; iron-gear-wheel takes 0.5 s."""
    run(
        f"""
        {FORCE}.manual_crafting_speed_modifier = 1
        someone = surface.create_entity{{
          name = "character", position = {{0, 0}}, force = "player",
        }}
        someone.insert{{name = "iron-plate", count = 20}}
        someone.begin_crafting{{recipe = "iron-gear-wheel", count = 10}}
        """
    )
    go_on(10 * 15 - 1)
    made = "return someone.get_item_count('iron-gear-wheel')"
    assert run(made) == 9
    go_on(1)
    assert run(made) == 10


def test_weapons_go_by_research(run, refusal):
    """Prototypes: physical-projectile-damage-1 and 2 give bullets 0.1 each,
    weapon-shooting-speed-1 gives 0.1; levels of number 7 give bullets 0.4."""
    bullets = f"return {FORCE}.get_ammo_damage_modifier('bullet')"
    assert run(bullets) == 0
    run(f"{FORCE}.technologies['physical-projectile-damage-1'].researched = true")
    run(f"{FORCE}.technologies['physical-projectile-damage-2'].researched = true")
    assert run(bullets) == pytest.approx(0.2)
    run(f"{FORCE}.technologies['physical-projectile-damage-7'].level = 9")
    assert run(bullets) == pytest.approx(0.2 + 2 * 0.4)
    assert run(f"return {FORCE}.get_gun_speed_modifier('bullet')") == 0
    run(f"{FORCE}.technologies['weapon-shooting-speed-1'].researched = true")
    assert run(f"return {FORCE}.get_gun_speed_modifier('bullet')") == pytest.approx(0.1)
    for method in ("get_ammo_damage_modifier", "get_gun_speed_modifier"):
        assert "Unknown ammo_category" in refusal(f"{FORCE}.{method}('coal')")
    assert "string expected" in refusal(f"{FORCE}.get_turret_attack_modifier(nil)")
