"""Random Lua over the real API: right and wrong members, arguments and values.

What is drawn depends only on the `random.Random` that is given, so that a seed names a
run. Names of members, and what they take, come from the tables that the game's own
documentation was extracted to.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from fle_marl.sim.lua_api.api_tables import (
    argument_checks,
    known_names,
    writable_names,
)

__all__ = ["draw_command"]

Draw = random.Random

S: Final = "game.surfaces[1]"
CREATED: Final = (
    S + ".create_entity{{name='{name}', position={{{x}, {y}}}, force='player'}}"
)
ENTITY_NAMES: Final = (
    "iron-chest", "transport-belt", "underground-belt", "splitter", "inserter",
    "stone-furnace", "burner-mining-drill", "assembling-machine-2", "boiler",
    "steam-engine", "small-electric-pole", "pipe", "storage-tank", "lab", "beacon",
    "rocket-silo", "character", "iron-ore", "crude-oil", "item-on-ground",
    "entity-ghost", "gun-turret", "gate", "nuclear-reactor", "heat-pipe", "tree-01",
    "cliff", "electric-furnace", "radar", "locomotive", "pump", "accumulator",
)  # fmt: skip
OBJECTS: Final[Mapping[str, Sequence[str]]] = {
    "LuaGameScript": ("game",),
    "LuaBootstrap": ("script",),
    "LuaRendering": ("rendering",),
    "LuaRCON": ("rcon",),
    "LuaRemote": ("remote",),
    "LuaCommandProcessor": ("commands",),
    "LuaSurface": (S,),
    "LuaForce": ("game.forces.player", "game.forces[2]", "game.create_force('f')"),
    "LuaEntity": (S + ".find_entities()[1]",),
    "LuaInventory": (
        "game.create_inventory(4)",
        S + ".find_entities_filtered{name='character'}[1].get_main_inventory()",
        S + ".find_entities_filtered{name='iron-chest'}[1].get_inventory(1)",
    ),
    "LuaItemStack": (
        "game.create_inventory(4)[1]",
        S + ".find_entities_filtered{name='character'}[1].cursor_stack",
        "(function() local s = game.create_inventory(1)[1] "
        "s.set_stack('blueprint') return s end)()",
    ),
    "LuaFluidBox": (S + ".find_entities_filtered{name='storage-tank'}[1].fluidbox",),
    "LuaTransportLine": (
        S + ".find_entities_filtered{name='transport-belt'}[1].get_transport_line(1)",
    ),
    "LuaBurner": (S + ".find_entities_filtered{name='stone-furnace'}[1].burner",),
    "LuaFlowStatistics": ("game.forces.player.item_production_statistics",),
    "LuaRecipe": ("game.forces.player.recipes['iron-gear-wheel']",),
    "LuaTechnology": ("game.forces.player.technologies.automation",),
    "LuaTile": (S + ".get_tile(1, 1)", S + ".get_tile(1e6, -1e6)"),
    "LuaChunkIterator": (S + ".get_chunks()",),
    "LuaRandomGenerator": ("game.create_random_generator(1)",),
    "LuaCustomTable": ("game.entity_prototypes", "game.forces", "game.surfaces"),
    "LuaEntityPrototype": ("game.entity_prototypes.inserter",),
    "LuaItemPrototype": ("game.item_prototypes.coal",),
    "LuaRecipePrototype": ("game.recipe_prototypes['iron-plate']",),
    "LuaTechnologyPrototype": ("game.technology_prototypes.logistics",),
    "LuaFluidPrototype": ("game.fluid_prototypes.water",),
    "LuaTilePrototype": ("game.tile_prototypes.grass",),
    "LuaGroup": ("game.item_prototypes.coal.group",),
}
"""How scripts come by an object of a class; entities are drawn apart."""
NUMBERS: Final = (
    "0", "1", "-1", "2", "3", "0.5", "-0.0", "255", "256", "65536", "2^31", "2^31-1",
    "-2^31", "2^32", "2^53", "2^63", "-2^63", "2^64", "1e9", "1e15", "1e18", "1e300",
    "0/0", "1/0", "-1/0", "1e-320", "4194303", "-4194304",
)  # fmt: skip
STRINGS: Final = (
    "''", "'x'", "'player'", "'iron-plate'", "'coal'", "'iron-chest'", "'inserter'",
    "'automation'", "'nauvis'", "'grass-1'", "'water'", "'\\0'", "'\\255\\254'",
    "'\\237\\160\\128'", "('x'):rep(1e5)", "('%a'):rep(99)", "'__self'", "'{}'",
    "('['):rep(1e5)", "'{\"a\":[1e999]}'",
    "'0eNqrVkrKKU0tKMrMK1GyiijJzE1VslJQKqksSFWqBQA+'",
    "'red'", "'%'", "'[item=coal]'", "'../../x'", "('é'):rep(999)", "'input-output'",
)  # fmt: skip
POSITIONS: Final = (
    "{0, 0}", "{x=1, y=2}", "{x=3.5, y=-2.5}", "{1e9, 1e9}", "{0/0, 0}", "{}",
    "{x='1', y='2'}", "{4194303, 4194303}", "{-4194303, 0}", "{2^40, 2}", "{{1}, 2}",
)  # fmt: skip
AREAS: Final = (
    "{{0, 0}, {5, 5}}", "{{-1e6, -1e6}, {1e6, 1e6}}", "{{5, 5}, {0, 0}}", "{{}, {}}",
    "{left_top={0, 0}, right_bottom={9, 9}}", "{{0/0, 0}, {1, 1}}", "{{0, 0}}",
    "{{-4e6, -4e6}, {4e6, 4e6}}",
)  # fmt: skip
FUNCTIONS: Final = (
    "function() end", "function(...) return ... end", "function() error({}) end",
    "function() error(setmetatable({}, {__tostring=function() error('t') end})) end",
    "function(e) global.n = (global.n or 0) + 1 end", "print", "rcon.print",
)  # fmt: skip
TABLES: Final = (
    "{}", "{1, 2, 3}", "{name='coal', count=5}", "{name='coal', count=-1}",
    "{name='coal', count=2^40}", "{[{}]=1}", "{[0/1]=0}", "{[1]=1, [3]=3}",
    "setmetatable({}, {__index=function(t, k) return k end})",
    "setmetatable({}, {__index=function() error('i') end})",
    "setmetatable({}, {__len=function() return 2^53 end})",
    "setmetatable({}, {__pairs=function() return function() return 1, 1 end end})",
    "setmetatable({}, {__tostring=function() return {} end})",
    "setmetatable({}, {__call=function(...) return ... end})",
    "setmetatable({}, {__eq=function() error() end})",
    "(function() local t = {} t.t = t t[1] = t return t end)()",
    "(function() local t = {} for i = 1, 300 do t = {t} end return t end)()",
    "(function() local t = {} for i = 1, 3e4 do t = {t, x=t} end return t end)()",
    "(function() local t = {} for i = 1, 2e4 do t[i] = i end return t end)()",
    "{type='item', name='coal', amount=1/0}", "{r=1, g=2, b=3, a=4}", "defines",
)  # fmt: skip
PATTERNS: Final = (
    ".-.-.-.-x", "(.*)(.*)(.*)(.*)%1x", "^(.-)*$", "[^%s]*[%w]*.-y", "%b()", "%f[%w]a",
    "(", "%", "[", "[^", "%g+", "()", "(()())", "%9", "((((a*)*)*)*)b", "a-a-a-a-a-b",
    ".*.*.*.*.*=.*",
)  # fmt: skip


def draw_command(drawn: Draw) -> str:
    """A command for the console: mostly Lua, now and then another or none."""
    kind = drawn.random()
    if kind < 0.04:
        return drawn.choice(_OTHER_COMMANDS)
    if kind < 0.06:
        return "/sc " + "".join(map(chr, drawn.choices(range(1, 0xD7FF), k=40)))
    if kind < 0.10:
        return "/sc " + " ".join(drawn.choices(_WORDS, k=drawn.randint(1, 30)))
    lines = [_statement(drawn) for _ in range(drawn.randint(1, 5))]
    return f"/sc {' '.join(lines)}"


_OTHER_COMMANDS: Final = (
    "/help", "/help \0", "/players x", "/time", "/seed", "/evolution", "/version", "/",
    "//", "/c", "/sc", "/mc while true do end", "/mc x", "/server-save fuzzed",
    "/server-save ../x", "/server-save", "hello", "", "/" + "x" * 5000,
    "/sc " + "(" * 9999,
    "/sc " + "{" * 300 + "}" * 300, "/sc x=" + "'a'.." * 9000 + "'b'", "/f", "/f 1 2",
    "/sc " + "do " * 500, "/g x", "/help f", "/c __level__ rcon.print(1)",
)  # fmt: skip
_WORDS: Final = (
    "game", "rcon", "global", "script", ".surfaces", "[1]", ".", "(", ")", "{", "}",
    "=", "'x'", "1", "-1", "1/0", "nil", "function", "end", "for", "while", "do",
    "true",
    "pcall", "find_entities_filtered", "create_entity", "setmetatable", "local", ",",
    "string.rep", "print", "name=", "position=", "'iron-chest'", "..", "#", "x", "goto",
    "return", "repeat", "until", "not", "::a::", "break",
)  # fmt: skip


def _statement(drawn: Draw) -> str:
    draw = drawn.choices(_STATEMENTS, _WEIGHTS)[0]
    body = draw(drawn)
    if drawn.random() < 0.6:
        return f"pcall(function() {body} end);"
    return f"do {body} end;"


def _call(drawn: Draw) -> str:
    """Use a member with what it takes, or with something else."""
    class_name, thing = _object(drawn)
    checks = argument_checks().get(class_name, {})
    if drawn.random() < 0.1 or not checks:
        name = drawn.choice(sorted(known_names().get(class_name, {"x"})))
        given = ", ".join(_value(drawn) for _ in range(drawn.randint(0, 4)))
        return f"local o = {thing} rcon.print(tostring(o.{name}({given})))"
    name = drawn.choice(sorted(checks))
    if "written" in checks[name]:
        value = _fitting(drawn, checks[name]["written"][0], name)
        return f"local o = {thing} o.{name} = {value} rcon.print(type(o.{name}))"
    return (
        f"local o = {thing} local r = o.{name}({_arguments(drawn, checks[name])}) "
        f"rcon.print(type(r))"
    )


def _arguments(drawn: Draw, check: Mapping[str, Any]) -> str:
    if "named" in check:
        kinds = check["named"]["kinds"]
        required = check["named"]["required"]
        chosen = [key for key in sorted(kinds) if drawn.random() < 0.35]
        if drawn.random() < 0.95:
            chosen = sorted({*required, *chosen})
        pairs = (f"[{key!r}]={_fitting(drawn, kinds[key], key)}" for key in chosen)
        return f"{{{', '.join(pairs)}}}"
    kinds = [
        kind
        for kind, is_optional in check["ordered"]
        if not (is_optional and drawn.random() < 0.3)
    ]
    return ", ".join(_fitting(drawn, kind, "") for kind in kinds)


def _fitting(drawn: Draw, kind: str, name: str) -> str:
    """A value of the right type, nine times out of ten."""
    if drawn.random() < 0.1:
        return _value(drawn)
    if "position" in name or name in ("center", "start", "goal", "target"):
        return drawn.choice(POSITIONS)
    if "area" in name or "box" in name:
        return drawn.choice(AREAS)
    if name in ("name", "inner_name", "entity") and drawn.random() < 0.8:
        return repr(drawn.choice(ENTITY_NAMES))
    by_kind: Mapping[str, Sequence[str]] = {
        "number": NUMBERS,
        "string": STRINGS,
        "boolean": ("true", "false"),
        "table": (*TABLES, *POSITIONS, *AREAS),
        "function": FUNCTIONS,
    }
    return drawn.choice(by_kind[kind]) if kind in by_kind else _value(drawn)


def _read(drawn: Draw) -> str:
    class_name, thing = _object(drawn)
    name = drawn.choice(sorted(known_names().get(class_name, {"x"})))
    return drawn.choice((
        f"local o = {thing} rcon.print(tostring(o.{name}))",
        f"local o = {thing} local n = 0 for k, v in pairs(o) do n = n + 1 "
        "if n > 9 then break end rcon.print(tostring(k)) end",
        f"local o = {thing} rcon.print(#o) rcon.print(tostring(o[{_value(drawn)}]))",
        f"local o = {thing} rcon.print(tostring(o == {_value(drawn)}))",
        f"local o = {thing} rcon.print(game.table_to_json({{o}}))",
        f"local o = {thing} rcon.print(serpent.line(o))",
    ))  # fmt: skip


def _write(drawn: Draw) -> str:
    class_name, thing = _object(drawn)
    names = sorted(writable_names().get(class_name, ())) or ["x"]
    return f"local o = {thing} o.{drawn.choice(names)} = {_value(drawn)}"


def _forge(drawn: Draw) -> str:
    """Put something else where an object keeps what it is of."""
    class_name, thing = _object(drawn)
    names = sorted(known_names().get(class_name, {"x"}))
    return (
        f"local o = {thing} rawset(o, '__self', {_value(drawn)}) "
        f"rcon.print(tostring(o.{drawn.choice(names)}))"
    )


def _build(drawn: Draw) -> str:
    name = drawn.choice(ENTITY_NAMES)
    x, y = drawn.randint(-20, 20), drawn.randint(-20, 20)
    created = CREATED.format(name=name, x=x, y=y)
    return f"local e = {created} if e then e.{drawn.choice(_TO_ENTITIES)} end"


_TO_ENTITIES: Final = (
    "destroy()", "insert{name='coal', count=50}", "rotate()", "die()", "active = false",
    "set_recipe('iron-gear-wheel')", "recipe_locked = true", "health = 1",
    "amount = 100", "order_deconstruction('player')", "clear_items_inside()",
    "teleport(1, 1)", "mine{}", "insert_fluid{name='water', amount=100}",
    "direction = 2",
)  # fmt: skip


def _pattern(drawn: Draw) -> str:
    pattern = drawn.choice(PATTERNS)
    call = drawn.choice(("find", "match", "gmatch", "gsub"))
    subject = drawn.choice(("('a'):rep(3e4)", "('a b=(c)'):rep(900)", "'abc'", "''"))
    more = drawn.choice(
        ("", ", 1", ", -3", ", ''", ", '%1'", ", print", ", {}", ", 1e9")
    )
    return f"rcon.print(tostring(string.{call}({subject}, '{pattern}'{more})))"


def _library(drawn: Draw) -> str:
    library = drawn.choice(("string", "table", "math", "bit32", "util", "serpent"))
    given = ", ".join(_value(drawn) for _ in range(drawn.randint(0, 3)))
    return (
        f"local names = {{}} for k in pairs({library}) do names[#names + 1] = k end "
        f"table.sort(names) local f = {library}[names[{drawn.randint(1, 20)}]] "
        f"if f then f({given}) end"
    )


def _handler(drawn: Draw) -> str:
    function = drawn.choice(FUNCTIONS)
    return drawn.choice((
        f"script.on_nth_tick({drawn.choice(NUMBERS)}, {function})",
        f"script.on_event({_event(drawn)}, {function})",
        f"script.on_event({_event(drawn)}, nil)",
        f"commands.add_command('{drawn.choice('fg')}', {_value(drawn)}, {function})",
        f"remote.add_interface('i', {{f={function}}}) "
        f"remote.call('i', 'f', {_value(drawn)})",
        "remote.remove_interface('i')",
        f"script.raise_event({_event(drawn)}, {_value(drawn)})",
    ))  # fmt: skip


def _event(drawn: Draw) -> str:
    return drawn.choice((
        "defines.events.on_tick", "defines.events.on_built_entity",
        "defines.events.script_raised_built", "defines.events.on_entity_died",
        "script.generate_event_name()", _value(drawn),
    ))  # fmt: skip


def _control(drawn: Draw) -> str:
    value = _value(drawn)
    return drawn.choice((
        f"error({value})", f"error({value}, {drawn.choice(NUMBERS)})",
        f"local ok, e = pcall(error, {value}) rcon.print(tostring(e))",
        "while true do end", "local function f() return f() + 1 end f()",
        "local function f() pcall(f) end f()", "local t = {} while true do t = {t} end",
        "local s = 'x' while true do s = s .. s end",
        "coroutine.wrap(function() while true do end end)()",
        f"load({value})()", "load(function() return 'x=' end)",
        f"for i = 1, 1e4 do rcon.print({value}) end",
        f"rcon.print({value})", f"game.print({value})", f"log({value})",
        f"xpcall(function() error({value}) end, {drawn.choice(FUNCTIONS)})",
        f"global.kept = {value}", f"assert({value}, {_value(drawn)})",
        f"rcon.print(game.table_to_json({value}))",
        f"rcon.print(tostring(game.json_to_table({drawn.choice(STRINGS)})))",
        f"setmetatable({value}, {{__gc=function() end}})",
        f"game.speed = {drawn.choice(NUMBERS)}", "game.tick_paused = true",
        f"game.ticks_to_run = {drawn.choice(NUMBERS)}",
        f"rcon.print(table.unpack({{}}, {drawn.choice(NUMBERS)}, "
        f"{drawn.choice(NUMBERS)}))",
        f"rcon.print(('x'):rep({drawn.choice(NUMBERS)}))", "require('x')",
        f"rcon.print(('%{drawn.choice('dsfgxcq')}'):format({value}))",
    ))  # fmt: skip


def _value(drawn: Draw) -> str:
    kind = drawn.randrange(9)
    if kind == 0:
        return drawn.choice(("nil", "true", "false"))
    if kind == 1:
        return _object(drawn)[1]
    if kind == 2:
        return drawn.choice(FUNCTIONS)
    return drawn.choice((NUMBERS, STRINGS, TABLES, POSITIONS, AREAS, NUMBERS)[kind - 3])


def _object(drawn: Draw) -> tuple[str, str]:
    """A class and how a script comes by one of its objects."""
    if drawn.random() < 0.35:
        name = drawn.choice(ENTITY_NAMES)
        if drawn.random() < 0.5:
            return "LuaEntity", f"{S}.find_entities_filtered{{name='{name}'}}[1]"
        x, y = drawn.randint(-20, 20), drawn.randint(-20, 20)
        return "LuaEntity", CREATED.format(name=name, x=x, y=y)
    class_name = drawn.choice(sorted(OBJECTS))
    return class_name, drawn.choice(OBJECTS[class_name])


_STATEMENTS: Final[Sequence[Callable[[Draw], str]]] = (
    _call, _read, _write, _forge, _build, _pattern, _library, _handler, _control,
)  # fmt: skip
_WEIGHTS: Final = (40, 12, 12, 4, 12, 3, 5, 3, 6)
