"""Turrets' ammunition: what scripts do with it."""

from fle_marl.prototypes import load
from fle_marl.sim.lua_api import LuaApi

STATUS = load().defines["entity_status"]


def test_the_slot_and_the_status_of_turrets(flat_world, place):
    world = flat_world()
    api = LuaApi(world, {})
    api.environment["guns"] = api.entity(place(world, "gun-turret", 0, 0))
    api.environment["cannon"] = api.entity(place(world, "artillery-turret", 5.5, 0.5))
    assert api.execute("return guns.status, guns.rotatable") == (
        STATUS["no_ammo"],
        False,
    )
    assert api.execute(
        """
        local magazines = guns.get_inventory(defines.inventory.turret_ammo)
        local shells = cannon.get_inventory(defines.inventory.artillery_turret_ammo)
        return magazines.can_insert("coal"), magazines.insert("artillery-shell"),
          magazines[1].set_stack{name = "coal"}, magazines.supports_bar(),
          magazines[1].set_stack{name = "firearm-magazine", count = 200},
          shells[1].set_stack{name = "artillery-shell", count = 15},
          shells.insert("artillery-shell"), shells.is_full(), magazines.is_full()
        """
    ) == (False, 0, False, False, True, True, 0, True, True)
    assert api.execute("return guns.status") == STATUS["normal"]
    assert api.execute("return guns.remove_item{name='firearm-magazine'}") == 1
    api.execute("guns.clear_items_inside()")
    assert api.execute("return guns.status, cannon.get_item_count()") == (
        STATUS["no_ammo"],
        15,
    )
