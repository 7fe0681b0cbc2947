"""LuaItemStack: durability and ammo."""

import pytest

CHEST = """
    chest = surface.create_entity{name = "wooden-chest", position = {5, 5}}
    inventory = chest.get_inventory(defines.inventory.chest)
    stack, other = inventory[1], inventory[2]
"""


@pytest.fixture
def fill(run):
    """``fill(item, count)``: a chest with a stack, the global ``stack``."""
    run(CHEST)

    def put(item: str, count: int) -> None:
        run(f"stack.set_stack{{name = '{item}', count = {count}}}")

    return put


@pytest.mark.parametrize(
    ("item", "member", "change", "count", "left"),
    [
        ("repair-pack", "durability", "durability = 120", 3, 120),
        ("repair-pack", "durability", "durability = 1e6", 3, 300),
        ("repair-pack", "durability", "durability = 0", 2, 300),
        ("repair-pack", "durability", "drain_durability(299.5)", 3, 0.5),
        ("repair-pack", "durability", "drain_durability(310)", 2, 290),
        ("repair-pack", "durability", "add_durability(5)", 3, 300),
        ("automation-science-pack", "durability", "drain_durability(0.25)", 3, 0.75),
        ("firearm-magazine", "ammo", "ammo = 4", 3, 4),
        ("firearm-magazine", "ammo", "ammo = 11", 3, 10),
        ("firearm-magazine", "ammo", "drain_ammo(13)", 2, 7),
        ("firearm-magazine", "ammo", "add_ammo(2)", 3, 10),
        ("rocket", "ammo", "drain_ammo(1)", 2, 1),
    ],
)
def test_using_up(run, fill, item, member, change, count, left):
    fill(item, 3)
    run(f"stack.{change}")
    assert run(f"return stack.count, stack.{member}") == (count, left)


def test_the_last_goes_with_all_that_it_has(run, fill):
    fill("repair-pack", 1)
    run("stack.drain_durability(200) stack.drain_durability(100)")
    assert run("return stack.valid_for_read, chest.get_item_count()") == (False, 0)


def test_adding_gives_back_what_was_used(run, fill):
    fill("repair-pack", 1)
    run("stack.drain_durability(200) stack.add_durability(50)")
    assert run("return stack.durability") == 150


@pytest.mark.parametrize(
    ("item", "is_ammo", "is_armor", "is_repair_tool", "is_tool", "durability"),
    [
        ("repair-pack", False, False, True, True, 300),
        ("firearm-magazine", True, False, False, False, None),
        ("power-armor", False, True, False, True, None),
        ("automation-science-pack", False, False, False, True, 1),
        ("iron-plate", False, False, False, False, None),
    ],
)
def test_kinds(run, fill, item, is_ammo, is_armor, is_repair_tool, is_tool, durability):
    fill(item, 1)
    source = """return stack.is_ammo, stack.is_armor, stack.is_repair_tool,
      stack.is_tool, stack.durability, stack.health"""
    assert run(source) == (is_ammo, is_armor, is_repair_tool, is_tool, durability, 1)


@pytest.mark.parametrize(
    ("item", "act", "message"),
    [
        ("iron-plate", "stack.drain_durability(1)", "not a tool with durability"),
        ("iron-plate", "return stack.ammo", "the item is not ammo"),
        ("firearm-magazine", "stack.durability = 3", "not a tool with durability"),
        ("repair-pack", "stack.add_ammo(1)", "the item is not ammo"),
        ("repair-pack", "stack.drain_durability(-1)", "must not be negative"),
        ("repair-pack", "stack.durability = 0/0", "must be a finite number"),
    ],
)
def test_what_cannot_be_used_up(refusal, fill, item, act, message):
    fill(item, 1)
    assert message in refusal(act)


@pytest.mark.parametrize(
    ("act", "own", "theirs"),
    [
        # merging two worn stacks uses up one pack of both
        ("other.set_stack{name = 'repair-pack', count = 2, durability = 100} "
         "other.transfer_stack(stack)", None, (4, 200)),
        ("other.transfer_stack(stack)", None, (3, 100)),
        ("other.set_stack('coal') other.swap_stack(stack)", "coal", (3, 100)),
        ("other.set_stack(stack)", (3, 100), (3, 100)),
        ("stack.count = 2", (2, 100), None),
        ("inventory.sort_and_merge()", (3, 100), None),
        ("inventory.insert{name = 'repair-pack', durability = 250}", (4, 50), None),
        ("inventory.insert(stack)", (5, 200), None),
        ("chest.insert{name = 'repair-pack', durability = 250}", (4, 50), None),
    ],
)  # fmt: skip
def test_what_is_used_goes_along(run, fill, act, own, theirs):
    fill("repair-pack", 3)
    run(f"stack.drain_durability(200) {act}")
    for name, expected in (("stack", own), ("other", theirs)):
        if expected is None:
            assert run(f"return {name}.valid_for_read") is False
        elif isinstance(expected, str):
            assert run(f"return {name}.name") == expected
        else:
            assert run(f"return {name}.count, {name}.durability") == expected


def test_partly_moved_stacks_keep_their_worn_item(run, fill):
    fill("repair-pack", 60)
    run("stack.drain_durability(200)")
    run("other.set_stack{name = 'repair-pack', count = 90}")
    assert run("return other.transfer_stack(stack)") is False
    source = "return stack.count, stack.durability, other.count, other.durability"
    assert run(source) == (50, 100, 100, 300)


def test_hands_hold_whole_items_only(run, refusal):
    run(
        """
        local hand = surface.create_entity{name = "inserter", position = {5, 5}}
        stack = hand.held_stack
        stack.set_stack("repair-pack")
        """
    )
    assert run("return stack.durability") == 300
    assert "whole items" in refusal("stack.drain_durability(1)")


def test_laboratories_keep_what_is_used(run):
    run(
        """
        local lab = surface.create_entity{name = "lab", position = {5.5, 5.5}}
        lab.insert{name = "automation-science-pack", count = 2}
        stack = lab.get_inventory(defines.inventory.lab_input)[1]
        stack.drain_durability(0.25)
        """
    )
    assert run("return stack.count, stack.durability") == (2, 0.75)
    run("stack.drain_durability(1)")
    assert run("return stack.count, stack.durability") == (1, 0.75)


def test_a_corpse_holds_what_was_used(run):
    run(
        """
        local someone = surface.create_entity{
          name = "character", position = {0.5, 0.5}, force = "player",
        }
        local main = someone.get_main_inventory()
        main.insert{name = "repair-pack", count = 2, durability = 10}
        someone.die()
        corpse = surface.find_entities_filtered{name = "character-corpse"}[1]
        stack = corpse.get_inventory(defines.inventory.character_corpse)[1]
        """
    )
    assert run("return stack.count, stack.durability") == (2, 10)


def test_packs_out_of_a_laboratory_are_as_worn_as_they_were(run):
    run(
        CHEST
        + """
        local lab = surface.create_entity{name = "lab", position = {9.5, 5.5}}
        lab.insert{name = "automation-science-pack", count = 2}
        pack = lab.get_inventory(defines.inventory.lab_input)[1]
        pack.drain_durability(0.25)
        stack.transfer_stack(pack)
        """
    )
    assert run("return stack.count, stack.durability") == (2, 0.75)
    run("pack.set_stack('automation-science-pack')")
    assert run("return pack.durability") == 1


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        ("firearm-magazine", (10, None, None, None)),
        ("rocket", (1, None, None, None)),
        ("repair-pack", (None, 2, False, None)),
        ("power-armor", (None, None, True, 20)),
        ("iron-plate", (None, None, None, None)),
    ],
)
def test_what_prototypes_say(run, item, shown):
    source = f"""local it = game.item_prototypes["{item}"]
    return it.magazine_size, it.speed, it.infinite, it.inventory_size_bonus"""
    assert run(source) == shown


def test_what_is_removed_takes_its_wear_along(run, fill):
    fill("repair-pack", 2)
    run("stack.drain_durability(200) chest.remove_item{name = 'repair-pack'}")
    assert run("return stack.count, stack.durability") == (1, 100)
    run("chest.remove_item('repair-pack') chest.insert('repair-pack')")
    assert run("return stack.count, stack.durability") == (1, 300)
