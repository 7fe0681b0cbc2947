"""What agents can name."""

import pytest

from fle_marl.lua.types import (
    Direction,
    EntityStatus,
    Prototype,
    RecipeName,
    Resource,
    Technology,
    prototype_by_name,
    technology_by_name,
)
from fle_marl.lua.types import entities as kinds
from fle_marl.lua.types.tile_sizes import TILE_SIZES
from fle_marl.prototypes import load

NAMES_OF_NOTHING_IN_THE_GAME = {
    "express-inserter",
    "coal-liquifaction",
    "belt-group",
    "pipe-group",
    "electricity-group",
}


@pytest.mark.parametrize(
    ("kind", "count"), [(Prototype, 112), (Technology, 54), (RecipeName, 25)]
)
def test_there_are_as_many_names_as_programs_know(kind, count):
    assert len(kind.__members__) == len(set(kind)) == count


def test_a_prototype_is_a_pair_of_name_and_class():
    assert Prototype.StoneFurnace.value == ("stone-furnace", kinds.Furnace)
    assert Prototype.IronPlate.value == ("iron-plate", None)
    name, entity_class = Prototype.BurnerInserter.value
    assert (name, entity_class) == ("burner-inserter", kinds.BurnerInserter)


def test_prototypes_name_things_of_the_game():
    game = load()
    known = {*game.items, *game.fluids, *game.recipes}

    unknown = {p.prototype_name for p in Prototype} - known

    assert unknown == NAMES_OF_NOTHING_IN_THE_GAME


def test_recipe_names_are_recipes_of_the_game():
    assert {recipe.value for recipe in RecipeName} <= set(load().recipes)


def test_tile_sizes_are_those_of_the_game():
    game = load()
    sizes = {}
    for name in TILE_SIZES:
        entity = game.entities[game.items[name].place_result]
        sizes[name] = (entity.tile_width, entity.tile_height)

    assert sizes == TILE_SIZES


def test_all_that_can_be_placed_has_a_size():
    game = load()
    placed = {
        prototype.prototype_name
        for prototype in Prototype
        if prototype.prototype_name in game.items
        and game.items[prototype.prototype_name].place_result
    }

    assert placed == set(TILE_SIZES)


def test_sizes_are_asked_for_by_width_and_height():
    assert (Prototype.SteamEngine.WIDTH, Prototype.SteamEngine.HEIGHT) == (3, 5)
    with pytest.raises(AttributeError, match="cannot be placed"):
        _ = Prototype.IronPlate.WIDTH


@pytest.mark.parametrize(
    ("kind", "wrong", "meant"),
    [
        (Prototype, "IronChst", "IronChest"),
        (Resource, "Iron", "IronOre"),
        (Technology, "Automaton", "Automation"),
        (RecipeName, "SulphuricAcid", "SulfuricAcid"),
        (EntityStatus, "NOPOWER", "NO_POWER"),
    ],
)
def test_a_wrong_name_is_told_the_right_one(kind, wrong, meant):
    with pytest.raises(AttributeError, match=f"Did you mean: .*{meant}"):
        getattr(kind, wrong)


def test_names_lead_back():
    assert prototype_by_name["iron-ore"] is Prototype.IronOre
    assert technology_by_name["automation"] is Technology.Automation


def test_a_resource_can_be_taken_apart():
    name, patch_class = Resource.Coal

    assert (name, patch_class) == Resource.Coal.value
    assert Resource.Coal[0] == "coal"


def test_directions_have_the_games_numbers():
    numbers = {name: d.value for name, d in Direction.__members__.items()}

    assert numbers == {
        "UP": 0,
        "NORTH": 0,
        "RIGHT": 2,
        "EAST": 2,
        "DOWN": 4,
        "SOUTH": 4,
        "LEFT": 6,
        "WEST": 6,
    }


def test_directions_turn():
    assert Direction.opposite(Direction.UP) is Direction.DOWN
    assert Direction.next_clockwise(Direction.LEFT) is Direction.UP
    assert Direction.next_counterclockwise(Direction.UP) is Direction.LEFT
    assert Direction.from_string("east") is Direction.RIGHT
    assert Direction.from_string("sideways") is None


def test_statuses_are_all_of_the_games():
    from fle_marl.defines import EntityStatus as GameStatus

    of_game = {status.name for status in GameStatus}
    ours = {status.value for status in EntityStatus}

    assert of_game <= ours
    assert ours - of_game == {"empty", "not_connected"}
    assert EntityStatus.from_string("no_power") is EntityStatus.NO_POWER
    assert EntityStatus.from_string("sleepy") is None
