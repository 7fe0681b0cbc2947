import pytest

PLATES = "{name = 'iron-plate', count = %d}"


@pytest.fixture
def chest(run):
    """Globals ``chest`` and ``inventory``: a wooden chest of 16 slots."""
    run(
        """
        chest = surface.create_entity{name = "wooden-chest", position = {0, 0}}
        inventory = chest.get_inventory(defines.inventory.chest)
        """
    )


pytestmark = pytest.mark.usefixtures("chest")


def test_an_empty_inventory(run):
    source = """
    return #inventory, inventory.is_empty(), inventory.is_full(),
      inventory.get_item_count(), inventory.count_empty_stacks(), inventory.get_bar(),
      inventory.index, inventory.entity_owner == chest
    """
    assert run(source) == (16, True, False, 0, 16, 17, 1, True)


STEPS = [
    ("insert{name = 'iron-plate', count = 250}", 250, {"iron-plate": 250}),
    ("insert('coal')", 1, {"coal": 1}),
    ("insert{name = 'iron-plate', count = 5000}", 1600, {"iron-plate": 1600}),
    ("insert{name = 'lab', count = 3} ", 3, {"lab": 3}),
    ("remove{name = 'iron-plate', count = 5}", 0, {}),
    ("can_insert('coal')", True, {}),
    ("can_insert{name = 'coal', count = 10000}", True, {}),
    ("get_insertable_count('coal')", 800, {}),
    ("get_insertable_count('lab')", 160, {}),
]


@pytest.mark.parametrize(("call", "expected", "contents"), STEPS)
def test_calls(run, plain, call, expected, contents):
    assert run(f"return inventory.{call}") == expected
    assert plain("return inventory.get_contents()") == contents


def test_items_come_and_go(run, plain):
    run("inventory.insert{name = 'iron-plate', count = 250} inventory.insert('coal')")
    assert plain("return inventory.get_contents()") == {"coal": 1, "iron-plate": 250}
    assert run("return inventory.get_item_count('iron-plate')") == 250
    assert run("return inventory.get_item_count()") == 251
    assert run("return inventory.count_empty_stacks()") == 12
    assert run("return inventory.remove{name = 'iron-plate', count = 300}") == 250
    assert run("inventory.clear() return inventory.is_empty()") is True


def test_a_full_inventory(run):
    run("inventory.insert{name = 'iron-plate', count = 1600}")
    source = """
    return inventory.is_full(), inventory.can_insert('iron-plate'),
      inventory.insert('iron-plate'), inventory.get_insertable_count('iron-plate')
    """
    assert run(source) == (True, False, 0, 0)


def test_the_bar_keeps_slots_free(run):
    run("inventory.set_bar(3)")
    assert run("return inventory.get_bar()") == 3
    assert run("return inventory.insert{name = 'coal', count = 1000}") == 100
    run("inventory.set_bar()")
    assert run("return inventory.get_bar()") == 17


def test_what_lies_behind_the_bar(run):
    run("inventory.insert{name = 'coal', count = 100} inventory.set_bar(3)")
    source = """
    return inventory.is_full(), inventory.count_empty_stacks(),
      inventory.count_empty_stacks(false, false), inventory.find_empty_stack() ~= nil
    """
    assert run(source) == (True, 14, 0, True)


@pytest.mark.parametrize(
    ("source", "has_bar", "has_filters"),
    [
        ("inventory", True, False),
        ("surface.create_entity{name='stone-furnace', position={9, 9}}"
         ".get_fuel_inventory()", False, False),
        ("surface.create_entity{name='character', position={9, 9}}"
         ".get_main_inventory()", False, True),
    ],
)  # fmt: skip
def test_bars_and_filters(run, refusal, source, has_bar, has_filters):
    run(f"asked = {source}")
    assert run("return asked.supports_bar()") is has_bar
    assert run("return asked.supports_filters()") is has_filters
    if not has_bar:
        assert "does not support a bar" in refusal("return asked.get_bar()")
        assert "does not support a bar" in refusal("asked.set_bar(1)")


def test_whom_it_belongs_to(run):
    source = """
    return inventory.equipment_owner, inventory.mod_owner, inventory.player_owner
    """
    assert run(source) == (None, None, None)


def test_fuel_goes_where_fuel_goes(run):
    run(
        """
        furnace = surface.create_entity{name = "stone-furnace", position = {9, 9}}
        fuel = furnace.get_fuel_inventory()
        """
    )
    source = """
    return fuel.can_insert("iron-plate"), fuel.get_insertable_count("iron-plate"),
      fuel.insert("iron-plate"), fuel.can_insert("coal"),
      fuel.get_insertable_count("coal"), fuel.insert{name = "coal", count = 70}
    """
    assert run(source) == (False, 0, 0, True, 50, 50)


def test_slots_of_machines_are_not_sorted(run):
    run(
        """
        machine = surface.create_entity{
          name = "assembling-machine-1", position = {9, 9}, force = "player",
          recipe = "electronic-circuit",
        }
        slots = machine.get_inventory(defines.inventory.assembling_machine_input)
        slots.insert{name = "copper-cable", count = 3}
        slots.sort_and_merge()
        """
    )
    assert run("return slots[1].valid_for_read, slots[2].name") == (
        False,
        "copper-cable",
    )


def test_filters_of_characters(run):
    run(
        """
        smith = surface.create_entity{name = "character", position = {9, 9}}
        main = smith.get_main_inventory()
        """
    )
    assert run("return main.is_filtered(), main.get_filter(1)") == (False, None)
    source = """
    return main.can_set_filter(1, "coal"), main.set_filter(1, "coal"),
      main.get_filter(1), main.is_filtered(), main.insert{name = "wood", count = 1},
      main[1].valid_for_read, main[2].name, main[1].can_set_stack("wood")
    """
    expected = (True, True, "coal", True, 1, False, "wood", False)
    assert run(source) == expected
    source = """
    local stack, index = main.find_empty_stack()
    local filtered, first = main.find_empty_stack("coal")
    return index, first, main.count_empty_stacks(), main.count_empty_stacks(true)
    """
    assert run(source) == (3, 1, 78, 79)
    assert run("return main.set_filter(1, nil), main.is_filtered()") == (True, False)


def test_filters_that_cannot_be(run, refusal):
    run(
        """
        smith = surface.create_entity{name = "character", position = {9, 9}}
        guns = smith.get_inventory(defines.inventory.character_guns)
        """
    )
    source = """
    return guns.can_set_filter(1, "coal"), guns.set_filter(1, "coal"),
      guns.set_filter(1, "pistol"), inventory.can_set_filter(1, "coal"),
      inventory.set_filter(1, "coal"), inventory.get_filter(1), inventory.is_filtered()
    """
    assert run(source) == (False, False, True, False, False, None, False)
    for call in ("get_filter(17)", "set_filter(0, 'coal')"):
        assert "out of range" in refusal(f"return inventory.{call}")
    assert "number expected, got string" in refusal("inventory.get_filter('a')")
    assert "Unknown item name: no-such." in refusal("guns.set_filter(1, 'no-such')")


def test_sorting_merges(run):
    run(
        """
        inventory[3].set_stack{name = "coal", count = 20}
        inventory[7].set_stack{name = "coal", count = 20}
        inventory[9].set_stack{name = "wooden-chest", count = 1}
        inventory.sort_and_merge()
        """
    )
    assert run("return inventory.count_empty_stacks()") == 14
    assert run("return inventory.find_item_stack('coal').count") == 40


def test_finding_a_stack(run):
    run("inventory[5].set_stack('coal')")
    source = """
    local stack, index = inventory.find_item_stack('coal')
    return stack == inventory[5], index, inventory.find_item_stack('lab')
    """
    assert run(source) == (True, 5, None)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("insert('no-such')", "Unknown item name: no-such."),
        ("insert{count = 5}", "Unknown item name: nil."),
        ("insert{name = 'coal', count = 0}", "Count must be positive."),
        ("insert{name = 'coal', count = -1}", "whole number"),
        ("insert{name = 'coal', count = 1.5}", "whole number"),
        ("insert(5)", "Expected an item stack, got 5."),
        ("insert(nil)", "Expected an item stack, got nil."),
        (
            "insert()",
            "Wrong number of arguments for LuaInventory.insert: 0, it takes 1.",
        ),
        ("set_bar(1, 2)", "LuaInventory.set_bar: 2, it takes 0 to 1."),
        ("remove('no-such')", "Unknown item name: no-such."),
        ("get_item_count('no-such')", "Unknown item name: no-such."),
        ("set_bar(-1)", "whole number"),
    ],
)
def test_what_is_no_stack(api, refusal, call, message):
    before = api.world.state_hash()
    assert message in refusal(f"inventory.{call}")
    assert api.world.state_hash() == before


@pytest.mark.parametrize("index", [0, 17, -1])
def test_slots_outside(refusal, index):
    assert "out of range" in refusal(f"return inventory[{index}]")


# --- stacks


def test_an_empty_stack(run, refusal):
    assert run("return inventory[1].valid, inventory[1].valid_for_read") == (
        True,
        False,
    )
    for member in ("name", "count", "type", "prototype"):
        assert "invalid for read" in refusal(f"return inventory[1].{member}")


def test_a_stack(run):
    run("inventory.insert{name = 'raw-fish', count = 7} stack = inventory[1]")
    source = """
    return stack.valid_for_read, stack.name, stack.count, stack.type,
      stack.prototype.stack_size
    """
    assert run(source) == (True, "raw-fish", 7, "capsule", 100)


@pytest.mark.parametrize(
    ("change", "contents"),
    [
        ("count = 3", {"coal": 3}),
        ("count = 0", {}),
        ("count = 500", {"coal": 50}),
        ("clear()", {}),
        ("set_stack('lab')", {"lab": 1}),
        ("set_stack{name = 'lab', count = 99}", {"lab": 10}),
        ("set_stack()", {}),
    ],
)
def test_changing_a_stack(run, plain, change, contents):
    run("inventory.insert{name = 'coal', count = 7}")
    run(f"inventory[1].{change}")
    assert plain("return inventory.get_contents()") == contents


@pytest.mark.parametrize("count", ["-1", "1.5"])
def test_counts_are_whole(run, refusal, count):
    run("inventory.insert{name = 'coal', count = 7}")
    assert "whole number" in refusal(f"inventory[1].count = {count}")


def test_a_stack_of_a_stack(run, plain):
    run(
        """
        inventory.insert{name = "coal", count = 7}
        inventory[2].set_stack(inventory[1])
        chest.insert(inventory[1])
        """
    )
    assert plain("return inventory.get_contents()") == {"coal": 21}
    assert run("return inventory[1].count, inventory[2].count") == (14, 7)


# --- inventories of entities


INVENTORIES = [
    ("stone-furnace", "fuel", 1),
    ("stone-furnace", "furnace_source", 1),
    ("stone-furnace", "furnace_result", 1),
    ("character", "character_main", 80),
    ("wooden-chest", "chest", 16),
    ("wooden-chest", "lab_modules", None),
    ("lab", "chest", None),
]


@pytest.mark.parametrize(("name", "define", "size"), INVENTORIES)
def test_inventories_by_define(run, name, define, size):
    source = f"""
    local entity = surface.create_entity{{name = "{name}", position = {{9, 9}}}}
    local found = entity.get_inventory(defines.inventory.{define})
    return found and #found
    """
    assert run(source) == size


def test_a_define_must_be_a_number(refusal):
    assert "number expected, got string" in refusal("chest.get_inventory('fuel')")


def test_inventories_by_what_they_are_for(run):
    source = """
    local furnace = surface.create_entity{name = "stone-furnace", position = {9, 9}}
    local i = defines.inventory
    return furnace.get_fuel_inventory() == furnace.get_inventory(i.fuel),
      furnace.get_output_inventory() == furnace.get_inventory(i.furnace_result),
      furnace.get_burnt_result_inventory() == furnace.get_inventory(i.burnt_result),
      chest.get_output_inventory() == inventory, chest.get_fuel_inventory(),
      chest.get_module_inventory()
    """
    assert run(source) == (True, True, True, True, None, None)


def test_items_through_the_entity(run):
    source = """
    local furnace = surface.create_entity{name = "stone-furnace", position = {9, 9}}
    local put = furnace.insert{name = "coal", count = 80}
    return put, furnace.get_item_count("coal"), furnace.get_item_count(),
      furnace.can_insert("coal"), furnace.can_insert("iron-ore"),
      furnace.can_insert("lab"), furnace.remove_item{name = "coal", count = 20},
      furnace.get_fuel_inventory().get_item_count()
    """
    assert run(source) == (50, 50, 50, False, True, False, 20, 30)
