"""Attributes that are read of many entities at once are what they are one by one."""

import pytest

from fle_marl.sim.lua_api.entity_columns import COLUMNS

SCENE = """
local function build(name, x, y, more)
  local given = {name = name, position = {x, y}, force = "player"}
  for key, value in pairs(more or {}) do given[key] = value end
  return surface.create_entity(given)
end
for x = -8, 7 do
  build("iron-ore", x + 0.5, 10.5, {amount = 100 + x, force = "neutral"})
end
build("iron-chest", 0.5, 0.5)
build("stone-furnace", 4, 1, {direction = 2})
build("assembling-machine-2", 8.5, 1.5, {recipe = "iron-gear-wheel"})
build("chemical-plant", 12.5, 1.5, {direction = 4})
build("burner-inserter", -2.5, 0.5, {direction = 6}).insert{name = "coal", count = 2}
build("gun-turret", -6, 0)
build("accumulator", -10, 0).energy = 500
build("transport-belt", -12.5, 0.5, {direction = 2})
build("character", -14, 5)
build("tree-01", 14, 8, {force = "neutral"})
build("wooden-chest", 16.5, 0.5).health = 12
"""


@pytest.fixture
def scene(run) -> None:
    run(SCENE)


@pytest.mark.parametrize("name", sorted(COLUMNS))
@pytest.mark.usefixtures("scene")
def test_all_read_alike(api, plain, name):
    read = f"""
    local list = surface.find_entities_filtered{{}}
    local seen = {{}}
    for round = 1, 2 do
      for place, entity in ipairs(list) do
        local ok, value = pcall(function() return entity.{name} end)
        -- what nobody listens to: after it everything is asked for anew
        if round == 1 then game.print("") end
        seen[#seen + 1] = ok and {{value}} or {{"error", value:match("[^:]+$")}}
      end
    end
    return seen
    """
    seen = plain(read)
    half = len(seen) // 2
    assert half > 20
    assert seen[:half] == seen[half:]
    answered = [each for each in seen if each and each[0] != "error"]
    assert len(answered) > half / 2


@pytest.mark.usefixtures("scene")
def test_many_are_read_with_one_call(run, monkeypatch):
    asked, names = [], COLUMNS["name"]

    def read(*given):
        asked.append(given)
        return names(*given)

    monkeypatch.setitem(COLUMNS, "name", read)
    run("for _, e in ipairs(surface.find_entities_filtered{}) do local _ = e.name end")
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("change", "read", "after"),
    [
        ("ore[1].amount = 7", "ore[1].amount", 7),
        ("chest.health = 3", "chest.health", 3),
        ("who.teleport{3, 5}", "who.position.x", 3),
        ("arm.direction = 2", "arm.direction", 2),
        ("ore[1].destroy()", "ore[1].valid", False),
        ("ore[1].deplete()", "pcall(function() return ore[1].name end)", False),
    ],
)
@pytest.mark.usefixtures("scene")
def test_what_was_read_is_forgotten_with_a_change(run, change, read, after):
    found = run(f"""
    local all = surface.find_entities_filtered{{}}
    local function of(name) return surface.find_entities_filtered{{name = name}} end
    ore, chest, who = of("iron-ore"), of("wooden-chest")[1], of("character")[1]
    arm = of("burner-inserter")[1]
    for _, each in ipairs(all) do
      for _, name in ipairs{{"name", "health", "position", "direction"}} do
        local _ = each[name]
      end
    end
    for _, each in ipairs(ore) do local _ = each.amount end
    {change}
    local result = {read}
    return result
    """)
    assert found == after


@pytest.mark.usefixtures("scene")
def test_handlers_of_events_read_what_is_true(run, go_on):
    run("""
    seen = {}
    local list = surface.find_entities_filtered{name = "iron-ore"}
    for _, each in ipairs(list) do local _ = each.amount end
    script.on_nth_tick(1, function()
      local ore = surface.find_entities_filtered{name = "iron-ore"}
      for _, each in ipairs(ore) do each.amount = each.amount + 1 end
      for place, each in ipairs(ore) do seen[place] = each.amount end
    end)
    """)
    go_on(2)
    assert run("return seen[1], seen[16]") == (94, 109)


def test_a_script_may_do_what_it_likes_with_what_it_found(run, scene):
    count = run("""
    local list = surface.find_entities_filtered{name = "iron-ore"}
    list[1], list[2], list[3] = 5, {}, setmetatable({}, {})
    list[20] = "more"
    local total = 0
    for place = 4, 16 do total = total + list[place].amount end
    return total
    """)
    assert count == sum(100 + x for x in range(-5, 8))


PARTS = """
local function build(name, x, y, item, count)
  local entity = surface.create_entity{name = name, position = {x, y}, force = "player"}
  if item then entity.insert{name = item, count = count} end
  return entity
end
for x = 0, 5 do
  build("iron-chest", x * 2 + 0.5, 0.5, "coal", 10 * x + 60)
  build("stone-furnace", x * 2, 4, x % 2 == 0 and "iron-ore" or "coal", 3 + x)
  local belt = build("transport-belt", x * 2 + 0.5, 8.5)
  for _ = 1, x % 4 do belt.get_transport_line(1).insert_at_back{name = "coal"} end
  belt.get_transport_line(2).insert_at_back{name = "iron-plate"}
end
build("underground-belt", 20.5, 8.5)
build("splitter", 21, 12.5)
build("lab", 14.5, 0.5, "automation-science-pack", 4)
build("rocket-silo", -12, -12)
build("character", -2, -5, "wood", 7)
build("pipe", -4.5, 0.5)
"""


@pytest.mark.parametrize(
    ("method", "numbers"),
    [("get_inventory", range(1, 9)), ("get_transport_line", range(1, 9))],
)
def test_parts_are_found_together_as_alone(run, plain, method, numbers):
    run(PARTS)
    read = f"""
    local list = surface.find_entities_filtered{{}}
    local seen = {{}}
    for round = 1, 2 do
      for _, number in ipairs{{{", ".join(map(str, numbers))}}} do
        for _, entity in ipairs(list) do
          local ok, part = pcall(function() return entity.{method}(number) end)
          if round == 1 then game.print("") end
          local lies = ok and part and part.get_contents()
          local told = {{ok, lies, ok and part and part == entity.{method}(number)}}
          seen[#seen + 1] = {{told[1], told[2] or "none", told[3] or "none"}}
        end
      end
    end
    return seen
    """
    seen = plain(read)
    half = len(seen) // 2
    assert seen[:half] == seen[half:]
    filled = [lies for _, lies, _ in seen[half:] if lies not in ("none", {}, [])]
    assert len(filled) > 8


def test_contents_that_were_found_together_are_the_scripts_own(run):
    run(PARTS)
    assert run("""
    local chests = surface.find_entities_filtered{name = "iron-chest"}
    for _, chest in ipairs(chests) do chest.get_inventory(1).get_contents().coal = 1 end
    local last = chests[#chests].get_inventory(1)
    local before = last.get_contents().coal
    last.insert{name = "coal", count = 5}
    return before, last.get_contents().coal
    """) == (110, 115)


def test_parts_take_as_many_arguments_as_alone(run):
    run(PARTS)
    assert (
        run("""
    local chests = surface.find_entities_filtered{name = "iron-chest"}
    local failed = 0
    for _, chest in ipairs(chests) do
      local inventory = chest.get_inventory(1)
      for _, call in ipairs{
        function() return inventory.get_contents(1) end,
        function() return chest.get_inventory() end,
        function() return chest.get_inventory("x") end,
      } do
        failed = failed + (pcall(call) and 0 or 1)
      end
    end
    return failed
    """)
        == 18
    )
