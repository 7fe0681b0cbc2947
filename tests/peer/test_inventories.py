"""inspect_inventory, insert_item and extract_item."""

import pytest
from conftest import STOCK
from fle.env.entities import Direction, Position
from fle.env.game_types import Prototype


@pytest.fixture
def place(play):
    """Place something near the origin."""

    def at(prototype, x=5, y=5, direction=Direction.UP):
        return play.tools.place_entity(prototype, direction, Position(x=x, y=y))

    return at


# --- inspecting


def test_ones_own_inventory(play):
    inventory = play.tools.inspect_inventory()
    assert {item: inventory[item] for item in STOCK} == STOCK
    assert inventory[Prototype.IronPlate] == STOCK["iron-plate"]
    assert inventory["steel-plate"] == 0


def test_everybodys_inventories(play):
    (inventory,) = play.tools.inspect_inventory(all_players=True)
    assert inventory["coal"] == STOCK["coal"]


@pytest.mark.parametrize(
    ("prototype", "recipe", "given"),
    [
        (Prototype.IronChest, None, {"coal": 7, "iron-plate": 9}),
        (Prototype.WoodenChest, None, {"iron-gear-wheel": 20}),
        (Prototype.StoneFurnace, None, {"iron-ore": 4}),
        (Prototype.AssemblingMachine1, Prototype.IronGearWheel, {"iron-plate": 6}),
        (Prototype.BurnerInserter, None, {"coal": 2}),
        (Prototype.Boiler, None, {"coal": 3}),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_something_has(play, place, prototype, recipe, given):
    built = place(prototype)
    if recipe:
        built = play.tools.set_entity_recipe(built, recipe)
    for item, count in given.items():
        wanted = next(each for each in Prototype if each.value[0] == item)
        built = play.tools.insert_item(wanted, built, count)
        assert play.world.carried(item) == STOCK[item] - count
    inventory = play.tools.inspect_inventory(built)
    assert {item: inventory[item] for item in given} == given
    assert play.world.the(prototype.value[0])["items"] == given


def test_nothing_is_there_to_inspect(play, place):
    chest = place(Prototype.IronChest)
    play.tools.pickup_entity(chest)
    with pytest.raises(Exception, match="Could not inspect inventory"):
        play.tools.inspect_inventory(chest)


@pytest.mark.defect("a position is allowed, but is asked for its name")
def test_a_position_cannot_be_inspected(play, place):
    chest = place(Prototype.IronChest)
    with pytest.raises(AttributeError, match="name"):
        play.tools.inspect_inventory(chest.position)


@pytest.mark.parametrize("what", ["iron-chest", (1, 2)])
def test_only_entities_are_inspected(play, what):
    with pytest.raises(ValueError, match="Entity or Position"):
        play.tools.inspect_inventory(what)


# --- inserting


def test_a_furnace_takes_fuel_and_ore(play, place):
    furnace = place(Prototype.StoneFurnace)
    furnace = play.tools.insert_item(Prototype.Coal, furnace, 5)
    assert furnace.fuel["coal"] == 5
    furnace = play.tools.insert_item(Prototype.IronOre, furnace, 4)
    assert furnace.furnace_source["iron-ore"] == 4
    assert play.world.carried("coal") == STOCK["coal"] - 5
    assert play.world.carried("iron-ore") == STOCK["iron-ore"] - 4
    play.world.wait(seconds=4 * 3.2 + 1)
    assert play.world.the("stone-furnace")["items"]["iron-plate"] == 4
    furnace = play.tools.get_entity(Prototype.StoneFurnace, furnace.position)
    assert furnace.furnace_result["iron-plate"] == 4
    assert furnace.status.value == "no_ingredients"


def test_more_than_one_has_is_what_one_has(play, place):
    chest = place(Prototype.IronChest)
    chest = play.tools.insert_item(Prototype.IronGearWheel, chest, 1000)
    assert chest.inventory["iron-gear-wheel"] == STOCK["iron-gear-wheel"]
    assert play.world.carried("iron-gear-wheel") == 0


def test_a_chest_may_be_nearly_full(play, place):
    chest = place(Prototype.WoodenChest)
    play.carry(iron_plate=2000)
    chest = play.tools.insert_item(Prototype.IronPlate, chest, 1700)
    assert chest.inventory["iron-plate"] == 16 * 100
    assert chest.warnings == ["chest is full"]
    assert play.world.carried("iron-plate") == 400
    with pytest.raises(Exception, match=r"Inventory is full \(1600/1600 items\)"):
        play.tools.insert_item(Prototype.IronPlate, chest, 1)
    assert play.world.carried("iron-plate") == 400


def test_a_belt_takes_one_item_at_a_time(play, place):
    belt = place(Prototype.TransportBelt, direction=Direction.RIGHT)
    belt = play.tools.insert_item(Prototype.IronPlate, belt, 3)
    assert belt.inventory["left"]["iron-plate"] == 1
    assert play.world.carried("iron-plate") == STOCK["iron-plate"] - 1


def test_a_group_of_belts_takes_as_many_as_it_can(play, place):
    for x in range(4, 8):
        place(Prototype.TransportBelt, x, 5, Direction.RIGHT)
    (group,) = play.tools.get_entities({Prototype.BeltGroup})
    group = play.tools.insert_item(Prototype.IronPlate, group, 5)
    assert group.inventory["iron-plate"] == 5
    assert play.world.carried("iron-plate") == STOCK["iron-plate"] - 5
    on_belts = """(function() local n = 0
        for _, e in pairs(game.surfaces[1].find_entities_filtered{
            name = 'transport-belt'}) do
          n = n + e.get_item_count('iron-plate')
        end return n end)()"""
    assert play.world.ask(on_belts) == 5


@pytest.mark.parametrize(
    ("prototype", "recipe", "item", "reason"),
    [
        (Prototype.IronChest, None, Prototype.SteelPlate, "No steel-plate to insert"),
        (Prototype.Boiler, None, Prototype.IronPlate, "that can accept iron-plate"),
        (Prototype.BurnerInserter, None, Prototype.IronPlate, "can accept iron-plate"),
        (Prototype.AssemblingMachine1, None, Prototype.IronPlate, "No recipe set"),
        (
            Prototype.AssemblingMachine1,
            Prototype.IronGearWheel,
            Prototype.Coal,
            "that can accept coal",
        ),
        (Prototype.StoneFurnace, None, Prototype.Pipe, "that can accept pipe"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_is_not_accepted(play, place, prototype, recipe, item, reason):
    built = place(prototype)
    if recipe:
        built = play.tools.set_entity_recipe(built, recipe)
    before = play.world.carried(item.value[0])
    with pytest.raises(Exception, match=reason):
        play.tools.insert_item(item, built, 1)
    assert play.world.carried(item.value[0]) == before
    assert play.world.the(prototype.value[0])["items"] == {}


def test_a_furnace_smelts_one_thing_at_a_time(play, place):
    furnace = place(Prototype.StoneFurnace)
    play.tools.insert_item(Prototype.IronOre, furnace, 2)
    with pytest.raises(Exception, match="already contains iron-ore"):
        play.tools.insert_item(Prototype.CopperPlate, furnace, 1)


def test_what_is_gone_takes_nothing(play, place):
    chest = place(Prototype.IronChest)
    play.tools.pickup_entity(chest)
    with pytest.raises(Exception, match="nearby entity that can accept coal"):
        play.tools.insert_item(Prototype.Coal, chest, 1)
    assert play.world.carried("coal") == STOCK["coal"]


# --- extracting


def test_some_of_it(play, place):
    chest = play.tools.insert_item(Prototype.Coal, place(Prototype.IronChest), 10)
    assert play.tools.extract_item(Prototype.Coal, chest, 3) == 3
    assert play.world.carried("coal") == STOCK["coal"] - 7
    assert play.tools.extract_item(Prototype.Coal, chest.position, 2) == 2
    assert play.world.carried("coal") == STOCK["coal"] - 5
    assert play.world.the("iron-chest")["items"] == {"coal": 5}


@pytest.mark.parametrize(
    ("prototype", "times"),
    [
        # `defines.inventory` has the chest and the fuel as 1
        pytest.param(Prototype.IronChest, 2, id="chest"),
        pytest.param(Prototype.StoneFurnace, None, id="furnace"),
    ],
)
@pytest.mark.defect("counts an item once for each name of its inventory")
def test_more_than_there_is_makes_items(play, place, prototype, times):
    built = play.tools.insert_item(Prototype.Coal, place(prototype), 4)
    left = play.world.carried("coal")
    assert play.tools.extract_item(Prototype.Coal, built, 100) == 4
    assert play.world.the(prototype.value[0])["items"] == {}
    gained = play.world.carried("coal") - left
    assert gained == 4 * times if times else gained > 4


def test_products_come_out(play, place):
    furnace = play.tools.insert_item(Prototype.Coal, place(Prototype.StoneFurnace), 5)
    furnace = play.tools.insert_item(Prototype.IronOre, furnace, 2)
    play.world.wait(seconds=8)
    assert play.tools.extract_item(Prototype.IronPlate, furnace, 2) == 2
    assert play.world.carried("iron-plate") == STOCK["iron-plate"] + 2
    assert "iron-plate" not in play.world.the("stone-furnace")["items"]


def test_what_cannot_be_extracted(play, place):
    chest = place(Prototype.IronChest)
    for source, count, reason in (
        (chest, 1, "valid iron-chest entity containing coal"),
        (chest.position, 1, "valid entity containing coal"),
        (chest, 0, "must be greater than 0"),
        (Position(x=40, y=40), 1, "Could not extract coal"),
    ):
        with pytest.raises(Exception, match=reason):
            play.tools.extract_item(Prototype.Coal, source, count)
    assert play.world.carried("coal") == STOCK["coal"]
