"""What is marked to go or to become something else."""

import pytest

from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.saves import load_world, save_world

LISTEN = """
told = {}
for _, name in pairs{'on_marked_for_deconstruction', 'on_cancelled_deconstruction',
    'on_marked_for_upgrade', 'on_cancelled_upgrade', 'on_pre_ghost_deconstructed'} do
  script.on_event(defines.events[name], function(event)
    table.insert(told, name .. ' ' .. (event.entity or event.ghost).name
      .. (event.target and ' ' .. event.target.name or ''))
  end)
end
"""


@pytest.fixture
def row(run):
    """A belt, a tree, an enemy's chest and an ore; the globals of these names."""
    run("""
    belt = surface.create_entity{name='transport-belt', position={0, 0}, force='player'}
    tree = surface.create_entity{name='tree-01', position={3, 0}}
    chest = surface.create_entity{name='iron-chest', position={6, 0}, force='enemy'}
    ore = surface.create_entity{name='iron-ore', position={9, 0}, amount=5}
    """)
    run(LISTEN)


@pytest.mark.parametrize(
    ("what", "is_marked"),
    [("belt", True), ("tree", True), ("chest", False), ("ore", False)],
)
def test_what_can_go(run, row, what, is_marked):
    assert run(f"return {what}.order_deconstruction('player')") == is_marked
    assert run(f"return {what}.to_be_deconstructed()") == is_marked


def test_deconstruction_is_ordered_and_cancelled(run, plain, refusal, row):
    run("belt.order_deconstruction('player') belt.cancel_deconstruction('enemy')")
    registered = "belt.is_registered_for_deconstruction"
    assert run(f"return {registered}('player'), {registered}('enemy')") == (True, False)
    count = "return surface.count_entities_filtered"
    assert run(f"{count}{{to_be_deconstructed=true}}") == 1
    assert run(f"{count}{{to_be_deconstructed=false}}") == 3
    run("belt.cancel_deconstruction('player') belt.cancel_deconstruction('player')")
    assert not run("return belt.to_be_deconstructed()")
    assert plain("return told") == [
        "on_marked_for_deconstruction transport-belt",
        "on_cancelled_deconstruction transport-belt",
    ]
    assert "Wrong number of arguments" in refusal("belt.order_deconstruction()")
    assert "Unknown force" in refusal("belt.order_deconstruction('blue')")
    run("belt.minable = false")
    assert not run("return belt.order_deconstruction('player')")


def test_upgrades_are_ordered_and_cancelled(run, plain, refusal, row):
    order = "belt.order_upgrade{force='player', target="
    assert run(f"return {order}'fast-transport-belt'}}")
    assert run("return belt.to_be_upgraded(), belt.is_registered_for_upgrade()")
    assert run(
        "return belt.get_upgrade_target().name, belt.get_upgrade_direction()"
    ) == (
        "fast-transport-belt",
        0,
    )
    assert run("return #surface.find_entities_filtered{to_be_upgraded=true}") == 1
    assert run(
        "return belt.cancel_upgrade('player'), belt.cancel_upgrade('player')"
    ) == (
        True,
        False,
    )
    assert run("return belt.get_upgrade_target(), belt.get_upgrade_direction()") == (
        None,
        None,
    )
    # itself, unless it is to be turned; another group; what is to go
    assert not run(f"return {order}belt.prototype}}")
    assert run(f"return {order}belt, direction=2}}")
    assert not run(f"return {order}'inserter'}}")
    run("belt.order_deconstruction('player')")
    assert not run("return belt.to_be_upgraded()")
    assert not run(f"return {order}'fast-transport-belt'}}")
    assert "Unknown entity name" in refusal(f"{order}'belt'}}")
    assert "table expected" in refusal("belt.order_upgrade('player')")
    assert plain("return told")[:2] == [
        "on_marked_for_upgrade transport-belt fast-transport-belt",
        "on_cancelled_upgrade transport-belt fast-transport-belt",
    ]


def test_areas(run, plain, refusal, row):
    run("""
    ghost = surface.create_entity{name='entity-ghost', inner_name='iron-chest',
      position={0, 3}, force='player'}
    area = {area={{-1, -1}, {10, 5}}, force='player'}
    surface.deconstruct_area(area)
    """)
    assert run("return ghost.valid") is False
    assert run("return #surface.find_entities_filtered{to_be_deconstructed=true}") == 2
    run("surface.cancel_deconstruct_area(area)")
    assert run("return #surface.find_entities_filtered{to_be_deconstructed=true}") == 0
    assert 'Key "item" not found' in refusal("surface.upgrade_area(area)")
    run("""
    local bag = game.create_inventory(1)
    bag.insert('upgrade-planner')
    area.item = bag[1]
    surface.upgrade_area(area)
    """)
    assert run("return belt.get_upgrade_target().name") == "fast-transport-belt"
    run("surface.cancel_upgrade_area(area)")
    assert not run("return belt.to_be_upgraded()")
    assert plain("return told")[0] == "on_marked_for_deconstruction transport-belt"
    assert 'Key "area" not found' in refusal("surface.deconstruct_area{force='player'}")


def test_marks_are_saved(api, run, row):
    run("tree.order_deconstruction('player')")
    run("belt.order_upgrade{force='player', target='express-transport-belt'}")
    twin = LuaApi(load_world(save_world(api.world)), {})
    assert twin.execute("""
    local find = game.surfaces[1].find_entities_filtered
    return find{to_be_deconstructed=true}[1].name,
      find{to_be_upgraded=true}[1].get_upgrade_target().name
    """) == ("tree-01", "express-transport-belt")
