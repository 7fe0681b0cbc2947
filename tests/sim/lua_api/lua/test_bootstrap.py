"""Objects of the game as scripts see them, and what they refuse."""

import pytest

from fle_marl.errors import LuaApiMissing
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.lua_api.lua_entity_prototype import LUA_ENTITY_PROTOTYPE

CHEST = "surface.create_entity{name = 'iron-chest', position = {0, 0}}"
FURNACE = "surface.create_entity{name = 'stone-furnace', position = {10, 0}}"
BELT = "surface.create_entity{name = 'transport-belt', position = {5, 5}}"
OBJECTS = [
    ("game", "LuaGameScript"),
    ("script", "LuaBootstrap"),
    ("rcon", "LuaRCON"),
    ("remote", "LuaRemote"),
    ("game.surfaces", "LuaCustomTable"),
    ("surface", "LuaSurface"),
    ("game.forces.player", "LuaForce"),
    ("game.forces.player.recipes['iron-chest']", "LuaRecipe"),
    ("game.recipe_prototypes['iron-chest']", "LuaRecipePrototype"),
    ("game.forces.player.technologies.automation", "LuaTechnology"),
    ("game.forces.player.item_production_statistics", "LuaFlowStatistics"),
    ("game.entity_prototypes['iron-chest']", "LuaEntityPrototype"),
    ("game.item_prototypes['iron-chest']", "LuaItemPrototype"),
    ("game.fluid_prototypes.water", "LuaFluidPrototype"),
    ("game.tile_prototypes.water", "LuaTilePrototype"),
    ("surface.get_tile(0, 0)", "LuaTile"),
    (CHEST, "LuaEntity"),
    (f"{CHEST}.get_inventory(1)", "LuaInventory"),
    (f"{CHEST}.get_inventory(1)[1]", "LuaItemStack"),
    (f"{FURNACE}.burner", "LuaBurner"),
    (f"{FURNACE}.fluidbox", "LuaFluidBox"),
    (f"{BELT}.get_transport_line(1)", "LuaTransportLine"),
]


@pytest.mark.parametrize(("source", "class_name"), OBJECTS)
def test_objects_know_what_they_are(run, source, class_name):
    found = run(
        f"local object = {source} "
        "return object.object_name, tostring(object), type(object)"
    )
    assert found == (class_name, f"[{class_name}]", "table")


@pytest.mark.parametrize(
    ("source", "class_name"),
    [each for each in OBJECTS if each[0] not in ("game", "script", "rcon", "remote")],
)
def test_objects_are_valid(run, source, class_name):
    assert run(f"return ({source}).valid") is True


@pytest.mark.parametrize(
    ("source", "class_name"),
    # any name may be a key of a LuaCustomTable
    [each for each in OBJECTS if each[1] != "LuaCustomTable"],
)
def test_names_that_the_game_lacks(refusal, source, class_name):
    message = f"{class_name} doesn't contain key foo."
    assert message in refusal(f"local x = ({source}).foo")
    assert message in refusal(f"({source}).foo = 1")


MISSING = [
    ("game", "LuaGameScript", "write_file"),
    ("surface", "LuaSurface", "play_sound"),
    (CHEST, "LuaEntity", "trains_count"),
    ("script", "LuaBootstrap", "raise_console_chat"),
]


@pytest.mark.parametrize(("source", "class_name", "member"), MISSING)
def test_names_that_only_we_lack(run, refusal, source, class_name, member):
    with pytest.raises(LuaApiMissing, match=f"{class_name}.{member}") as caught:
        run(f"return ({source}).{member}")
    assert caught.value.details == {"class": class_name, "member": member}
    assert f"{class_name}.{member} is part" in refusal(f"return ({source}).{member}()")


READ_ONLY = [
    ("game", "LuaGameScript.tick", "tick"),
    ("surface", "LuaSurface.index", "index"),
    ("surface", "LuaSurface.get_tile", "get_tile"),
    (CHEST, "LuaEntity.name", "name"),
    (CHEST, "LuaEntity.position", "position"),
    (CHEST, "LuaEntity.status", "status"),
    ("game.item_prototypes.coal", "LuaItemPrototype.stack_size", "stack_size"),
]


@pytest.mark.parametrize(("source", "shown", "key"), READ_ONLY)
def test_what_cannot_be_written(refusal, source, shown, key):
    assert f"Attempt to set a read-only key: {shown}." in refusal(
        f"({source}).{key} = 1"
    )


def test_what_only_the_game_can_write(run):
    with pytest.raises(LuaApiMissing, match=r"LuaEntity\.orientation"):
        run(f"{CHEST}.orientation = 1")


# --- equality


@pytest.mark.parametrize(
    ("left", "right", "is_same"),
    [
        ("game.surfaces[1]", "game.surfaces.nauvis", True),
        ("game.forces.player", "game.forces[1]", True),
        ("game.forces.player", "game.forces.enemy", False),
        ("surface.get_tile(1, 2)", "surface.get_tile({1.5, 2.5})", True),
        ("surface.get_tile(1, 2)", "surface.get_tile(2, 1)", False),
        ("game.forces[1]", "surface", False),
        ("game.forces.player", "1", False),
    ],
)
def test_equality(run, left, right, is_same):
    assert run(f"return {left} == {right}, {left} ~= {right}") == (is_same, not is_same)


def test_entities_are_equal_to_themselves_only(run):
    source = f"""
    local chest, furnace = {CHEST}, {FURNACE}
    local again = surface.find_entity("iron-chest", chest.position)
    return chest == again, rawequal(chest, again), chest == furnace,
      chest.get_inventory(1) == again.get_inventory(1),
      chest.get_inventory(1)[1] == again.get_inventory(1)[1],
      chest.get_inventory(1)[1] == again.get_inventory(1)[2]
    """
    assert run(source) == (True, False, False, True, True, False)


# --- what is gone

GONE = f"local gone = {CHEST} local kept = gone.get_inventory(1) gone.destroy() "


@pytest.mark.parametrize(
    "key", ["name", "position", "health", "prototype", "force", "surface", "direction"]
)
def test_entities_that_are_gone_have_nothing(refusal, key):
    message = refusal(GONE + f"return gone.{key}")
    assert "LuaEntity API call when LuaEntity was invalid." in message


def test_entities_that_are_gone_say_so(run):
    source = GONE + "return gone.valid, kept.valid, gone.object_name, gone.destroy()"
    assert run(source) == (False, False, "LuaEntity", True)


def test_a_new_entity_in_the_same_row_is_another_one(run):
    source = GONE + f"local new = {CHEST} return gone.valid, gone == new, new.valid"
    assert run(source) == (False, False, True)


def test_inventories_of_what_is_gone_are_refused(refusal):
    assert "LuaInventory was invalid" in refusal(GONE + "return #kept")


# --- values

POSITIONS = ["{3, 4}", "{x = 3, y = 4}", "{x = 3.0, y = 4, z = 5}"]


@pytest.mark.parametrize("position", POSITIONS)
def test_positions_in_all_forms(run, position):
    source = f"return util.positiontostr(surface.get_tile({position}).position)"
    assert run(source) == "[3, 4]"


@pytest.mark.parametrize(
    "position",
    [
        "nil",
        "5",
        "{}",
        "{1}",
        "{'a', 'b'}",
        "{x = 1}",
        "{0/0, 1}",
        "{1/0, 1}",
        "{1e9, 0}",
    ],
)
def test_what_is_no_position(refusal, position):
    message = refusal(
        f"surface.find_entities_filtered{{radius = 1, position = {position} or 5}}"
    )
    assert "Invalid MapPosition" in message


@pytest.mark.parametrize(
    "area",
    ["5", "{}", "{{1, 2}}", "{{1, 2}, 3}", "{{1, 2}, {3}}", "{left_top = {0, 0}}"],
)
def test_what_is_no_area(refusal, area):
    assert "Invalid BoundingBox" in refusal(
        f"surface.find_entities_filtered{{area = {area}}}"
    )


@pytest.mark.parametrize(
    "area",
    [
        "{{-1, -1}, {1, 1}}",
        "{left_top = {x = -1, y = -1}, right_bottom = {x = 1, y = 1}}",
        "{{x = -1, y = -1}, {1, 1}}",
    ],
)
def test_areas_in_all_forms(run, area):
    run(CHEST.join(("chest = ", "")))
    assert run(f"return #surface.find_entities_filtered{{area = {area}}}") == 1


def test_attributes_are_values_of_lua(run):
    """Nothing of numpy or Python leaks out of any attribute of any object."""
    sources = ", ".join(source for source, _ in OBJECTS)
    source = f"""
    local known = ...
    local problems = {{}}
    for _, object in ipairs({{{sources}}}) do
      for _, key in ipairs(known[object.object_name]) do
        local ok, value = pcall(function() return object[key] end)
        if ok and type(value) == "userdata" then
          problems[#problems + 1] = object.object_name .. "." .. key
        end
      end
    end
    return table.concat(problems, " ")
    """
    from fle_marl.sim.lua_api.classes import CLASSES

    run("known = {}")
    for each in CLASSES:
        names = ", ".join(f"'{name}'" for name in sorted(each.getters))
        run(f"known.{each.name} = {{{names}}}")
    assert run(source.replace("local known = ...", "")) == ""


# --- what never changes


def test_constants_are_asked_for_once(flat_world, monkeypatch):
    asked = []

    def count(_api, number):
        asked.append(number)
        return f"the {number}th"

    monkeypatch.setitem(LUA_ENTITY_PROTOTYPE.getters, "order", count)
    api = LuaApi(flat_world(), {})
    chest, belt = (
        f"game.entity_prototypes['{name}'].order"
        for name in ("iron-chest", "transport-belt")
    )
    first = api.execute(f"return {chest}, {belt}")
    assert api.execute(f"return {chest}, {belt}") == first
    assert len(asked) == len(set(asked)) == 2


def test_tables_of_prototypes_belong_to_who_asked(run):
    prototype = "game.entity_prototypes['iron-chest']"
    source = f"local box = {prototype}.collision_box.left_top "
    before = run(source + "return box.x")
    run(source + "box.x = 99")
    assert run(source + "return box.x") == before < 0
