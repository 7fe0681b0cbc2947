"""Mining and clearing entities by scripts."""

import pytest


@pytest.fixture
def scene(run):
    """Globals ``chest`` with 60 coal, and ``target``, an empty chest's inventory."""
    run(
        """
        chest = surface.create_entity{name = "wooden-chest", position = {0, 0}}
        chest.insert{name = "coal", count = 60}
        target = surface.create_entity{name = "iron-chest", position = {9, 9}}
          .get_inventory(defines.inventory.chest)
        """
    )


pytestmark = pytest.mark.usefixtures("scene")


def test_mining_into_an_inventory(run, plain):
    assert run("return chest.mine{inventory = target}") is True
    assert run("return chest.valid") is False
    assert plain("return target.get_contents()") == {"coal": 60, "wooden-chest": 1}


def test_mining_without_an_inventory(run):
    assert run("return chest.mine()") is True
    assert run("return chest.valid, target.is_empty()") == (False, True)


def test_mining_goes_on_where_there_is_room(run, plain):
    run("target.set_bar(2)")
    # one slot: a stack of 50 coal moves, and no more
    assert run("return chest.mine{inventory = target}") is False
    assert run("return chest.valid, chest.get_item_count('coal')") == (True, 10)
    run("target.set_bar()")
    assert run("return chest.mine{inventory = target}") is True
    assert plain("return target.get_contents()") == {"coal": 60, "wooden-chest": 1}


def test_forced_mining_drops_what_has_no_room(run, plain):
    run("target.set_bar(1)")
    assert run("return chest.mine{inventory = target, force = true}") is True
    source = "return surface.count_entities_filtered{type = 'item-entity'}"
    assert run(source) == 61
    assert plain("return target.get_contents()") == {}


def test_what_is_not_minable(run):
    run("chest.minable = false")
    assert run("return chest.mine()") is False
    assert run("return chest.mine{ignore_minable = true}") is True
    run("smith = surface.create_entity{name = 'character', position = {3, 3}}")
    assert run("return smith.mine{ignore_minable = true}") is False


def test_inventories_that_cannot_be(api, refusal):
    before = api.world.state_hash()
    message = refusal("chest.mine{inventory = 5}")
    assert "Expected LuaInventory, got 5." in message
    own = "chest.get_inventory(defines.inventory.chest)"
    message = refusal(f"chest.mine{{inventory = {own}}}")
    assert "belongs to the entity itself" in message
    assert api.world.state_hash() == before


def test_items_inside(run):
    assert run("return chest.has_items_inside()") is True
    run("chest.clear_items_inside()")
    assert run("return chest.has_items_inside(), chest.get_item_count()") == (False, 0)


def test_a_full_character_can_be_forced_to_mine(run):
    run(
        """
        smith = surface.create_entity{name = "character", position = {2, 2}}
        smith.insert{name = "iron-plate", count = 8000}
        """
    )
    assert run("return smith.mine_entity(chest)") is False
    assert run("return smith.mine_entity(chest, true), chest.valid") == (True, False)
    assert run("return smith.get_item_count()") == 8000
    source = "return surface.count_entities_filtered{type = 'item-entity'}"
    assert run(source) == 61
