#!/usr/bin/env python3
"""Write docs/lua_api.md: which members of Factorio's Lua API the simulator has.

Usage::

    python scripts/write_lua_api_page.py
"""

from collections.abc import Iterable
from pathlib import Path

from fle_marl.sim.lua_api.api_tables import known_names, writable_names
from fle_marl.sim.lua_api.classes import CLASSES
from fle_marl.sim.lua_api.left_out import (
    LEFT_OUT,
    left_out_classes,
    left_out_names,
)
from fle_marl.sim.lua_api.lua_class import LuaClass

PAGE = Path(__file__).parents[1] / "docs/lua_api.md"

_ABSTRACT = "LuaControl"
HEAD = """\
# Factorio's Lua API on the embedded simulator

<!-- Written by scripts/write_lua_api_page.py; do not edit. -->

Tools and administration scripts are Lua for Factorio 1.1.110. On the embedded server
they run unchanged, on the classes below.

* **Strict**: a member that the game lacks fails with the game's own message, such as
  `LuaEntity doesn't contain key foo.`; one that only the simulator lacks raises
  `LuaApiMissing`, so a gap is never silent. So do filters and writes. Some members are
  left out on purpose ([the table](#what-is-left-out) says why), others are missing.
* **Sandboxed**: scripts have Lua 5.2's `bit32`, `math`, `string`, `table` and basic
  functions, and the game's `commands`, `defines`, `game`, `global`, `localised_print`,
  `log`, `rcon`, `remote`, `rendering`, `script`, `serpent`, `settings`, `table_size`
  and `util`. There is no `io`, `os`, `package`, `debug` or `coroutine`, no bytecode,
  and `require` finds only modules of the bundle and `util`. No script meets the wall
  clock but in the texts of `LuaProfiler`, which it can print and not read.
* **Deterministic**: `pairs` and `next` go by the keys' kinds and values (the game's go
  by insertion); `math.random` draws from the world's generator and `math.randomseed`
  does nothing.
* **Saved**: `global` may hold plain data, tables shared or within themselves, and
  objects that are a number here: entities, tiles, prototypes, recipes, technologies,
  forces, surfaces and inventories. Functions are refused, as in the game; stacks and
  transport lines are refused although the game keeps them.

Research and recipes are the player force's; other forces, those that scripts make among
them, read the same. Production statistics are kept for the player force; those of other
forces are empty, and so are those of kills and of what players and robots built.
Localised strings print as their keys: the game's texts are not here. There are no
players: `game.players` is empty, and no `LuaPlayer` can ever be met. What is
marked for deconstruction or upgrade is only told to scripts.
"""


def page() -> str:
    """The whole page."""
    # the game's LuaControl is abstract: its members are those of LuaEntity
    classes = sorted(CLASSES, key=lambda each: each.name)
    classes = [each for each in classes if each.name != _ABSTRACT]
    there = {each.name for each in CLASSES}
    absent = sorted(set(known_names()) - there - left_out_classes())
    parts = [HEAD, _overview(classes), _left_out()]
    parts += [_section(each) for each in classes]
    parts.append(
        "## Classes that are missing\n\nBesides [those that are left out]"
        f"(#what-is-left-out), {len(absent)} of the game's classes: "
        f"{_joined(absent)}.\n"
    )
    return "\n".join(parts)


def _joined(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _overview(classes: list[LuaClass]) -> str:
    head = "| class | implemented | left out | missing | of what makes sense |"
    rows = [_row(each) for each in classes]
    return "\n".join([head, "|---|--:|--:|--:|--:|", *rows, ""])


def _row(lua_class: LuaClass) -> str:
    name = lua_class.name
    there = len(lua_class.members)
    missing = len(_missing(lua_class))
    # rounded down: what lacks anything is not all there
    share = f"{100 * there // (there + missing)} %"
    left_out = len(left_out_names(name))
    return f"| [{name}](#{name.lower()}) | {there} | {left_out} | {missing} | {share} |"


def _missing(lua_class: LuaClass) -> set[str]:
    name = lua_class.name
    return set(known_names()[name] - lua_class.members - left_out_names(name))


def _left_out() -> str:
    rows = [
        f"| {each.topic} | {each.reason} | "
        f"{sum(len(names) for names in each.members.values())} | "
        f"{_joined(sorted(each.classes))} |"
        for each in LEFT_OUT
    ]
    head = [
        "## What is left out",
        "",
        "| topic | why | members | classes |",
        "|---|---|--:|---|",
    ]
    return "\n".join([*head, *rows, ""])


def _section(lua_class: LuaClass) -> str:
    read_only = sorted(set(lua_class.getters) - set(lua_class.setters))
    lines = [f"## {lua_class.name}", ""]
    groups = {
        "Methods": sorted({*lua_class.methods, "help"}),
        "Attributes": sorted({*read_only, "object_name"}),
        "Attributes that can be written": sorted(lua_class.setters),
        "Attributes that only the game lets scripts write": sorted(
            writable_names().get(lua_class.name, frozenset()) & set(read_only)
        ),
        "Operators": sorted(lua_class.operators),
        "Left out": sorted(left_out_names(lua_class.name)),
        "Missing": sorted(_missing(lua_class)),
    }
    lines += [
        f"* {title}: {_joined(names)}" for title, names in groups.items() if names
    ]
    return "\n".join([*lines, ""])


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE}: {len(CLASSES)} classes")


if __name__ == "__main__":
    main()
