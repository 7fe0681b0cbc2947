"""Health, damage and death, as scripts cause and see them."""

import pytest


@pytest.fixture
def build(run):
    """``build(name, x, y)``: global ``it``."""

    def ask(name: str, x: float = 0.5, y: float = 0.5) -> None:
        at = f"position = {{{x}, {y}}}, force = 'player'"
        run(f"it = surface.create_entity{{name = '{name}', {at}}}")

    return ask


@pytest.mark.parametrize(
    ("name", "damage", "kind", "final"),
    [
        ("wooden-chest", 10, "physical", 10),  # nothing resisted
        ("steel-chest", 50, "fire", 5),  # by 90 %
        ("stone-wall", 100, "laser", 30),  # by 70 %
        ("stone-wall", 13, "physical", 8),  # first three points, then 20 %
        ("stone-wall", 4, "physical", 0.8),  # one point is left
        ("stone-wall", 1, "physical", 0.8 / 4),  # a fourth of a point is left
        ("stone-wall", 100, "fire", 0),  # all of it
    ],
)
def test_resistances(run, build, name, damage, kind, final):
    # Source: what prototypes resist, and the page Damage of the wiki
    build(name)
    before = run("return it.health")
    assert run(f"return it.damage({damage}, 'enemy', '{kind}')") == pytest.approx(final)
    assert run("return it.health") == pytest.approx(before - final)


def test_damage_is_impact_unless_said(run, build):
    build("steel-chest")
    assert run("return it.damage(10, 'enemy')") == pytest.approx(4)


def test_health_is_read_set_and_kept_in_its_bounds(run, build):
    build("wooden-chest")
    assert run("return it.health, it.get_health_ratio()") == (100, 1)
    assert run("it.health = 25 return it.health, it.get_health_ratio()") == (25, 0.25)
    assert run("it.health = 1000 return it.health") == 100
    assert run("it.health = -1 return it.health, it.valid") == (0, True)
    assert run("return it.is_entity_with_health") is True


def test_what_has_no_health(run, refusal):
    run("it = surface.create_entity{name = 'coal', position = {0, 0}, amount = 5}")
    assert run("return it.health, it.get_health_ratio()") == (None, None)
    assert run("return it.is_entity_with_health") is False
    assert "no health" in refusal("it.health = 3")
    assert "no health" in refusal("it.damage(3, 'enemy')")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("it.damage('much', 'enemy')", "number expected, got string"),
        ("it.damage(-1, 'enemy')", "must not be negative"),
        ("it.damage(1, 'enemy', 'boredom')", "Unknown damage type name: boredom"),
        ("it.damage(1, 'nobody')", "nobody"),
    ],
)
def test_what_damage_takes(build, refusal, call, words):
    build("wooden-chest")
    assert words in refusal(call)


def test_damage_and_death_are_told(run, build):
    run(
        """
        told = {}
        script.on_event(defines.events.on_entity_damaged, function(event)
          table.insert(told, {
            'damaged', event.entity.name, event.damage_type.name, event.force.name,
            event.original_damage_amount, event.final_damage_amount,
            event.final_health,
          })
        end)
        script.on_event(defines.events.on_entity_died, function(event)
          table.insert(told, {'died', event.entity.name, event.force.name})
        end)
        """
    )
    build("wooden-chest")
    run("it.insert('coal') it.damage(60, 'enemy', 'physical')")
    assert run("return #told, it.valid") == (1, True)
    assert run("return table.unpack(told[1])") == (
        *("damaged", "wooden-chest", "physical", "enemy"),
        *(60, 60, 40),
    )
    run("it.damage(60, 'enemy', 'physical')")
    assert run("return #told, it.valid") == (3, False)
    assert run("return told[2][7], table.unpack(told[3])") == (
        *(0, "died"),
        *("wooden-chest", "enemy"),
    )


def test_what_dies_takes_its_contents_along(run, build):
    build("wooden-chest")
    run("it.insert{name = 'coal', count = 30}")
    assert run("return it.die()") is True
    assert run("return it.valid, surface.count_entities_filtered{}") == (False, 0)


def test_a_character_leaves_what_it_carried(run, build):
    build("character")
    run("it.insert{name = 'coal', count = 120} it.insert('pistol')")
    run("it.die('enemy')")
    run("corpse = surface.find_entities_filtered{name = 'character-corpse'}[1]")
    assert run("return it.valid, corpse.position.x, corpse.position.y") == (
        *(False,),
        *(0.5, 0.5),
    )
    assert run("return corpse.get_item_count('coal')") == 120
    assert run("return corpse.get_item_count('pistol')") == 1
    assert run("return #corpse.get_inventory(defines.inventory.character_corpse)") == 4
    # who mines it has all of it; it is in nobody's way
    build("character")
    assert run("return it.mine_entity(corpse, true), corpse.valid") == (True, False)
    assert run("return it.get_item_count('coal')") == 120


def test_a_character_without_belongings_leaves_nothing(run, build):
    build("character")
    run("it.die()")
    assert run("return surface.count_entities_filtered{}") == 0


def test_a_character_gets_its_crafting_queue_back_in_its_corpse(run, build):
    build("character")
    run("it.insert{name = 'iron-plate', count = 10}")
    run("it.begin_crafting{recipe = 'iron-gear-wheel', count = 3} it.die()")
    run("corpse = surface.find_entities_filtered{name = 'character-corpse'}[1]")
    assert run("return corpse.get_item_count('iron-plate')") == 10


def test_characters_heal_when_they_were_not_hurt_for_a_while(run, build, go_on):
    # Source: prototype character: 0.15 a tick, after 600 ticks
    build("character")
    most = run("return it.health")
    run("it.damage(100, 'enemy', 'physical')")
    go_on(600)
    assert run("return it.health") == pytest.approx(most - 100)
    go_on(10)
    assert run("return it.health") == pytest.approx(most - 98.5, abs=1e-3)
    go_on(2000)
    assert run("return it.health") == most
