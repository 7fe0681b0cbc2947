"""Members of LuaEntity and of prototypes about modules. Source: runtime API."""

import pytest


@pytest.fixture
def machine(run):
    """A global ``machine`` that makes gears."""
    run(
        """
        machine = surface.create_entity{
          name = "assembling-machine-3", force = "player", position = {4.5, 0.5}}
        machine.set_recipe("iron-gear-wheel")
        """
    )


@pytest.mark.usefixtures("machine")
def test_effects_are_there_at_once(run, plain):
    assert plain("return machine.effects") == {}
    run("machine.insert{name = 'productivity-module-3', count = 4}")
    effects = plain("return machine.effects")
    assert {name: each["bonus"] for name, each in effects.items()} == pytest.approx(
        {"speed": -0.6, "consumption": 3.2, "productivity": 0.4, "pollution": 0.4}
    )
    assert run("return machine.crafting_speed") == pytest.approx(0.5)
    run("machine.get_module_inventory().clear()")
    assert run("return machine.crafting_speed, machine.speed_bonus") == (1.25, 0)


@pytest.mark.usefixtures("machine")
def test_module_inventories(run):
    inventory = "machine.get_module_inventory()"
    run(f"inventory = {inventory}")
    assert run("return #inventory, inventory.is_empty()") == (4, True)
    assert run("return inventory.index == defines.inventory.assembling_machine_modules")
    assert run("return inventory.insert{name = 'speed-module', count = 3}") == 3
    assert run("return inventory.get_insertable_count('speed-module')") == 1
    assert run("return inventory.can_insert('iron-plate')") is False
    assert run("return inventory[1].count, inventory.is_full()") == (1, False)
    assert run("return inventory[4].set_stack{name = 'speed-module', count = 50}")
    assert run("return inventory[4].count, inventory.is_full()") == (1, True)
    assert run("return inventory[4].set_stack('iron-plate')") is False


@pytest.mark.usefixtures("machine")
def test_stacks_are_not_swapped_into_slots_for_one(run):
    run(
        """
        chest = surface.create_entity{
          name = "wooden-chest", force = "player", position = {0.5, 0.5}}
        chest.insert{name = "speed-module", count = 20}
        from = chest.get_inventory(defines.inventory.chest)[1]
        to = machine.get_module_inventory()[1]
        """
    )
    assert run("return to.swap_stack(from), from.count") == (False, 20)
    assert run("return to.transfer_stack(from), from.count, to.count") == (False, 19, 1)


@pytest.mark.parametrize(
    ("name", "define", "slots"),
    [
        ("electric-furnace", "furnace_modules", 2),
        ("electric-mining-drill", "mining_drill_modules", 3),
        ("lab", "lab_modules", 2),
        ("beacon", "beacon_modules", 2),
    ],
)
def test_inventories_by_their_defines(run, name, define, slots):
    run(f"entity = surface.create_entity{{name = '{name}', position = {{0.5, 0.5}}}}")
    got = run(f"return #entity.get_inventory(defines.inventory.{define})")
    assert got == run("return #entity.get_module_inventory()") == slots
    assert (
        run(f"return game.entity_prototypes['{name}'].module_inventory_size") == slots
    )


@pytest.mark.parametrize("name", ["wooden-chest", "assembling-machine-1"])
def test_what_has_no_slots(run, name):
    run(f"entity = surface.create_entity{{name = '{name}', position = {{0.5, 0.5}}}}")
    assert run(
        "return entity.get_module_inventory(), entity.effects, entity.beacons_count"
    ) == (None, None, None)
    bonuses = ("speed", "consumption", "productivity", "pollution")
    for bonus in bonuses:
        assert run(f"return entity.{bonus}_bonus") == 0


def test_beacons_and_receivers(run):
    run(
        """
        beacon = surface.create_entity{name = "beacon", position = {0.5, 0.5}}
        lab = surface.create_entity{name = "lab", position = {5.5, 0.5}}
        far = surface.create_entity{name = "lab", position = {9.5, 0.5}}
        """
    )
    assert run("return lab.beacons_count, far.beacons_count") == (1, 0)
    assert run("return lab.get_beacons()[1] == beacon, #far.get_beacons()") == (True, 0)
    assert run("return #beacon.get_beacon_effect_receivers()") == 1
    assert run("return beacon.get_beacon_effect_receivers()[1] == lab")
    assert run("return beacon.get_beacons()") is None


def test_only_beacons_have_receivers(run, refusal):
    run("lab = surface.create_entity{name = 'lab', position = {5.5, 0.5}}")
    assert "not for entities" in refusal("return lab.get_beacon_effect_receivers()")


@pytest.mark.usefixtures("machine")
def test_progress_of_a_bonus_can_be_set(run, refusal):
    run("machine.bonus_progress = 0.25")
    assert run("return machine.bonus_progress") == 0.25
    assert "0 or more" in refusal("machine.bonus_progress = -1")
    run(
        """
        drill = surface.create_entity{
          name = "electric-mining-drill", position = {-4.5, 0.5}}
        drill.bonus_mining_progress = 0.5
        """
    )
    assert run("return drill.bonus_mining_progress") == 0.5
    assert "not for entities" in refusal("drill.bonus_progress = 0.5")
    assert "not for entities" in refusal("machine.bonus_mining_progress = 0.5")


def test_bonuses_of_the_force_are_shown(run):
    run(
        """
        lab = surface.create_entity{
          name = "lab", force = "player", position = {5.5, 0.5}}
        lab.insert{name = "productivity-module-3", count = 2}
        game.forces.player.laboratory_productivity_bonus = 0.5
        game.forces.player.laboratory_speed_modifier = 1
        """
    )
    assert run("return lab.productivity_bonus") == pytest.approx(0.7)
    assert run("return lab.speed_bonus") == pytest.approx(2 * 0.7 - 1)


def test_modules_as_items(run, plain):
    module = "game.item_prototypes['productivity-module-2']"
    effects = plain(f"return {module}.module_effects")
    assert effects == {
        "speed": {"bonus": -0.1},
        "consumption": {"bonus": 0.6},
        "productivity": {"bonus": 0.06},
        "pollution": {"bonus": 0.07},
    }
    assert run(f"return {module}.category, {module}.tier") == ("productivity", 2)
    limitations = plain(f"return {module}.limitations")
    assert "iron-gear-wheel" in limitations
    assert "iron-chest" not in limitations
    assert run("return #game.item_prototypes['speed-module'].limitations") == 0
    assert run("return game.item_prototypes['coal'].module_effects") is None
    assert run("return game.item_prototypes['coal'].fuel_emissions_multiplier") == 1


def test_modules_in_prototypes_of_entities(run, plain):
    entity = "game.entity_prototypes"
    assert plain(f"return {entity}['beacon'].allowed_effects") == {
        "consumption": True,
        "speed": True,
        "pollution": True,
    }
    assert run(f"return {entity}['burner-mining-drill'].allowed_effects") is None
    assert run(f"return {entity}['beacon'].distribution_effectivity") == 0.5
    assert run(f"return {entity}['lab'].distribution_effectivity") is None
    assert run(f"return {entity}['lab'].base_productivity") == 0
    assert run(f"return {entity}['boiler'].emissions_per_second") == 0.5
    assert run("return game.max_beacon_supply_area_distance") == 3


def test_electric_emissions(run):
    run("lab = surface.create_entity{name = 'lab', position = {5.5, 0.5}}")
    run(
        "machine = surface.create_entity{name = 'assembling-machine-1', "
        "position = {0.5, 0.5}}"
    )
    assert run("return lab.electric_emissions") == 0
    expected = 4 / 60 / 75_000
    assert run("return machine.electric_emissions") == pytest.approx(expected)


def test_pollution_statistics(run, plain, go_on):
    run(
        """
        furnace = surface.create_entity{
          name = "stone-furnace", force = "player", position = {0, 0}}
        furnace.insert{name = "iron-ore", count = 9}
        furnace.insert{name = "coal", count = 2}
        statistics = game.pollution_statistics
        """
    )
    go_on(200)
    counts = plain("return statistics.input_counts")
    assert counts == pytest.approx({"stone-furnace": 2 / 60 * 3.2})
    assert run("return statistics.force") is None
    flow = run(
        "return statistics.get_flow_count{name = 'stone-furnace', input = true, "
        "precision_index = defines.flow_precision_index.five_seconds, count = true}"
    )
    assert flow == pytest.approx(2 / 60 * 3.2)
    run("statistics.clear()")
    assert plain("return statistics.input_counts") == {}


def test_scripts_may_count_pollution(run, go_on):
    run("game.pollution_statistics.on_flow('boiler', 2.5)")
    go_on(3)
    assert run("return game.pollution_statistics.get_input_count('boiler')") == 2.5
    sample = (
        "return game.pollution_statistics.get_flow_count{name = 'boiler', input = true,"
        " precision_index = defines.flow_precision_index.five_seconds, count = true}"
    )
    assert run(sample) == 2.5
