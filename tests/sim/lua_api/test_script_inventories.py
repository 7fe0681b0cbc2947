"""Inventories that scripts make for themselves."""

import pytest

from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.saves import load_world, save_world


@pytest.fixture
def bag(run):
    """An inventory of three slots, the global ``bag``."""
    run("bag = game.create_inventory(3)")


def test_it_holds_items_and_belongs_to_nobody(run, plain, bag):
    assert run("return #bag, bag.valid, bag.entity_owner") == (3, True, None)
    assert run("return bag.mod_owner, bag.supports_bar()") == ("level", False)
    assert run("return bag.insert{name='coal', count=160}") == 150
    assert run("return bag.remove('coal'), bag[3].count, bag[1].name") == (
        1,
        49,
        "coal",
    )
    assert run("return bag[2].set_stack('iron-plate'), bag.is_full()") == (True, False)
    run("bag.sort_and_merge()")
    assert plain("return bag.get_contents()") == {"coal": 99, "iron-plate": 1}


def test_entities_are_mined_into_it(run, plain, bag):
    assert run("""
    local chest = surface.create_entity{name='iron-chest', position={0, 0}}
    chest.insert{name='coal', count=7}
    return chest.mine{inventory=bag}
    """)
    assert plain("return bag.get_contents()") == {"iron-chest": 1, "coal": 7}


def test_it_can_be_resized(run, refusal, bag):
    run("bag[1].set_stack('coal') bag[3].set_stack('stone') slot = bag[3]")
    run("bag.resize(2)")
    assert run("return #bag, slot.valid, bag.get_item_count()") == (2, False, 1)
    run("bag.resize(5)")
    assert run("return #bag, bag[3].valid_for_read") == (5, False)
    assert "0 to 65535" in refusal("bag.resize(65536)")
    assert "number expected" in refusal("game.create_inventory('3')")


def test_what_is_destroyed_is_gone(run, refusal, bag):
    run("slot = bag[1] slot.set_stack('coal') bag.destroy()")
    assert run("return bag.valid, slot.valid") == (False, False)
    assert "was invalid" in refusal("bag.insert('coal')")
    # the row is used again, which the old object does not see
    assert run("other = game.create_inventory(3) return other.valid, bag.valid") == (
        True,
        False,
    )
    assert refusal("""
    surface.create_entity{name='iron-chest', position={0, 0}}
      .get_inventory(defines.inventory.chest).destroy()
    """)


def test_global_keeps_them(api, run, bag):
    run("""
    bag.insert('coal')
    chest = surface.create_entity{name='iron-chest', position={0, 0}}
    gone = game.create_inventory(1)
    global.all = {bag, chest.get_inventory(defines.inventory.chest), gone}
    gone.destroy()
    """)
    twin = LuaApi(load_world(save_world(api.world)), {})
    twin.load_scripts(api.save_scripts())
    assert twin.execute("""
    local bag, chest, gone = global.all[1], global.all[2], global.all[3]
    return bag.get_item_count(), chest.entity_owner.name, gone.valid
    """) == (1, "iron-chest", False)


@pytest.mark.parametrize("row", [-1, 0, 1, 2, 99999])
def test_what_is_not_an_inventory_is_empty(api, run, bag, row):
    run("chest = surface.create_entity{name='iron-chest', position={0, 0}}")
    handle = api.handle(1)
    other = f'["i",{handle},{row}]'
    saved = {**api.save_scripts(), "global": f'["t",["v",1],{other}]'}
    api.load_scripts(saved)
    # the chest's own inventory is the second that was made
    assert api.execute("return #global[1]") == (32 if row == 2 else 0)


def test_all_of_them_are_saved(api, run, bag):
    run("bag.insert{name='coal', count=5} game.create_inventory(0)")
    assert run("return #game.get_script_inventories().level") == 2
    assert run("return game.get_script_inventories('other').other") is None
    twin = LuaApi(load_world(save_world(api.world)), {})
    assert (
        twin.execute("""
    local bags = game.get_script_inventories('level').level
    return #bags[1] + 10 * #bags[2] + 100 * bags[1].get_item_count('coal')
    """)
        == 503
    )
