"""LuaControl and LuaForce: what characters gain, and that it has its effect."""

import pytest

from fle_marl.sim.saves import load_world, save_world

FORCE = "game.forces.player"
SOMEONE = """
    someone = surface.create_entity{
      name = "character", position = {0, 0}, force = "player",
    }
"""
DISTANCES = [
    # member, its bonus, and the prototype's value
    ("build_distance", "build_distance_bonus", 10),
    ("drop_item_distance", "item_drop_distance_bonus", 10),
    ("item_pickup_distance", "item_pickup_distance_bonus", 1),
    ("loot_pickup_distance", "loot_pickup_distance_bonus", 2),
    ("reach_distance", "reach_distance_bonus", 10),
    ("resource_reach_distance", "resource_reach_distance_bonus", 2.7),
]


@pytest.fixture(autouse=True)
def _someone(run):
    run(SOMEONE)


@pytest.mark.parametrize(("member", "bonus", "own"), DISTANCES)
def test_distances(run, refusal, member, bonus, own):
    assert run(f"return someone.{member}") == own
    run(f"someone.character_{bonus} = 3 {FORCE}.character_{bonus} = 4")
    assert run(f"return someone.{member}") == pytest.approx(own + 7)
    assert run(
        f"return someone.character_{bonus}, {FORCE}.character_{bonus}, "
        f"game.forces.enemy.character_{bonus}"
    ) == (3, 4, 0)
    for owner in ("someone", FORCE):
        message = refusal(f"{owner}.character_{bonus} = 5000")
        assert f"character_{bonus} must be 0 to 4096, not 5000" in message
    run(f"{FORCE}.reset()")
    assert run(f"return {FORCE}.character_{bonus}") == 0


def test_longer_arms_reach_further(run):
    run("chest = surface.create_entity{name = 'wooden-chest', position = {15.5, 0.5}}")
    assert run("return someone.can_reach_entity(chest)") is False
    run(f"{FORCE}.character_reach_distance_bonus = 6")
    assert run("return someone.can_reach_entity(chest)") is True


@pytest.mark.parametrize(
    ("own", "of_force", "units"),
    # 0.15 tiles a tick on grass, whole 1/256 tile; both factors multiply
    [(0.5, 0, 57), (0, 1, 76), (0.5, 1, 115), (-1, 1, 0), (0, -0.5, 19)],
)
def test_walking(run, go_on, own, of_force, units):
    run(f"""
      someone.character_running_speed_modifier = {own}
      {FORCE}.character_running_speed_modifier = {of_force}
      someone.walking_state = {{walking = true, direction = defines.direction.east}}
    """)
    go_on(2)
    assert run("return someone.position.x") == 2 * units / 256
    speed = 0.15 * (1 + own) * (1 + of_force)
    assert run("return someone.character_running_speed") == pytest.approx(speed)


@pytest.mark.parametrize(
    ("owner", "name", "wrong", "message"),
    [
        ("someone", "running_speed_modifier", -1.5, "must be -1 to 7, not -1.5"),
        (FORCE, "running_speed_modifier", 8, "must be -1 to 7, not 8"),
        ("someone", "mining_speed_modifier", -2, "must be -1 to 1e+06"),
        ("someone", "crafting_speed_modifier", "0/0", "a finite number"),
        ("someone", "health_bonus", -1, "must be 0 to 1e+06, not -1"),
        (FORCE, "health_bonus", -1, "must be 0.0 to 1000000.0, not -1"),
        ("someone", "inventory_slots_bonus", 1001, "must be 0 to 1000, not 1001"),
    ],
)
def test_what_is_too_much(refusal, owner, name, wrong, message):
    assert message in refusal(f"{owner}.character_{name} = {wrong}")


def test_faster_hands_of_one_character(run, go_on):
    # a gear takes 0.5 s; with 1 more and the force's 0.5 more it takes 10 ticks
    run(f"""
      someone.character_crafting_speed_modifier = 1
      {FORCE}.manual_crafting_speed_modifier = 0.5
      someone.insert{{name = "iron-plate", count = 2}}
      someone.begin_crafting{{recipe = "iron-gear-wheel", count = 1}}
    """)
    go_on(9)
    assert run("return someone.get_main_inventory().get_item_count()") == 0
    go_on(1)
    assert run("return someone.get_item_count('iron-gear-wheel')") == 1


@pytest.mark.parametrize("owner", ["someone", FORCE])
def test_health(run, go_on, owner):
    run(f"{owner}.character_health_bonus = 50")
    assert run("return someone.health, someone.get_health_ratio()") == (
        *(250, pytest.approx(250 / 300)),
    )
    go_on(600 + 335)  # 0.15 a tick, after a while without combat
    assert run("return someone.health") == 300
    run(f"{owner}.character_health_bonus = 10")
    assert run("return someone.health") == 260


def test_new_characters_have_all_health(run):
    run(f"{FORCE}.character_health_bonus = 50 {SOMEONE}")
    assert run("return someone.health") == 300


@pytest.mark.parametrize(
    ("armor", "slots"),
    [
        ("light-armor", 80),
        ("modular-armor", 90),
        ("power-armor", 100),
        ("power-armor-mk2", 110),
    ],
)
def test_armor_has_pockets(api, run, armor, slots):
    run("armor = someone.get_inventory(defines.inventory.character_armor)")
    run(f"armor.insert('{armor}')")
    assert run("return #someone.get_main_inventory()") == slots
    run("someone.get_main_inventory().insert{name = 'coal', count = 100000}")
    run("armor[1].clear()")
    assert run("return #someone.get_main_inventory()") == 80
    # what has no room any more falls to the ground
    fallen = run("return surface.count_entities_filtered{type = 'item-entity'}")
    assert fallen == (slots - 80) * 50
    assert load_world(save_world(api.world)).state_hash() == api.world.state_hash()


def test_slots_add_up(run):
    run(f"""
      someone.character_inventory_slots_bonus = 5
      {FORCE}.character_inventory_slots_bonus = 10
      armor = someone.get_inventory(defines.inventory.character_armor)
      armor[1].set_stack("modular-armor")
    """)
    assert run("return #someone.get_main_inventory()") == 105
    run("someone.force = 'enemy'")
    assert run("return #someone.get_main_inventory()") == 95
    run("armor.remove('modular-armor')")
    assert run("return #someone.get_main_inventory()") == 85


@pytest.mark.parametrize(
    ("armor", "kind", "left"),
    # power armor takes 8 and 30 %, of explosions 40, which leaves 1 / (40 - 20 + 2),
    # and 40 %
    [
        ("power-armor", "physical", 12 * 0.7),
        ("power-armor", "explosion", 1 / (40 - 20 + 2) * 0.6),
        ("light-armor", "acid", 16),
        ("light-armor", "laser", 20),
    ],
)
def test_armor_takes_damage_off(run, armor, kind, left):
    run("armor = someone.get_inventory(defines.inventory.character_armor)")
    run(f"armor.insert('{armor}')")
    taken = run(f"return someone.damage(20, 'enemy', '{kind}')")
    assert taken == pytest.approx(left)
    assert run("return someone.health") == pytest.approx(250 - left, abs=1e-4)
