"""Copies of entities, and what can be set in them."""

import pytest


@pytest.fixture
def chest(run):
    """A chest with coal, the global ``chest``."""
    run("""
    chest = surface.create_entity{name='iron-chest', position={0, 0}, force='player'}
    chest.insert{name='coal', count=60}
    chest.get_inventory(defines.inventory.chest).set_bar(4)
    chest.health = 100
    """)


def test_clones_have_what_the_other_has(run, chest):
    run("""
    script.on_event(defines.events.on_entity_cloned, function(event)
      told = event.source == chest and event.destination.position.x
    end)
    twin = chest.clone{position={5.5, 0.5}, surface=surface, force='enemy'}
    """)
    assert run("return told, twin.force.name, twin.health") == (5.5, "enemy", 100)
    inside = "twin.get_inventory(defines.inventory.chest)"
    assert run(f"return {inside}.get_item_count('coal'), {inside}.get_bar()") == (60, 4)
    assert run("return chest.get_item_count('coal')") == 60


@pytest.mark.parametrize(
    ("build", "look", "found"),
    [
        (
            "name='assembling-machine-2', recipe='iron-gear-wheel'",
            "return twin.get_recipe().name",
            "iron-gear-wheel",
        ),
        ("name='iron-ore', amount=77", "return twin.amount", 77),
        ("name='storage-tank'", "return twin.fluidbox[1].amount", 9.0),
        ("name='stone-furnace'", "return twin.burner.remaining_burning_fuel", 5.0),
    ],
)
def test_machines_are_cloned(run, build, look, found):
    run(f"one = surface.create_entity{{{build}, position={{0, 0}}, force='player'}}")
    if "tank" in build:
        run("one.fluidbox[1] = {name='water', amount=9}")
    if "furnace" in build:
        run("""one.get_fuel_inventory().insert('coal')
        one.burner.currently_burning = game.item_prototypes.coal
        one.burner.remaining_burning_fuel = 5""")
    run("twin = one.clone{position={10, 10}}")
    assert run(look) == found


def test_settings_are_copied(run, chest):
    run("""
    other = surface.create_entity{name='iron-chest', position={3, 0}, force='player'}
    other.copy_settings(chest)
    """)
    assert run("return other.get_inventory(defines.inventory.chest).get_bar()") == 4
    assert run("return other.get_item_count()") == 0


def test_wires(run, plain):
    run("""
    a = surface.create_entity{name='small-electric-pole', position={0, 0}}
    b = surface.create_entity{name='small-electric-pole', position={5, 0}}
    c = surface.create_entity{name='small-electric-pole', position={15, 0}}
    """)
    assert run("return a.can_wires_reach(b), a.can_wires_reach(c)") == (True, False)
    assert run("""
    local wires = a.copper_connection_definitions
    return #wires, wires[1].target_entity == b
    """) == (1, True)


def test_ore_runs_out_at_once(run):
    run("ore = surface.create_entity{name='iron-ore', position={0, 0}, amount=9}")
    run("oil = surface.create_entity{name='crude-oil', position={9, 0}, amount=9e5}")
    run("""
    script.on_event(defines.events.on_resource_depleted, function(event)
      told = event.entity.name
    end)
    ore.deplete() oil.deplete()
    """)
    assert run("return told, ore.valid, oil.amount") == ("iron-ore", False, 180000)


def test_what_can_be_set(run, plain, refusal, chest):
    run("""
    machine = surface.create_entity{name='assembling-machine-1', position={9, 9},
      recipe='iron-gear-wheel'}
    machine.recipe_locked, machine.products_finished = true, 12
    machine.crafting_progress = 0.5
    ghost = surface.create_entity{name='entity-ghost', inner_name='iron-chest',
      position={20, 0}}
    ghost.tags = {mine={1, 2}}
    """)
    assert run("return machine.recipe_locked, machine.products_finished") == (True, 12)
    assert run("return machine.crafting_progress") == 0  # nothing is crafted yet
    assert plain("return ghost.tags") == {"mine": [1, 2]}
    assert "0 to 1, not 2" in refusal("machine.crafting_progress = 2")
    assert "not for entities" in refusal("chest.tags = {}")
    assert "table expected" in refusal("chest.clone(5)")
    inserter = "surface.create_entity{name='filter-inserter', position={30, 0}}"
    assert run(f"return {inserter}.inserter_filter_mode") == "whitelist"


def test_what_only_scripts_mind(run, refusal, chest):
    run("""
    turret = surface.create_entity{name='gun-turret', position={9, 0}}
    turret.kills = 5
    item = surface.create_entity{name='item-on-ground', position={12, 0}, stack='coal'}
    item.to_be_looted = true
    belt = surface.create_entity{name='transport-belt', position={14, 0}}
    belt.rotatable = false
    me = surface.create_entity{name='character', position={16, 0}}
    me.selected, me.tick_of_last_attack = chest, 9
    game.speed = 2
    """)
    assert run("return turret.kills, item.to_be_looted, game.speed") == (5, True, 2)
    assert run("return belt.rotate(), belt.rotatable, belt.direction") == (
        False,
        False,
        0,
    )
    assert run("return me.selected == chest, me.tick_of_last_attack") == (True, 9)
    assert "0.01 or more" in refusal("game.speed = 0")
    assert "not for entities" in refusal("chest.inserter_filter_mode = 'whitelist'")


def test_drills_go_on_from_where_scripts_say(run, refusal, go_on):
    run("""
    for x = 0, 1 do surface.create_entity{name='iron-ore', position={x, 0}} end
    drill = surface.create_entity{name='burner-mining-drill', position={1, 1}}
    drill.get_fuel_inventory().insert('coal')
    """)
    go_on(2)
    run("drill.mining_progress = 0.5")
    assert run("return drill.mining_progress") == 0.5
    assert "0 to 1, not 1.5" in refusal("drill.mining_progress = 1.5")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("beacon", (13.5, 13.5)),
        ("stone-furnace", (13, 14)),
        ("tree-01", (13.19921875, 13.69921875)),
    ],
)
def test_clones_stand_on_the_grid_where_their_kind_does(run, name, expected):
    source = f"surface.create_entity{{name = '{name}', position = {{3.5, 3.5}}}}"
    run(f"it = {source}.clone{{position = {{13.2, 13.7}}}}")
    assert run("return it.position.x, it.position.y") == expected
