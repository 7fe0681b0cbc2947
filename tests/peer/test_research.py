"""Technologies and laboratories, recipes, rockets."""

import pytest
from fle.env.entities import Position
from fle.env.game_types import Prototype, RecipeName, Technology

PACK = "automation-science-pack"


def force(play, expression: str):
    return play.world.ask(f"game.forces.player.{expression}")


def need(ingredients) -> dict[str, int]:
    return {each.name: each.count for each in ingredients}


@pytest.fixture
def unlearned(play):
    """A game in which nothing is researched."""
    play.begin(all_technologies_researched=False)
    return play


# --- what to research


def test_research_is_begun(unlearned):
    assert need(unlearned.tools.set_research(Technology.Automation)) == {PACK: 10}
    assert force(unlearned, "current_research.name") == "automation"
    assert force(unlearned, "technologies.automation.researched") is False


@pytest.mark.parametrize(
    ("technology", "why"),
    [
        (Technology.Logistics2, "missing prerequisite - logistic-science-pack"),
        (Technology.OilProcessing, "missing prerequisite - fluid-handling"),
        ("no-such-technology", "technology doesn't exist"),
    ],
)
def test_what_cannot_be_researched(unlearned, technology, why):
    with pytest.raises(Exception, match=f"Cannot research .* because {why}"):
        unlearned.tools.set_research(technology)
    assert force(unlearned, "current_research or 'nothing'") == "nothing"


def test_what_is_researched_already(play):
    with pytest.raises(Exception, match="technology is already researched"):
        play.tools.set_research(Technology.Automation)


def test_what_is_disabled(unlearned):
    unlearned.world.run("game.forces.player.technologies.automation.enabled = false")
    with pytest.raises(Exception, match="technology is not enabled"):
        unlearned.tools.set_research(Technology.Automation)


def test_without_the_recipe_of_a_pack(unlearned):
    unlearned.world.run(
        """local force = game.forces.player
        for _, name in pairs{'logistics', 'logistic-science-pack'} do
          force.technologies[name].researched = true
        end
        force.recipes['logistic-science-pack'].enabled = false"""
    )
    with pytest.raises(Exception, match="missing required science pack recipe"):
        unlearned.tools.set_research(Technology.Logistics2)


@pytest.mark.defect("FLE adds to the queue, and says that the new research is set")
def test_a_second_research_waits_or_is_dropped(unlearned):
    unlearned.tools.set_research(Technology.Automation)
    unlearned.world.run("game.forces.player.research_queue_enabled = true")
    unlearned.tools.set_research(Technology.Logistics)
    assert force(unlearned, "current_research.name") == "automation"
    assert force(unlearned, "research_queue[2].name") == "logistics"


# --- how far it is


def test_progress_before_meanwhile_and_after(unlearned):
    progress = unlearned.tools.get_research_progress
    assert need(progress(Technology.Automation)) == {PACK: 10}
    unlearned.tools.set_research(Technology.Automation)
    assert need(progress()) == {PACK: 10}
    unlearned.world.run("game.forces.player.research_progress = 0.55")
    assert need(progress()) == need(progress(Technology.Automation)) == {PACK: 5}
    unlearned.world.run("game.forces.player.technologies.automation.researched = true")
    assert progress(Technology.Automation) == []
    with pytest.raises(Exception, match="No research currently in progress"):
        progress()


def test_progress_of_what_is_not_to_be_researched_yet(unlearned):
    asked = unlearned.tools.get_research_progress(Technology.Logistics2)
    assert need(asked) == {PACK: 200, "logistic-science-pack": 200}


def test_progress_of_what_does_not_exist(play):
    with pytest.raises(Exception, match="no-such-technology doesn't exist"):
        play.tools.get_research_progress("no-such-technology")


@pytest.mark.defect("FLE counts what is saved of research that was given up as nothing")
def test_progress_that_is_saved_is_not_counted(unlearned):
    unlearned.world.run(
        "game.forces.player.set_saved_technology_progress('automation', 0.5)"
    )
    assert need(unlearned.tools.get_research_progress(Technology.Automation)) == {
        PACK: 10
    }


# --- laboratories


def place_lab(play, packs: int, *, has_power: bool) -> None:
    play.world.run(
        f"""local function make(name, x, y)
          return game.surfaces[1].create_entity{{
            name = name, position = {{x, y}}, force = 'player'}}
        end
        local lab = make('lab', 4.5, 8.5)
        if {packs} > 0 then lab.insert{{name = '{PACK}', count = {packs}}} end
        make('small-electric-pole', 6.5, 8.5)
        for y = 2.5, 12.5, 5 do
          make('steam-engine', 8.5, y).fluidbox[1] = {str(has_power).lower()} and
            {{name = 'steam', amount = 200, temperature = 165}} or nil
        end"""
    )


def test_a_laboratory_researches(unlearned):
    unlearned.tools.set_research(Technology.Automation)
    place_lab(unlearned, packs=12, has_power=True)
    # ten units of ten seconds each
    unlearned.world.wait(seconds=45)
    left = need(unlearned.tools.get_research_progress())[PACK]
    assert 4 <= left <= 7
    assert force(unlearned, "recipes['assembling-machine-1'].enabled") is False
    unlearned.world.wait(seconds=65)
    assert unlearned.tools.get_research_progress(Technology.Automation) == []
    assert unlearned.world.the("lab")["items"] == {PACK: 2}
    assert force(unlearned, "recipes['assembling-machine-1'].enabled") is True
    assert need(unlearned.tools.set_research(Technology.Logistics)) == {PACK: 20}


@pytest.mark.parametrize(
    ("packs", "has_power"), [(0, True), (5, False)], ids=["packs", "power"]
)
def test_a_laboratory_that_lacks_something(unlearned, packs, has_power):
    unlearned.tools.set_research(Technology.Automation)
    place_lab(unlearned, packs, has_power=has_power)
    unlearned.world.wait(seconds=20)
    assert need(unlearned.tools.get_research_progress()) == {PACK: 10}


def test_packs_are_crafted_inserted_and_looked_at(unlearned):
    unlearned.carry(lab=1, copper_plate=3, iron_gear_wheel=3)
    tools = unlearned.tools
    assert tools.craft_item(Prototype.AutomationSciencePack, 3) == 3
    lab = tools.place_entity(Prototype.Lab, position=Position(x=4, y=4))
    lab = tools.insert_item(Prototype.AutomationSciencePack, lab, 2)
    assert unlearned.world.the("lab")["items"] == {PACK: 2}
    assert tools.inspect_inventory(lab)[Prototype.AutomationSciencePack] == 2
    assert unlearned.world.carried(PACK) == 1


def test_a_technology_unlocks_its_recipe_for_hands(unlearned):
    unlearned.carry(iron_plate=9, electronic_circuit=3, iron_gear_wheel=5)
    with pytest.raises(Exception, match="craft"):
        unlearned.tools.craft_item(Prototype.AssemblingMachine1)
    unlearned.world.run("game.forces.player.technologies.automation.researched = true")
    assert unlearned.tools.craft_item(Prototype.AssemblingMachine1) == 1
    assert unlearned.world.carried("assembling-machine-1") == 1


# --- saved and restored


def test_research_is_saved_and_restored(unlearned):
    tools = unlearned.tools
    unlearned.world.run("game.forces.player.technologies.logistics.researched = true")
    tools.set_research(Technology.Automation)
    unlearned.world.run("game.forces.player.research_progress = 0.5")
    saved = tools._save_research_state()
    assert (saved.current_research, saved.research_progress) == ("automation", 0.5)
    assert saved.research_queue == ["automation"]
    assert saved.technologies["logistics"].researched
    assert saved.technologies["automation"].ingredients == [{PACK: 1}]
    unlearned.begin()
    assert force(unlearned, "current_research or 'nothing'") == "nothing"
    tools._load_research_state(saved)
    assert force(unlearned, "current_research.name") == "automation"
    assert force(unlearned, "research_progress") == 0.5
    assert tools._save_research_state() == saved


def test_all_of_it_is_saved(play):
    saved = play.tools._save_research_state()
    known = play.world.ask(
        """(function()
          local names = {}
          for name, technology in pairs(game.forces.player.technologies) do
            names[name] = technology.researched
          end
          return names
        end)()"""
    )
    assert {
        name: technology.researched for name, technology in saved.technologies.items()
    } == known
    play.begin(all_technologies_researched=False)
    assert not force(play, "technologies.automation.researched")
    play.tools._load_research_state(saved)
    assert play.tools._save_research_state() == saved


# --- recipes


@pytest.mark.parametrize(
    ("asked", "ingredients", "products"),
    [
        (Prototype.IronGearWheel, {"iron-plate": 2}, {"iron-gear-wheel": 1}),
        (Prototype.CopperCable, {"copper-plate": 1}, {"copper-cable": 2}),
        ("iron-plate", {"iron-ore": 1}, {"iron-plate": 1}),
        (
            RecipeName.AdvancedOilProcessing,
            {"crude-oil": 100, "water": 50},
            {"heavy-oil": 25, "light-oil": 45, "petroleum-gas": 55},
        ),
    ],
)
def test_recipes(play, asked, ingredients, products):
    recipe = play.tools.get_prototype_recipe(asked)
    assert need(recipe.ingredients) == ingredients
    assert need(recipe.products) == products


def test_chances_of_products(play):
    recipe = play.tools.get_prototype_recipe(RecipeName.UraniumProcessing)
    assert {each.name: each.probability for each in recipe.products} == {
        "uranium-235": pytest.approx(0.007),
        "uranium-238": pytest.approx(0.993),
    }


@pytest.mark.parametrize("asked", [Prototype.IronOre, "no-such-recipe"])
def test_what_has_no_recipe(play, asked):
    with pytest.raises(Exception, match="Could not get recipe"):
        play.tools.get_prototype_recipe(asked)


def test_recipes_of_machines(play):
    play.carry(assembling_machine_2=1, chemical_plant=1, filter_inserter=1)
    tools = play.tools
    machine = tools.place_entity(
        Prototype.AssemblingMachine2, position=Position(x=4, y=4)
    )
    machine = tools.set_entity_recipe(machine, Prototype.IronGearWheel)
    assert machine.recipe == "iron-gear-wheel"
    recipe = (
        "game.surfaces[1].find_entities_filtered{{name = '{}'}}[1].get_recipe().name"
    )
    assert play.world.ask(recipe.format("assembling-machine-2")) == "iron-gear-wheel"
    plant = tools.place_entity(Prototype.ChemicalPlant, position=Position(x=-4, y=4))
    tools.set_entity_recipe(plant, RecipeName.HeavyOilCracking)
    assert play.world.ask(recipe.format("chemical-plant")) == "heavy-oil-cracking"
    hand = tools.place_entity(Prototype.FilterInserter, position=Position(x=0, y=-4))
    assert tools.set_entity_recipe(hand, Prototype.Coal).filter == "coal"
    assert (
        play.world.ask(
            "game.surfaces[1].find_entities_filtered{name = 'filter-inserter'}[1]"
            ".get_filter(1)"
        )
        == "coal"
    )


def test_a_recipe_for_nothing_that_makes(play):
    chest = play.tools.place_entity(Prototype.WoodenChest, position=Position(x=4, y=4))
    with pytest.raises(Exception, match="No building found"):
        play.tools.set_entity_recipe(chest, Prototype.IronGearWheel)


@pytest.mark.defect("FLE says that a recipe is set that does not exist for the game")
def test_a_recipe_that_does_not_exist(play):
    machine = play.tools.place_entity(
        Prototype.AssemblingMachine1, position=Position(x=4, y=4)
    )
    told = play.tools.set_entity_recipe(machine, Prototype.IronOre)
    assert told.recipe == "iron-ore"
    assert (
        play.world.ask(
            "game.surfaces[1].find_entities_filtered{name = 'assembling-machine-1'}[1]"
            ".get_recipe() or 'none'"
        )
        == "none"
    )


# --- rockets

SILO = "game.surfaces[1].find_entities_filtered{name = 'rocket-silo'}[1]"
NO_LAUNCH_COUNT = (
    "to describe a silo FLE asks for `launch_count`, which the game does not have"
)


@pytest.fixture
def silo(play):
    """A silo with power and parts for a rocket; where it is."""
    play.world.run(
        """local function make(name, x, y)
          return game.surfaces[1].create_entity{
            name = name, position = {x, y}, force = 'player'}
        end
        local silo = make('rocket-silo', 10.5, 0.5)
        silo.rocket_parts = 99
        for _, item in pairs{
            'rocket-control-unit', 'low-density-structure', 'rocket-fuel'} do
          silo.insert{name = item, count = 10}
        end
        make('substation', 4, 0)
        for row = 0, 3 do
          for column = 0, 8 do
            make('steam-engine', 4.5 + 3 * column, 9.5 + 5 * row).fluidbox[1] =
              {name = 'steam', amount = 200, temperature = 165}
          end
        end
        for x = 5, 29, 12 do
          for y = 7, 25, 9 do make('substation', x, y) end
        end"""
    )
    return Position(x=10.5, y=0.5)


@pytest.mark.defect(NO_LAUNCH_COUNT)
def test_a_silo_is_placed_and_not_described(play):
    play.carry(rocket_silo=1)
    with pytest.raises(Exception, match="Could not create rocket-silo object"):
        play.tools.place_entity(Prototype.RocketSilo, position=Position(x=8, y=0))
    assert play.world.the("rocket-silo")["x"] == 8.5
    assert play.world.carried("rocket-silo") == 0
    with pytest.raises(Exception, match=r"Could not get Prototype\.RocketSilo"):
        play.tools.get_entity(Prototype.RocketSilo, Position(x=8.5, y=0.5))


@pytest.mark.defect(NO_LAUNCH_COUNT)
def test_a_rocket_is_launched(play, silo):
    status = f"{SILO}.rocket_silo_status == defines.rocket_silo_status.rocket_ready"
    play.world.run(f"{SILO}.auto_launch = false")
    for _ in range(12):
        play.world.wait(seconds=5)
        if play.world.ask(status):
            break
    assert play.world.ask(status)
    play.world.run(
        f"{SILO}.get_inventory(defines.inventory.rocket_silo_rocket).insert('satellite')"
    )
    with pytest.raises(Exception, match="Cannot launch rocket"):
        play.tools.launch_rocket(silo)
    for _ in range(12):
        play.world.wait(seconds=5)
        if force(play, "rockets_launched"):
            break
    assert force(play, "rockets_launched") == 1
    assert play.world.the("rocket-silo")["items"] == {"space-science-pack": 1000}


@pytest.mark.defect(NO_LAUNCH_COUNT)
def test_no_rocket_is_launched_before_it_is_ready(play, silo):
    launched = force(play, "rockets_launched")
    with pytest.raises(Exception, match="Cannot launch rocket"):
        play.tools.launch_rocket(silo)
    assert play.world.ask(f"{SILO}.rocket_parts") >= 99
    assert force(play, "rockets_launched") == launched
