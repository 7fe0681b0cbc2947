"""Planners, and what stacks say of themselves."""

import json

import pytest

from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.saves import load_world, save_world


@pytest.fixture
def bag(run):
    """An inventory with planners and a blueprint; globals for its stacks."""
    run("""
    bag = game.create_inventory(6)
    for place, name in pairs{'deconstruction-planner', 'upgrade-planner', 'blueprint',
        'light-armor', 'coal'} do bag[place].set_stack(name) end
    axe, up, plan, coat, coal = bag[1], bag[2], bag[3], bag[4], bag[5]
    """)


def test_what_items_are(run, bag):
    facts = {
        "axe.is_deconstruction_item": True,
        "axe.is_selection_tool": True,
        "up.is_upgrade_item": True,
        "plan.is_selection_tool": True,
        "coat.is_armor": True,
        "coat.is_tool": True,
        "coal.is_tool": False,
        "coal.is_ammo": False,
        "coal.is_module": False,
        "coal.item_number": None,
        "coal.get_inventory(1)": None,
        "axe.entity_filter_count": 30,
        "axe.tile_filter_count": 30,
    }
    for member, value in facts.items():
        assert run(f"return {member}") == value, member


def test_refusals(refusal, bag):
    for source, words in {
        "coal.tags = {}": "not for items of type item",
        "coal.set_tag('a', 1)": "not for items",
        "return coal.label_color": "not for items",
        "return coal.entity_filters": "not a planner",
        "return up.entity_filters": "not a deconstruction planner",
        "axe.set_mapper(1, 'from', nil)": "not an upgrade planner",
        "axe.set_entity_filter(31, 'pipe')": "no entity filter 31",
        "axe.set_entity_filter(1, 'coal-mine')": "Unknown entity name",
        "axe.entity_filter_mode = 7": "defines.deconstruction_item",
        "up.set_mapper(25, 'from', nil)": "no mapping 25",
        "up.get_mapper(1, 'up')": '"from" or "to"',
        "plan.set_blueprint_entity_tag(1, 'a', 1)": "has no entity 1",
        "return bag[6].is_tool": "invalid for read",
        "axe.deconstruct_area{surface='moon', force=1, area={{0, 0}, {1, 1}}}": (
            "Unknown surface"
        ),
    }.items():
        assert words in refusal(source), source


def test_what_is_marked_by_planners(run, plain, bag):
    run("""
    belt = surface.create_entity{name='transport-belt', position={0, 0}, force='player'}
    pipe = surface.create_entity{name='pipe', position={2, 0}, force='player'}
    tree = surface.create_entity{name='tree-01', position={5, 0}}
    args = {area={{-9, -9}, {9, 9}}, force='player', surface='nauvis'}
    marked = function()
      local all = {}
      for _, each in pairs{belt, pipe, tree} do
        table.insert(all, each.to_be_deconstructed())
      end
      axe.cancel_deconstruct_area(args)
      return all
    end
    axe.deconstruct_area(args)
    """)
    assert plain("return marked()") == [True, True, True]
    run("axe.set_entity_filter(2, 'pipe') axe.deconstruct_area(args)")
    assert plain("return marked()") == [False, True, False]
    run(
        "axe.entity_filter_mode = defines.deconstruction_item.entity_filter_mode"
        ".blacklist axe.deconstruct_area(args)"
    )
    assert run("return pipe.to_be_deconstructed(), belt.to_be_deconstructed()") == (
        False,
        True,
    )
    run("axe.clear_deconstruction_item() axe.trees_and_rocks_only = true")
    run("surface.cancel_deconstruct_area(args) axe.deconstruct_area(args)")
    assert plain("return marked()") == [False, False, True]
    run("""
    up.set_mapper(1, 'from', {type='entity', name='transport-belt'})
    up.set_mapper(1, 'to', {type='entity', name='express-transport-belt'})
    args.item = up
    surface.upgrade_area(args)
    """)
    assert run("return belt.get_upgrade_target().name") == "express-transport-belt"


def test_planners_go_with_their_stack(api, run, plain, bag):
    run("""
    axe.entity_filters = {[3]='pipe'}
    axe.tile_filters = {'stone-path'}
    axe.label = 'pipes'
    up.set_mapper(2, 'from', {type='item', name='coal'})
    text = up.export_stack()
    bag[6].swap_stack(axe)
    up.clear_upgrade_item()
    """)
    assert plain("return bag[6].entity_filters") == {"3": "pipe"}
    assert run("return bag[6].get_tile_filter(1), bag[6].label") == (
        "stone-path",
        "pipes",
    )
    assert run("return up.get_mapper(2, 'from').name") is None
    assert run("return up.import_stack(text), up.get_mapper(2, 'from').name") == (
        0,
        "coal",
    )
    twin = LuaApi(load_world(save_world(api.world)), {})
    twin.load_scripts(json.loads(json.dumps(api.save_scripts())))
    assert (
        twin.execute("""
    local bag = game.get_script_inventories().level[1]
    return bag[6].get_entity_filter(3) .. bag[2].get_mapper(2, 'from').name
    """)
        == "pipecoal"
    )


def test_how_blueprints_look(run, plain, bag):
    run("""
    plan.set_blueprint_entities{{entity_number=1, name='pipe', position={0.5, 0.5}}}
    plan.set_blueprint_entity_tag(1, 'mine', {1, 2})
    plan.blueprint_snap_to_grid = {4, 2}
    plan.blueprint_absolute_snapping = true
    plan.blueprint_icons = {{index=1, signal={type='item', name='pipe'}}}
    """)
    assert plain("return plan.get_blueprint_entity_tags(1)") == {"mine": [1, 2]}
    assert run("return plan.get_blueprint_entity_tag(1, 'mine')[2]") == 2
    run("text = plan.export_stack() plan.clear_blueprint() plan.import_stack(text)")
    assert run(
        "return plan.blueprint_snap_to_grid.x, plan.blueprint_absolute_snapping"
    ) == (
        4,
        True,
    )
    assert run("return plan.blueprint_position_relative_to_grid") is None
    assert plain("return plan.blueprint_icons") == [
        {"index": 1, "signal": {"type": "item", "name": "pipe"}}
    ]
    assert run("return plan.default_icons[1].signal.name") == "pipe"
    run("plan.set_blueprint_entity_tags(1, {})")
    assert plain("return plan.get_blueprint_entity_tags(1)") == {}
