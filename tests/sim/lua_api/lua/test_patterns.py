"""The counted matcher of patterns does what Lua's own does, and ends."""

import time

import lupa.lua52 as lupa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fle_marl.errors import FleMarlError
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.lua_api.limits import ScriptLimits
from fle_marl.sim.lua_api.runtime import _LUA_FOLDER

SOURCE = (_LUA_FOLDER / "patterns.lua").read_text(encoding="utf-8")
ASK = """return function(name, text, pattern, more, most)
  if name == "gmatch" then
    local found = {}
    for first, second in string.gmatch(text, pattern) do
      found[#found + 1] = tostring(first) .. "," .. tostring(second)
    end
    return table.concat(found, ";")
  end
  local results = {pcall(string[name], text, pattern, more, most)}
  for place = 1, 10 do results[place] = tostring(results[place]) end
  return results[1] == "true" and table.concat(results, "|") or "failed"
end"""


def matcher(*sources: str):
    lua = lupa.LuaRuntime()
    for source in sources:
        lua.execute(source)
    ask = lua.execute(ASK)

    def answer(*arguments):
        try:
            return ask(*arguments)
        except lupa.LuaError:
            return "failed"

    return answer


OF_LUA = matcher()
# nothing is left to Lua's own
COUNTED = matcher(
    SOURCE.replace("MOST_STEPS = 1e8", "MOST_STEPS = -1").replace(
        "MOST_COMPARED = 1e10", "MOST_COMPARED = -1"
    )
)
ATOMS = (
    "a", "b", ".", "%a", "[ab]", "[^a]", "[]]", "[%a-]", "[a-c]", "%f[%w]", "(", ")",
    "()", "%1", "%2", "%b()", "$", "^", "-", "*", "+", "?", "%%", "%", "[", "%s",
)  # fmt: skip
PATTERNS = st.lists(st.sampled_from(ATOMS), max_size=6).map("".join)
TEXTS = st.text("ab (c)", max_size=10)
CALLS = st.one_of(
    st.tuples(
        st.just("find"),
        TEXTS,
        PATTERNS,
        st.sampled_from([None, 0, 1, 2, -1, -3, 50]),
        st.sampled_from([None, True]),
    ),
    st.tuples(st.just("match"), TEXTS, PATTERNS, st.sampled_from([None, 1, -2, 50])),
    st.tuples(st.just("gmatch"), TEXTS, PATTERNS),
    st.tuples(
        st.just("gsub"),
        TEXTS,
        PATTERNS,
        st.sampled_from(["", "x", "%0%1", "%%", "%1", "%", "%x"]),
        st.sampled_from([None, 0, 1, 2]),
    ),
)


def test_the_sources_have_what_is_set_here():
    assert "MOST_STEPS = 1e8" in SOURCE
    assert "MOST_COMPARED = 1e10" in SOURCE


@given(CALLS)
def test_it_matches_as_lua_does(call):
    assert COUNTED(*call) == OF_LUA(*call)


REPLACED = {
    "function": ("(%w)(%w)", "function(a, b) return b .. a end"),
    "table": ("%w+", "{ab = 'x', cd = false}"),
    "nothing": ("%w", "function() end"),
    "number": ("%w", "7"),
}


@pytest.mark.parametrize(("pattern", "by"), REPLACED.values(), ids=REPLACED)
def test_it_replaces_as_lua_does(pattern, by):
    source = f"return string.gsub('ab cd ef', '{pattern}', {by})"
    counted = lupa.LuaRuntime()
    counted.execute(SOURCE.replace("MOST_STEPS = 1e8", "MOST_STEPS = -1"))
    assert counted.execute(source) == lupa.LuaRuntime().execute(source)


ENDLESS = {
    "find": "string.find(('a'):rep(3e4), '.-.-.-.-b')",
    "match": "('a'):rep(3e4):match('(.*)(.*)(.*)b')",
    "gmatch": "(function() for _ in ('a'):rep(3e4):gmatch('a-a-a-a-b') do end end)()",
    "gsub": "('a'):rep(3e4):gsub('.*.*.*b', '')",
    "doubt": "('a'):rep(40):find(('a?'):rep(40) .. ('a'):rep(41))",
    "plain": "('a'):rep(1e6):find(('a'):rep(5e5) .. 'b', 1, true)",
}


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS)
def test_what_would_take_long_is_ended(flat_world, source):
    limits = ScriptLimits(instructions=20_000, seconds=1)
    api = LuaApi(flat_world(), {}, limits)
    began = time.process_time()
    problem = api.command(f"local x = {source}")
    assert "the script was ended" in problem
    assert time.process_time() - began < 20


def test_long_texts_are_matched_all_the_same(run):
    text = "('key = value, '):rep(9000)"
    assert run(f"return select(2, {text}:gsub('(%w+)%s*=%s*(%w+)', '%2'))") == 9000


def test_a_pattern_too_deep_is_refused(refusal):
    source = "('a'):rep(300):find(('(a)'):rep(20) .. ('a?'):rep(250) .. '.*.*b')"
    assert "too complex" in refusal(source)


def test_numbers_are_texts(run):
    assert run("return string.find(123, 2)") == (2, 2)


def test_errors_are_those_of_lua(run):
    with pytest.raises(
        (lupa.LuaError, FleMarlError), match="bad argument #1 to 'find'"
    ):
        run("string.find()")
