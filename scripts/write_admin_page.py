#!/usr/bin/env python3
"""Write docs/admin.md: the administration scripts, from their comments.

Usage::

    python scripts/write_admin_page.py
"""

from pathlib import Path

from fle_marl.lua.admin_pages import AdminPage, load_admin_pages

PAGE = Path(__file__).parents[1] / "docs/admin.md"
HEAD = """\
# Administration scripts

<!-- Written by scripts/write_admin_page.py; do not edit. -->

What whoever runs a world can do to it, and agents cannot: Lua scripts that
`GameServer.admin(name, arguments)` runs, on every kind of server. They use Factorio
1.1.110's own Lua API and nothing else. No tool leads to them, so programs of agents
have no way there.

```python
server = EmbeddedServer()
server.reset({"name": "lab-play", "inventory": {"coal": 50}}, agents=2, seed=1)
saved = server.admin("save_state", {})  # plain data: json.dump it anywhere
server.admin("clear_entities", {})
server.admin("load_state", {"state": saved["state"]})
```

Arguments and results are plain data, positions `{"x": ..., "y": ...}` in tiles, times
in ticks. Agents are named by their index from 0 or as `"agent_0"`. A script that
refuses raises `AdminError` with a code, a message and details, and the world is as it
was; arguments are checked before anything happens, and names that a script does not
know are refused (`bad-argument`).

## What a saved state holds

Besides `GameServer.save`, whose bytes only the embedded server of the same version
reads, there is `save_state`: the world as plain data that goes from any server to any
other.

* **Entities** in the order in which they were built: direction, force, health, what
  scripts forbade; inventories slot by slot with bars, filters and what is used of tools
  and magazines; modules, fuel, what burns and how much of it is left, energy, heat,
  fluids with their temperatures; recipes, crafts with their progress, productivity
  bonus, progress of mining; filters, priorities, hands of inserters; what lies on
  belts, lane by lane; copper wires exactly as they were.
* **The map**: ores and wells with their amounts; trees, rocks, cliffs and fish; floors
  and landfill; which chunks there are and are charted; pollution; time of day.
* **What lies about**: items on the ground, corpses with what they hold, ghosts with
  their settings, marks for deconstruction and upgrade.
* **Agents**: position, health, all inventories, what they craft and how far it is,
  bonuses; for the dead, when they come back.
* **The force**: technologies, levels, progress, queue; bonuses, recipes, rockets;
  totals of production, of what was harvested and crafted by hand; the episode's tick
  and goal.

What no script can read or set again is named with its reason in `not_saved`, never
dropped silently: where on its belt an item lies, where hands of inserters are, and so
on.

`load_state` checks all of a state before it touches the world: its version, types and
ranges of values, that the game knows every name, and that the ground of the map is one
that the entities can stand on. Then everything that was built goes, and what was saved
comes. A script cannot make a machine be in the middle of a craft, so it is given what
the craft takes, and in the second tick the craft is as far as it was and its
ingredients are not counted twice. If anything fails after all, what was there before is
put back.

The law `save(load(save(world))) == save(world)` is tested over random worlds, and each
reference factory is loaded on a fresh server in the middle of its work.

## The scripts
"""


def page() -> str:
    """The whole page."""
    pages = load_admin_pages().values()
    rows = [f"| [{each.name}](#{each.name}) | {each.purpose} |" for each in pages]
    sections = [_section(each) for each in pages]
    return "\n".join(
        [HEAD, "| script | what it does |", "|---|---|", *rows, "", *sections]
    )


def _section(page: AdminPage) -> str:
    lines = [f"### {page.name}", "", page.purpose]
    if page.notes:
        lines += ["", page.notes]
    lines += ["", f"* Arguments: {_shown(page.arguments) or 'none'}"]
    lines += [f"* Result: {_shown(page.result)}"]
    if page.codes:
        codes = ", ".join(f"`{code}`" for code in page.codes)
        lines += [f"* Refuses with: {codes}"]
    return "\n".join([*lines, ""])


def _shown(text: str) -> str:
    shown = text.removeprefix("table ")
    return "" if shown == "{}" else shown


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE}: {len(load_admin_pages())} scripts")


if __name__ == "__main__":
    main()
