"""Blueprints in inventories: written, exchanged, built."""

import pytest

from fle_marl.sim.lua_api import LuaApi


@pytest.fixture
def stack(run):
    """A chest far off, with a blueprint in its first slot, the global ``stack``."""
    run("""
    chest = surface.create_entity{
      name = 'steel-chest', position = {-29.5, -29.5}, force = 'player'}
    store = chest.get_inventory(defines.inventory.chest)
    stack = store[1]
    stack.set_stack('blueprint')
    """)


BUILD = """
local function make(name, x, y, more)
  local given = {name = name, position = {x, y}, force = 'player'}
  for key, value in pairs(more or {}) do given[key] = value end
  return surface.create_entity(given)
end
make('assembling-machine-2', 0.5, 0.5, {recipe = 'iron-gear-wheel'})
make('filter-inserter', 2.5, 0.5, {direction = 2}).set_filter(2, 'iron-gear-wheel')
make('iron-chest', 3.5, 0.5).get_inventory(1).set_bar(6)
make('underground-belt', 5.5, 0.5, {direction = 2})
make('underground-belt', 8.5, 0.5, {direction = 2, type = 'output'})
local splitter = make('splitter', 10.5, 1, {direction = 2})
splitter.splitter_input_priority = 'left'
splitter.splitter_output_priority = 'right'
splitter.splitter_filter = 'coal'
make('small-electric-pole', 0.5, 2.5)
make('small-electric-pole', 3.5, 2.5)
make('inserter', 2.5, -0.5).inserter_stack_size_override = 1
"""
CAPTURE = """
made = stack.create_blueprint{
  surface = surface, force = 'player', area = {{-3, -3}, {14, 5}}}
"""


def by_name(entities):
    found = {}
    for each in entities:
        found.setdefault(each["name"], []).append(each)
    return found


def test_an_empty_blueprint(run, stack):
    assert run("return stack.is_blueprint, stack.is_blueprint_book") == (True, False)
    assert run("return stack.is_blueprint_setup()") is False
    assert run("return stack.get_blueprint_entities()") is None
    assert run("return stack.get_blueprint_tiles()") is None
    assert run("return stack.get_blueprint_entity_count(), stack.label") == (0, None)


def test_a_blueprint_of_an_area_has_what_entities_are_set_to(run, plain, stack):
    run(BUILD + CAPTURE)
    assert run("return stack.get_blueprint_entity_count(), table_size(made)") == (9, 9)
    assert run("return made[1].name") == "assembling-machine-2"
    found = by_name(plain("return stack.get_blueprint_entities()"))
    (machine,) = found["assembling-machine-2"]
    assert machine["recipe"] == "iron-gear-wheel"
    assert "direction" not in machine
    (chooser,) = found["filter-inserter"]
    assert chooser["direction"] == 2
    assert chooser["filters"] == [{"index": 2, "name": "iron-gear-wheel"}]
    assert found["iron-chest"][0]["bar"] == 5
    assert [each["type"] for each in found["underground-belt"]] == ["input", "output"]
    (splitter,) = found["splitter"]
    told = [splitter[each] for each in ("input_priority", "output_priority", "filter")]
    assert told == ["left", "right", "coal"]
    assert found["inserter"][0]["override_stack_size"] == 1
    one, other = found["small-electric-pole"]
    assert one["neighbours"] == [other["entity_number"]]
    # the tiles of it all reach from -1 to 11 and from -1 to 3: the middle is 5, 1
    assert machine["position"] == {"x": -4.5, "y": -0.5}


SNAPSHOT = """
local found = {}
for _, entity in ipairs(surface.find_entities_filtered{
  area = {{%d, -9}, {%d, 9}}, force = 'player'}) do
  found[#found + 1] = {
    entity.name, entity.position.x - %d, entity.position.y, entity.direction,
    entity.type == 'underground-belt' and entity.belt_to_ground_type or '',
    entity.type == 'assembling-machine' and entity.get_recipe().name or '',
    entity.type == 'splitter' and entity.splitter_filter.name
      .. entity.splitter_input_priority .. entity.splitter_output_priority or '',
    entity.type == 'container' and entity.get_inventory(1).get_bar() or 0,
    entity.name == 'filter-inserter' and entity.get_filter(2) or '',
    entity.type == 'inserter' and entity.inserter_stack_size_override or 0,
  }
end
table.sort(found, function(a, b)
  return a[2] < b[2] or a[2] == b[2] and a[3] < b[3]
end)
return found
"""


def test_what_is_built_of_it_and_revived_is_the_same(run, plain, stack, api):
    run(BUILD + CAPTURE)
    run("text = stack.export_stack()")
    run("store[2].import_stack(text)")
    run("""
    ghosts = store[2].build_blueprint{
      surface = surface, force = 'player', position = {5 - 20, 1}}
    for _, ghost in ipairs(ghosts) do assert(ghost.revive()) end
    """)
    assert run("return #ghosts") == 9
    first = plain(SNAPSHOT % (-2, 14, 0))
    second = plain(SNAPSHOT % (-22, -6, -20))
    assert first == second
    assert len(first) == 9


def test_a_blueprint_is_turned_around_its_middle(run, plain, stack):
    run("""
    stack.set_blueprint_entities{
      {entity_number = 1, name = 'transport-belt', position = {0, 0}, direction = 2},
      {entity_number = 2, name = 'iron-chest', position = {x = 1, y = 0}},
      {entity_number = 3, name = 'boiler', position = {x = 3.5, y = 0}, direction = 2},
    }
    ghosts = stack.build_blueprint{
      surface = surface, force = 'player', position = {0, 0}, direction = 2}
    """)
    found = plain("""
    local found = {}
    for _, ghost in ipairs(ghosts) do
      local at = ghost.position
      found[#found + 1] = {ghost.ghost_name, at.x, at.y, ghost.direction}
    end
    return found
    """)
    # from west to east it was 5 wide and 3 high, so now from north to south
    assert found == [
        ["transport-belt", 0.5, -1.5, 4],
        ["iron-chest", 0.5, -0.5, 0],
        ["boiler", 0.5, 2, 4],
    ]


def test_all_or_nothing_unless_it_is_forced(run, stack):
    run("""
    stack.set_blueprint_entities{
      {entity_number = 1, name = 'iron-chest', position = {0, 0}},
      {entity_number = 2, name = 'iron-chest', position = {1, 0}},
    }
    surface.create_entity{name = 'stone-wall', position = {0.5, 0.5}}
    given = {surface = surface, force = 'player', position = {0, 0}}
    """)
    assert run("return #stack.build_blueprint(given)") == 0
    assert run("given.force_build = true return #stack.build_blueprint(given)") == 1
    # its ghost is there now
    assert run("return #stack.build_blueprint(given)") == 0


def test_what_stands_there_already_needs_no_ghost(run, stack):
    run(BUILD + CAPTURE)
    given = "{surface = surface, force = 'player', position = {5, 1}}"
    assert run(f"return #stack.build_blueprint{given}") == 0
    run("surface.find_entities_filtered{name='splitter'}[1].destroy()")
    assert run(f"return #stack.build_blueprint{given}") == 1


@pytest.mark.parametrize("what", ["character'", "item-on-ground', stack = 'coal'"])
def test_characters_and_items_are_in_no_ghosts_way(run, stack, what):
    run(f"surface.create_entity{{position = {{0.5, 0.5}}, name = '{what}}}")
    run("""
    stack.set_blueprint_entities{
      {entity_number = 1, name = 'iron-chest', position = {0, 0}}}
    """)
    given = "{surface = surface, force = 'player', position = {0.5, 0.5}}"
    assert run(f"return #stack.build_blueprint{given}") == 1


def test_modules_and_tiles(run, plain, stack):
    run("""
    stack.set_blueprint_entities{
      {entity_number = 1, name = 'assembling-machine-2', position = {0.5, 0.5},
       items = {['speed-module'] = 2}, tags = {mine = {1, 2}}},
    }
    stack.set_blueprint_tiles{
      {name = 'concrete', position = {0, 0}}, {name = 'concrete', position = {1, 0}}}
    """)
    assert plain("return stack.cost_to_build") == {
        "assembling-machine-2": 1,
        "speed-module": 2,
        "concrete": 2,
    }
    assert plain("return stack.get_blueprint_entities()[1].tags") == {"mine": [1, 2]}
    run("""
    ghosts = stack.build_blueprint{
      surface = surface, force = 'player', position = {0.5, 0.5}}
    """)
    assert run("return #ghosts, ghosts[1].name, ghosts[3].name") == (
        3,
        "tile-ghost",
        "entity-ghost",
    )
    assert plain("return ghosts[3].item_requests") == {"speed-module": 2}


def test_ghosts_are_part_of_blueprints(run, plain, stack):
    run("""
    surface.create_entity{name = 'entity-ghost', inner_name = 'lab',
      position = {0.5, 0.5}, force = 'player'}
    stack.create_blueprint{
      surface = surface, force = 'player', area = {{1.5, 1.5}, {5, 5}}}
    """)
    assert plain("return stack.get_blueprint_entities()")[0]["name"] == "lab"


def test_ground_is_taken_when_nothing_stands_on_it(run, plain, stack):
    run("""
    surface.create_entity{name = 'tile-ghost', inner_name = 'concrete',
      position = {2.5, 3.5}}.revive()
    stack.create_blueprint{
      surface = surface, force = 'player', area = {{0, 0}, {5, 5}}}
    """)
    assert plain("return stack.get_blueprint_tiles()") == [
        {"name": "concrete", "position": {"x": 0, "y": 0}}
    ]


# --- where it is kept


def test_what_is_written_goes_with_the_stack(run, stack):
    run("""
    stack.set_blueprint_entities{
      {entity_number = 1, name = 'iron-chest', position = {0, 0}}}
    stack.label = 'one chest'
    store[2].set_stack(stack)
    """)
    assert run("return store[2].label, store[2].get_blueprint_entity_count()") == (
        "one chest",
        1,
    )
    run("store[2].label = 'copy' store[3].set_stack('blueprint')")
    assert run("return store[3].label, stack.label") == (None, "one chest")
    run("store[3].swap_stack(store[2])")
    assert run("return store[3].label, store[2].label") == ("copy", None)
    run("store[4].transfer_stack(store[3])")
    assert run("return store[4].label, store[3].valid_for_read") == ("copy", False)
    run("store[4].clear() store[4].set_stack('blueprint')")
    assert run("return store[4].is_blueprint_setup()") is False
    run("stack.clear_blueprint()")
    assert run("return stack.label") is None


@pytest.mark.parametrize(
    "move",
    [
        "store.clear() stack.set_stack('blueprint')",
        "store.sort_and_merge()",
        "store.remove('blueprint') store.insert('blueprint')",
        "chest.destroy() chest = surface.create_entity{name = 'steel-chest',"
        " position = {-29.5, -29.5}} stack = chest.get_inventory(1)[1]"
        " stack.set_stack('blueprint')",
    ],
)
def test_what_moves_otherwise_comes_out_empty(run, stack, move):
    run("stack.label = 'kept'")
    run(move)
    assert run("return stack.is_blueprint, stack.label") == (True, None)


def test_what_an_inserter_takes_is_forgotten(run, stack, go_on, api):
    run("stack.label = 'kept'")
    assert len(api.blueprints) == 1
    run("""
    surface.create_entity{name = 'burner-inserter', position = {-28.5, -29.5},
      direction = 6, force = 'player'}.insert{name = 'coal', count = 5}
    """)
    go_on(100)
    assert api.blueprints == {}


def test_it_is_saved_with_scripts(api, run, stack):
    run("""
    stack.set_blueprint_entities{
      {entity_number = 1, name = 'iron-chest', position = {0, 0}}}
    global.stack_of = chest
    """)
    other = LuaApi(api.world, {})
    other.load_scripts(api.save_scripts())
    source = "global.stack_of.get_inventory(1)[1].get_blueprint_entity_count()"
    assert other.execute(f"return {source}") == 1


OWN_STACKS = {
    "at hand": "surface.create_entity{name = 'character', position = {9, 9},"
    " force = 'player'}.cursor_stack",
    "on the ground": "surface.create_entity{name = 'item-on-ground',"
    " position = {9, 9}, stack = 'blueprint'}.stack",
}


@pytest.mark.parametrize("place", OWN_STACKS)
def test_blueprints_outside_of_inventories(api, run, stack, place):
    run(f"""
    stack.label = 'mine'
    text = stack.export_stack()
    other = {OWN_STACKS[place]}
    other.set_stack('blueprint')
    """)
    assert run("return other.import_stack(text), other.label") == (0, "mine")
    run("other.label = 'theirs'")
    assert run("return stack.label, other.label") == ("mine", "theirs")
    again = LuaApi(api.world, {})
    again.load_scripts(api.save_scripts())
    assert again.blueprints == api.blueprints
    run("other.clear()")
    assert len(api.blueprints) == 1


def test_who_may_change_the_label(run, refusal, stack):
    allows = "return stack.allow_manual_label_change"
    assert run(allows) is True
    run("stack.allow_manual_label_change = false store[2].set_stack(stack)")
    assert run("return store[2].allow_manual_label_change") is False
    run("stack.set_stack('coal')")
    assert "has no label" in refusal(allows)


# --- strings


def test_what_could_not_be_read_again_is_not_written(run, stack, api, refusal):
    entity = "{entity_number = 1, name = 'lab', position = {0, 0}, tags = %s}"
    large = entity % "{a = string.rep('x', 17000000)}"
    assert "its JSON has" in refusal(f"stack.set_blueprint_entities{{{large}}}")
    deep = "{a = " * 30 + "1" + "}" * 30
    assert "levels deep" in refusal(f"stack.set_blueprint_entities{{{entity % deep}}}")
    for levels in range(15, 25):
        tags = "{a = " * levels + "1" + "}" * levels
        run(f"pcall(stack.set_blueprint_entities, {{{entity % tags}}})")
    other = LuaApi(api.world, {})
    other.load_scripts(api.save_scripts())
    assert other.blueprints == api.blueprints


def test_a_string_is_read_into_any_stack(run, stack):
    run("stack.set_blueprint_entities{{entity_number=1, name='lab', position={0, 0}}}")
    run("text = stack.export_stack()")
    assert run("return store[5].import_stack(text), store[5].is_blueprint") == (0, True)
    assert run("return store[5].get_blueprint_entities()[1].name") == "lab"


def test_parts_that_the_game_lacks_are_left_out(run, stack, api):
    from fle_marl.sim.lua_api.blueprint_format import (
        Blueprint,
        checked_entities,
        encode_string,
    )

    entities = checked_entities(
        [
            {"entity_number": 1, "name": "lab", "position": {"x": 0, "y": 0}},
            {"entity_number": 2, "name": "of-a-mod", "position": {"x": 3, "y": 0}},
        ]
    )
    api.environment["text"] = encode_string(Blueprint(entities=entities))
    assert run("return stack.import_stack(text)") == -1
    assert run("return stack.get_blueprint_entity_count()") == 1


@pytest.mark.parametrize("text", ["", "hello", "0eJw", "0" * 5_000_000])
def test_what_is_no_string_changes_nothing(run, stack, api, text):
    api.environment["text"] = text
    run("stack.label = 'kept'")
    assert run("return stack.import_stack(text)") == 1
    assert run("return stack.label") == "kept"
    assert "import_stack: " in api.console[-1]


def test_books_are_read_by_their_active_blueprint(run, stack, api):
    from fle_marl.sim.lua_api.blueprint_format import BlueprintBook, encode_string

    pages = [
        {"index": 0, "blueprint": {"label": "first"}},
        {
            "index": 1,
            "blueprint": {
                "entities": [
                    {"entity_number": 1, "name": "lab", "position": {"x": 0, "y": 0}}
                ]
            },
        },
    ]
    book = BlueprintBook.model_validate({"label": "book", "blueprints": pages})
    api.environment["text"] = encode_string(book)
    assert run("return stack.import_stack(text), stack.name") == (0, "blueprint-book")
    assert run("return stack.is_blueprint_book, stack.label, stack.active_index") == (
        True,
        "book",
        1,
    )
    assert run("return stack.get_blueprint_entity_count()") == 0
    run("stack.active_index = 2")
    assert run("return stack.get_blueprint_entity_count()") == 1
    assert run("return stack.export_stack() ~= text") is True


# --- refusals


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("store[9].get_blueprint_entities()", "not a blueprint"),
        ("store[9].set_stack('coal') store[9].label = 'x'", "only blueprints"),
        (
            "stack.set_blueprint_entities{{entity_number=1, name='of-a-mod',"
            " position={0, 0}}}",
            "Unknown entity name: of-a-mod",
        ),
        (
            "stack.set_blueprint_entities{{entity_number=1, name='lab'}}",
            "position",
        ),
        ("stack.set_blueprint_entities{a = 1}", "list of entities"),
        (
            "stack.set_blueprint_tiles{{name='of-a-mod', position={0, 0}}}",
            "Unknown tile name",
        ),
        ("stack.label = 7", "string expected, got number"),
    ],
)
def test_what_is_not_possible_is_refused(refusal, stack, source, words):
    assert words in refusal(source)


def test_nothing_is_built_of_a_blueprint_with_what_is_refused(run, stack):
    run("""
    stack.set_blueprint_entities{
      {entity_number = 1, name = 'lab', position = {0, 0}},
      {entity_number = 2, name = 'roboport', position = {5, 0}},
    }
    """)
    given = "{surface=surface, force='player', position={0, 0}, force_build=true}"
    ok, problem = run(f"return pcall(stack.build_blueprint, {given})")
    assert (ok, problem["code"]) == (False, "not-simulated")
    assert run("return surface.count_entities_filtered{type='entity-ghost'}") == 0


def test_what_no_save_could_hold_is_refused(api, run, stack, refusal):
    run("stack.set_stack('blueprint') stack.label = 'short'")
    assert "10000 characters" in refusal("stack.label = ('x'):rep(10001)")
    assert run("return stack.label") == "short"
    again = LuaApi(api.world, {})
    again.load_scripts(api.save_scripts())
