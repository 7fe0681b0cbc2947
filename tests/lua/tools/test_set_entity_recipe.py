"""Choosing what machines make."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Position, Prototype, RecipeName
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]
Count = Callable[[], dict[str, int]]

HANDLING_TICKS = 6
PLACE = Position(4.5, 4.5)


def test_sets_a_recipe(agent: Driver, server: EmbeddedServer) -> None:
    machine = agent.place_entity(Prototype.AssemblingMachine1, position=PLACE)
    start = server.tick
    machine = agent.set_entity_recipe(machine, Prototype.IronGearWheel)
    assert machine.recipe.name == "iron-gear-wheel"
    assert server.tick - start == HANDLING_TICKS


def test_what_the_machine_held_comes_back(agent: Driver, count_items: Count) -> None:
    machine = agent.place_entity(Prototype.AssemblingMachine1, position=PLACE)
    machine = agent.set_entity_recipe(machine, Prototype.IronGearWheel)
    before, had = count_items(), agent.inspect_inventory()
    machine = agent.insert_item(Prototype.IronPlate, machine, 4)
    assert machine.assembling_machine_input[Prototype.IronPlate] == 4
    machine = agent.set_entity_recipe(machine, Prototype.CopperCable)
    assert machine.recipe.name == "copper-cable"
    assert agent.inspect_inventory() == had
    assert count_items() == before


def test_refineries_take_recipes_by_their_names(agent: Driver, build: Build) -> None:
    build("oil-refinery", 4.5, 4.5)
    refinery = agent.get_entity(Prototype.OilRefinery, PLACE)
    refinery = agent.set_entity_recipe(refinery, RecipeName.BasicOilProcessing)
    assert refinery.recipe.name == "basic-oil-processing"


def test_recipes_are_named_as_in_the_game(agent: Driver) -> None:
    machine = agent.place_entity("assembling-machine-1", position=PLACE)
    machine = agent.set_entity_recipe(machine, "speed-module")
    assert machine.recipe.name == "speed-module"


def test_a_filter_inserter_gets_its_filter(agent: Driver, build: Build) -> None:
    build("filter-inserter", 4.5, 4.5)
    inserter = agent.get_entity(Prototype.FilterInserter, PLACE)
    assert agent.set_entity_recipe(inserter, Prototype.Coal).filter == "coal"


@pytest.mark.parametrize(
    ("name", "prototype", "code"),
    [
        ("assembling-machine-1", Prototype.SteelPlate, "wrong-recipe"),
        ("assembling-machine-1", Prototype.PlasticBar, "wrong-recipe"),
        ("assembling-machine-1", Prototype.IronOre, "no-such-recipe"),
        ("stone-furnace", Prototype.IronPlate, "wrong-recipe"),
        ("burner-inserter", Prototype.IronPlate, "wrong-recipe"),
    ],
)
def test_refuses(
    agent: Driver, build: Build, name: str, prototype: Prototype, code: str
) -> None:
    build(name, 4.5, 4.5)
    [machine] = agent.get_entities(position=PLACE, radius=2)
    with pytest.raises(ToolError) as refused:
        agent.set_entity_recipe(machine, prototype)
    assert refused.value.code == code


def test_refuses_a_locked_recipe(agent: Driver, server: EmbeddedServer) -> None:
    machine = agent.place_entity(Prototype.AssemblingMachine1, position=PLACE)
    server.lua.execute("game.forces.player.recipes['lab'].enabled = false")
    with pytest.raises(ToolError) as refused:
        agent.set_entity_recipe(machine, Prototype.Lab)
    assert refused.value.code == "recipe-locked"
    assert agent.get_entity(Prototype.AssemblingMachine1, PLACE).recipe is None


def test_refuses_from_afar(agent: Driver, build: Build) -> None:
    build("assembling-machine-1", 30.5, 4.5)
    machine = agent.get_entity(Prototype.AssemblingMachine1, Position(30.5, 4.5))
    with pytest.raises(ToolError) as refused:
        agent.set_entity_recipe(machine, Prototype.IronGearWheel)
    assert refused.value.code == "out-of-reach"


def test_nothing_is_lost_when_there_is_no_room(
    agent: Driver, server: EmbeddedServer, count_items: Count
) -> None:
    machine = agent.place_entity(Prototype.AssemblingMachine1, position=PLACE)
    machine = agent.set_entity_recipe(machine, Prototype.BurnerInserter)
    agent.insert_item(Prototype.IronPlate, machine, 2)
    agent.insert_item(Prototype.IronGearWheel, machine, 2)
    # one slot is left for the two kinds
    server.lua.execute(
        "local main = global.agents[1].character.get_main_inventory() "
        "main.remove({name = 'iron-plate', count = 10000}) "
        "main.remove({name = 'iron-gear-wheel', count = 10000}) "
        "main.insert({name = 'wood', count = 100000}) "
        "main.remove({name = 'wood', count = 100})"
    )
    before = count_items()
    with pytest.raises(ToolError) as refused:
        agent.set_entity_recipe(machine, Prototype.CopperCable)
    assert refused.value.code == "inventory-full"
    assert count_items() == before


WORKING = """
local surface = game.surfaces[1]
surface.always_day = true
surface.create_entity({name = "substation", position = {8, 8}, force = "player"})
for column = 0, 3 do
  surface.create_entity({
    name = "solar-panel", position = {12.5, 1.5 + 3 * column}, force = "player",
  })
end
"""
FULL = """
local main = global.agents[1].character.get_main_inventory()
main.clear()
main.insert({name = "wood", count = 100000})
"""


def test_nothing_of_a_craft_is_lost_when_there_is_no_room(
    agent: Driver, server: EmbeddedServer, build: Build, count_items: Count
) -> None:
    server.lua.execute(WORKING)
    build("assembling-machine-2", 4.5, 4.5, recipe="iron-gear-wheel")
    machine = agent.get_entity(Prototype.AssemblingMachine2, PLACE)
    # all that is there goes into the craft
    agent.insert_item(Prototype.IronPlate, machine, 2)
    server.advance(5)
    assert agent.inspect_inventory(machine).keys() == set()
    server.lua.execute(FULL)
    before = count_items()

    with pytest.raises(ToolError) as refused:
        agent.set_entity_recipe(machine, Prototype.Pipe)

    assert refused.value.code == "inventory-full"
    assert count_items() == before


def test_what_a_refused_recipe_leaves_no_room_for_comes_to_you(
    agent: Driver, server: EmbeddedServer, build: Build, count_items: Count
) -> None:
    server.lua.execute(WORKING)
    # a craft is going on, and the slot is full again
    build("assembling-machine-2", 4.5, 4.5, direction=6, recipe="iron-gear-wheel")
    build("storage-tank", 1.5, 3.5)
    put(server, 1.5, 3.5, 1, "water")
    machine = agent.get_entity(Prototype.AssemblingMachine2, PLACE)
    agent.insert_item(Prototype.IronPlate, machine, 100)
    server.advance(5)
    agent.insert_item(Prototype.IronPlate, machine, 2)
    before, had = count_items(), agent.inspect_inventory()[Prototype.IronPlate]

    with pytest.raises(ToolError) as refused:
        agent.set_entity_recipe(machine, "electric-engine-unit")

    assert refused.value.code == "would-mix-fluids"
    assert count_items() == before
    assert agent.inspect_inventory()[Prototype.IronPlate] == had + 2


# --- fluids


def put(server: EmbeddedServer, x: float, y: float, box: int, fluid: str) -> None:
    """Some of a fluid into a fluid box of what stands at a place."""
    server.lua.execute(
        f"for _, e in pairs(game.surfaces[1].find_entities({{{{{x}, {y}}}, "
        f"{{{x}, {y}}}}})) do e.fluidbox[{box}] = "
        f"{{name = '{fluid}', amount = 20}} end"
    )


def test_refuses_to_mix_fluids(
    agent: Driver, server: EmbeddedServer, build: Build
) -> None:
    build("chemical-plant", 4.5, 4.5)
    # the first inlet is at its north side. Source: prototype chemical-plant
    build("pipe", 3.5, 2.5)
    put(server, 3.5, 2.5, 1, "water")
    plant = agent.get_entity(Prototype.ChemicalPlant, PLACE)
    with pytest.raises(ToolError) as refused:
        agent.set_entity_recipe(plant, Prototype.PlasticBar)
    assert refused.value.code == "would-mix-fluids"
    assert "petroleum-gas" in str(refused.value)
    assert "water" in str(refused.value)
    plant = agent.get_entity(Prototype.ChemicalPlant, PLACE)
    assert not plant.recipe
    # water is what it takes for this one
    plant = agent.set_entity_recipe(plant, Prototype.SulfuricAcid)
    assert plant.recipe.name == "sulfuric-acid"


def test_a_refused_recipe_changes_nothing(
    agent: Driver, server: EmbeddedServer, build: Build, count_items: Count
) -> None:
    build("chemical-plant", 4.5, 4.5)
    build("pipe", 3.5, 2.5)
    plant = agent.get_entity(Prototype.ChemicalPlant, PLACE)
    plant = agent.set_entity_recipe(plant, Prototype.SulfuricAcid)
    put(server, 3.5, 2.5, 1, "water")
    server.lua.execute(
        "local plant = game.surfaces[1].find_entity('chemical-plant', {4.5, 4.5}) "
        "plant.fluidbox[1] = {name = 'water', amount = 7} "
        "plant.insert({name = 'sulfur', count = 4}) "
        "plant.get_output_inventory()"
    )
    before = count_items()
    with pytest.raises(ToolError) as refused:
        agent.set_entity_recipe(plant, Prototype.PlasticBar)
    assert refused.value.code == "would-mix-fluids"
    assert count_items() == before
    told = server.lua.execute(
        "local plant = game.surfaces[1].find_entity('chemical-plant', {4.5, 4.5}) "
        "return plant.get_recipe().name, plant.fluidbox[1].amount, "
        "plant.get_item_count('sulfur')"
    )
    assert told == ("sulfuric-acid", 7, 4)


def test_what_only_the_machine_held_is_no_hindrance(
    agent: Driver, server: EmbeddedServer, build: Build
) -> None:
    build("chemical-plant", 4.5, 4.5)
    build("pipe", 3.5, 2.5)
    plant = agent.get_entity(Prototype.ChemicalPlant, PLACE)
    plant = agent.set_entity_recipe(plant, Prototype.SulfuricAcid)
    server.lua.execute(
        "local plant = game.surfaces[1].find_entity('chemical-plant', {4.5, 4.5}) "
        "plant.fluidbox[1] = {name = 'water', amount = 7}"
    )
    plant = agent.set_entity_recipe(plant, Prototype.PlasticBar)
    assert plant.recipe.name == "plastic-bar"
