import subprocess
import sys

import pytest

MIXED = "{[3] = 1, [1] = 1, b = 1, a = 1, [2.5] = 1, [true] = 1, [-1] = 1}"


def keys(source):
    return f"""
    local keys = {{}}
    for key in {source} do keys[#keys + 1] = key end
    return keys
    """


def test_pairs_go_by_kind_and_value(run):
    found = list(run(keys(f"pairs({MIXED})")).values())
    assert found == [True, -1, 1, 2.5, 3, "a", "b"]


def test_next_goes_in_the_order_of_pairs(run):
    found = list(run(keys(f"next, {MIXED}")).values())
    assert found == [True, -1, 1, 2.5, 3, "a", "b"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("next({})", None),
        ("next({7})", (1, 7)),
        ("next({b = 1, a = 2})", ("a", 2)),
        ("next({b = 1, a = 2}, 'a')", ("b", 1)),
        ("next({b = 1, a = 2}, 'b')", None),
        ("next({b = 1, c = 2}, 'a')", ("b", 1)),
    ],
)
def test_next(run, source, expected):
    assert run(f"return {source}") == expected


@pytest.mark.parametrize("walk", ["pairs(t)", "next, t"])
def test_fields_may_go_while_they_are_walked(run, walk):
    source = f"""
    local t, seen = {{}}, {{}}
    for i = 1, 9 do t["k" .. i] = i end
    for key, value in {walk} do
      seen[#seen + 1] = value
      t[key] = nil
    end
    return #seen, next(t)
    """
    assert run(source) == (9, None) or run(source) == 9


def test_fields_that_went_are_left_out(run):
    source = """
    local t, seen = {a = 1, b = 2, c = 3}, {}
    for key in pairs(t) do
      seen[#seen + 1] = key
      t.b = nil
    end
    return table.concat(seen)
    """
    assert run(source) == "ac"


def test_objects_are_ordered_by_what_they_are(run):
    source = """
    local by_entity = {}
    local places = {5, 1, 3}
    for _, x in ipairs(places) do
      local entity = surface.create_entity{name = "wooden-chest", position = {x, 0}}
      by_entity[entity] = x
    end
    local seen = {}
    for _, x in pairs(by_entity) do seen[#seen + 1] = x end
    return table.concat(seen, " ")
    """
    assert run(source) == "5 1 3"


def test_metamethod_pairs_is_kept(run):
    source = """
    local t = setmetatable({}, {__pairs = function() return next, {z = 26} end})
    local key, value
    for k, v in pairs(t) do key, value = k, v end
    return key, value
    """
    assert run(source) == ("z", 26)


@pytest.mark.parametrize(
    "call", ["pairs(nil)", "next(nil)", "pairs('text')", "next(5)"]
)
def test_what_is_no_table_is_refused(refusal, call):
    assert "table expected, got" in refusal(call)


def test_order_is_the_same_in_each_process():
    program = """
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.world import World
api = LuaApi(World(0), {})
print(api.execute('''
  local t, keys = {}, {}
  for i = 1, 300 do t["key" .. i * 7919 % 1009] = i end
  for key in pairs(t) do keys[#keys + 1] = key end
  return table.concat(keys, ",")
'''))
"""
    told = {
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True
        ).stdout
        for _ in range(2)
    }
    assert len(told) == 1
