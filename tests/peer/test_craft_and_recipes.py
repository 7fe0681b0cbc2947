"""craft_item, get_prototype_recipe and set_entity_recipe."""

import pytest
from conftest import STOCK
from fle.env.entities import Direction, Position
from fle.env.game_types import Prototype, RecipeName
from scenes import items, named

# --- crafting


@pytest.mark.parametrize(
    ("prototype", "count", "made", "used"),
    [
        (Prototype.IronGearWheel, 3, 3, items(iron_plate=6)),
        (Prototype.CopperCable, 2, 2, items(copper_plate=1)),
        # whole crafts: two cables each
        (Prototype.CopperCable, 3, 4, items(copper_plate=2)),
        (Prototype.IronChest, 2, 2, items(iron_plate=16)),
        # cables are made on the way
        (Prototype.ElectronicCircuit, 2, 2, items(iron_plate=2, copper_plate=3)),
        (Prototype.TransportBelt, 2, 2, items(iron_plate=1, iron_gear_wheel=1)),
    ],
    ids=named,
)
def test_crafted(play, prototype, count, made, used):
    name = prototype.value[0]
    had = play.world.carried(name)
    assert play.tools.craft_item(prototype, count) == count
    assert play.world.carried(name) == had + made
    for item, number in used.items():
        assert play.world.carried(item) == STOCK[item] - number


def test_crafting_takes_time(play):
    before = play.instance.get_elapsed_ticks()
    play.tools.craft_item(Prototype.IronGearWheel, 4)
    assert play.instance.get_elapsed_ticks() - before == 4 * 30
    by_name = play.tools.craft_item("iron-gear-wheel", 1)
    assert by_name == 1


def test_crafting_is_counted(play):
    made = "game.forces.player.item_production_statistics.get_input_count"
    before = play.world.ask(f"{made}('iron-gear-wheel')")
    play.tools.craft_item(Prototype.IronGearWheel, 5)
    assert play.world.ask(f"{made}('iron-gear-wheel')") == before + 5


@pytest.mark.parametrize(
    ("prototype", "count", "reason"),
    [
        (Prototype.IronPlate, 1, "cannot be crafted"),
        (Prototype.EngineUnit, 1, "requires a crafting machine"),
        (
            Prototype.StoneFurnace,
            1,
            r"stone .* a raw resource that must be gathered",
        ),
        (Prototype.IronGearWheel, 5000, "sub-ingredient for iron-gear-wheel"),
        (Prototype.Coal, 1, "raw resource"),
    ],
    ids=named,
)
def test_not_crafted(play, prototype, count, reason):
    name = prototype.value[0]
    had = play.world.carried(name)
    with pytest.raises(Exception, match=reason):
        play.tools.craft_item(prototype, count)
    assert play.world.carried(name) == had
    assert play.world.carried("iron-plate") == STOCK["iron-plate"]


def test_a_locked_recipe(play):
    play.begin(all_technologies_researched=False)
    with pytest.raises(Exception, match=r"not unlocked yet \(requires solar-energy"):
        play.tools.craft_item(Prototype.SolarPanel)
    assert play.tools.craft_item(Prototype.IronGearWheel) == 1


def test_no_room_for_it(play):
    play.carry(iron_plate=100 * 200)
    full = play.world.carried("iron-plate")
    with pytest.raises(Exception, match="Inventory is full"):
        play.tools.craft_item(Prototype.IronGearWheel)
    assert play.world.carried("iron-plate") == full


# --- looking recipes up


@pytest.mark.parametrize(
    ("asked", "ingredients", "products"),
    [
        (Prototype.IronGearWheel, items(iron_plate=2), items(iron_gear_wheel=1)),
        (
            Prototype.ElectronicCircuit,
            items(iron_plate=1, copper_cable=3),
            items(electronic_circuit=1),
        ),
        (Prototype.CopperCable, items(copper_plate=1), items(copper_cable=2)),
        ("iron-stick", items(iron_plate=1), items(iron_stick=2)),
        (
            Prototype.SulfuricAcid,
            items(sulfur=5, iron_plate=1, water=100),
            items(sulfuric_acid=50),
        ),
        (
            RecipeName.AdvancedOilProcessing,
            items(water=50, crude_oil=100),
            items(heavy_oil=25, light_oil=45, petroleum_gas=55),
        ),
        (
            RecipeName.UraniumProcessing,
            items(uranium_ore=10),
            items(uranium_235=1, uranium_238=1),
        ),
    ],
    ids=named,
)
def test_recipes(play, asked, ingredients, products):
    recipe = play.tools.get_prototype_recipe(asked)
    assert {each.name: each.count for each in recipe.ingredients} == ingredients
    assert {each.name: each.count for each in recipe.products} == products


def test_chances_of_products(play):
    recipe = play.tools.get_prototype_recipe(RecipeName.UraniumProcessing)
    assert [each.probability for each in recipe.products] == pytest.approx(
        [0.007, 0.993]
    )


@pytest.mark.parametrize("asked", list(RecipeName), ids=named)
def test_every_recipe_that_has_a_name(play, asked):
    known = play.world.ask(f"game.recipe_prototypes['{asked.value}'] ~= nil")
    assert known
    recipe = play.tools.get_prototype_recipe(asked)
    assert recipe.name == asked.value
    assert recipe.ingredients


@pytest.mark.parametrize("asked", [Prototype.IronOre, "no-such"], ids=str)
def test_no_recipe(play, asked):
    with pytest.raises(Exception, match="Could not get recipe of"):
        play.tools.get_prototype_recipe(asked)


# --- setting recipes

RECIPE_OF = """(function()
    local recipe = game.surfaces[1].find_entities_filtered{name = '%s'}[1].get_recipe()
    return recipe and recipe.name end)()"""


def place(play, prototype, **more):
    play.carry(**{prototype.value[0]: 1, **more})
    return play.tools.place_entity(prototype, Direction.UP, Position(x=5, y=1))


@pytest.mark.parametrize(
    ("machine", "recipe", "name"),
    [
        (Prototype.AssemblingMachine1, Prototype.IronGearWheel, "iron-gear-wheel"),
        (Prototype.AssemblingMachine2, Prototype.ElectronicCircuit, None),
        (Prototype.AssemblingMachine3, Prototype.ProcessingUnit, "processing-unit"),
        (Prototype.ChemicalPlant, Prototype.SulfuricAcid, "sulfuric-acid"),
        (Prototype.ChemicalPlant, RecipeName.HeavyOilCracking, "heavy-oil-cracking"),
        (Prototype.OilRefinery, RecipeName.AdvancedOilProcessing, None),
        (Prototype.Centrifuge, RecipeName.UraniumProcessing, "uranium-processing"),
    ],
    ids=named,
)
def test_a_machine_gets_a_recipe(play, machine, recipe, name):
    built = play.tools.set_entity_recipe(place(play, machine), recipe)
    value = recipe.value if isinstance(recipe, RecipeName) else recipe.value[0]
    assert built.recipe == value == (name or value)
    assert play.world.ask(RECIPE_OF % machine.value[0]) == value
    assert play.tools.get_entity(machine, built.position).recipe.name == value


@pytest.mark.defect("loses what the old recipe needed")
def test_another_recipe(play):
    built = place(play, Prototype.AssemblingMachine1, iron_plate=10)
    built = play.tools.set_entity_recipe(built, Prototype.IronGearWheel)
    built = play.tools.insert_item(Prototype.IronPlate, built, 8)
    built = play.tools.set_entity_recipe(built, Prototype.CopperCable)
    assert play.world.ask(RECIPE_OF % "assembling-machine-1") == "copper-cable"
    assert play.world.the("assembling-machine-1")["items"] == {}
    assert play.world.carried("iron-plate") == 2


@pytest.mark.parametrize("name", ["FilterInserter", "StackFilterInserter"])
def test_an_inserter_gets_a_filter(play, name):
    prototype = getattr(Prototype, name)
    built = play.tools.set_entity_recipe(place(play, prototype), Prototype.IronPlate)
    assert built.filter == "iron-plate"
    wanted = f"{{name = '{built.name}'}}"
    real = f"game.surfaces[1].find_entities_filtered{wanted}[1].get_filter(1)"
    assert play.world.ask(real) == "iron-plate"


def test_what_a_machine_cannot_craft(play):
    built = place(play, Prototype.AssemblingMachine2)
    with pytest.raises(Exception, match="Could not set recipe to steel-plate"):
        play.tools.set_entity_recipe(built, Prototype.SteelPlate)
    assert play.world.ask(RECIPE_OF % "assembling-machine-2") is None


@pytest.mark.defect("says that it was set")
def test_what_has_no_recipe_is_said_to_be_set(play):
    built = place(play, Prototype.AssemblingMachine1)
    built = play.tools.set_entity_recipe(built, Prototype.IronOre)
    assert built.recipe == "iron-ore"
    assert play.world.ask(RECIPE_OF % "assembling-machine-1") is None


@pytest.mark.defect("cannot read that nothing was returned")
def test_inserters_without_filters(play):
    built = place(play, Prototype.Inserter)
    with pytest.raises(Exception, match="table expected, got nil"):
        play.tools.set_entity_recipe(built, Prototype.IronPlate)


def test_what_takes_no_recipe(play):
    built = place(play, Prototype.IronChest)
    with pytest.raises(Exception, match="No building found that could have its recipe"):
        play.tools.set_entity_recipe(built, Prototype.IronPlate)
    with pytest.raises(ValueError, match="Invalid entity type"):
        play.tools.set_entity_recipe(built, "iron-plate")


def test_a_machine_works(play):
    """With a steam engine that a script keeps hot."""
    machine = place(play, Prototype.AssemblingMachine1, iron_plate=8)
    machine = play.tools.set_entity_recipe(machine, Prototype.IronGearWheel)
    play.world.run(
        """local surface = game.surfaces[1]
        surface.create_entity{name = 'small-electric-pole', force = 'player',
            position = {2.5, 3.5}}
        engine = surface.create_entity{name = 'steam-engine', force = 'player',
            position = {0.5, 6.5}}
        engine.insert_fluid{name = 'steam', amount = 200, temperature = 165}"""
    )
    machine = play.tools.insert_item(Prototype.IronPlate, machine, 8)
    play.world.wait(seconds=6)
    found = play.tools.get_entity(Prototype.AssemblingMachine1, machine.position)
    assert found.assembling_machine_output["iron-gear-wheel"] == 4
    assert play.tools.extract_item(Prototype.IronGearWheel, machine, 4) == 4
    assert play.world.carried("iron-gear-wheel") == 4
