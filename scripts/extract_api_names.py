#!/usr/bin/env python3
"""Make the table of all names in Factorio's Lua runtime API.

The names come from the npm package typed-factorio 2.5.2 (MIT), which was generated from
the documentation of 1.1.97, and from what 1.1.110 added, which is listed here. Usage::

    npm pack typed-factorio@2.5.2 && tar xzf typed-factorio-2.5.2.tgz
    python scripts/extract_api_names.py package
"""

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path

OUTPUT = Path(__file__).parents[1] / "fle_marl/sim/lua_api/api_names.json"
INTERFACE = re.compile(
    r"^  export (?:interface|class) (\w+)(?:<.*?>)?(?: extends (.+?))? \{"
)
MEMBER = re.compile(r"^    (readonly |get |set )?(\w+)\??([:(<])")
GENERICS = re.compile(r"<.*>")
END = "  }"
EVERYWHERE = {"help", "object_name"}
"""What every class has; 1.1.110 gave `help` to those that lacked it."""

ADDED_BY_1_1_110 = {
    "LuaEntity": ["belt_shape", "gps_tag"],
    "LuaEntityPrototype": ["boiler_mode", "vector_to_place_result"],
    "LuaGameScript": ["request_train_path"],
    "LuaItemStack": ["is_ammo"],
    "LuaGuiElement": ["elem_tooltip"],
    "LuaRendering": ["move_to_back"],
}
"""Source: the machine-readable documentation of both versions, compared."""

Names = dict[str, set[str]]


def read_names(source: str) -> tuple[Names, Names]:
    """Names of all members by class, and of those that scripts may write.

    Inherited ones are included.
    """
    own: Names = defaultdict(set)
    writable: Names = defaultdict(set)
    parents: dict[str, list[str]] = defaultdict(list)
    current = ""
    for line in source.splitlines():
        opened = INTERFACE.match(line)
        if opened:
            current = opened[1]
            parents[current] += re.findall(r"\w+", GENERICS.sub("", opened[2] or ""))
        elif line == END:
            current = ""
        elif current and (member := MEMBER.match(line)):
            prefix, name, follower = member.groups()
            own[current].add(name)
            if prefix == "set " or (prefix is None and follower == ":"):
                writable[current].add(name)
    for owner, members in ADDED_BY_1_1_110.items():
        own[owner].update(members)

    def inherited(names: Names, owner: str) -> set[str]:
        above = parents.get(owner, ())
        return names[owner].union(*(inherited(names, each) for each in above))

    classes = sorted(owner for owner in own if owner.startswith("Lua"))
    return (
        {owner: inherited(own, owner) | EVERYWHERE for owner in classes},
        {owner: inherited(writable, owner) for owner in classes},
    )


def as_json(names: Names) -> str:
    """One line a class."""
    rows = (
        f"  {json.dumps(owner)}: {json.dumps(sorted(names[owner]))}" for owner in names
    )
    return "{\n" + ",\n".join(rows) + "\n}"


def main() -> None:
    """Read the package and write the table."""
    parser = argparse.ArgumentParser(
        description="Make the table of all names in Factorio's Lua runtime API."
    )
    parser.add_argument("package", type=Path, help="the unpacked typed-factorio 2.5.2")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    given = parser.parse_args()
    declarations = given.package / "runtime/generated/classes.d.ts"
    if not declarations.exists():
        parser.error(f"{declarations} is missing: unpack typed-factorio@2.5.2 first")
    classes, writable = read_names(declarations.read_text(encoding="utf-8"))
    given.output.write_text(
        '{"factorio": "1.1.110", "source": "typed-factorio 2.5.2 (MIT)",\n'
        f'"classes": {as_json(classes)},\n"writable": {as_json(writable)}}}\n',
        encoding="utf-8",
    )
    print(f"{len(classes)} classes, {sum(map(len, classes.values()))} names")


if __name__ == "__main__":
    main()
